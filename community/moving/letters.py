"""Letters for the day of a move, as their writers and she herself may know them; for everybody else they do not exist.

Nobody but their writer reads one before her day, she herself neither. Before it she is told how many lie there, and not
from whom. What is kept apart from her is in no list and no count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select

from community.core import clock, crypto
from community.core.db import session
from community.core.errors import NotFound
from community.members import named
from community.members.people import ADULT, AuthorView, Named, Viewer
from community.members.queries import authors
from community.moving.models import Move
from community.moving.prepared_models import FarewellLetter, MoveWish
from community.streams import pairs

LONGEST_LETTER = 4000


@dataclass(frozen=True)
class Composer:
    """Writing somebody a letter. `opens_on`: her day; None: the box is shut, and what was written can only be taken
    back. `read_first`: a host reads it before it lies there, whatever it says; `told`: what was sent back."""

    to: Named
    move: Move
    opens_on: date | None
    read_first: bool
    among_adults: bool
    own: FarewellLetter | None
    words: str


@dataclass(frozen=True)
class LetterView:
    """A letter in her own list, from her day on."""

    id: int
    by: AuthorView
    opened: bool
    at: datetime
    words: str = ""


def composer_for(viewer: Viewer, to_id: int) -> Composer:
    """Writing to somebody who moves and wants letters, or what one wrote to her. Raises NotFound: for everybody who may
    not know, whatever the cause. At most eight queries."""
    to = named.person_for(viewer, to_id)
    if to.id == viewer.id:
        raise NotFound
    own = _own(viewer, to_id)
    move = _box_of(to_id)
    lawful = to_id in pairs.reachable(viewer.id, [to_id])
    if move is not None and not (lawful or lives_or_works(viewer, move)):
        move = None
    if own is not None and (move is None or own.move_id != move.id):
        move, shut = session().get_one(Move, own.move_id), True
    elif move is None:
        raise NotFound
    else:
        shut = False
    grown_up = viewer.age_band == ADULT and not to.is_minor
    words = words_of(own) if own is not None else ""
    opens_on = None if shut else move.moves_on
    return Composer(to, move, opens_on, not (lawful or grown_up), grown_up, own, words)


def may_write(viewer: Viewer, to: Named) -> bool:
    """Whether somebody's page leads to a letter to her. One query where she wants none, else four at most."""
    if to.id == viewer.id:
        return False
    move = _box_of(to.id)
    if move is None:
        return False
    return lives_or_works(viewer, move) or to.id in pairs.reachable(viewer.id, [to.id])


def lives_or_works(viewer: Viewer, move: Move) -> bool:
    """Whether the viewer is of the house somebody moves from. No query."""
    return viewer.kind in ("resident", "staff") and viewer.house_id == move.house_id


def sealed_for(viewer: Viewer, move: Move) -> int:
    """How many letters lie there for the viewer's day. One query."""
    lying = [FarewellLetter.move_id == move.id, *_hers(viewer)]
    return session().scalar(select(func.count()).select_from(FarewellLetter).where(*lying)) or 0


def letters_for(viewer: Viewer) -> list[LetterView]:
    """Her letters of days that have come, unopened ones first; what is in them is on their own page. Two queries."""
    rows = session().scalars(select(FarewellLetter).join(Move).where(*_hers(viewer), *_day_has_come())).all()
    people = authors(row.by_id for row in rows)
    views = [LetterView(row.id, people[row.by_id], row.opened_at is not None, row.written_at) for row in rows]
    return sorted(views, key=lambda view: (view.opened, view.at, view.id))


def letter_for(viewer: Viewer, letter_id: int) -> FarewellLetter:
    """One of hers whose day has come. Raises NotFound. One query."""
    hers = select(FarewellLetter).join(Move).where(FarewellLetter.id == letter_id, *_hers(viewer), *_day_has_come())
    found = session().scalar(hers.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def view_of(viewer: Viewer, row: FarewellLetter) -> LetterView:
    """A letter she has found; its words once she has opened it. One query."""
    assert row.to_id == viewer.id
    opened = row.opened_at is not None
    return LetterView(row.id, authors([row.by_id])[row.by_id], opened, row.written_at, words_of(row) if opened else "")


def words_of(row: FarewellLetter) -> str:
    """What a letter says that a query has found."""
    return crypto.unseal(row.text_sealed, f"farewell_letter:{row.id}:text")


def target_of(letter_id: int) -> str:
    """What a case about a letter is named by."""
    return f"letter:{letter_id}"


def letter_of_target(target: str) -> FarewellLetter | None:
    """The letter a case is about; None where it is about something else, or was taken back."""
    kind, _colon, number = target.partition(":")
    return session().get(FarewellLetter, int(number), populate_existing=True) if kind == "letter" else None


def _box_of(to_id: int) -> Move | None:
    """The move of somebody who wants letters and whose day has not come."""
    box = select(Move).join(MoveWish, MoveWish.move_id == Move.id)
    box = box.where(Move.member_id == to_id, Move.is_open.is_(True), MoveWish.letters)
    return session().scalar(box.where(Move.moves_on > clock.today()))


def _own(viewer: Viewer, to_id: int) -> FarewellLetter | None:
    mine = select(FarewellLetter).where(FarewellLetter.by_id == viewer.id, FarewellLetter.to_id == to_id)
    mine = mine.order_by(FarewellLetter.written_at.desc()).limit(1)
    return session().scalar(mine.execution_options(populate_existing=True))


def _hers(viewer: Viewer) -> list[ColumnElement[bool]]:
    return [
        FarewellLetter.to_id == viewer.id,
        FarewellLetter.state == "sealed",
        FarewellLetter.told_at.is_(None),
        FarewellLetter.by_id.not_in(viewer.excluded_ids),
    ]


def _day_has_come() -> list[ColumnElement[bool]]:
    return [Move.cancelled_at.is_(None), Move.moves_on <= clock.today()]
