"""A server that loads for some seconds before it listens, and then says its version: `slowServer.py <version> <seconds>`."""

import http.server
import os
import signal
import sys
import time

version, seconds = sys.argv[1], float(sys.argv[2])
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print(f"loading {version}", flush=True)
time.sleep(seconds)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"{version} on {os.environ['POD_NAME']}\n".encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer((os.environ["POD_IP"], int(os.environ.get("PORT", "8000"))), Handler)
print("ready", flush=True)
server.serve_forever()
