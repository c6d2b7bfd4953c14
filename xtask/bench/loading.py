"""pyca's side of core/examples/loading.rs: the same arguments, the same lines."""

import sys
import time

from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12

seconds, files = float(sys.argv[1]), sys.argv[2:]
for name in files:
    with open(name, "rb") as file:
        content = file.read()
    encrypted = name.endswith(".p12") or b"ENCRYPTED" in content
    passphrase = b"secret" if encrypted else None
    started, loads = time.perf_counter(), 0
    while loads == 0 or time.perf_counter() - started < seconds:
        if name.endswith(".p12"):
            pkcs12.load_key_and_certificates(content, passphrase)
        else:
            load_pem_private_key(content, passphrase)
        loads += 1
    print(f"{name}\t{(time.perf_counter() - started) / loads:.9f}")
