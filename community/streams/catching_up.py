"""Reading what happened in a stream after a cursor."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from community.core.db import session
from community.members.people import Viewer
from community.streams.apart import CHAT, apart_from
from community.streams.models import Piece, Stream, StreamEvent
from community.streams.own import Own, views_and_own
from community.streams.queries import SHOWN, PieceView

AT_MOST = 500  # events


@dataclass(frozen=True)
class Changes:
    """What happened after a cursor: each changed piece in its present state, None where it is gone; and what is the
    viewer's own among them."""

    seq: int
    reload: bool
    pieces: list[tuple[int, PieceView | None]]
    own: Own


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
        return Changes(stream.seq, True, [], Own([], {}))
    unmet = viewer.met_in_no_chat if stream.kind == CHAT else viewer.excluded_ids
    changed = list(
        dict.fromkeys(event.piece_id for event in events if event.kind != "reacted" or event.by_id not in unmet)
    )
    # What she told staff of here may have gone from her pages without an event of the stream: it concerns nobody else.
    here = select(Piece.id).where(Piece.id.in_(viewer.told_ids), Piece.stream_id == stream.id)
    told = set(session().scalars(here)).difference(changed) if viewer.told_ids else ()
    found = {piece.id: piece for piece in session().scalars(select(Piece).where(Piece.id.in_(changed)))}
    apart = apart_from(viewer)
    hidden_from_her = {piece.id for piece in found.values() if apart.never_hers(piece)}
    visible = [
        piece
        for piece in found.values()
        if (piece.state in SHOWN or (piece.state == "hidden" and piece.author_id == viewer.id))
        and piece.nr is not None
        and not apart.hides(piece)
    ]
    views, own = views_and_own(viewer, visible)
    shown = {view.id: view for view in views}
    return Changes(
        max([stream.seq, *(event.seq for event in events)]),
        False,
        [(piece_id, shown.get(piece_id)) for piece_id in [*changed, *told] if piece_id not in hidden_from_her],
        own,
    )
