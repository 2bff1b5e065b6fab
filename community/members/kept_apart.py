"""The wall itself: between whom a block or a separation stands, asked of one or of two."""

from __future__ import annotations

from sqlalchemy import or_, select

from community.core.db import session
from community.members.models import EXCLUSIONS, Exclusion
from community.members.separation_models import Separation


def excluded(a_id: int, b_id: int, kinds: tuple[str, ...] = EXCLUSIONS) -> bool:
    """Whether a block or a separation (or one of `kinds` alone) stands between two people."""
    low, high = sorted((a_id, b_id))
    between = (Exclusion.low_id == low) & (Exclusion.high_id == high) & Exclusion.kind.in_(kinds)
    return session().scalar(select(Exclusion.id).where(between).limit(1)) is not None


def apart_in_chats(a_id: int, b_id: int) -> bool:
    """Whether staff keep two people apart in chats alone."""
    low, high = sorted((a_id, b_id))
    between = (Separation.low_id == low) & (Separation.high_id == high) & Separation.is_open.is_(True)
    return session().scalar(select(Separation.id).where(between, Separation.level == "chat")) is not None


def excluded_ids(member_id: int, kinds: tuple[str, ...] = EXCLUSIONS) -> frozenset[int]:
    """Everybody who must be nowhere for this member, and she for them; by one of `kinds`."""
    mine = or_(Exclusion.low_id == member_id, Exclusion.high_id == member_id)
    rows = session().execute(select(Exclusion.low_id, Exclusion.high_id).where(mine, Exclusion.kind.in_(kinds)))
    return frozenset(other_of(member_id, low, high) for low, high in rows)


def apart_in_inboxes(member_id: int) -> frozenset[int]:
    """Whom staff keep apart from a member where she and the team write to each other. Two queries."""
    rows = session().execute(
        select(Separation.low_id, Separation.high_id).where(
            or_(Separation.low_id == member_id, Separation.high_id == member_id),
            Separation.is_open.is_(True),
            Separation.level == "private",
        )
    )
    return excluded_ids(member_id, ("separation",)).union(other_of(member_id, low, high) for low, high in rows)


def other_of(member_id: int, low: int, high: int) -> int:
    """The other one of a pair."""
    return low if high == member_id else high
