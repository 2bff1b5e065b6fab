"""What stands unread: published at once and to be read after. A host has had it on her screen, and says so for a whole
channel up to a moment, never piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import and_, func, or_, select

from community.core.db import session
from community.core.policy import require
from community.members.people import Viewer
from community.spaces import queries as spaces
from community.spaces.queries import SpaceView
from community.streams import queries, rules
from community.streams.models import CheckedMark, Piece, Stream
from community.streams.queries import PieceView

PAGE = 50
ALL = 0
"""In place of a house: what is said to all who read a channel."""


@dataclass(frozen=True)
class Unchecked:
    """What stands unread in a channel, or in what is said there to one house; the oldest first. `until`: when the last
    of these came to stand there."""

    space: SpaceView
    house_id: int
    pieces: list[PieceView]
    until: datetime


def unchecked_for(viewer: Viewer) -> list[Unchecked]:
    """What no host has read yet in the viewer's channels, at most fifty pieces, her own left out. Two queries and
    what views need. Raises NotAllowed."""
    require(viewer, rules.CHECK)
    readable = {space.id: space for space in spaces.readable(viewer)}
    house = func.coalesce(Stream.house_id, ALL)
    mark = and_(CheckedMark.space_id == Stream.space_id, CheckedMark.house_id == house)
    rows = session().execute(
        select(Piece, Stream.space_id, house)
        .join(Stream, Stream.id == Piece.stream_id)
        .outerjoin(CheckedMark, mark)
        .where(
            Piece.check_at.is_not(None),
            or_(CheckedMark.until.is_(None), Piece.check_at > CheckedMark.until),
            Piece.state == "published",
            Piece.author_id != viewer.id,
            queries.readable_in(viewer, readable.values()),
            *queries.shown_to(viewer),
        )
        .order_by(Stream.space_id, house, Piece.check_at, Piece.id)
        .limit(PAGE)
    )
    found = rows.all()
    shown = {view.id: view for view in queries.views(viewer, [piece for piece, _space, _house in found])}
    return [
        Unchecked(
            spaces.view_of(viewer, readable[space_id]),
            house_id,
            [shown[piece.id] for piece, _space, _house in these],
            max(piece.check_at for piece, _space, _house in these if piece.check_at is not None),
        )
        for (space_id, house_id), group in groupby(found, key=lambda row: (row[1], row[2]))
        for these in [list(group)]
    ]
