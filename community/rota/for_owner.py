"""What somebody who works or worked here takes along of this room: when she worked."""

from __future__ import annotations

from sqlalchemy import or_, select

from community.core.db import session
from community.core.own_rows import Row, plain, plain_all
from community.members.for_owner import called, houses_named
from community.members.people import Viewer
from community.rota.models import Busy, Shift


def shifts(viewer: Viewer) -> list[Row]:
    """Her shifts, and those she stood by for."""
    mine = or_(Shift.member_id == viewer.id, Shift.back_up_id == viewer.id)
    rows = session().scalars(select(Shift).where(mine).order_by(Shift.starts_at, Shift.id)).all()
    names = called(viewer, (id_ for row in rows for id_ in (row.member_id, row.back_up_id)))
    houses = houses_named(viewer, (row.house_id for row in rows))
    return [
        plain(row, member_id=names[row.member_id], back_up_id=names[row.back_up_id], house_id=houses[row.house_id])
        for row in rows
    ]


def busy(viewer: Viewer) -> list[Row]:
    """That she could not read just then."""
    return plain_all(session().scalars(select(Busy).where(Busy.member_id == viewer.id)).all(), "member_id")
