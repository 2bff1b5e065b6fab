"""Threads as a viewer sees them: one page of a thread, and lists ordered by activity, paged by key."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, tuple_

from community.core import clock
from community.core.db import session
from community.core.errors import NotFound
from community.forum import helped
from community.forum.helped import HelpedView, TagView
from community.forum.models import Thread, ThreadTag
from community.members.people import AuthorView, Viewer
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
class ThreadView:
    """A thread as lists and its own page show it. `new_count`: replies since the viewer last read it; `unopened`: she
    never did, and it is of these days. `muted`: she wants to hear nothing of it. `answered`: a reply has helped.
    `folded`: why its opening is folded for her. `house_only`: for one house."""

    id: int
    space: spaces.SpaceView
    mode: str
    just_listen: bool
    no_haha: bool
    opening: streams.PieceView
    reply_count: int
    new_count: int
    active_at: datetime
    unopened: bool = False
    muted: bool = False
    answered: bool = False
    tags: tuple[TagView, ...] = ()
    folded: str | None = None
    house_only: bool = False

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
        return self.new_count == 0 and not self.unopened


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

    @property
    def mode(self) -> str:
        return self.thread.mode

    @property
    def asker_id(self) -> int:
        """Who wrote the opening; for rules alone, no page shows it."""
        return self.opening.author_id


@dataclass(frozen=True)
class Marking:
    """A piece and its thread, for the rule about the reply that helped."""

    thread: Found
    piece: Piece


@dataclass(frozen=True)
class ThreadPage:
    """One page of a thread. `older` and `newer` say whether there is more on either side; `mark` is how far the
    viewer has read (None: never)."""

    thread: ThreadView
    replies: list[streams.PieceView]
    waiting: list[streams.PieceView]
    older: bool
    newer: bool
    mark: int | None
    helped: HelpedView | None = None

    @property
    def shown(self) -> list[streams.PieceView]:
        return [self.thread.opening, *self.replies]

    def fresh_beside(self, own: Collection[int]) -> list[streams.PieceView]:
        """Replies since the last visit, beside one's own."""
        if self.mark is None:
            return []
        return [reply for reply in self.replies if (reply.nr or 0) > self.mark and reply.id not in own]


def thread_for(viewer: Viewer, stream_id: int) -> Found:
    """A thread the viewer reads. Raises NotFound."""
    found = streams.found_for(viewer, stream_id)
    thread = session().get(Thread, stream_id)
    if thread is None:
        raise NotFound
    return Found(found.stream, thread, found.space, found.opening)


def marking_for(viewer: Viewer, piece_id: int) -> Marking:
    """A piece the viewer sees, with its thread. Raises NotFound."""
    piece = streams.piece_for(viewer, piece_id)
    return Marking(thread_for(viewer, piece.stream_id), piece)


def page_for(viewer: Viewer, found: Found, *, before: int | None, after: int | None, around: int | None) -> ThreadPage:
    """A page of at most fifty replies: before, after or around a place; without a wish the newest ones, or where the
    viewer stopped reading. Seven queries (eight where somebody is mentioned), at any depth; two more for a
    question."""
    mark = streams.read_nr(viewer, found.stream.id)
    rows, older, newer = _slice(viewer, found.stream, mark, before, after, around)
    waiting = streams.held_replies(viewer, found.stream)
    asks = found.thread.mode == "ask"
    marked = helped.marked_for(viewer, found.stream.id) if asks else None
    beside = [marked.piece] if marked else []
    shown = {view.id: view for view in streams.views(viewer, [found.opening, *rows, *waiting, *beside])}
    thread = ThreadView(
        id=found.stream.id,
        space=spaces.view_of(viewer, found.space),
        mode=found.thread.mode,
        just_listen=found.thread.just_listen,
        no_haha=found.stream.gentle,
        opening=shown[found.opening.id],
        reply_count=0 if viewer.excluded_ids else max(0, found.stream.last_nr - 1),
        new_count=0,
        active_at=found.stream.active_at,
        answered=marked is not None,
        tags=helped.tags_of(viewer, found.stream.id) if asks else (),
        house_only=found.stream.house_id is not None,
    )
    replies, held = [shown[row.id] for row in rows], [shown[row.id] for row in waiting]
    on_top = marked.shown_as(shown[marked.piece.id]) if marked else None
    return ThreadPage(thread, replies, held, older, newer, mark, on_top)


def _slice(
    viewer: Viewer, stream: Stream, mark: int | None, before: int | None, after: int | None, around: int | None
) -> tuple[list[Piece], bool, bool]:
    """The rows of one page, and whether there are older and newer ones."""
    size = streams.PAGE
    if before is not None:
        rows = streams.replies_before(viewer, stream, before, size + 1)
        return rows[-size:], len(rows) > size, bool(streams.replies_after(viewer, stream, before - 1, 1))
    start = after
    if start is None and around is not None:
        start = max(0, around - size // 2)
    if start is None and mark is not None and stream.last_nr - mark > size:
        start = max(0, mark - 5)
    if start is None or stream.last_nr <= size + 1:
        rows = streams.replies_before(viewer, stream, None, size + 1)
        return rows[-size:], len(rows) > size, False
    rows = streams.replies_after(viewer, stream, start, size + 1)
    older = bool(rows) and bool(streams.replies_before(viewer, stream, rows[0].nr, 1))
    return rows[:size], older, len(rows) > size


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

    Seven queries at most beside her channels, one more where there are questions and one where somebody is mentioned,
    whatever the length of the archive.
    """
    readable = [space] if space is not None else spaces.readable(viewer)
    active = streams.active_for(viewer)
    statement = (
        select(Stream, Thread, Piece, active.label("active"))
        .join(Thread, Thread.stream_id == Stream.id)
        .join(Piece, Piece.id == Stream.opening_id)
        .where(
            Stream.listed,
            streams.readable_in(viewer, readable),
            apart_from(viewer).leaves(),
        )
        .order_by(active.desc(), Stream.id.desc())
        .limit(limit)
    )
    if space is None:
        statement = statement.where(kept.not_muted_by(viewer))
    if followed:
        statement = statement.where(kept.followed_by(viewer))
    if tag is not None:
        about = (ThreadTag.stream_id == Stream.id) & (ThreadTag.tag == tag)
        statement = statement.join(ThreadTag, about).where(Thread.mode == "ask")
    if before is not None:
        statement = statement.where(tuple_(active, Stream.id) < tuple_(*before))
    if since is not None:
        statement = statement.where(tuple_(active, Stream.id) > tuple_(*since))
    rows = session().execute(statement).all()
    muted = kept.muted_among(viewer, [stream.id for stream, *_rest in rows]) if space is not None else set()
    return _views(viewer, rows, readable, muted)


def _views(
    viewer: Viewer,
    rows: Sequence[tuple[Stream, Thread, Piece, datetime]],
    known: Sequence[Space],
    muted: set[int],
) -> list[ThreadView]:
    listed = [stream for stream, *_rest in rows]
    places = {space.id: spaces.view_of(viewer, space) for space in known}
    openings = {piece.id: piece for piece in streams.views(viewer, [piece for _s, _t, piece, _a in rows])}
    counts = streams.reply_counts(viewer, listed)
    marks = _read_marks(viewer, listed)
    fresh = _new_counts(viewer, listed, marks)
    asking = [stream.id for stream, thread, *_rest in rows if thread.mode == "ask"]
    facts = helped.facts_among(viewer, asking)
    folds = mutes.folds(viewer, openings.values())
    return [
        ThreadView(
            id=stream.id,
            space=places[stream.space_id],
            mode=thread.mode,
            just_listen=thread.just_listen,
            no_haha=stream.gentle,
            opening=openings[piece.id],
            reply_count=counts.get(stream.id, 0),
            new_count=0 if stream.id in muted else fresh.get(stream.id, 0),
            active_at=active,
            unopened=stream.id not in marks and stream.id not in muted and _is_news(viewer, piece),
            muted=stream.id in muted,
            answered=facts.get(stream.id, helped.NOTHING).answered,
            tags=facts.get(stream.id, helped.NOTHING).tags,
            folded=folds.get(piece.id),
            house_only=stream.house_id is not None,
        )
        for stream, thread, piece, active in rows
    ]


def _is_news(viewer: Viewer, opening: Piece) -> bool:
    return opening.author_id != viewer.id and clock.now() - (opening.published_at or opening.written_at) < NEW_FOR


def _read_marks(viewer: Viewer, listed: Sequence[Stream]) -> dict[int, int]:
    mine = (ReadMark.member_id == viewer.id) & ReadMark.stream_id.in_([stream.id for stream in listed])
    return dict(session().execute(select(ReadMark.stream_id, ReadMark.nr).where(mine)).all())


def _new_counts(viewer: Viewer, listed: Sequence[Stream], marks: dict[int, int]) -> dict[int, int]:
    """Replies since the last visit; in a thread never opened nothing counts as missed. From the last place given;
    counted only for a viewer with exclusions."""
    if viewer.excluded_ids and marks:
        mine = (ReadMark.member_id == viewer.id) & ReadMark.stream_id.in_(list(marks))
        counted = (
            select(Piece.stream_id, func.count())
            .join(ReadMark, ReadMark.stream_id == Piece.stream_id)
            .where(mine, Piece.nr > ReadMark.nr, *streams.shown_to(viewer))
            .group_by(Piece.stream_id)
        )
        return dict(session().execute(counted).all())
    return {stream.id: max(0, stream.last_nr - marks[stream.id]) for stream in listed if stream.id in marks}
