"""Which open lines may stay: asked again and again of all that are open, so in few questions for all of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from community.core import clock
from community.core.db import session
from community.members import second_step
from community.members.house_rules import newest_version
from community.members.models import AuthenticatorApp, Exclusion, Member, MembershipPeriod, Passkey, Sanction
from community.members.models import SignInSession as Row
from community.members.people import Footing, lock_shut, session_over
from community.members.queries import has
from community.members.separation_models import Separation


def open_sessions(ids: set[int]) -> dict[int, Footing]:
    """Which of these sessions would be let in by `live_viewer_for` now, and on what footing. Five queries, however
    many there are."""
    s = session()
    rows = s.execute(
        select(
            Row.id,
            Row.member_id,
            Row.kept,
            Row.created_at,
            Row.last_seen_at,
            Row.house_tablet,
            Row.locked_at,
            Row.factor_at,
            has(AuthenticatorApp).label("has_app"),
            has(Passkey).label("has_passkey"),
            (Member.shown_here & ~Member.protected).label("shown"),
        )
        .join(Member, Member.id == Row.member_id)
        .where(Row.id.in_(ids), Row.ended_at.is_(None), Member.left_at.is_(None))
        .where(Member.rules_version >= newest_version())
    ).all()
    people = {row.member_id for row in rows}
    footings = _footings(s, people - _suspended(s, people))
    return {
        row.id: replace(footings[row.member_id], shown=bool(row.shown))
        for row in rows
        if row.member_id in footings
        and not second_step.missing(
            staff=footings[row.member_id].kind == "staff",
            given=row.factor_at is not None,
            has_app=row.has_app,
            has_passkey=row.has_passkey,
        )
        and not session_over(
            staff=footings[row.member_id].kind == "staff",
            kept=row.kept,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            tablet=row.house_tablet,
        )
        and not (
            row.house_tablet
            and footings[row.member_id].kind == "staff"
            and lock_shut(locked_at=row.locked_at, last_seen_at=row.last_seen_at)
        )
    }


def _suspended(s: Session, people: set[int]) -> set[int]:
    now = clock.now()
    return set(
        s.scalars(
            select(Sanction.member_id).where(
                Sanction.member_id.in_(people),
                Sanction.kind == "suspended",
                Sanction.starts_at <= now,
                or_(Sanction.ends_at.is_(None), Sanction.ends_at > now),
            )
        )
    )


def _footings(s: Session, people: set[int]) -> dict[int, Footing]:
    """On what footing each of many is here now; who has no current period is not among them."""
    pairs = s.execute(
        select(Exclusion.low_id, Exclusion.high_id, Exclusion.kind).where(
            or_(Exclusion.low_id.in_(people), Exclusion.high_id.in_(people))
        )
    ).all()
    apart: dict[int, set[int]] = defaultdict(set)
    separated: dict[int, set[int]] = defaultdict(set)
    for low, high, kind in pairs:
        for one, other in ((low, high), (high, low)):
            apart[one].add(other)
            if kind == "separation":
                separated[one].add(other)
    in_no_chat: dict[int, set[int]] = defaultdict(set)
    for low, high in s.execute(
        select(Separation.low_id, Separation.high_id).where(
            Separation.is_open.is_(True),
            Separation.level == "chat",
            or_(Separation.low_id.in_(people), Separation.high_id.in_(people)),
        )
    ):
        in_no_chat[low].add(high)
        in_no_chat[high].add(low)
    periods = s.execute(
        select(MembershipPeriod.member_id, MembershipPeriod.kind, MembershipPeriod.house_id)
        .where(MembershipPeriod.member_id.in_(people), MembershipPeriod.holds_on(clock.today()))
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )
    return {
        id_: Footing(
            kind,
            house_id,
            frozenset(apart[id_]),
            frozenset(separated[id_]),
            not_in_chat_ids=frozenset(in_no_chat[id_]),
        )
        for id_, kind, house_id in periods
    }
