"""moto's S3 on a free port, until it is stopped; writes its URL into the file that it is given."""

import sys
import time
from pathlib import Path

from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
server.start()
host, port = server.get_host_and_port()
Path(sys.argv[1]).write_text(f"http://{host}:{port}")
while True:
    time.sleep(3600)
