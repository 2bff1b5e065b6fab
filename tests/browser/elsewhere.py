"""A small site that has nothing to do with us, on this machine: where Leave fast leads. It notes what it is told."""

from __future__ import annotations

import threading
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

PAGE = b"<!doctype html><html lang=en><title>Weather</title><h1>Rain later</h1></html>"


class Elsewhere:
    def __init__(self) -> None:
        self.visits: list[Message] = []
        visits = self.visits

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = self.path.startswith("/weather")
                if page:
                    visits.append(self.headers)
                self.send_response(200 if page else 204)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                if page:
                    self.wfile.write(PAGE)

            def log_message(self, *_words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/weather"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
