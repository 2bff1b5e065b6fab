"""What a member takes along of this floor: that the word lists named something in a text of hers. She is above this
floor, so it takes her number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from community.core.db import session
from community.core.own_rows import Row, plain
from community.safety.models import Heard


def heard(viewer: Any) -> list[Row]:
    """When, where and what came of it; not which entries of the lists, which would tell how to go round them."""
    rows = session().scalars(select(Heard).where(Heard.member_id == viewer.id).order_by(Heard.at, Heard.id))
    return [plain(row, "member_id", "keys", "grade") for row in rows]
