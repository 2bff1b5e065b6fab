"""Reading people. What a viewer may not see is not found here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, bindparam, cast, exists, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from community.core import clock, crypto
from community.core.db import session
from community.core.errors import NotFound
from community.core.model_base import BigId, UtcDateTime
from community.members import second_step
from community.members.house_rules import RULES_VERSION
from community.members.models import (
    EXCLUSIONS,
    AuthenticatorApp,
    Duty,
    Exclusion,
    House,
    Member,
    MembershipPeriod,
    Passkey,
    Sanction,
)
from community.members.models import SignInSession as Row
from community.members.people import (
    AuthorView,
    Footing,
    Look,
    PersonFacts,
    Standing,
    Viewer,
    age_band_on,
    lock_shut,
    session_over,
)
from community.safety.gate import Facts


def _has(table: type[AuthenticatorApp] | type[Passkey]) -> ColumnElement[bool]:
    """Whether the session's member has one of these; part of a query about sessions."""
    return exists().where(table.member_id == Row.member_id)


# Asked in every request, and putting a query together costs as much as asking it; so these are put together once.
_SIGNED_IN = (
    select(Row, Member, _has(AuthenticatorApp), _has(Passkey))
    .join(Member, Member.id == Row.member_id)
    .where(Row.token_hash == bindparam("token_hash"), Row.ended_at.is_(None), Member.left_at.is_(None))
)
_APART = select(Exclusion.low_id, Exclusion.high_id, Exclusion.kind).where(
    or_(Exclusion.low_id == bindparam("member_id"), Exclusion.high_id == bindparam("member_id"))
)
# Of their own kind and under names of their own: PostgreSQL takes a bare NULL of an inner SELECT for text, and without
# names the outer one would ask for the same column twice.
_NO_ID, _NO_MOMENT = cast(null(), BigId).label("no_id"), cast(null(), UtcDateTime).label("no_moment")
_PERIOD = (
    select(literal("period").label("about"), MembershipPeriod.kind, MembershipPeriod.house_id, _NO_ID, _NO_MOMENT)
    .where(MembershipPeriod.member_id == bindparam("member_id"), MembershipPeriod.holds_on(bindparam("today")))
    .order_by(MembershipPeriod.from_on.desc(), MembershipPeriod.id.desc())
    .limit(1)
    .subquery()
)
_FACTS = union_all(
    select(literal("sanction"), Sanction.kind, Sanction.space_id, _NO_ID, Sanction.ends_at).where(
        Sanction.member_id == bindparam("member_id"),
        Sanction.starts_at <= bindparam("now"),
        or_(Sanction.ends_at.is_(None), Sanction.ends_at > bindparam("now")),
    ),
    select(_PERIOD),
    select(literal("duty"), Duty.kind, Duty.resident_id, _NO_ID, _NO_MOMENT).where(
        Duty.member_id == bindparam("member_id"),
        Duty.from_on <= bindparam("today"),
        or_(Duty.to_on.is_(None), Duty.to_on > bindparam("today")),
    ),
    _APART.with_only_columns(literal("apart"), Exclusion.kind, Exclusion.low_id, Exclusion.high_id, _NO_MOMENT),
)
"""What makes somebody a viewer, beside her own row: what it is about, its kind, up to two ids, and an end."""


def viewer_for(token: str) -> Viewer | None:
    """The member whose live session this is, suspended ones included; None for anything else. Two queries."""
    s = session()
    found = s.execute(_SIGNED_IN, {"token_hash": crypto.fingerprint(token)}).one_or_none()
    if found is None:
        return None
    row, member, has_app, has_passkey = found
    viewer = _viewer(s, member, row)
    if viewer is None or session_over(
        staff=viewer.is_staff,
        kept=row.kept,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        tablet=row.house_tablet,
    ):
        return None
    waits_for = second_step.missing(
        staff=viewer.is_staff, given=row.factor_at is not None, has_app=has_app, has_passkey=has_passkey
    )
    return replace(viewer, second_step=waits_for)


def as_viewer(member_id: int) -> Viewer:
    """A member as a viewer without a session (jobs, the demo, tests). Raises NotFound."""
    member = session().get(Member, member_id)
    viewer = _viewer(session(), member, None) if member is not None else None
    if viewer is None:
        raise NotFound
    return viewer


def live_viewer_for(token: str) -> Viewer | None:
    """For sockets: the same, but nobody who is suspended, has a second step to give, or owes a yes to the rules, and no
    locked tablet."""
    viewer = viewer_for(token)
    if viewer is None or viewer.suspended or viewer.second_step or viewer.locked:
        return None
    return viewer if viewer.rules_version >= RULES_VERSION else None


def open_sessions(ids: set[int]) -> dict[int, Footing]:
    """Which of these sessions would be let in by `live_viewer_for` now, and on what footing. Four queries, however
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
            _has(AuthenticatorApp).label("has_app"),
            _has(Passkey).label("has_passkey"),
        )
        .join(Member, Member.id == Row.member_id)
        .where(Row.id.in_(ids), Row.ended_at.is_(None), Member.left_at.is_(None), Member.rules_version >= RULES_VERSION)
    ).all()
    people = {row.member_id for row in rows}
    footings = _footings(s, people - _suspended(s, people))
    return {
        row.id: footings[row.member_id]
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
    periods = s.execute(
        select(MembershipPeriod.member_id, MembershipPeriod.kind, MembershipPeriod.house_id)
        .where(MembershipPeriod.member_id.in_(people), MembershipPeriod.holds_on(clock.today()))
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )
    return {
        id_: Footing(kind, house_id, frozenset(apart[id_]), frozenset(separated[id_]))
        for id_, kind, house_id in periods
    }


def member_of_token(token: str) -> int | None:
    """Whose session this is or was; for carrying a form over a new sign-in of the same person."""
    return session().scalar(select(Row.member_id).where(Row.token_hash == crypto.fingerprint(token)))


def authors(ids: Iterable[int]) -> dict[int, AuthorView]:
    """How people are shown beside what they wrote; the same for every reader. One query."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = session().execute(
        select(Member.id, Member.display_name, Member.avatar, Member.colour, MembershipPeriod.kind, Member.left_at)
        .outerjoin(
            MembershipPeriod, (MembershipPeriod.member_id == Member.id) & MembershipPeriod.holds_on(clock.today())
        )
        .where(Member.id.in_(wanted))
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )
    return {
        id_: AuthorView(id_, name, kind or "alumnus", avatar, colour, kind is not None and left_at is None)
        for id_, name, avatar, colour, kind, left_at in rows
    }


def everybody(viewer: Viewer) -> list[PersonFacts]:
    """Facts about all members the viewer is not kept apart from, herself included. One query."""
    today = clock.today()
    rows = session().execute(
        select(
            Member.id,
            Member.birth_on_sealed,
            Member.adult_checked_at,
            MembershipPeriod.kind,
            MembershipPeriod.house_id,
        )
        .join(MembershipPeriod, MembershipPeriod.member_id == Member.id)
        .where(Member.left_at.is_(None), MembershipPeriod.holds_on(today))
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )
    newest = {
        row.id: PersonFacts(row.id, row.kind, row.house_id, partial(band_of, row, today))
        for row in rows
        if row.id not in viewer.excluded_ids
    }
    return list(newest.values())


def counts_by_kind(people: Sequence[PersonFacts]) -> Counter[str]:
    """How many residents, alumni and staff are among them."""
    return Counter(person.kind for person in people)


def excluded(a_id: int, b_id: int, kinds: tuple[str, ...] = EXCLUSIONS) -> bool:
    """Whether a block or a separation (or one of `kinds` alone) stands between two people."""
    low, high = sorted((a_id, b_id))
    between = (Exclusion.low_id == low) & (Exclusion.high_id == high) & Exclusion.kind.in_(kinds)
    return session().scalar(select(Exclusion.id).where(between).limit(1)) is not None


def excluded_ids(member_id: int) -> frozenset[int]:
    """Everybody who must be nowhere for this member, and she for them."""
    rows = session().execute(_APART, {"member_id": member_id})
    return frozenset(low if high == member_id else high for low, high, _kind in rows)


def facts_for(author: Viewer, *, posts_so_far: int = 0, adults_only: bool = False) -> Facts:
    """What the gate may know of a writer. There is no cover until there is a rota."""
    return Facts(author.age_band, author.kind, posts_so_far, adults_only, "none")


def houses(viewer: Any) -> list[House]:
    """All houses, by name; every member may know which there are."""
    assert viewer is not None
    return list(session().scalars(select(House).order_by(House.name)))


def house_name(viewer: Any, house_id: int) -> str:
    """The name of a house."""
    assert viewer is not None
    return session().get_one(House, house_id).name


def sign_in_name(viewer: Viewer) -> str:
    """The viewer's own sign-in name."""
    return session().get_one(Member, viewer.id).sign_in_name


def staff_choices(viewer: Viewer) -> list[tuple[int, str]]:
    """Staff who can become somebody's key worker: id and name, by name."""
    staff = [person.id for person in everybody(viewer) if person.kind == "staff"]
    return sorted(((id_, view.name) for id_, view in authors(staff).items()), key=lambda pair: pair[1])


def band_of(member: Any, day: date) -> str:
    """The age band of a member on a day; of her row, or its columns that tell."""
    birth_on = None
    if member.birth_on_sealed:
        birth_on = date.fromisoformat(crypto.unseal(member.birth_on_sealed, f"member:{member.id}:birth_on"))
    return age_band_on(day, birth_on, adult_checked=member.adult_checked_at is not None)


def _viewer(s: Session, member: Member, row: Row | None) -> Viewer | None:
    today = clock.today()
    facts: dict[str, list[Any]] = defaultdict(list)
    for about, *fact in s.execute(_FACTS, {"member_id": member.id, "today": today, "now": clock.now()}):
        facts[about].append(fact)
    if not facts["period"]:
        return None
    kind, house_id, *_rest = facts["period"][0]
    duties = [(duty, resident_id) for duty, resident_id, *_rest in facts["duty"] if kind == "staff"]
    apart = [(low if high == member.id else high, why) for why, low, high, _end in facts["apart"]]
    return Viewer(
        id=member.id,
        name=member.display_name,
        language=member.language,
        avatar=member.avatar,
        colour=member.colour,
        kind=kind,
        house_id=house_id,
        age_band=band_of(member, today),
        duties=frozenset(duty for duty, _resident in duties),
        standing=_standing([(what, space_id, end) for what, space_id, _none, end in facts["sanction"]]),
        protected=member.protected,
        rules_version=member.rules_version,
        excluded_ids=frozenset(other for other, _why in apart),
        separated_ids=frozenset(other for other, why in apart if why == "separation"),
        session_id=row.id if row else 0,
        session_kept=row.kept if row else False,
        last_seen_at=row.last_seen_at if row else None,
        password_at=row.password_at if row else None,
        key_worker_of=frozenset(resident_id for _duty, resident_id in duties if resident_id),
        look=Look(member.text_size, member.theme, member.calm, member.saver, member.notes_open),
        tablet=row is not None and row.house_tablet and kind == "staff",
        locked_at=row.locked_at if row else None,
        app_lock=member.app_pin_hash is not None,
        private_at=row.private_at if row else None,
        private_shut_until=member.private_shut_until,
        way_in_id=member.way_in_id,
        hello_offered=member.hello_asked < 2,
        hello_due=_hello_due(member),
    )


def _hello_due(member: Member) -> bool:
    """At the first sign-in, once more when its time has come, then never."""
    again = member.hello_again_at is not None and member.hello_again_at <= clock.now()
    return member.hello_asked == 0 or (member.hello_asked == 1 and again)


def _standing(sanctions: Sequence[tuple[str, int | None, datetime | None]]) -> Standing:
    """The strictest of those that hold now, as long as the last of its kind."""
    for kind in ("suspended", "paused", "break"):
        ends = [end for what, _space, end in sanctions if what == kind]
        if ends:
            return Standing(kind, None if None in ends else max(end for end in ends if end))
    return Standing(cooled_spaces=frozenset(space_id for _what, space_id, _end in sanctions if space_id))
