"""What pieces said before: for staff, and for whoever reads them as they stood on the day she moved out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from community.core import text
from community.core.db import session
from community.members.people import Viewer
from community.streams import mentions
from community.streams.apart import Apart
from community.streams.models import Piece, PieceRevision


@dataclass(frozen=True)
class RevisionView:
    """What a piece said before an edit."""

    version: int
    at: datetime
    title: str | None
    text: str
    note: str | None


def history_of(viewer: Viewer, piece: Piece) -> list[RevisionView]:
    """Earlier versions, newest first. Ask `rules.SEE_HISTORY` before."""
    assert viewer.is_staff
    statement = select(PieceRevision).where(PieceRevision.piece_id == piece.id)
    rows = session().scalars(statement.order_by(PieceRevision.version.desc())).all()
    names = mentions.names_in([row.text for row in rows], viewer.excluded_ids)
    return [RevisionView(row.version, row.replaced_at, row.title, names.in_text(row.text), row.note) for row in rows]


def as_they_stood(pieces: Iterable[Piece], apart: Apart) -> list[Piece]:
    """Pieces as this reader may know them: of a stream that has ended for her each says what it said then, and tells no
    later place in the order of events; all others as they are. What a host warned of later stays warned of. One query
    where something was changed since."""
    pieces = list(pieces)
    if not apart.ceilings:
        return pieces
    ends = dict(apart.ceilings)
    changed = [one.id for one in pieces if one.stream_id in ends and one.edited_at is not None]
    earlier: dict[int, list[PieceRevision]] = defaultdict(list)
    if changed:
        rows = select(PieceRevision).where(PieceRevision.piece_id.in_(changed))
        for row in session().scalars(rows.order_by(PieceRevision.version)):
            earlier[row.piece_id].append(row)
    return [_at(one, ends[one.stream_id], earlier[one.id]) if one.stream_id in ends else one for one in pieces]


def _at(piece: Piece, until: datetime, earlier: Sequence[PieceRevision]) -> Piece:
    """A piece that is no row: what this one said at a moment."""
    same = {name: getattr(piece, name) for name in Piece.__table__.columns.keys()}  # noqa: SIM118
    then = next((row for row in earlier if row.replaced_at >= until), None)
    if then is not None:
        note = piece.note if piece.note_by is not None else then.note
        same |= {"title": then.title, "text": then.text, "html": text.to_html(then.text), "note": note}
        same |= {"version": then.version, "edited_at": _last_before(earlier, then.version)}
    return Piece(**{**same, "seq": 0})


def _last_before(earlier: Sequence[PieceRevision], version: int) -> datetime | None:
    """When the words of a version took the place of others; None for the first."""
    return next((row.replaced_at for row in reversed(earlier) if row.version < version), None)
