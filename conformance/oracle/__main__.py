"""A second opinion on the protocol's vectors, from Python's `cryptography` alone: `python oracle [RESULTS]`."""

import certificates
import data
import keys
import runner
import session
import sigv4

runner.run("oracle", (certificates, data, keys, session, sigv4))
