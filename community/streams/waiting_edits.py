"""Changes to what stands, while somebody has to read them first: what stood goes on standing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select

from community.core import clock
from community.core.db import session, transaction
from community.core.errors import NotFound
from community.core.policy import require
from community.members.people import Viewer
from community.streams import gating, mentions, placing, queries, rules
from community.streams.models import Piece, Stream, WaitingEdit


class Words(NamedTuple):
    """What a piece is to say."""

    title: str | None
    text: str
    html: str
    note: str | None


def apply(piece: Piece, by: Viewer, words: Words, *, written_by: int | None = None) -> None:
    """Put new words in place of those a piece has; the earlier version is kept for staff. A heads-up on an opening
    makes its stream gentle, and taken away again leaves it so. Inside the caller's transaction."""
    s = session()
    s.add(placing.revision_of(piece, written_by or by.id))
    piece.title, piece.text, piece.html, piece.note = words
    if words.note and piece.kind == "opening":
        s.get_one(Stream, piece.stream_id).gentle = True
    piece.version, piece.edited_at = piece.version + 1, clock.now()
    mentions.note(piece)
    placing.changed(piece, by)


def keep(piece: Piece, words: Words, why: str | None) -> None:
    """Let a change wait; an earlier one of the same piece is gone. Inside the caller's transaction."""
    with transaction() as s:
        row = s.get(WaitingEdit, piece.id, with_for_update=True, populate_existing=True)
        if row is None:
            row = WaitingEdit(piece_id=piece.id)
            s.add(row)
        row.title, row.text, row.html, row.note = words
        row.why, row.at, row.returned = why, clock.now(), False
        s.flush()


def forget(piece: Piece) -> bool:
    """Nothing of this piece waits any more. Returns whether something did. Inside the caller's transaction."""
    with transaction() as s:
        row = s.get(WaitingEdit, piece.id, with_for_update=True, populate_existing=True)
        if row is None:
            return False
        s.delete(row)
        s.flush()
        return True


def drop_waiting_edit(actor: Viewer, piece_id: int) -> Piece:
    """Take back a change that waits; what stands stays. A second time changes nothing. Raises NotFound, NotAllowed."""
    with transaction():
        piece = queries.piece_for(actor, piece_id)
        require(actor, rules.REMOVE_PIECE, piece)
        if forget(piece):
            gating.taken_back(piece)
        return piece


def publish_waiting_edit(piece: Piece, by: Viewer) -> Piece:
    """Put a change that waited in place. Called by whoever decides, inside the deciding action, who also closes the
    case and tells whom the new words name. Raises NotFound where none waits."""
    with transaction() as s:
        row = s.get(WaitingEdit, piece.id, with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFound
        words = Words(row.title, row.text, row.html, row.note)
        s.delete(row)
        s.flush()
        apply(piece, by, words, written_by=piece.author_id)
        gating.own_changed(piece)
        return piece


def return_waiting_edit(piece: Piece) -> None:
    """Send a change that waited back to its author, who may change it again; what stands goes on standing. Called by
    whoever decides, inside the deciding action, who tells her why. Raises NotFound where none waits."""
    with transaction() as s:
        row = s.get(WaitingEdit, piece.id, with_for_update=True, populate_existing=True)
        if row is None or row.returned:
            raise NotFound
        row.returned = True
        s.flush()
        gating.own_changed(piece)


def waiting_on(pieces: Iterable[Piece]) -> dict[int, WaitingEdit]:
    """The changes a host is to read, by their piece. One query, none where no piece stands."""
    ids = [piece.id for piece in pieces if piece.state == "published"]
    wanted = select(WaitingEdit).where(WaitingEdit.piece_id.in_(ids), WaitingEdit.returned.is_(False))
    return {row.piece_id: row for row in session().scalars(wanted)} if ids else {}


def as_wanted(piece: Piece, wanted: WaitingEdit) -> Piece:
    """A piece that is no row: what its author wants this one to say."""
    same = {name: getattr(piece, name) for name in Piece.__table__.columns.keys()}  # noqa: SIM118
    new = {"title": wanted.title, "text": wanted.text, "html": wanted.html, "note": wanted.note}
    return Piece(**{**same, **new, "state": "returned" if wanted.returned else "held", "nr": None})
