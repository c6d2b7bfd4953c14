"""Exits 0 when the ML-DSA signature over the message holds: verify.py LEAF.PEM SIGNATURE MESSAGE."""

import pathlib
import sys

from cryptography import x509

leaf, signature, message = (pathlib.Path(name).read_bytes() for name in sys.argv[1:])
x509.load_pem_x509_certificate(leaf).public_key().verify(signature, message)
