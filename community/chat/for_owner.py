"""What a member takes along of this room: chats she hosts."""

from __future__ import annotations

from sqlalchemy import select

from community.chat.models import Room
from community.core.db import session
from community.core.own_rows import Row, plain
from community.members.people import Viewer


def hosted(viewer: Viewer) -> list[Row]:
    """Chats for an evening that she hosts or hosted."""
    rows = session().scalars(select(Room).where(Room.host_id == viewer.id).order_by(Room.made_at))
    return [plain(row, "host_id", "standing_in") for row in rows]
