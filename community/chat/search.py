"""Looking for words in a chat: what its page would show the viewer, and nothing else.

Nothing is kept beside the messages: no index that would hold words after they were taken back. A question looks at a
stretch of so many places, from the newest on or from a place; the database leaves out what cannot say it, and the rest
is read closely. So it costs the same in a chat of a thousand messages and of a million; what lies further back is
another question.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from community.chat.queries import Found
from community.chat.searching import Parts, Wanted, shown
from community.core import ratelimit, text
from community.core.db import session
from community.members.people import Viewer
from community.streams import muted, past, queries
from community.streams.models import Piece
from community.streams.queries import PieceView

WINDOW = 20_000  # places one question looks at
CLOSELY = 1_000  # messages it reads closely
LETTERS = 200_000  # of them together
PAGE = 20


@dataclass(frozen=True)
class Hit:
    """A message that says it. `parts`: a stretch of its words, and which were looked for; `folded`: why it is folded
    for the viewer, then its words are not shown."""

    piece: PieceView
    parts: Parts
    folded: str | None = None


@dataclass(frozen=True)
class Hits:
    """What was found, newest first. `before`: the place before which there may be more, None where all was looked
    through; `more`: whether it is known that there is; `since`: back to when it was looked through."""

    found: list[Hit]
    before: int | None = None
    more: bool = False
    since: datetime | None = None


def hits_for(viewer: Viewer, found: Found, wanted: Wanted, before: int | None = None) -> Hits:
    """Messages of a chat the viewer has found that say all of this, before a place. Raises TooMany. At most six
    queries."""
    if not wanted:
        return Hits([])
    ratelimit.hit("search", viewer.id)
    last = _last_place(viewer, found)
    top = min(before or last + 1, last + 1)
    low = max(1, top - WINDOW)
    rows, ended_at = _saying(viewer, found, wanted, low, top)
    if len(rows) > PAGE:
        return Hits(_hits(viewer, rows[:PAGE], wanted), rows[PAGE - 1].nr, more=True)
    ended_at = ended_at or (low if low > 1 else None)
    return Hits(_hits(viewer, rows, wanted), ended_at, since=_moment_of(viewer, found, ended_at))


def _saying(viewer: Viewer, found: Found, wanted: Wanted, low: int, top: int) -> tuple[list[Piece], int | None]:
    """The newest that say it, at most one more than a page, and where looking closely had to end. One query."""
    statement = (
        select(Piece)
        .where(Piece.stream_id == found.stream.id, Piece.nr >= low, Piece.nr < top, Piece.state == "published")
        .where(*queries.shown_to(viewer), *(Piece.text.ilike(pattern) for pattern in wanted.patterns))
        .where(*_said_then(viewer, found))
        .order_by(Piece.nr.desc())
        .limit(CLOSELY)
    )
    rows: list[Piece] = []
    read = letters = 0
    for piece in session().scalars(statement):
        read, letters = read + 1, letters + len(piece.text)
        if wanted.are_in(piece.text, piece.lang):
            rows.append(piece)
        if len(rows) > PAGE:
            break
        if read == CLOSELY or letters > LETTERS:
            return rows, piece.nr
    return rows, None


def _last_place(viewer: Viewer, found: Found) -> int:
    """The end of the chat, as far as the viewer may know of it. One query where it has ended for her."""
    if past.ended_at(viewer, found.stream.id) is None:
        return found.stream.last_nr
    newest = queries.replies_before(viewer, found.stream, None, 1)
    return (newest[0].nr or 0) if newest else 0


def _said_then(viewer: Viewer, found: Found) -> list[ColumnElement[bool]]:
    """In a chat that has ended for the viewer what was changed later is not looked through: it says other words now."""
    until = past.ended_at(viewer, found.stream.id)
    return [] if until is None else [or_(Piece.edited_at.is_(None), Piece.edited_at < until)]


def _hits(viewer: Viewer, rows: list[Piece], wanted: Wanted) -> list[Hit]:
    views = queries.views(viewer, rows)
    folds = muted.folds(viewer, views) if views else {}
    return [Hit(view, shown(text.plain(str(view.html)), wanted, view.lang), folds.get(view.id)) for view in views]


def _moment_of(viewer: Viewer, found: Found, nr: int | None) -> datetime | None:
    """When what the viewer may see from a place on was said. One query, none where everything was looked through."""
    if nr is None:
        return None
    first = queries.replies_after(viewer, found.stream, nr - 1, 1)
    return first[0].published_at if first else None
