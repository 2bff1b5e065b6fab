"""What the demo's people have been told, as the actions would have left it: answers and reactions since they last read,
and what they read lately."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.orm import Session

from community.core.db import new_id
from community.demo.rows import Row, Rows, Talk
from community.notices.models import Notice

TOLD_FOR, READ_FOR = timedelta(days=60), timedelta(days=10)


def told(made: Rows, talks: list[Talk], reads: Callable[[int, Talk], bool], now: datetime) -> list[Row]:
    """The notices of everybody who wrote in these talks; `reads(member_id, talk)`. Before the rows are written."""
    pieces, reactions = defaultdict(list), defaultdict(list)
    for piece in made.of["piece"]:
        pieces[piece["stream_id"]].append(piece)
    for reaction in made.of["reaction"]:
        reactions[reaction["piece_id"]].append(reaction)
    found: list[Row] = []
    for talk in talks:
        said = pieces[talk.stream["id"]]
        for member_id in dict.fromkeys(piece["author_id"] for piece in said):
            if reads(member_id, talk):
                mark = talk.marks.get(member_id, {"nr": 1, "marked_at": said[0]["published_at"]})
                found += _answers(member_id, talk, said, mark, now)
                found += _reactions(member_id, said, reactions, mark, now)
    return found


def write(s: Session, rows: list[Row]) -> None:
    """Insert them, in the present transaction."""
    s.execute(insert(Notice), rows)


def _answers(member_id: int, talk: Talk, said: list[Row], mark: Row, now: datetime) -> Iterator[Row]:
    others = [piece for piece in said if piece["kind"] == "reply" and piece["author_id"] != member_id]
    new = [piece for piece in others if piece["nr"] > mark["nr"] and now - piece["published_at"] < TOLD_FOR]
    lately = [piece for piece in others if now - piece["published_at"] < READ_FOR]
    shown = new or lately
    if shown:
        yield {
            **_row(member_id, "reply", said[0], shown[0]["published_at"], shown[-1]["published_at"]),
            "from_nr": shown[0]["nr"],
            "to_nr": shown[-1]["nr"],
            "read_at": None if new else max(mark["marked_at"], shown[-1]["published_at"]),
        }


def _reactions(
    member_id: int, said: list[Row], reactions: dict[int, list[Row]], mark: Row, now: datetime
) -> Iterator[Row]:
    for piece in said:
        made = reactions[piece["id"]] if piece["author_id"] == member_id else []
        new = [one["made_at"] for one in made if one["made_at"] > mark["marked_at"] and now - one["made_at"] < TOLD_FOR]
        if new:
            places = {"from_nr": piece["nr"], "to_nr": piece["nr"], "read_at": None}
            yield {**_row(member_id, "reaction", piece, min(new), max(new)), **places}


def _row(member_id: int, kind: str, piece: Row, since: datetime, at: datetime) -> Row:
    row: Row = {"id": new_id(), "member_id": member_id, "kind": kind, "stream_id": piece["stream_id"]}
    row |= {"piece_id": piece["id"], "since": since, "at": at}
    return row | {"shown": True, "mail_due_at": None, "letter_id": None}
