"""What a member takes along of this room: pins she has put away."""

from __future__ import annotations

from sqlalchemy import select

from community.channels.models import PutAway
from community.core.db import session
from community.core.own_rows import Row, plain
from community.members.people import Viewer
from community.streams.for_owner import places


def put_away(viewer: Viewer) -> list[Row]:
    """Pins she does not want to see."""
    rows = session().scalars(select(PutAway).where(PutAway.member_id == viewer.id).order_by(PutAway.put_at)).all()
    where = places(viewer, (row.stream_id for row in rows))
    return [plain(row, "member_id", place=where[row.stream_id]) for row in rows]
