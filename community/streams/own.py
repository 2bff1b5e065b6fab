"""Reading what is a viewer's own: in a stream, among the pieces of a page, and what she has not sent yet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import and_, or_, select

from community.core import clock, crypto
from community.core.db import session
from community.members.people import Viewer
from community.members.rules import came_back_at, private_side_open
from community.spaces.models import Space
from community.streams import beside, muted
from community.streams.models import Draft, Piece, ReadMark, Stream, StreamChoice, WaitingEdit
from community.streams.promises import promise_for
from community.streams.queries import PAGE, WAITING, PieceView, held_replies, views, views_and_given
from community.streams.waiting_edits import as_wanted


@dataclass(frozen=True)
class Own:
    """What is a reader's own among pieces: those she wrote, also without her name, and her reactions by piece."""

    pieces: list[int]
    reactions: dict[int, list[str]]


@dataclass(frozen=True)
class Place:
    """A viewer's own place in a stream. `read_nr`: how far she has read, None before she opened it; `choice`: follow,
    leave or mute, None where she chose nothing; `waits`, `changes`: replies and messages of hers, or changes, that wait
    to be read first; `draft`: what she has not sent."""

    read_nr: int | None
    choice: str | None
    wrote: bool
    waits: bool
    changes: bool
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
            select(Piece.id).where(hers, Piece.kind != "opening", Piece.state.in_(WAITING)).exists(),
            select(WaitingEdit.piece_id).join(Piece, Piece.id == WaitingEdit.piece_id).where(hers).exists(),
            Draft,
        )
        .select_from(Stream)
        .outerjoin(ReadMark, and_(ReadMark.stream_id == Stream.id, ReadMark.member_id == viewer.id))
        .outerjoin(StreamChoice, and_(StreamChoice.stream_id == Stream.id, StreamChoice.member_id == viewer.id))
        .outerjoin(Draft, and_(Draft.member_id == viewer.id, Draft.place == f"reply:{stream_id}"))
        .where(Stream.id == stream_id)
    )
    read_nr, choice, wrote, waits, changes, draft = row.one()
    return Place(read_nr, choice, wrote, waits, changes, _told(viewer, draft))


def read_to(viewer: Viewer, stream_id: int) -> int | None:
    """How far the viewer has read in a stream, on whatever device; None before she opened it. One query."""
    mine = (ReadMark.member_id == viewer.id) & (ReadMark.stream_id == stream_id)
    return session().scalar(select(ReadMark.nr).where(mine))


def waiting_in(viewer: Viewer, stream: Stream, place: Place) -> list[Piece]:
    """Her own replies there that wait to be read first. One query, none where nothing waits."""
    return held_replies(viewer, stream) if place.waits else []


def promised(viewer: Viewer, view: PieceView, piece: Piece, space: Space, stream: Stream) -> PieceView:
    """A piece with what its author is told while it waits to be read; any other as it is."""
    if piece.state != "held" or piece.author_id != viewer.id:
        return view
    promise = promise_for(viewer, piece, space, stream, why=piece.held_why, since=piece.written_at)
    return replace(view, promise=promise)


def changes_in(viewer: Viewer, stream: Stream, space: Space, place: Place) -> list[PieceView]:
    """Changes of hers there that wait to be read, as what the piece is to say. None asked where nothing waits."""
    if not place.changes:
        return []
    mine = select(Piece, WaitingEdit).join(WaitingEdit, WaitingEdit.piece_id == Piece.id)
    rows = session().execute(mine.where(Piece.stream_id == stream.id, Piece.author_id == viewer.id)).all()
    shown = {view.id: view for view in views(viewer, [as_wanted(piece, wanted) for piece, wanted in rows])}
    return [
        replace(
            shown[piece.id],
            promise=None
            if wanted.returned
            else promise_for(viewer, piece, space, stream, why=wanted.why, since=wanted.at, change=True),
        )
        for piece, wanted in rows
    ]


def as_told(
    viewer: Viewer, shown: Mapping[int, PieceView], rows: Sequence[Piece], stream: Stream, space: Space, place: Place
) -> list[PieceView]:
    """What of hers waits in a stream, with what she is told of each: the pieces among `shown`, and her changes."""
    held = [promised(viewer, shown[row.id], row, space, stream) for row in rows]
    return held + changes_in(viewer, stream, space, place)


def change_of(viewer: Viewer, piece: Piece) -> WaitingEdit | None:
    """The viewer's change of a piece of hers that waits to be read."""
    return session().get(WaitingEdit, piece.id, populate_existing=True) if piece.author_id == viewer.id else None


def waiting_of(viewer: Viewer) -> list[tuple[Piece, Stream]]:
    """Everything of the viewer's that waits, was sent back or is hidden, or that a host asked her to write anew, newest
    first. One query."""
    asked = (Piece.state == "published") & (Piece.rewrite_until > clock.now())
    hers = (Piece.author_id == viewer.id) & or_(Piece.state.in_((*WAITING, "hidden")), asked)
    statement = select(Piece, Stream).join(Stream, Stream.id == Piece.stream_id).where(hers)
    rows = session().execute(statement.order_by(Piece.written_at.desc(), Piece.id.desc()).limit(PAGE))
    return [(piece, stream) for piece, stream in rows]


def views_and_own(viewer: Viewer, pieces: Sequence[Piece]) -> tuple[list[PieceView], Own]:
    """Pieces as the viewer sees them, and what is hers among them, in as many queries as the views alone."""
    views, given = views_and_given(viewer, pieces)
    return views, Own([piece.id for piece in pieces if piece.author_id == viewer.id], given)


def for_page(viewer: Viewer, pieces: Sequence[PieceView], own: Own) -> dict[str, Any]:
    """What a page is told of its viewer: her pieces and reactions on it, and what is folded for her. One query."""
    hers, shown = muted.muted_by(viewer), {piece.id for piece in pieces}
    mine = [id_ for id_ in own.pieces if id_ in shown]
    return {
        "member": viewer.id,
        "pieces": mine,
        "reactions": {str(id_): kinds for id_, kinds in own.reactions.items() if id_ in shown},
        "pictures": beside.waiting_for(viewer, [p.id for p in pieces if p.with_pictures and p.state == "published"]),
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
