"""Lists of threads: newest activity first, as far as the viewer may know of it, paged by key.

A thread was active when its newest piece became visible, and that moment stands in its row. For a viewer who is kept
apart from somebody it may be an earlier one: a piece that does not exist for her brings no thread up in her list. Her
moment is never later than the row's, so her list is read in the order of the rows until what could still come cannot
be newer than what was found.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, func, or_, select, tuple_

from community.core import clock
from community.core.db import session
from community.forum import helped
from community.forum.models import TAGS, Thread
from community.forum.queries import ThreadView
from community.members.people import Viewer
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.streams import kept
from community.streams import muted as mutes
from community.streams import queries as streams
from community.streams.apart import apart_from
from community.streams.models import Piece, ReadMark, Stream

PAGE = 20
NEW_FOR = timedelta(days=30)  # a post nobody opened is no news for ever

Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class Row:
    """One thread of a list, and when it was last active as far as the viewer may know."""

    stream: Stream
    thread: Thread
    opening: Piece
    active: datetime

    @property
    def place(self) -> Cursor:
        return self.active, self.stream.id


def feed_for(
    viewer: Viewer,
    space: Space | None = None,
    *,
    before: Cursor | None = None,
    since: Cursor | None = None,
    followed: bool = False,
    tag: str | None = None,
    limit: int = PAGE,
) -> list[ThreadView]:
    """Threads of one space or of all the viewer reads, newest activity first, after or before a place in that order;
    `followed`: those she follows alone; `tag`: questions about that. What she has muted stands in its space and nowhere
    else.

    Five queries at most beside her channels, one more where there are questions; for a viewer who is kept apart from
    somebody further ones where that one was the last to speak. Whatever the length of the archive.
    """
    readable = [space] if space is not None else spaces.readable(viewer)
    wanted = [Stream.listed, streams.readable_in(viewer, readable), apart_from(viewer).leaves()]
    if space is None:
        wanted.append(kept.not_muted_by(viewer))
    if followed:
        wanted.append(kept.followed_by(viewer))
    statement = (
        select(Stream, Thread, Piece)
        .join(Thread, Thread.stream_id == Stream.id)
        .join(Piece, Piece.id == Stream.opening_id)
        .where(*wanted)
    )
    if tag is not None:
        statement = statement.where(Stream.about(TAGS.index(tag)), Thread.mode == "ask")
    found = _found_by_others if viewer.sees_less else _found
    rows = found(viewer, statement, before, since, limit)
    muted = kept.muted_among(viewer, [row.stream.id for row in rows]) if space is not None else set()
    return _views(viewer, rows, readable, muted)


@dataclass(frozen=True)
class Figures:
    """What a list says of a thread in figures, as `ThreadView` does."""

    id: int
    reply_count: int
    new_count: int
    unopened: bool
    muted: bool


def figures_for(viewer: Viewer, stream_ids: Collection[int]) -> list[Figures]:
    """The figures of threads that stand on a page of hers already, as they are now; none of what she does not read.
    Three queries beside her channels."""
    readable = streams.readable_in(viewer, spaces.readable(viewer))
    found = session().execute(
        select(Stream, Piece)
        .join(Piece, Piece.id == Stream.opening_id)
        .where(Stream.id.in_(stream_ids), Stream.listed, readable, apart_from(viewer).leaves())
    )
    rows = [(stream, opening) for stream, opening in found]
    muted = kept.muted_among(viewer, [stream.id for stream, _opening in rows])
    return _figures(viewer, rows, muted)


def _figures(viewer: Viewer, rows: Sequence[tuple[Stream, Piece]], muted: set[int]) -> list[Figures]:
    """What is muted is never new. One query."""
    counts = _counts(viewer, [stream for stream, _opening in rows])
    return [
        Figures(
            id=stream.id,
            reply_count=counts[stream.id].replies,
            new_count=0 if stream.id in muted else counts[stream.id].fresh,
            unopened=not counts[stream.id].opened and stream.id not in muted and _is_news(viewer, opening),
            muted=stream.id in muted,
        )
        for stream, opening in rows
    ]


def _found(_viewer: Viewer, statement: Any, before: Cursor | None, since: Cursor | None, limit: int) -> list[Row]:
    return [
        Row(stream, thread, opening, stream.active_at)
        for stream, thread, opening in session().execute(_in_order(statement, before, since).limit(limit))
    ]


def _found_by_others(
    viewer: Viewer, statement: Any, before: Cursor | None, since: Cursor | None, limit: int
) -> list[Row]:
    """The same for somebody who is kept apart from others: by what was said last that exists for her."""
    active = streams.active_for(viewer)
    statement = statement.add_columns(active.label("active"))

    def lying(part: Sequence[Any]) -> list[Row]:
        return [Row(*row) for row in part if _lies(row.active, row.Stream.id, before, since)]

    rows: list[Row] = []
    if before is not None:
        brought_up = _brought_up(viewer, statement, before).where(tuple_(active, Stream.id) < tuple_(*before))
        rows += lying(session().execute(brought_up.order_by(active.desc(), Stream.id.desc()).limit(limit)).all())
    place, chunk = before, 2 * limit
    while True:
        part = session().execute(_in_order(statement, place, since).limit(chunk)).all()
        rows += lying(part)
        rows.sort(key=lambda row: row.place, reverse=True)
        if len(part) < chunk:
            return rows[:limit]
        place = part[-1].Stream.active_at, part[-1].Stream.id
        if len(rows) >= limit and rows[limit - 1].place >= place:
            return rows[:limit]


def _brought_up(viewer: Viewer, statement: Any, before: Cursor) -> Any:
    """Threads whose row says a later moment than `before` because of what does not exist for the viewer."""
    hidden = select(Piece.stream_id).where(
        or_(Piece.author_id.in_(viewer.excluded_ids), Piece.id.in_(viewer.told_ids)),
        Piece.nr.is_not(None),
        Piece.published_at >= before[0],
    )
    return statement.where(tuple_(Stream.active_at, Stream.id) >= tuple_(*before), Stream.id.in_(hidden))


def _in_order(statement: Any, before: Cursor | None, since: Cursor | None) -> Any:
    place = tuple_(Stream.active_at, Stream.id)
    if before is not None:
        statement = statement.where(place < tuple_(*before))
    if since is not None:
        statement = statement.where(place > tuple_(*since))
    return statement.order_by(Stream.active_at.desc(), Stream.id.desc())


def _lies(active: datetime, stream_id: int, before: Cursor | None, since: Cursor | None) -> bool:
    place = (active, stream_id)
    return (before is None or place < before) and (since is None or place > since)


def views_of(viewer: Viewer, rows: Sequence[Row], known: Sequence[Space]) -> list[ThreadView]:
    """Threads the viewer has found by another order; nothing in them is muted, and no reply is marked. Three queries
    and what views need."""
    return _views(viewer, rows, known, set(), facts=False)


def _views(
    viewer: Viewer, rows: Sequence[Row], known: Sequence[Space], muted: set[int], *, facts: bool = True
) -> list[ThreadView]:
    places = {space.id: spaces.view_of(viewer, space) for space in known}
    openings = {piece.id: piece for piece in streams.views(viewer, [row.opening for row in rows])}
    figures = {one.id: one for one in _figures(viewer, [(row.stream, row.opening) for row in rows], muted)}
    asking = [row.stream.id for row in rows if facts and row.thread.mode == "ask"]
    marked = helped.facts_among(viewer, asking)
    folds = mutes.folds(viewer, openings.values())
    return [
        ThreadView(
            id=stream.id,
            space=places[stream.space_id],
            mode=thread.mode,
            just_listen=thread.just_listen,
            no_haha=stream.gentle,
            opening=openings[piece.id],
            reply_count=figures[stream.id].reply_count,
            new_count=figures[stream.id].new_count,
            active_at=active,
            unopened=figures[stream.id].unopened,
            muted=figures[stream.id].muted,
            answered=marked.get(stream.id, helped.NOTHING).answered,
            tags=marked.get(stream.id, helped.NOTHING).tags,
            folded=folds.get(piece.id),
            house_only=stream.house_id is not None,
        )
        for stream, thread, piece, active in ((row.stream, row.thread, row.opening, row.active) for row in rows)
    ]


def _is_news(viewer: Viewer, opening: Piece) -> bool:
    return opening.author_id != viewer.id and clock.now() - (opening.published_at or opening.written_at) < NEW_FOR


@dataclass(frozen=True)
class Counts:
    """Replies of a thread, those since the viewer's last visit, and whether there was one."""

    replies: int = 0
    fresh: int = 0
    opened: bool = False


def _counts(viewer: Viewer, listed: Sequence[Stream]) -> dict[int, Counts]:
    """What lists say in figures; in a thread never opened nothing counts as missed. From the last place given; counted
    only for a viewer with exclusions, and past her mark where a host hid something. One query."""
    ids = [stream.id for stream in listed]
    mine = (ReadMark.member_id == viewer.id) & ReadMark.stream_id.in_(ids)
    if not viewer.sees_less:
        standing = (Piece.stream_id == ReadMark.stream_id, Piece.nr > ReadMark.nr, Piece.state.in_(streams.SHOWN))
        past = select(func.count()).select_from(Piece).where(*standing).correlate(ReadMark).scalar_subquery()
        fresh_there = case((ReadMark.stream_id.in_([stream.id for stream in listed if stream.gaps]), past))
        rows = session().execute(select(ReadMark.stream_id, ReadMark.nr, fresh_there).where(mine)).all()
        marks: dict[int, tuple[int, int | None]] = {stream_id: (nr, fresh) for stream_id, nr, fresh in rows}
        return {stream.id: _given(stream, *marks.get(stream.id, (None, None))) for stream in listed}
    replies = func.sum(case((Piece.kind == "reply", 1), else_=0))
    fresh = func.sum(case((Piece.nr > ReadMark.nr, 1), else_=0))
    rows = (
        session()
        .execute(
            select(Piece.stream_id, replies, fresh, ReadMark.nr)
            .outerjoin(ReadMark, (ReadMark.stream_id == Piece.stream_id) & mine)
            .where(Piece.stream_id.in_(ids), *streams.shown_to(viewer))
            .group_by(Piece.stream_id, ReadMark.nr)
        )
        .all()
    )
    counted = {id_: Counts(int(there), int(new), mark is not None) for id_, there, new, mark in rows}
    return {id_: counted.get(id_, Counts()) for id_ in ids}


def _given(stream: Stream, mark: int | None, fresh: int | None) -> Counts:
    """`fresh` None: nothing is hidden there, so that the places tell."""
    after = stream.last_nr - mark if mark is not None else 0
    return Counts(max(0, stream.last_nr - 1 - stream.gaps), max(0, after if fresh is None else fresh), mark is not None)
