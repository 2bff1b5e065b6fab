"""Whom a reader is kept apart from, what of theirs does not exist for her, and the pieces she told staff of.

A block hides everything that has a name, both ways. It does not hide what was written without one, or whoever blocked
one after the other would learn whose it is. A separation by staff hides that too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from community.members.people import Viewer
from community.streams.models import Piece


@dataclass(frozen=True)
class Apart:
    """The people of a block or separation, those of a separation alone, and pieces the reader told staff of; or, for a
    statement put together once, parameters for them."""

    excluded: Any = frozenset()
    separated: Any = frozenset()
    told: Any = frozenset()

    def hides(self, piece: Piece) -> bool:
        """Whether a piece is by somebody who must be nowhere for this reader, or one she told staff of."""
        return piece.id in self.told or self.hides_author_of(piece)

    def hides_author_of(self, piece: Piece) -> bool:
        """The part of it about people: such a piece never was there for her."""
        return piece.author_id in (self.separated if piece.unnamed else self.excluded)

    def leaves(self, piece: type[Piece] = Piece) -> ColumnElement[bool]:
        """The condition for pieces (or an alias of them) that stay."""
        stays: list[ColumnElement[bool]] = []
        if _given(self.excluded):
            unnamed_too = piece.unnamed & piece.author_id.not_in(self.separated)
            stays.append(or_(piece.author_id.not_in(self.excluded), unnamed_too))
        if _given(self.told):
            stays.append(piece.id.not_in(self.told))
        return and_(*stays) if stays else true()


NOBODY = Apart()


def apart_from(viewer: Viewer) -> Apart:
    """Whom the viewer is kept apart from."""
    return Apart(viewer.excluded_ids, viewer.separated_ids, viewer.told_ids)


def _given(ids: Any) -> bool:
    """Anything but an empty set: parameters may turn out to hold something."""
    return not isinstance(ids, frozenset) or bool(ids)
