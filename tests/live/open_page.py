"""An open page of a thread or a chat, as its module keeps it."""

from __future__ import annotations

from typing import Any

from tests.live.people import Person


class OpenPage:
    """A page as its module keeps it: what stood at load, then frames and answers to catching up."""

    def __init__(self, person: Person, stream: int, kind: str = "t") -> None:
        self.person, self.stream, self.path = person, stream, f"/{kind}/{stream}"
        page = person.page(self.path)
        self.cursor, self.pieces = page.seq, dict(page.pieces)
        self.arrivals: list[int] = []

    def catch_up(self) -> Any:
        news = self.person.since(self.stream, self.cursor)
        assert news["reload"] is False
        for piece in news["pieces"]:
            self.take(piece["id"], None if piece["gone"] else piece["html"])
        assert news["seq"] >= self.cursor
        self.cursor = news["seq"]
        return news

    def hear(self, frame: Any) -> None:
        """A frame is taken when it follows on; an older one is known; a gap asks, and so does a hint."""
        if "seq" not in frame:
            self.catch_up()
            return
        if frame["seq"] <= self.cursor:
            return
        if frame["prev"] != self.cursor:
            self.catch_up()
            return
        self.cursor = frame["seq"]
        self.take(frame["id"], frame.get("html"))

    def take(self, id_: int, html: str | None) -> None:
        if html is None:
            self.pieces.pop(id_, None)
            return
        if id_ not in self.pieces:
            self.arrivals.append(id_)
        self.pieces[id_] = html

    def check(self) -> None:
        fresh = self.person.page(self.path)
        assert self.pieces == fresh.pieces
        assert self.cursor == fresh.seq
        assert len(self.arrivals) == len(set(self.arrivals))
