"""Reading what still waits for somebody: posts that ask for support, and how long the first reply takes.

A post asks for support when its writer asks, or only wants to be heard. A reply of her own is none, and neither is one
that was taken back. Everything here is of the last ninety days: both lists stay short however long the archive is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from community.core import clock, i18n
from community.core.db import session
from community.core.policy import require
from community.forum import rules
from community.forum.models import Thread
from community.members.people import Viewer
from community.spaces import queries as spaces
from community.streams import queries as streams
from community.streams.apart import apart_from
from community.streams.models import Piece, Stream

PAGE = 20
LOOK_BACK = timedelta(days=90)
WINDOWS = (30, 90)  # days
FEWEST = 5  # of fewer posts no figure is said
MOST = 5_000  # posts counted; more than a large group asks in ninety days

Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class WaitingView:
    """A post nobody else has answered. `since`: when others could first read it."""

    id: int
    space: spaces.SpaceView
    mode: str
    just_listen: bool
    opening: streams.PieceView
    since: datetime

    @property
    def waited_for(self) -> str:
        """In whole hours or days: of a post without a name nobody is told the minute."""
        return i18n.span(max(clock.now() - self.since, timedelta(hours=1)))

    @property
    def url(self) -> str:
        return f"/t/{self.id}"


@dataclass(frozen=True)
class ReplyTime:
    """Of the posts of so many days: how many there were, how many had a reply, and within what time half of those had
    their first (None: too few to say)."""

    days: int
    asked: int
    answered: int
    half_within: timedelta | None

    @property
    def half_words(self) -> str | None:
        return i18n.span(self.half_within) if self.half_within is not None else None


def waiting_for(viewer: Viewer, after: timedelta, place: Cursor | None = None, limit: int = PAGE) -> list[WaitingView]:
    """Posts in the viewer's channels that have waited for longer than `after`, the longest wait first, from a place on.
    Four queries. Raises NotAllowed."""
    require(viewer, rules.SEE_UNANSWERED)
    readable = {space.id: space for space in spaces.readable(viewer)}
    statement = (
        select(Stream, Thread, Piece)
        .join(Thread, Thread.stream_id == Stream.id)
        .join(Piece, Piece.id == Stream.opening_id)
        .where(_waits(viewer, list(readable), after))
        .order_by(Piece.published_at, Stream.id)
        .limit(limit)
    )
    if place is not None:
        statement = statement.where(tuple_(Piece.published_at, Stream.id) > tuple_(*place))
    rows = session().execute(statement).all()
    openings = {view.id: view for view in streams.views(viewer, [piece for _stream, _thread, piece in rows])}
    return [
        WaitingView(
            id=stream.id,
            space=spaces.view_of(viewer, readable[stream.space_id]),
            mode=thread.mode,
            just_listen=thread.just_listen,
            opening=openings[piece.id],
            since=piece.published_at or piece.written_at,
        )
        for stream, thread, piece in rows
    ]


def count_waiting(viewer: Viewer, after: timedelta) -> int:
    """How many there are in that list. Raises NotAllowed."""
    require(viewer, rules.SEE_UNANSWERED)
    statement = (
        select(func.count())
        .select_from(Stream)
        .join(Thread, Thread.stream_id == Stream.id)
        .join(Piece, Piece.id == Stream.opening_id)
        .where(_waits(viewer, spaces.readable_ids(viewer), after))
    )
    return session().scalar(statement) or 0


def reply_times(viewer: Viewer) -> list[ReplyTime]:
    """The time to the first reply, for each window. Two queries. Raises NotAllowed."""
    require(viewer, rules.SEE_UNANSWERED)
    reply = aliased(Piece)
    first = (
        select(reply.published_at)
        .where(*_replies(viewer, reply))
        .order_by(reply.nr)
        .limit(1)
        .correlate(Stream, Piece)
        .scalar_subquery()
    )
    statement = (
        select(Piece.published_at, first)
        .select_from(Stream)
        .join(Thread, Thread.stream_id == Stream.id)
        .join(Piece, Piece.id == Stream.opening_id)
        .where(_asks(viewer, spaces.readable_ids(viewer)))
        .order_by(Piece.published_at.desc())
        .limit(MOST)
    )
    rows = [(asked, replied) for asked, replied in session().execute(statement) if asked is not None]
    return [_window(days, rows) for days in WINDOWS]


def _window(days: int, rows: list[tuple[datetime, datetime | None]]) -> ReplyTime:
    since = clock.now() - timedelta(days=days)
    these = [(asked, replied) for asked, replied in rows if asked >= since]
    took = [replied - asked for asked, replied in these if replied is not None]
    half = timedelta(seconds=median(one.total_seconds() for one in took)) if len(took) >= FEWEST else None
    return ReplyTime(days, len(these), len(took), half)


def _asks(viewer: Viewer, space_ids: list[int]) -> ColumnElement[bool]:
    """The condition for posts of the last ninety days that ask for support and stand in these spaces."""
    since = clock.now() - LOOK_BACK
    return and_(
        Stream.listed,
        Stream.active_at >= since,  # never before its opening: keeps the archive out by its index
        Stream.space_id.in_(space_ids),
        streams.said_to(viewer),
        or_(Thread.mode == "ask", Thread.just_listen),
        Piece.published_at >= since,
        *streams.shown_to(viewer),
    )


def _waits(viewer: Viewer, space_ids: list[int], after: timedelta) -> ColumnElement[bool]:
    reply = aliased(Piece)
    answered = exists().where(*_replies(viewer, reply)).correlate(Stream, Piece)
    return and_(_asks(viewer, space_ids), Piece.published_at <= clock.now() - after, ~answered)


def _replies(viewer: Viewer, reply: Any) -> list[ColumnElement[bool]]:
    """The condition for replies by somebody other than whoever asked, as far as the viewer sees them."""
    return [
        reply.stream_id == Stream.id,
        reply.kind == "reply",
        reply.state == "published",
        reply.nr.is_not(None),
        reply.author_id != Piece.author_id,
        apart_from(viewer).leaves(reply),
    ]
