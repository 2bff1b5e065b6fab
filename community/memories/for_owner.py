"""What a member takes along of this room: when what she told happened, her albums, and what she put away."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from community.core.db import session
from community.core.own_rows import Row, plain
from community.members.people import Viewer
from community.memories.models import Album, MemoryDate, MemoryOff, MemoryPutAway
from community.streams.models import Piece, Stream


def dates(viewer: Viewer) -> list[Row]:
    """When what she wrote happened, whoever said so."""
    hers = select(MemoryDate).join(Piece, Piece.id == MemoryDate.piece_id).where(Piece.author_id == viewer.id)
    return _rows(hers.order_by(MemoryDate.first_on, MemoryDate.piece_id))


def albums(viewer: Viewer) -> list[Row]:
    """The albums she made: what each is of. Its words stand with what she wrote."""
    made = select(Album).join(Stream, Stream.id == Album.stream_id).join(Piece, Piece.id == Stream.opening_id)
    return _rows(made.where(Piece.author_id == viewer.id).order_by(Album.stream_id))


def put_away(viewer: Viewer) -> list[Row]:
    """What she does not want to look back on."""
    hers = select(MemoryPutAway).where(MemoryPutAway.member_id == viewer.id)
    return _rows(hers.order_by(MemoryPutAway.piece_id))


def off(viewer: Viewer) -> list[Row]:
    """Since when she wants no looking back at all."""
    return _rows(select(MemoryOff).where(MemoryOff.member_id == viewer.id))


def _rows(some: Select[Any]) -> list[Row]:
    return [plain(row, "member_id") for row in session().scalars(some)]
