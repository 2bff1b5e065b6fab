"""What a member takes along of this room: that she stands in the directory, and what it shows of her."""

from __future__ import annotations

from sqlalchemy import select

from community.core.db import session
from community.core.own_rows import Row, plain
from community.directory.models import Entry
from community.members.people import Viewer


def entries(viewer: Viewer) -> list[Row]:
    """Her own entry, where she has one."""
    rows = session().scalars(select(Entry).where(Entry.member_id == viewer.id)).all()
    return [plain(row, "member_id") for row in rows]
