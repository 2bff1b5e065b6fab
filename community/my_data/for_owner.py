"""That a member took her data along: this room's own part in it."""

from __future__ import annotations

from sqlalchemy import select

from community.core.db import session
from community.core.own_rows import Row, plain
from community.members.people import Viewer
from community.my_data.models import Export


def exports(viewer: Viewer) -> list[Row]:
    """When she asked for her data, and what came of it."""
    rows = session().scalars(select(Export).where(Export.member_id == viewer.id).order_by(Export.asked_at))
    return [plain(row, "member_id", "file", "key_sealed", "tries", "worked_at", "letter_at") for row in rows]
