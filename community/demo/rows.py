"""Whole threads as rows, with the places and events the actions would have given them one by one.

An action costs a dozen statements; a year of talk, or a million posts, can't be told that way. What is kept here is
what streams promise (and tests/demo compares with what the actions write): `nr` counts places, `seq` events, `prev` is
the event before, `active_at` the newest place, a piece's `seq` its newest event, and who answers has read that far.
Nothing is announced: what happened long ago concerns no open page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from community.core.mentions import named_in
from community.forum.models import AnswerMark, Thread, ThreadTag, topics_of
from community.streams import quotes
from community.streams.models import Mention, Piece, Reaction, ReadMark, Stream, StreamEvent

Row = dict[str, Any]

ORDER: tuple[Table, ...] = tuple(
    model.__table__  # type: ignore[misc]
    for model in (Stream, Thread, ThreadTag, Piece, Mention, AnswerMark, Reaction, StreamEvent, ReadMark)
)


class Rows:
    """Rows that wait to be written, by table."""

    def __init__(self) -> None:
        self.of: dict[str, list[Row]] = {table.name: [] for table in ORDER}

    def write(self, s: Session) -> None:
        """Insert what waits, in the present transaction."""
        for table in ORDER:
            if self.of[table.name]:
                s.execute(insert(table), self.of[table.name])
                self.of[table.name] = []

    def __len__(self) -> int:
        return sum(map(len, self.of.values()))


class Talk:
    """One thread under way. Its steps come in the order of time, the opening first."""

    def __init__(
        self,
        rows: Rows,
        stream_id: int,
        space_id: int,
        *,
        mode: str,
        just_listen: bool,
        tags: Sequence[str] = (),
        house_id: int | None = None,
    ) -> None:
        self.rows, self.space_id, self.house_id = rows, space_id, house_id
        self.stream: Row = {
            "id": stream_id, "kind": "thread", "space_id": space_id, "house_id": house_id, "seq": 0, "last_nr": 0,
            "active_at": None, "listed": True, "gentle": just_listen, "topics": topics_of(tags), "opening_id": None,
            "gaps": 0, "locked_at": None, "locked_until": None, "locked_why": None,
        }  # fmt: skip
        self.marks: dict[int, Row] = {}
        rows.of["stream"].append(self.stream)
        rows.of["thread"].append({"stream_id": stream_id, "mode": mode, "just_listen": just_listen})
        rows.of["thread_tag"] += [{"stream_id": stream_id, "tag": tag} for tag in tags]

    def say(self, piece_id: int, author_id: int, at: datetime, said: Row) -> Row:
        """The opening or a reply; `said` has text (with marks for names), html, lang, client_id and perhaps title, note
        and what it quotes. Returns the piece."""
        first = not self.stream["last_nr"]
        nr = self.stream["last_nr"] + 1
        piece: Row = {
            "id": piece_id, "stream_id": self.stream["id"], "author_id": author_id,
            "kind": "opening" if first else "reply", "state": "published", "nr": nr, "version": 1, "seq": 0,
            "title": None, "note": None, **quotes.NONE, "unnamed": False, "due_at": None,
            "check_at": None, "held_why": None, "decided_by": None, "note_by": None, "rewrite_until": None,
            "pictures": 0,
            "written_at": at, "published_at": at, "edited_at": None, "removed_at": None, **said,
        }  # fmt: skip
        self.stream["last_nr"], self.stream["active_at"] = nr, at
        self.rows.of["piece"].append(piece)
        named = dict.fromkeys(named_in(piece["text"]))
        self.rows.of["mention"] += [{"piece_id": piece_id, "member_id": member_id} for member_id in named]
        self._event(piece, "published", author_id, at)
        if first:
            self.stream["opening_id"] = piece_id
            self.stream["gentle"] = self.stream["gentle"] or bool(piece["note"])
        else:
            self.read(author_id, nr, at)
        return piece

    def react(self, piece: Row, member_id: int, kind: str, at: datetime) -> None:
        """Somebody's reaction; the same one a second time would take it back, so it must not come twice."""
        self.rows.of["reaction"].append({"piece_id": piece["id"], "member_id": member_id, "kind": kind, "made_at": at})
        self._event(piece, "reacted", member_id, at)

    def mark(self, piece: Row, member_id: int, at: datetime) -> None:
        """Somebody said that this reply helped; once in a thread: a second mark would take its place."""
        mark = {"stream_id": self.stream["id"], "piece_id": piece["id"], "marked_by": member_id, "marked_at": at}
        self.rows.of["answer_mark"].append({**mark, "word": None, "word_by": None, "word_at": None})

    def read(self, member_id: int, nr: int, at: datetime) -> None:
        """Somebody has read up to a place; never back."""
        mark = self.marks.get(member_id)
        if mark is None:
            mark = {"member_id": member_id, "stream_id": self.stream["id"], "nr": nr, "marked_at": at}
            self.marks[member_id] = mark
            self.rows.of["read_mark"].append(mark)
        elif mark["nr"] < nr:
            mark.update(nr=nr, marked_at=at)

    def _event(self, piece: Row, kind: str, by_id: int, at: datetime) -> None:
        prev = self.stream["seq"]
        self.stream["seq"] = piece["seq"] = prev + 1
        event = {"stream_id": self.stream["id"], "seq": prev + 1, "prev": prev, "kind": kind, "piece_id": piece["id"]}
        self.rows.of["stream_event"].append({**event, "by_id": by_id, "at": at})
