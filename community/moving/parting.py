"""What becomes of a move that was to come, when somebody goes another way, and of whom one of staff was there for by
name, when she works here no more. Called by `lifecycle/`, which has asked."""

from __future__ import annotations

from sqlalchemy import select, update

from community.core import audit, clock
from community.core.db import transaction
from community.members.kept_apart import excluded_ids
from community.members.queries import viewer_now
from community.moving.models import Move
from community.moving.prepared_models import NamedAdult


def call_off(member_id: int, by_id: int) -> None:
    """An open move of hers is none any more; her periods are written by whoever calls."""
    with transaction() as s:
        open_one = (Move.member_id == member_id) & Move.is_open.is_(True)
        cancelled = {"is_open": None, "cancelled_by": by_id, "cancelled_at": clock.now(), "version": Move.version + 1}
        s.execute(update(Move).where(open_one).values(**cancelled))


def hand_on(from_id: int, to_id: int | None, by_id: int) -> int:
    """Whoever had to move at once never stands without the one adult she was told of: the successor is there for what
    is left of the days, else whoever decided that she leaves; each only where she works at that house and the two are
    not kept apart. Where neither can, a house manager names another one. Returns how many were handed on."""
    handed = 0
    with transaction() as s:
        open_ones = (NamedAdult.adult_id == from_id) & (NamedAdult.until_on >= clock.today())
        rows = s.execute(
            select(NamedAdult, Move.house_id)
            .join(Move, Move.id == NamedAdult.move_id)
            .where(open_ones)
            .with_for_update()
        )
        for row, house_id in rows.all():
            apart = excluded_ids(row.member_id)
            able = (one for one in (to_id, by_id) if one not in apart and one != from_id and _works_at(one, house_id))
            takes = next(able, None)
            if takes is None:
                continue
            row.adult_id, row.named_by, row.named_at = takes, by_id, clock.now()
            s.flush()
            audit.append(by_id, "move.adult_named", f"move:{row.move_id}", whom=row.member_id, to=takes)
            handed += 1
    return handed


def _works_at(member_id: int | None, house_id: int) -> bool:
    viewer = viewer_now(member_id)
    return viewer is not None and viewer.is_staff and viewer.house_id == house_id
