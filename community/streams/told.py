"""What a host said to the author of a piece that only she sees: beside it, for her alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from community.core import crypto
from community.core.db import session
from community.members import queries as members
from community.safety import reasons
from community.streams.models import Piece, PieceTold


@dataclass(frozen=True)
class ToldView:
    """`by` None: a text without a name is answered by "a host"."""

    by: str | None
    words: str
    act_id: int | None


def told_to_authors(pieces: Sequence[Piece], states: tuple[str, ...] = ("returned", "hidden")) -> dict[int, ToldView]:
    """What hosts said about those of these pieces that nobody else sees. Two queries, none where there is no such
    piece."""
    hers = {piece.id: piece for piece in pieces if piece.state in states}
    if not hers:
        return {}
    rows = session().scalars(select(PieceTold).where(PieceTold.piece_id.in_(hers))).all()
    hosts = members.authors(row.by_id for row in rows)
    return {
        row.piece_id: ToldView(
            None if hers[row.piece_id].unnamed else hosts[row.by_id].name,
            reasons.sentence(row.reason, words_of(row)),
            row.act_id,
        )
        for row in rows
    }


def words_of(row: PieceTold) -> str | None:
    """What a host wrote in her own words."""
    return crypto.unseal(row.words_sealed, f"piece_told:{row.piece_id}:words") if row.words_sealed else None
