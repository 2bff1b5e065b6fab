"""What a member keeps of the threads of a house she has moved out of: those of its channel, and what was said to that
house alone in channels of all. Newest first by when they were begun: what was said later moves nothing here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from community.core.db import session
from community.forum.feed import PAGE, Cursor, Row, views_of
from community.forum.models import Thread
from community.forum.queries import ThreadView
from community.members.people import Viewer
from community.spaces.queries import PastView
from community.spaces.queries import readable as readable_spaces
from community.streams import past
from community.streams.apart import apart_from
from community.streams.models import Piece, Stream


def threads_of(viewer: Viewer, place: PastView, before: Cursor | None = None) -> tuple[list[ThreadView], Cursor | None]:
    """The threads that stood there when she moved, after a place in their order, and where the next page begins. As
    many queries as any list."""
    common = [space for space in readable_spaces(viewer) if space.house_id is None]
    said_there = or_(
        Stream.space_id == place.space.id,
        and_(Stream.house_id == place.house_id, Stream.space_id.in_([space.id for space in common])),
    )
    statement = (
        select(Stream, Thread, Piece, _active(place.until))
        .join(Thread, Thread.stream_id == Stream.id)
        .join(Piece, Piece.id == Stream.opening_id)
        .where(Stream.listed, said_there, Piece.published_at < place.until, apart_from(viewer).leaves())
        .order_by(Piece.published_at.desc(), Stream.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(tuple_(Piece.published_at, Stream.id) < tuple_(*before))
    rows = [Row(*row) for row in session().execute(statement)]
    past.end_at(viewer, [row.stream.id for row in rows], place.until)
    older = len(rows) > PAGE
    return views_of(viewer, rows[:PAGE], [place.space, *common]), _begun(rows[PAGE - 1]) if older else None


def _begun(row: Row) -> Cursor:
    return row.opening.published_at or row.opening.written_at, row.stream.id


def _active(until: datetime) -> Any:
    last = aliased(Piece)
    newest = select(func.max(last.published_at)).where(last.stream_id == Stream.id, last.published_at < until)
    return newest.correlate(Stream).scalar_subquery()
