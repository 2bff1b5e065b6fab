"""Threads as a viewer sees them: one page of a thread, and lists ordered by activity, paged by key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from community.core.db import session
from community.core.errors import NotFound
from community.forum.models import Thread
from community.members import queries as members
from community.members.people import AuthorView, Viewer
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.streams import queries as streams
from community.streams.models import Piece, ReadMark, Stream

PAGE = 20

Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class ThreadView:
    """A thread as lists and its own page show it."""

    id: int
    space: spaces.SpaceView
    mode: str
    just_listen: bool
    no_haha: bool
    opening: streams.PieceView
    reply_count: int
    new_count: int
    active_at: datetime
    last_author: AuthorView | None

    @property
    def url(self) -> str:
        return f"/t/{self.id}"

    @property
    def title(self) -> str:
        return self.opening.shown_title

    @property
    def author(self) -> AuthorView:
        return self.opening.author

    @property
    def seen(self) -> bool:
        return self.new_count == 0


@dataclass(frozen=True)
class Found:
    """A thread's rows, for its page and its rules."""

    stream: Stream
    thread: Thread
    space: Space
    opening: Piece

    @property
    def opening_state(self) -> str:
        return self.opening.state


def thread_for(viewer: Viewer, stream_id: int) -> Found:
    """A thread the viewer reads. Raises NotFound."""
    stream = streams.stream_for(viewer, stream_id)
    thread = session().get(Thread, stream.id)
    if thread is None or stream.opening_id is None:
        raise NotFound
    opening = session().get_one(Piece, stream.opening_id)
    return Found(stream, thread, spaces.space_for(viewer, stream.space_id), opening)


def view_of(viewer: Viewer, found: Found) -> ThreadView:
    """One thread as its page shows it."""
    return _views(viewer, [(found.stream, found.thread, found.opening, found.stream.active_at)], [found.space])[0]


def feed_for(
    viewer: Viewer,
    space: Space | None = None,
    *,
    before: Cursor | None = None,
    since: Cursor | None = None,
    limit: int = PAGE,
) -> list[ThreadView]:
    """Threads of one space or of all the viewer reads, newest activity first, after or before a place in that order.

    Seven queries, whatever the length of the archive.
    """
    readable = [space] if space is not None else spaces.readable(viewer)
    active = streams.active_for(viewer)
    statement = (
        select(Stream, Thread, Piece, active.label("active"))
        .join(Thread, Thread.stream_id == Stream.id)
        .join(Piece, Piece.id == Stream.opening_id)
        .where(
            Stream.listed,
            Stream.space_id.in_([place.id for place in readable]),
            Piece.author_id.not_in(viewer.excluded_ids),
        )
        .order_by(active.desc(), Stream.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(or_(active < before[0], and_(active == before[0], Stream.id < before[1])))
    if since is not None:
        statement = statement.where(or_(active > since[0], and_(active == since[0], Stream.id > since[1])))
    rows = session().execute(statement).all()
    return _views(viewer, rows, readable)


def _views(
    viewer: Viewer, rows: Sequence[tuple[Stream, Thread, Piece, datetime]], known: Sequence[Space]
) -> list[ThreadView]:
    listed = [stream for stream, *_rest in rows]
    places = {space.id: spaces.view_of(viewer, space) for space in known}
    openings = {piece.id: piece for piece in streams.views(viewer, [piece for _s, _t, piece, _a in rows])}
    counts = streams.reply_counts(viewer, listed)
    fresh = _new_counts(viewer, listed)
    last = _last_authors(viewer, listed)
    return [
        ThreadView(
            id=stream.id,
            space=places[stream.space_id],
            mode=thread.mode,
            just_listen=thread.just_listen,
            no_haha=stream.gentle,
            opening=openings[piece.id],
            reply_count=counts.get(stream.id, 0),
            new_count=fresh.get(stream.id, 0),
            active_at=active,
            last_author=last.get(stream.id),
        )
        for stream, thread, piece, active in rows
    ]


def _new_counts(viewer: Viewer, listed: Sequence[Stream]) -> dict[int, int]:
    """Replies since the last visit; in a thread never opened nothing counts as missed. From the last place given;
    counted only for a viewer with exclusions."""
    ids = [stream.id for stream in listed]
    mine = (ReadMark.member_id == viewer.id) & ReadMark.stream_id.in_(ids)
    if viewer.excluded_ids:
        counted = (
            select(Piece.stream_id, func.count())
            .join(ReadMark, ReadMark.stream_id == Piece.stream_id)
            .where(mine, Piece.nr > ReadMark.nr, *streams.shown_to(viewer))
            .group_by(Piece.stream_id)
        )
        return dict(session().execute(counted).all())
    marks = dict(session().execute(select(ReadMark.stream_id, ReadMark.nr).where(mine)).all())
    return {stream.id: max(0, stream.last_nr - marks[stream.id]) for stream in listed if stream.id in marks}


def _last_authors(viewer: Viewer, listed: Sequence[Stream]) -> dict[int, AuthorView]:
    """Who wrote the newest reply that stands, where the viewer may know."""
    newest = [and_(Piece.stream_id == stream.id, Piece.nr == stream.last_nr) for stream in listed if stream.last_nr > 1]
    if not newest:
        return {}
    rows = session().execute(
        select(Piece.stream_id, Piece.author_id).where(
            or_(*newest), Piece.state == "published", Piece.author_id.not_in(viewer.excluded_ids)
        )
    )
    authors_by_stream = dict(rows.all())
    people = members.authors(authors_by_stream.values())
    return {stream_id: people[author_id] for stream_id, author_id in authors_by_stream.items()}
