"""Whom a reader is kept apart from, what of theirs does not exist for her, and the pieces she told staff of.

A block hides everything that has a name, both ways. It does not hide what was written without one, or whoever blocked
one after the other would learn whose it is. A separation by staff hides that too. Two whom staff keep apart in chats
alone (`chat`) meet everywhere else as others do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, true
from sqlalchemy.orm import aliased

from community.core.db import session
from community.members.people import Viewer
from community.streams.models import Piece, Reaction, Stream

CHAT = "room"
"""The kind of stream that is a chat: what two say there who are kept apart in chats is not there for each other."""

_place = aliased(Stream)


@dataclass(frozen=True)
class Apart:
    """The people of a block or separation, those of a separation alone, and pieces the reader told staff of; or, for a
    statement put together once, parameters for them."""

    excluded: Any = frozenset()
    separated: Any = frozenset()
    told: Any = frozenset()
    chat: Any = frozenset()
    floors: tuple[tuple[int, int], ...] = ()  # streams she joined later, and the first place that is hers
    ceilings: tuple[tuple[int, datetime], ...] = ()  # streams that have ended for her, and when (see past.py)

    def hides(self, piece: Piece) -> bool:
        """Whether a piece is by somebody who must be nowhere for this reader, or one she told staff of."""
        return piece.id in self.told or self.never_hers(piece)

    def never_hers(self, piece: Piece) -> bool:
        """Whether a piece never was there for her: by its author, or because it stood before she came or after she
        went."""
        return (
            self.hides_author_of(piece)
            or any(
                piece.stream_id == stream_id and piece.nr is not None and piece.nr < first
                for stream_id, first in self.floors
            )
            or any(
                piece.stream_id == stream_id and piece.published_at is not None and piece.published_at >= until
                for stream_id, until in self.ceilings
            )
        )

    def hides_author_of(self, piece: Piece) -> bool:
        """The part of it about people."""
        if piece.author_id in (self.separated if piece.unnamed else self.excluded):
            return True
        return piece.kind == "message" and piece.author_id in self.chat and is_chat(piece.stream_id)

    def leaves(self, piece: type[Piece] = Piece) -> ColumnElement[bool]:
        """The condition for pieces (or an alias of them) that stay."""
        stays: list[ColumnElement[bool]] = []
        if _given(self.excluded):
            unnamed_too = piece.unnamed & piece.author_id.not_in(self.separated)
            stays.append(or_(piece.author_id.not_in(self.excluded), unnamed_too))
        if _given(self.chat):
            in_chat = exists().where(_place.id == piece.stream_id, _place.kind == CHAT).correlate(piece)
            stays.append(or_(piece.kind != "message", piece.author_id.not_in(self.chat), ~in_chat))
        if _given(self.told):
            stays.append(piece.id.not_in(self.told))
        stays += [
            or_(piece.stream_id != stream_id, piece.nr.is_(None), piece.nr >= first) for stream_id, first in self.floors
        ]
        stays += [
            or_(piece.stream_id != stream_id, piece.nr.is_(None), piece.published_at < until)
            for stream_id, until in self.ceilings
        ]
        return and_(*stays) if stays else true()

    def leaves_reactions(self, pieces: Sequence[Piece]) -> ColumnElement[bool]:
        """The condition for reactions to these pieces that stay."""
        stays: list[ColumnElement[bool]] = [Reaction.member_id.not_in(self.excluded)]
        in_chats = [piece.id for piece in pieces if self.chat and is_chat(piece.stream_id)]
        if in_chats:
            stays.append(or_(Reaction.piece_id.not_in(in_chats), Reaction.member_id.not_in(self.chat)))
        for stream_id, until in self.ceilings:
            there = [piece.id for piece in pieces if piece.stream_id == stream_id]
            stays += [or_(Reaction.piece_id.not_in(there), Reaction.made_at < until)] if there else []
        return and_(*stays)


NOBODY = Apart()


def apart_from(viewer: Viewer) -> Apart:
    """Whom the viewer is kept apart from; of streams she has found by name, what stood there before her; and of those
    of a house she has moved out of, what came after."""
    floors, ceilings = viewer.known.get("floors", {}), viewer.known.get("ceilings", {})
    return Apart(
        viewer.excluded_ids,
        viewer.separated_ids,
        viewer.told_ids,
        viewer.not_in_chat_ids,
        tuple(floors.items()),
        tuple(ceilings.items()),
    )


def is_chat(stream_id: int) -> bool:
    """Whether a stream is a chat. No query where it was read already."""
    stream = session().get(Stream, stream_id)
    return stream is not None and stream.kind == CHAT


def as_team(viewer: Viewer) -> Viewer:
    """The viewer without the blocks between her and anybody. What is said in the team's inbox the house says, so a
    block from before somebody worked here does not count there; what staff keep apart does."""
    return replace(viewer, excluded_ids=viewer.separated_ids, known=viewer.known)


def within(viewer: Viewer, stream: Stream) -> Viewer:
    """The viewer as she reads in a stream: on its page, in what she catches up with, and piece by piece."""
    return as_team(viewer) if stream.kind == "inbox" else viewer


def _given(ids: Any) -> bool:
    """Anything but an empty set: parameters may turn out to hold something."""
    return not isinstance(ids, frozenset) or bool(ids)
