"""Reading what a member keeps for herself. A saved piece she may not see any more is not in her list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, tuple_, union
from sqlalchemy.orm import aliased

from community.core.db import session
from community.members.people import Viewer
from community.spaces import queries as spaces
from community.streams import past
from community.streams.models import Piece, Saved, Stream, StreamChoice
from community.streams.queries import WAITING, readable_in, shown_to

PAGE = 20

Cursor = tuple[datetime, int]


def followed_by(viewer: Viewer) -> ColumnElement[bool]:
    """The condition for streams the viewer follows."""
    chosen = select(StreamChoice.stream_id).where(StreamChoice.member_id == viewer.id)
    wrote = select(Piece.stream_id).where(Piece.author_id == viewer.id, Piece.state.in_(("published", *WAITING)))
    mine = union(chosen.where(StreamChoice.choice == "follow"), wrote)
    return Stream.id.in_(mine) & Stream.id.not_in(chosen.where(StreamChoice.choice != "follow"))


def not_muted_by(viewer: Viewer) -> ColumnElement[bool]:
    """The condition for streams the viewer has not muted."""
    chosen = select(StreamChoice.stream_id).where(StreamChoice.member_id == viewer.id, StreamChoice.choice == "mute")
    return Stream.id.not_in(chosen)


def muted_among(viewer: Viewer, stream_ids: Iterable[int]) -> set[int]:
    """Which of these streams the viewer has muted. One query."""
    mine = (StreamChoice.member_id == viewer.id) & (StreamChoice.choice == "mute")
    return set(session().scalars(select(StreamChoice.stream_id).where(mine, StreamChoice.stream_id.in_(stream_ids))))


def is_saved(viewer: Viewer, piece_id: int) -> bool:
    """Whether a piece is in the viewer's list."""
    return session().get(Saved, (viewer.id, piece_id)) is not None


def count_saved(viewer: Viewer) -> int:
    """How many pieces the viewer has in her list."""
    return session().scalar(select(func.count()).where(Saved.member_id == viewer.id)) or 0


def saved_for(viewer: Viewer, before: Cursor | None = None, limit: int = PAGE) -> list[tuple[Saved, Piece, Stream]]:
    """The viewer's list, what she saved last first; of pieces she may still see: those of a house she has moved out of
    as they stood on her day. One query beside her channels', and one for whoever has moved."""
    opening = aliased(Piece)
    stands = select(opening.id).where(opening.id == Stream.opening_id, *shown_to(viewer, opening)).correlate(Stream)
    statement = (
        select(Saved, Piece, Stream)
        .join(Piece, Piece.id == Saved.piece_id)
        .join(Stream, Stream.id == Piece.stream_id)
        .where(
            Saved.member_id == viewer.id,
            or_(
                readable_in(viewer, spaces.readable(viewer)),
                *(there for _place, there in past.written_there(viewer)),
            ),
            Piece.state == "published",
            or_(Stream.opening_id.is_(None), stands.exists()),
            *shown_to(viewer),
        )
        .order_by(Saved.saved_at.desc(), Saved.piece_id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(tuple_(Saved.saved_at, Saved.piece_id) < tuple_(*before))
    found = [(saved, piece, stream) for saved, piece, stream in session().execute(statement)]
    past.end_where_past(viewer, [stream for _saved, _piece, stream in found])
    return found
