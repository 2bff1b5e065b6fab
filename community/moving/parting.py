"""What becomes of a move that was to come, when somebody goes another way. Called by `lifecycle/`, which has asked."""

from __future__ import annotations

from sqlalchemy import update

from community.core import clock
from community.core.db import transaction
from community.moving.models import Move


def call_off(member_id: int, by_id: int) -> None:
    """An open move of hers is none any more; her periods are written by whoever calls."""
    with transaction() as s:
        open_one = (Move.member_id == member_id) & Move.is_open.is_(True)
        cancelled = {"is_open": None, "cancelled_by": by_id, "cancelled_at": clock.now(), "version": Move.version + 1}
        s.execute(update(Move).where(open_one).values(**cancelled))
