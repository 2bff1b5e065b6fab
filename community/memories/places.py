"""The order of memories: by when they happened, newest first, in pages by key whose cost does not grow.

What carries a date stands at the midnight its first day begins with; what carries none at the moment it was posted. The
two are read from an index of their own each, and laid together.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, tuple_

from community.core import clock
from community.core.db import session
from community.core.errors import NotFound
from community.core.paging import whole_number
from community.memories.models import MemoryDate
from community.streams.models import Piece

Cursor = tuple[datetime, int]

_FIRST = datetime(1900, 1, 1, tzinfo=UTC)  # a moment before all that can be said, so that a cursor has no sign
_TICK = timedelta(microseconds=1)


def place_of(piece: Piece, row: MemoryDate | None) -> Cursor:
    """Where a piece stands in that order."""
    posted = piece.published_at or piece.written_at
    return (clock.start_of(row.first_on) if row is not None else posted), piece.id


def cursor(place: Cursor) -> str:
    """A place as an address names it."""
    return f"{(place[0] - _FIRST) // _TICK}-{place[1]}"


def read_cursor(value: str | None) -> Cursor | None:
    """The place an address names; None where it names none. Raises NotFound for one that was never given out."""
    if not value:
        return None
    numbers = [whole_number(part) for part in value.split("-")]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
        raise NotFound
    try:
        return _FIRST + numbers[0] * _TICK, numbers[1]
    except OverflowError as error:
        raise NotFound from error


def newest(
    some: Any, before: Cursor | None, limit: int, *, posted: Any = None, upto: datetime | None = None
) -> list[Any]:
    """The first rows of a statement about `Piece`, after a place. `posted`: what holds besides of those without a date;
    `upto`: nothing from that moment on. Two queries."""
    dated = some.join(MemoryDate, MemoryDate.piece_id == Piece.id)
    rest = some.outerjoin(MemoryDate, MemoryDate.piece_id == Piece.id).where(MemoryDate.piece_id.is_(None))
    if posted is not None:
        rest = rest.where(posted)
    if upto is not None:
        before = min(before, (upto, 0)) if before is not None else (upto, 0)
    if before is not None:
        dated = dated.where(_before_day(before))
        rest = rest.where(tuple_(Piece.published_at, Piece.id) < tuple_(*before))
    rows = [
        *session().execute(dated.order_by(MemoryDate.first_on.desc(), MemoryDate.piece_id.desc()).limit(limit)),
        *session().execute(rest.order_by(Piece.published_at.desc(), Piece.id.desc()).limit(limit)),
    ]
    return sorted(rows, key=lambda row: place_of(row.Piece, row.MemoryDate), reverse=True)[:limit]


def _before_day(place: Cursor) -> Any:
    moment, key = place
    day = clock.local(moment).date()
    if clock.start_of(day) == moment:
        same = and_(MemoryDate.first_on == day, MemoryDate.piece_id < key)
        return or_(MemoryDate.first_on < day, same)
    return MemoryDate.first_on <= day
