"""Reading what happened in a stream after a cursor."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from community.core.db import session
from community.members.people import Viewer
from community.streams.apart import apart_from
from community.streams.models import Piece, Stream, StreamEvent
from community.streams.queries import SHOWN, PieceView, views

AT_MOST = 500  # events


@dataclass(frozen=True)
class Changes:
    """What happened after a cursor: each changed piece in its present state, None where it is gone."""

    seq: int
    reload: bool
    pieces: list[tuple[int, PieceView | None]]


def changes_since(viewer: Viewer, stream: Stream, after: int) -> Changes:
    """Everything a page opened at `after` must show to be as if loaded now. More than 500 events: load again."""
    events = list(
        session().scalars(
            select(StreamEvent)
            .where(StreamEvent.stream_id == stream.id, StreamEvent.seq > after)
            .order_by(StreamEvent.seq)
            .limit(AT_MOST + 1)
        )
    )
    if len(events) > AT_MOST or after > stream.seq:
        return Changes(stream.seq, True, [])
    changed = list(
        dict.fromkeys(
            event.piece_id for event in events if event.kind != "reacted" or event.by_id not in viewer.excluded_ids
        )
    )
    found = {piece.id: piece for piece in session().scalars(select(Piece).where(Piece.id.in_(changed)))}
    hidden_from_her = {piece.id for piece in found.values() if apart_from(viewer).hides(piece)}
    visible = [piece for piece in found.values() if piece.state in SHOWN and piece.id not in hidden_from_her]
    shown = {view.id: view for view in views(viewer, visible)}
    return Changes(
        max([stream.seq, *(event.seq for event in events)]),
        False,
        [(piece_id, shown.get(piece_id)) for piece_id in changed if piece_id not in hidden_from_her],
    )
