"""Whom a reader is kept apart from, and what of theirs does not exist for her.

A block hides everything that has a name, both ways. It does not hide what was written without one, or whoever blocked
one after the other would learn whose it is. A separation by staff hides that too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, true

from community.members.people import Viewer
from community.streams.models import Piece


@dataclass(frozen=True)
class Apart:
    """The people of a block or separation, and those of a separation alone; or, for a statement put together once,
    parameters for them."""

    excluded: Any = frozenset()
    separated: Any = frozenset()

    def hides(self, piece: Piece) -> bool:
        """Whether a piece is by somebody who must be nowhere for this reader."""
        return piece.author_id in (self.separated if piece.unnamed else self.excluded)

    def leaves(self, piece: type[Piece] = Piece) -> ColumnElement[bool]:
        """The condition for pieces (or an alias of them) that stay."""
        if isinstance(self.excluded, frozenset) and not self.excluded:
            return true()
        unnamed_too = piece.unnamed & piece.author_id.not_in(self.separated)
        return or_(piece.author_id.not_in(self.excluded), unnamed_too)


NOBODY = Apart()


def apart_from(viewer: Viewer) -> Apart:
    """Whom the viewer is kept apart from."""
    return Apart(viewer.excluded_ids, viewer.separated_ids)
