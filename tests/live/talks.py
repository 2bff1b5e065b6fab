"""Where people talk, for harnesses that try both: a thread, written in by its page's form, and a chat, written in by
the line of an open page. Each begins where a trial begins, so that one house serves many."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field

import websocket

from tests.live.house import House
from tests.live.people import Line, Person, Refused, mark

Receipt = tuple[int, int]  # what an acknowledgement says: the piece, and its event


@dataclass
class Talk:
    """`nr`, `seq`: the last place and the last event before the trial. `hint`: what open lists hear of it."""

    hint = ""

    house: House
    stream: int
    nr: int
    seq: int
    path: str

    def enter(self, person: Person) -> None:
        """Ready to write at once."""
        person.token()

    def says(self, person: Person, text: str, named: str) -> Receipt | None:
        """None when it was refused, or the line was lost before the answer; connections that fail raise."""
        raise NotImplementedError

    def end(self) -> None:
        """Whatever stays open for writing is closed."""

    def stored(self, reader: Person) -> list[tuple[int, str]]:
        """What another member is shown of the trial, in its order: (nr, the name the writer gave the try)."""
        found: list[tuple[int, str]] = []
        after = self.nr
        while True:
            slots = re.split(r'(?=<(?:li|div) class="slot)', reader.get(f"{self.path}?after={after}").text)[1:]
            fresh = []
            for slot in slots:
                nr, named = re.match(r'[^>]*data-nr="(\d+)"', slot), re.search(r"märkt ([a-p]{32})", slot)
                if nr and named and int(nr[1]) > after:
                    fresh.append((int(nr[1]), named[1]))
            if not fresh:
                return found
            found += fresh
            after = fresh[-1][0]


class Thread(Talk):
    """A new one of `opener`'s."""

    hint = "feed:hint"

    def __init__(self, house: House, opener: Person) -> None:
        stream = opener.starts(f"Runda {mark()}")
        super().__init__(house, stream, 1, 0, f"/t/{stream}")

    def says(self, person: Person, text: str, named: str) -> Receipt | None:
        answer = person.reply(self.stream, text, named)
        if answer.status != 200 or "X-Piece" not in answer.headers:
            return None
        return int(answer.headers["X-Piece"]), int(answer.headers["X-Seq"])


@dataclass
class Chat(Talk):
    """The chat of a channel from here on. Every writer has a page open there, and opens it again after it was lost."""

    hint = "chat:hint"

    lines: dict[str, Line] = field(default_factory=dict)

    def __init__(self, house: House, _opener: Person | None = None, slug: str = "vardagsrummet") -> None:
        stream = house.chat(slug)
        seq, nr = house.ask("SELECT seq, last_nr FROM stream WHERE id = :id", id=stream)[0]
        super().__init__(house, stream, int(nr), int(seq), f"/chat/{stream}")
        self.lines = {}

    def enter(self, person: Person) -> None:
        known = self.lines.get(person.name)
        if known is not None and known.open:
            return
        if known is not None:
            known.close()
        try:
            self.lines[person.name] = person.line()
            self.lines[person.name].joined(self.stream)
        except (AssertionError, websocket.WebSocketException, Refused) as error:
            raise ConnectionError(str(error)) from error

    def asks(self, person: Person, text: str, named: str, seconds: float = 30) -> dict[str, object] | None:
        """The whole answer; None when the line was lost before it came."""
        self.enter(person)
        payload = {"stream": self.stream, "client_id": named, "text": text}
        try:
            answer: dict[str, object] | None = self.lines[person.name].ask("chat:send", payload, seconds=seconds)
        except websocket.WebSocketException as error:
            raise ConnectionError(str(error)) from error
        return answer

    def says(self, person: Person, text: str, named: str) -> Receipt | None:
        answer = self.asks(person, text, named)
        if answer is None or not answer["ok"]:
            return None
        return int(str(answer["id"])), int(str(answer["seq"]))

    def end(self) -> None:
        for line in self.lines.values():
            with contextlib.suppress(OSError):
                line.close()
        self.lines.clear()
