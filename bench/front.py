"""What stands before Hearth as far as a page's first sight goes: `deploy/nginx.conf` without nginx.

Built files are compressed here, pages come compressed. A new connection waits two turns, as TCP and TLS 1.3 would make
it; the browser's own throttle does not know of connections. It carries no live line.
"""

from __future__ import annotations

import gzip
import http.client
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LEVEL = 6
SQUEEZED = ("text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml")
NOT_PASSED_ON = ("connection", "content-length", "transfer-encoding", "keep-alive", "date", "server")


def squeezed(body: bytes) -> bytes:
    return gzip.compress(body, LEVEL)


class _Front(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    behind: int  # a port
    turn: float  # seconds there and back

    def setup(self) -> None:
        super().setup()
        time.sleep(2 * self.turn)

    def do_GET(self) -> None:
        if self.headers.get("Upgrade"):
            return self._give(503, [], b"")
        line = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=30)
        line.request("GET", self.path, headers=dict(self.headers.items()))
        answer = line.getresponse()
        body, headers = answer.read(), [pair for pair in answer.getheaders() if pair[0].lower() not in NOT_PASSED_ON]
        line.close()
        if self.path.startswith("/static/") and (answer.headers.get_content_type() in SQUEEZED):
            body = squeezed(body)
            headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
        self._give(answer.status, headers, body)

    def do_POST(self) -> None:
        """What a page says by itself (how far one has read) is not part of what is measured."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._give(204, [], b"")

    def _give(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that has gone meanwhile wants nothing any more."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def front(port: int, turn: float) -> Iterator[str]:
    """The address of a front before the server on `port`."""
    handler = type("Front", (_Front,), {"behind": port, "turn": turn})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
