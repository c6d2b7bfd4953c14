"""A second opinion on what needs no cryptography: `python model [RESULTS]`.

Replies of the service, forms of credentials, options, and the refresh machine.
"""

import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))

import config
import credentials
import refresh
import reply
import runner

runner.run("model", (config, credentials, refresh, reply))
