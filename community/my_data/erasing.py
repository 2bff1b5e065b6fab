"""What this room does when a member has left: her files go at once, with their keys, and then their rows."""

from __future__ import annotations

from sqlalchemy import select

from community.core.db import session
from community.core.erasing import Leaver, rows
from community.my_data import actions
from community.my_data.models import Export

_rows = rows(Export.member_id)


def exports(leaver: Leaver) -> bool:
    """Every file of hers, made or under way."""
    for export_id in session().scalars(select(Export.id).where(Export.member_id == leaver.id)).all():
        actions.end(export_id, "gone", "removed")
    return _rows(leaver)
