"""Reading what is a viewer's own: in a stream, among the pieces of a page, and what she has not sent yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select

from community.core import crypto
from community.core.db import session
from community.members.people import Viewer
from community.members.rules import came_back_at, private_side_open
from community.streams import muted
from community.streams.models import Draft, Piece, Reaction, ReadMark, Stream, StreamChoice
from community.streams.queries import WAITING, PieceView, held_replies


@dataclass(frozen=True)
class Own:
    """What is a reader's own among pieces: those she wrote, also without her name, and her reactions by piece."""

    pieces: list[int]
    reactions: dict[int, list[str]]


@dataclass(frozen=True)
class Place:
    """A viewer's own place in a stream. `read_nr`: how far she has read, None before she opened it; `choice`: follow,
    leave or mute, None where she chose nothing; `draft`: what she has not sent."""

    read_nr: int | None
    choice: str | None
    wrote: bool
    waits: bool
    draft: dict[str, str] | None

    @property
    def follows(self) -> bool:
        """She chose to, or she wrote in it and chose nothing else."""
        return self.choice == "follow" or (self.choice is None and self.wrote)

    @property
    def muted(self) -> bool:
        return self.choice == "mute"


def place_in(viewer: Viewer, stream_id: int) -> Place:
    """The viewer's place in a stream she reads. One query."""
    hers = (Piece.stream_id == stream_id) & (Piece.author_id == viewer.id)
    row = session().execute(
        select(
            ReadMark.nr,
            StreamChoice.choice,
            select(Piece.id).where(hers, Piece.state.in_(("published", *WAITING))).exists(),
            select(Piece.id).where(hers, Piece.kind == "reply", Piece.state.in_(WAITING)).exists(),
            Draft,
        )
        .select_from(Stream)
        .outerjoin(ReadMark, and_(ReadMark.stream_id == Stream.id, ReadMark.member_id == viewer.id))
        .outerjoin(StreamChoice, and_(StreamChoice.stream_id == Stream.id, StreamChoice.member_id == viewer.id))
        .outerjoin(Draft, and_(Draft.member_id == viewer.id, Draft.place == f"reply:{stream_id}"))
        .where(Stream.id == stream_id)
    )
    read_nr, choice, wrote, waits, draft = row.one()
    return Place(read_nr, choice, wrote, waits, _told(viewer, draft))


def read_to(viewer: Viewer, stream_id: int) -> int | None:
    """How far the viewer has read in a stream, on whatever device; None before she opened it. One query."""
    mine = (ReadMark.member_id == viewer.id) & (ReadMark.stream_id == stream_id)
    return session().scalar(select(ReadMark.nr).where(mine))


def waiting_in(viewer: Viewer, stream: Stream, place: Place) -> list[Piece]:
    """Her own replies there that wait to be read first. One query, none where nothing waits."""
    return held_replies(viewer, stream) if place.waits else []


def own_among(viewer: Viewer, pieces: Iterable[PieceView]) -> Own:
    """What is the viewer's own among pieces, also those without her name. One query."""
    given = and_(Reaction.piece_id == Piece.id, Reaction.member_id == viewer.id)
    rows = session().execute(
        select(Piece.id, Piece.author_id == viewer.id, Reaction.kind)
        .outerjoin(Reaction, given)
        .where(
            Piece.id.in_([piece.id for piece in pieces]), or_(Piece.author_id == viewer.id, Reaction.kind.is_not(None))
        )
    )
    own: dict[int, None] = {}
    reactions: dict[int, list[str]] = {}
    for piece_id, is_own, kind in rows:
        if is_own:
            own[piece_id] = None
        if kind:
            reactions.setdefault(piece_id, []).append(kind)
    return Own(list(own), reactions)


def for_page(viewer: Viewer, pieces: Sequence[PieceView], own: Own) -> dict[str, Any]:
    """What a page is told of its viewer: her pieces and reactions on it, and what is folded for her. One query."""
    hers, shown = muted.muted_by(viewer), {piece.id for piece in pieces}
    mine = [id_ for id_ in own.pieces if id_ in shown]
    return {
        "member": viewer.id,
        "pieces": mine,
        "reactions": {str(id_): kinds for id_, kinds in own.reactions.items() if id_ in shown},
        "muted": hers.for_page(),
        "folded": {
            str(piece.id): why for piece in pieces if hers and piece.id not in mine and (why := hers.fold(piece))
        },
    }


def draft_for(viewer: Viewer, place: str) -> dict[str, str] | None:
    """The viewer's own unsent text for a place. One from before somebody helped her back in waits with the rest of
    her private side."""
    return _told(viewer, session().scalar(select(Draft).where(Draft.member_id == viewer.id, Draft.place == place)))


def _told(viewer: Viewer, draft: Draft | None) -> dict[str, str] | None:
    if draft is None or not (private_side_open(viewer) or draft.updated_at >= came_back_at(viewer)):
        return None
    return dict(json.loads(crypto.unseal(draft.sealed, f"draft:{draft.id}:sealed")))
