"""Thousands of open pages in one process of their own: raw websockets that count what they get.

`python -m bench.readers` reads one JSON object a line and answers each with one line:
`{"open": name, "where", "port", "cookies", "greeting"}` opens a line for each cookie, through the socket file `where`
or, without one, to the port: the websocket, then each greeting sent and answered; `{"wait": name, "count"}` answers
once every line of that name has had so many frames since the last time. The answer is the moment at which it was so
(the machine's monotonic clock, which all processes share).
"""

from __future__ import annotations

import base64
import json
import os
import resource
import selectors
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from tests.serve import ROOT

PING, PONG = b"2", "3"  # Engine.IO's own, as texts


class Readers:
    """The process, from outside."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "bench.readers"]
        self.child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        assert self.child.stdin
        self.child.stdin.close()  # its loop ends with its input
        self.child.wait(20)

    def open(self, name: str, where: str, port: int, cookies: Sequence[str], greeting: Sequence[str] = ()) -> None:
        self.ask({"open": name, "where": where, "port": port, "cookies": list(cookies), "greeting": list(greeting)})

    def ask(self, what: dict[str, Any]) -> float:
        assert self.child.stdin and self.child.stdout
        print(json.dumps(what), file=self.child.stdin, flush=True)
        answer = self.child.stdout.readline()
        assert answer, "the readers have gone"
        return float(answer)


class Page:
    """One line: frames that came and were not waited for yet, and the beginning of the next."""

    __slots__ = ("came", "part", "wire")

    def __init__(self, where: str, port: int, cookie: str, greeting: Sequence[str]) -> None:
        self.came, self.part = 0, b""
        if where:
            self.wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.wire.settimeout(60)
            self.wire.connect(where)
        else:
            self.wire = socket.create_connection(("127.0.0.1", port), timeout=60)
            self.wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        head = [
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            f"Origin: http://127.0.0.1:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            *([f"Cookie: sid={cookie}"] if cookie else []),
        ]
        self.wire.sendall(("\r\n".join(head) + "\r\n\r\n").encode())
        while b"\r\n\r\n" not in self.part:
            self._more()
        answer, self.part = self.part.split(b"\r\n\r\n", 1)
        assert answer.startswith(b"HTTP/1.1 101"), answer
        for text in greeting:
            self._hear()
            self.say(text)
        if greeting:
            self._hear()
        self.wire.setblocking(False)

    def say(self, text: str) -> None:
        """A text; masked with zeros, which leaves it as it is."""
        said = text.encode()
        head = bytes([0x80 | len(said)]) if len(said) < 126 else struct.pack("!BH", 0x80 | 126, len(said))
        self.wire.sendall(b"\x81" + head + b"\0\0\0\0" + said)

    def count(self) -> None:
        """Take whole frames off what came; pings are answered and not counted."""
        data, at = self.part, 0
        while len(data) - at >= 2:
            length, body = data[at + 1], at + 2
            if length == 126 and len(data) - at >= 4:
                length, body = struct.unpack_from("!H", data, at + 2)[0], at + 4
            elif length > 125:
                break
            if len(data) < body + length:
                break
            said = data[body : body + length]
            if said == PING:
                self.say(PONG)
            else:
                self.hear(said)
            at = body + length
        self.part = data[at:]

    def hear(self, said: bytes) -> None:
        """One frame. Who is in a chat is told whenever somebody comes or goes; nobody waits for that."""
        self.came += not said.startswith(b'42["chat:here"')

    def _hear(self) -> None:
        self.count()
        while not self.came:
            self._more()
            self.count()
        self.came = 0

    def _more(self) -> None:
        more = self.wire.recv(65536)
        assert more, "the server closed a line"
        self.part += more


def main() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with selectors.DefaultSelector() as ready:
        ready.register(sys.stdin.fileno(), selectors.EVENT_READ)
        serve(ready)


def serve(ready: selectors.BaseSelector) -> None:
    groups: dict[str, list[Page]] = {}
    left: list[Page] = []  # who has not had everything that is waited for
    count, asking = 0, False
    asked = b""
    while True:
        for key, _ in ready.select():
            page = key.data
            if page is None:
                more = os.read(sys.stdin.fileno(), 1 << 20)
                if not more:
                    return
                asked += more
                continue
            page.part += page.wire.recv(65536)
            page.count()
        if not asking and asked.endswith(b"\n"):
            what, asked, asking = json.loads(asked), b"", True
            if "open" in what:
                pages = [Page(what["where"], what["port"], cookie, what["greeting"]) for cookie in what["cookies"]]
                groups.setdefault(what["open"], []).extend(pages)
                for page in pages:
                    ready.register(page.wire, selectors.EVENT_READ, page)
            else:
                left, count = list(groups[what["wait"]]), what["count"]
        if asking:
            still = [page for page in left if page.came < count]
            if left and not still:
                for page in groups[what["wait"]]:
                    page.came -= count
            left = still
            if not left:
                asking = False
                print(time.monotonic(), flush=True)


if __name__ == "__main__":
    main()
