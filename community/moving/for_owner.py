"""What a member takes along of this room: her moves."""

from __future__ import annotations

from sqlalchemy import select

from community.core.db import session
from community.core.own_rows import Row, plain
from community.members.for_owner import called, houses_named
from community.members.people import Viewer
from community.moving.models import Departure, Move


def departures(viewer: Viewer) -> list[Row]:
    """When she asked to leave, what was to become of her words, and when she took it back."""
    mine = select(Departure).where(Departure.member_id == viewer.id).order_by(Departure.asked_at, Departure.id)
    return [plain(row, "member_id", "name_sealed", "erased_at") for row in session().scalars(mine)]


def moves(viewer: Viewer) -> list[Row]:
    """Where from, where to, when, and with whom it was planned."""
    rows = session().scalars(select(Move).where(Move.member_id == viewer.id).order_by(Move.moves_on, Move.id)).all()
    houses = houses_named(viewer, (id_ for row in rows for id_ in (row.house_id, row.to_house_id)))
    names = called(viewer, (id_ for row in rows for id_ in (row.made_by, row.cancelled_by)))
    return [
        plain(
            row,
            *("member_id", "contacts"),
            house_id=houses[row.house_id],
            to_house_id=houses[row.to_house_id],
            made_by=names[row.made_by],
            cancelled_by=names[row.cancelled_by],
        )
        for row in rows
    ]
