"""A thread as a viewer sees it: its rows for the rules, and one page of it. Lists are in feed.py."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select

from community.core import i18n
from community.forum import helped
from community.forum.helped import HelpedView, TagView
from community.forum.models import Thread
from community.members.people import AuthorView, Viewer
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.streams import moderating, past
from community.streams import queries as streams
from community.streams.models import Piece, Stream
from community.streams.own import Own, Place, as_told, promised, views_and_own, waiting_in
from community.streams.queries import PAGE
from community.streams.stretches import last_place, stretch_of


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
class LockView:
    """That a thread takes no new replies, until when (None: until a host opens it), and why."""

    why: str
    until: datetime | None

    @property
    def until_words(self) -> str:
        return i18n.short_time(self.until) if self.until is not None else ""


def lock_for(viewer: Viewer, stream: Stream) -> LockView | None:
    """The same for a viewer: of what has ended for her she reads nothing newer."""
    return lock_of(stream) if past.ended_at(viewer, stream.id) is None else None


def lock_of(stream: Stream) -> LockView | None:
    """What everybody who reads a thread reads about its being closed."""
    return LockView(stream.locked_why or "", stream.locked_until) if moderating.is_locked(stream) else None


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
    """One page of a thread. `older` and `newer` say whether there is more on either side; `last` is the newest place
    there is for the viewer, `mark` how far she has read (None: never)."""

    thread: ThreadView
    replies: list[streams.PieceView]
    waiting: list[streams.PieceView]
    older: bool
    newer: bool
    last: int
    mark: int | None
    own: Own
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
    found, thread = streams.found_beside(viewer, stream_id, Thread, Thread.stream_id)
    return Found(found.stream, thread, found.space, found.opening)


def asking_streams() -> Select[Any]:
    """The threads in which somebody asks, or only wants to be heard, for conditions about others' pieces."""
    return select(Thread.stream_id).where(or_(Thread.mode == "ask", Thread.just_listen))


def waiting_for(viewer: Viewer, found: Found, place: Place) -> tuple[list[streams.PieceView], Own]:
    """What of hers waits there, was sent back or is hidden, with what she is told of it: the opening, replies, and
    changes; and which of it is hers. Few queries, none where nothing waits."""
    rows = waiting_in(viewer, found.stream, place)
    if found.opening.author_id == viewer.id and found.opening.state not in streams.SHOWN:
        rows = [found.opening, *rows]
    views, own = views_and_own(viewer, rows)
    shown = {view.id: view for view in views}
    return as_told(viewer, shown, rows, found.stream, found.space, place), own


def marking_for(viewer: Viewer, piece_id: int) -> Marking:
    """A piece the viewer sees, with its thread. Raises NotFound."""
    piece = streams.piece_for(viewer, piece_id)
    return Marking(thread_for(viewer, piece.stream_id), piece)


def page_for(
    viewer: Viewer, found: Found, place: Place, *, before: int | None, after: int | None, around: int | None
) -> ThreadPage:
    """A page of at most fifty replies: before, after or around a place; without a wish the newest ones, or where the
    viewer stopped reading. Three queries, one more in the middle (two for whoever is kept apart from somebody), where
    something of hers waits, something is quoted, and for a question; at any depth."""
    mark = place.read_nr
    if before is None and after is None and around is None and mark is not None and found.stream.last_nr - mark > PAGE:
        after = max(0, mark - 5)
    stretch = stretch_of(viewer, found.stream, before=before, after=after, around=around)
    waiting = waiting_in(viewer, found.stream, place)
    marked, tags = helped.beside(viewer, found.stream.id) if found.thread.mode == "ask" else (None, ())
    beside = [marked.piece] if marked else []
    pieces = [found.opening, *stretch.rows, *waiting, *beside]
    views, own = views_and_own(viewer, pieces)
    shown = {view.id: view for view in views}
    thread = ThreadView(
        id=found.stream.id,
        space=spaces.view_of(viewer, found.space),
        mode=found.thread.mode,
        just_listen=found.thread.just_listen,
        no_haha=found.stream.gentle,
        opening=promised(viewer, shown[found.opening.id], found.opening, found.space, found.stream),
        reply_count=0 if viewer.sees_less else max(0, found.stream.last_nr - 1 - found.stream.gaps),
        new_count=0,
        active_at=past.ended_at(viewer, found.stream.id) or found.stream.active_at,
        answered=marked is not None,
        tags=tags,
        house_only=found.stream.house_id is not None,
    )
    replies = [shown[row.id] for row in stretch.rows]
    held = as_told(viewer, shown, waiting, found.stream, found.space, place)
    last = last_place(viewer, found.stream, stretch) or 1  # its opening
    on_top = marked.shown_as(shown[marked.piece.id]) if marked else None
    return ThreadPage(thread, replies, held, stretch.older, stretch.newer, last, mark, own, on_top)
