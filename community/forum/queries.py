"""A thread as a viewer sees it: its rows for the rules, and one page of it. Lists are in feed.py."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from community.forum import helped
from community.forum.helped import HelpedView, TagView
from community.forum.models import Thread
from community.members.people import AuthorView, Viewer
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.streams import queries as streams
from community.streams.models import Piece, Stream
from community.streams.own import Own, Place, waiting_in


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
    rows, older, newer = _slice(viewer, found.stream, place.read_nr, before, after, around)
    waiting = waiting_in(viewer, found.stream, place)
    marked, tags = helped.beside(viewer, found.stream.id) if found.thread.mode == "ask" else (None, ())
    beside = [marked.piece] if marked else []
    pieces = [found.opening, *rows, *waiting, *beside]
    views, given = streams.views_and_given(viewer, pieces)
    shown = {view.id: view for view in views}
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
        tags=tags,
        house_only=found.stream.house_id is not None,
    )
    replies, held = [shown[row.id] for row in rows], [shown[row.id] for row in waiting]
    last = _last_place(viewer, found.stream) if newer else (replies[-1].nr or 1) if replies else 1
    on_top = marked.shown_as(shown[marked.piece.id]) if marked else None
    own = Own([piece.id for piece in pieces if piece.author_id == viewer.id], given)
    return ThreadPage(thread, replies, held, older, newer, last, place.read_nr, own, on_top)


def _last_place(viewer: Viewer, stream: Stream) -> int:
    """The newest place a viewer may know of; one query for whoever is kept apart from somebody."""
    if not viewer.excluded_ids:
        return stream.last_nr
    newest = streams.replies_before(viewer, stream, None, 1)
    return (newest[-1].nr or 1) if newest else 1


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
