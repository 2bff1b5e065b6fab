"""People at their screens: a small browser without a screen (`Person`), and the line of an open page (`Line`).

The line speaks Engine.IO and Socket.IO by hand over one websocket, so that a test can also say what no client library
would, and keeps every frame that ever came.
"""

from __future__ import annotations

import base64
import contextlib
import http.client
import http.cookies
import json
import re
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Self
from urllib.parse import urlencode

import websocket

from tests.serve import Hearth

PASSWORD = "hearth-demo"
LETTERS = str.maketrans("0123456789", "ghijklmnop")
CLOSED = "closed"  # the name of the frame a line notes when its connection ends


def mark() -> str:
    """A name no other text has, in letters alone: one in 250 random names with figures reads as a phone number, and its
    text waits for a host."""
    return uuid.uuid4().hex.translate(LETTERS)


@dataclass
class Answer:
    """What came back from one request."""

    status: int
    headers: Mapping[str, str]
    text: str

    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Person:
    """Somebody with a browser: cookies, forms, one request at a time and a fresh connection for each."""

    server: Hearth
    cookies: dict[str, str] = field(default_factory=dict)
    name: str = ""
    takes_cookies: bool = True
    _token: str = ""

    def sign_in(self, name: str, password: str = PASSWORD) -> Self:
        self.name = name
        answer = self.try_to_sign_in(name, password)
        assert answer.status == 303, (answer.status, answer.text[:500])
        self._token = ""
        return self

    def copy(self, server: Hearth | None = None) -> Person:
        """The same browser's cookies and form token in another one, as a thief would use them."""
        token = self.token()  # getting one may change the cookie
        return Person(server or self.server, dict(self.cookies), self.name, takes_cookies=False, _token=token)

    def try_to_sign_in(self, name: str, password: str) -> Answer:
        return self.post("/login", name=name, password=password)

    def get(self, path: str, *, timeout: float = 30, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers, timeout)

    def part(self, path: str) -> Answer:
        return self.get(path, **{"X-Part": "1"})

    def post(self, path: str, *, timeout: float = 30, part: bool = False, accept: str = "", **fields: str) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        headers |= {"X-Part": "1"} if part else {}
        headers |= {"Accept": accept} if accept else {}
        return self._ask("POST", path, urlencode({"csrf_token": self.token(), **fields}), headers, timeout)

    def token(self) -> str:
        """The forms' token; it stays the same as long as one is signed in."""
        if not self._token:
            page = self.get("/me" if self.name and "sid" in self.cookies else "/login").text
            page = page if 'name="csrf_token"' in page else self.get("/login").text
            found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
            assert found, page[:500]
            self._token = unescape(found[1])
        return self._token

    def reply(self, thread: int, text: str, client_id: str | None = None, *, timeout: float = 30) -> Answer:
        """Answer in a thread as the page's module does; the answer's X-Piece and X-Seq are the acknowledgement."""
        named = client_id or str(uuid.uuid4())
        return self.post(f"/t/{thread}/replies", part=True, timeout=timeout, text=text, client_id=named)

    def says(self, thread: int, text: str) -> int:
        """Reply, and the piece's id."""
        answer = self.reply(thread, text)
        assert answer.status == 200 and "X-Piece" in answer.headers, (answer.status, answer.text[:500])
        return int(answer.headers["X-Piece"])

    def starts(self, text: str, title: str = "", space: str = "vardagsrummet") -> int:
        """A thread of one's own; its stream's id."""
        page = self.get(f"/write?space={space}").text
        chosen = re.search(r'<input[^>]*name="space_id"[^>]*\bchecked\b[^>]*>', page)
        assert chosen, page[:3000]
        place = re.search(r'value="(\d+)"', chosen[0])
        assert place, chosen[0]
        fields = {"space_id": place[1], "mode": "tell", "text": text, "client_id": str(uuid.uuid4())}
        answer = self.post("/write", **fields, **({"title": title} if title else {}))
        assert answer.status == 303, (answer.status, answer.text[:2000])
        return int(answer.headers["Location"].rsplit("/t/", 1)[1].split("?")[0])

    def since(self, thread: int, after: int) -> Any:
        answer = self.get(f"/streams/{thread}/since?after={after}", Accept="application/json")
        assert answer.status == 200, answer.text[:500]
        return answer.json()

    def thread(self, thread: int) -> Page:
        """The thread as a freshly loaded page shows it."""
        return self.page(f"/t/{thread}")

    def page(self, path: str) -> Page:
        """A thread or a chat, freshly loaded."""
        answer = self.get(path)
        assert answer.status == 200, (answer.status, answer.text[:500])
        return Page(answer.text)

    def line(self, **options: Any) -> Line:
        """The live line of an open page."""
        return Line(self.server, self.cookies, **options)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str], timeout: float) -> Answer:
        sent = {"Connection": "close", **headers}
        if self.cookies:
            sent["Cookie"] = cookie_header(self.cookies)
        with contextlib.closing(self.server.connection(timeout)) as line:
            line.request(method, path, body, sent)
            answer = line.getresponse()
            for raw in answer.headers.get_all("Set-Cookie", []) if self.takes_cookies else []:
                for name, morsel in http.cookies.SimpleCookie(raw).items():
                    self.cookies[name] = morsel.value
            return Answer(answer.status, dict(answer.headers), answer.read().decode(errors="replace"))


class Page:
    """A page of a thread or a chat taken apart: the cursor, and the shared part of each piece by its id."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = re.search(r'id="stream"[^>]*data-seq="(\d+)"', text)
        assert found, text[:500]
        self.seq = int(found[1])
        slots = re.findall(r'data-piece="(\d+)".*?(<article.*?</article>)', text, re.S)
        self.pieces = {int(id_): article for id_, article in slots}
        self.order = [int(nr) for nr in re.findall(r'class="slot[^>]*data-nr="(\d+)"', text)]


def cookie_header(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


@dataclass
class Frame:
    """Something that came over a line, and when."""

    at: float
    event: str
    payload: Any


class Refused(Exception):
    """The door stayed shut; `at` is where: 'http' before a line was made, 'connect' after."""

    def __init__(self, at: str, what: object) -> None:
        super().__init__(at, what)
        self.at, self.what = at, what


class Line:
    """One websocket. Everything that arrives is kept in `frames`, in its order, from a thread of its own."""

    def __init__(
        self,
        server: Hearth,
        cookies: Mapping[str, str] | None = None,
        *,
        origin: str | None = "own",
        headers: Mapping[str, str] | None = None,
        path: str = "/socket.io/?EIO=4&transport=websocket",
        namespace: str = "",
        stay: bool = False,
    ) -> None:
        self.frames: list[Frame] = []
        self.acks: dict[int, Any] = {}
        self._changed = threading.Condition()
        self._numbers = 0
        sent = [f"{name}: {value}" for name, value in (headers or {}).items()]
        own = server.url if origin == "own" else origin
        try:
            self.socket = websocket.create_connection(
                server.url.replace("http", "ws") + path,
                timeout=20,
                socket=server.wire(20),
                cookie=cookie_header(cookies) if cookies else None,
                origin=own if own is not None else None,
                suppress_origin=own is None,
                header=sent,
            )
        except (websocket.WebSocketException, OSError) as error:
            raise Refused("http", error) from error
        try:
            opened = self.socket.recv()
            if not str(opened).startswith("0"):
                raise Refused("http", opened)
            self.socket.send(f"40{namespace}")
            answer = str(self.socket.recv())
            if not answer.startswith("40") and not stay:
                raise Refused("connect", answer)
        except (websocket.WebSocketException, OSError, Refused) as error:
            self.socket.shutdown()
            raise error if isinstance(error, Refused) else Refused("connect", error) from error
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def open(self) -> bool:
        return not self.named(CLOSED)

    def send(self, event: str, *payload: Any) -> int:
        """Say something; returns the number its answer will carry."""
        with self._changed:
            self._numbers += 1
            number = self._numbers
        self.raw(f"42{number}" + json.dumps([event, *payload]))
        return number

    def ask(self, event: str, *payload: Any, seconds: float = 15) -> Any:
        """Say something and wait for its answer; None when the line was closed instead."""
        number = self.send(event, *payload)
        self.wait(lambda: number in self.acks or not self.open, seconds, f"an answer to {event}")
        return self.acks.get(number)

    def joined(self, thread: int) -> Self:
        answer = self.ask("stream:join", {"stream": thread})
        assert answer and answer["ok"], answer
        return self

    def joined_feed(self) -> Self:
        answer = self.ask("feed:join", {})
        assert answer and answer["ok"], answer
        return self

    def joined_chats(self) -> Self:
        answer = self.ask("chats:join", {})
        assert answer and answer["ok"], answer
        return self

    def raw(self, text: str | bytes) -> None:
        binary = isinstance(text, bytes)
        self.socket.send(text, websocket.ABNF.OPCODE_BINARY if binary else websocket.ABNF.OPCODE_TEXT)

    def named(self, event: str) -> list[Any]:
        """The payloads of one kind of frame so far."""
        return [frame.payload for frame in list(self.frames) if frame.event == event]

    def pieces(self) -> list[Any]:
        return self.named("stream:piece")

    def wait(self, ready: Callable[[], Any], seconds: float = 10, what: str = "a frame") -> Any:
        """Until `ready()` is true; looked at whenever something arrives."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while not (answer := ready()):
                left = deadline - time.monotonic()
                assert left > 0, f"{what} did not come within {seconds} s; there is {self.frames[-5:]}"
                self._changed.wait(left)
            return answer

    def piece(self, id_: int, **like: Any) -> Any:
        """The first frame about a piece that has the given values."""

        def found() -> Any:
            fitting = [frame for frame in self.pieces() if frame.get("id") == id_]
            return next((frame for frame in fitting if frame.items() >= like.items()), None)

        return self.wait(found, what=f"a frame of piece {id_}")

    def settle(self) -> None:
        """Everything the server had sent before this moment has arrived: one question, one answer."""
        self.ask("stream:leave", {"stream": 1})

    def cut(self) -> None:
        """As a lost connection: nothing is said, the socket is gone."""
        with contextlib.suppress(OSError):
            self.socket.abort()
        self._reader.join(5)
        self.socket.shutdown()

    def close(self) -> None:
        self.cut()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self) -> None:
        while True:
            try:
                text = self.socket.recv()
            except (websocket.WebSocketTimeoutException, TimeoutError):
                continue
            except (websocket.WebSocketException, OSError, ValueError, AttributeError):
                text = ""
            if not text:
                self._note(CLOSED, None)
                return
            self._understand(text if isinstance(text, str) else base64.b64encode(text).decode())

    def _understand(self, text: str) -> None:
        if text == "2":
            with contextlib.suppress(OSError, websocket.WebSocketException):
                self.raw("3")
            return
        said = re.match(r"(4[1-6]|1)(\d*)(.*)", text, re.S)
        if not said:
            return
        kind, number, rest = said.groups()
        if kind == "43":
            with self._changed:
                self.acks[int(number)] = json.loads(rest)[0]
                self._changed.notify_all()
        elif kind == "42":
            event, *payload = json.loads(rest)
            self._note(event, payload[0] if payload else None)
        elif kind in ("1", "41", "44"):
            self._note("refused" if kind == "44" else "disconnected", rest)

    def _note(self, event: str, payload: Any) -> None:
        with self._changed:
            self.frames.append(Frame(time.monotonic(), event, payload))
            self._changed.notify_all()
