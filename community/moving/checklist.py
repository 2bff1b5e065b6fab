"""Reading the list of what is to be put in order: hers and her contact's of the day. For everybody else, house managers
included, it does not exist. That her contact reads it is not noted anywhere: it is hers as well."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from community.core import clock, crypto
from community.core.db import session
from community.core.errors import NotFound
from community.core.i18n import lazy as _l
from community.members.models import Duty
from community.members.people import Viewer
from community.members.queries import authors
from community.moving import prepared_rules as rules
from community.moving.models import Move
from community.moving.prepared_models import STARTS, ListLine
from community.spaces import queries as spaces
from community.streams import queries as streams
from community.streams.models import Piece, Stream

LONGEST_LINE, LONGEST_NOTE, MOST_LINES = 120, 400, 60
START_WORDS: dict[str, Any] = {
    "home": _l("Somewhere to live: contract, keys, insurance"),
    "bank": _l("Bank: an account and an ID that works online"),
    "doctor": _l("Doctor and dentist near the new place"),
    "money": _l("Money: what comes in, what the rent is"),
    "people": _l("People I want to keep"),
}


@dataclass(frozen=True)
class LineView:
    """One line. `thread`: the title of a post that helps, and its stream, where the viewer reads it."""

    id: int
    text: str
    note: str
    done: bool
    thread: str | None
    thread_id: int | None
    version: int


@dataclass(frozen=True)
class ListView:
    """The whole list. `with_whom`: first names of those who see it as well, or her name for her contact."""

    owner_id: int
    mine: bool
    with_whom: tuple[str, ...]
    lines: tuple[LineView, ...]

    @property
    def done(self) -> int:
        return sum(line.done for line in self.lines)

    @property
    def full(self) -> bool:
        return len(self.lines) >= MOST_LINES


def list_for(viewer: Viewer, owner_id: int) -> ListView:
    """A list the viewer shares, its lines in their order. Raises NotFound: somebody else's, or of whom no move was ever
    set and nothing stands there. At most seven queries."""
    rows = rows_for(viewer, owner_id)
    titles = _threads(viewer, {row.stream_id for row in rows if row.stream_id is not None})
    return ListView(
        owner_id, viewer.id == owner_id, _with_whom(viewer, owner_id), tuple(_view(r, titles) for r in rows)
    )


def line_for(viewer: Viewer, line_id: int) -> ListLine:
    """One line of a list the viewer shares. Raises NotFound. One query."""
    row = session().get(ListLine, line_id, populate_existing=True)
    if row is None or not rules.shares_list(viewer, row.owner_id):
        raise NotFound
    return row


def shown(viewer: Viewer, row: ListLine) -> LineView:
    """One line the viewer has found."""
    return _view(row, _threads(viewer, {row.stream_id} if row.stream_id is not None else set()))


def rows_for(viewer: Viewer, owner_id: int) -> list[ListLine]:
    """The lines themselves. Raises NotFound. Two queries."""
    if not rules.shares_list(viewer, owner_id):
        raise NotFound
    hers = select(ListLine).where(ListLine.owner_id == owner_id).order_by(ListLine.place, ListLine.id)
    rows = list(session().scalars(hers.execution_options(populate_existing=True)))
    if not rows and not has_moved(viewer, owner_id):
        raise NotFound
    return rows


def has_moved(viewer: Viewer, owner_id: int) -> bool:
    """Whether a move of somebody's list the viewer shares is set, or was made. One query."""
    assert rules.shares_list(viewer, owner_id)
    hers = select(Move.id).where(Move.member_id == owner_id, Move.cancelled_at.is_(None))
    return session().scalar(hers.limit(1)) is not None


def line_of_thread(viewer: Viewer, stream_id: int) -> bool:
    """Whether a thread is there for the viewer, so that a line may lead to it. Two queries."""
    return bool(_threads(viewer, {stream_id}))


def words_of(row: ListLine) -> str:
    """What a line says; of one that every list begins with, in the words of the page's language."""
    if row.text_sealed is not None:
        return crypto.unseal(row.text_sealed, f"move_line:{row.id}:text")
    return str(START_WORDS[row.start or STARTS[0]])


def note_of(row: ListLine) -> str:
    """What is noted below it."""
    return crypto.unseal(row.note_sealed, f"move_line:{row.id}:note") if row.note_sealed else ""


def _view(row: ListLine, threads: dict[int, str]) -> LineView:
    thread = threads.get(row.stream_id or 0)
    return LineView(
        row.id,
        words_of(row),
        note_of(row),
        row.done_at is not None,
        thread,
        row.stream_id if thread is not None else None,
        row.version,
    )


def _threads(viewer: Viewer, stream_ids: Collection[int]) -> dict[int, str]:
    """Titles of those threads the viewer reads now."""
    if not stream_ids:
        return {}
    opening = (
        select(Piece)
        .join(Stream, Stream.opening_id == Piece.id)
        .where(
            Stream.id.in_(stream_ids),
            Stream.kind == "thread",
            Piece.state == "published",
            *streams.shown_to(viewer),
            streams.readable_in(viewer, spaces.readable(viewer)),
        )
    )
    views = streams.views(viewer, session().scalars(opening).all())
    return {view.stream_id: view.shown_title for view in views}


def _with_whom(viewer: Viewer, owner_id: int) -> tuple[str, ...]:
    if viewer.id != owner_id:
        return (authors([owner_id])[owner_id].name,)
    holding = (Duty.kind == "key_worker") & (Duty.resident_id == owner_id) & Duty.holds_on(clock.today())
    ids = set(session().scalars(select(Duty.member_id).where(holding))) - viewer.excluded_ids
    return tuple(sorted(one.first_name for one in authors(ids).values() if one.here and one.kind == "staff"))
