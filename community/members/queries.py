"""Reading people. What a viewer may not see is not found here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, bindparam, cast, exists, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from community.core import clock, crypto
from community.core.db import session
from community.core.errors import NotFound
from community.core.model_base import BigId, UtcDateTime
from community.members import periods, second_step
from community.members.house_rules import FIRST
from community.members.kept_apart import other_of
from community.members.models import (
    HELLO_OFFERS,
    AuthenticatorApp,
    Duty,
    Exclusion,
    House,
    Incident,
    Member,
    MembershipPeriod,
    Passkey,
    RulesVersion,
    Sanction,
    ToldPiece,
)
from community.members.models import SignInSession as Row
from community.members.people import (
    AuthorView,
    Look,
    PersonFacts,
    ReadOnly,
    Viewer,
    age_band_on,
    kind_after,
    session_over,
    shown_as,
    standing_of,
)
from community.members.separation_models import Separation
from community.safety import house_table
from community.safety.gate import Facts
from community.safety.models import PublishingChange


def has(table: type[AuthenticatorApp] | type[Passkey]) -> ColumnElement[bool]:
    """Whether the session's member has one of these; part of a query about sessions."""
    return exists().where(table.member_id == Row.member_id)


# Asked in every request, and putting a query together costs as much as asking it; so these are put together once.
_SIGNED_IN = (
    select(Row, Member, has(AuthenticatorApp), has(Passkey))
    .join(Member, Member.id == Row.member_id)
    .where(Row.token_hash == bindparam("token_hash"), Row.ended_at.is_(None), Member.left_at.is_(None))
)
_APART = select(Exclusion.low_id, Exclusion.high_id, Exclusion.kind).where(
    or_(Exclusion.low_id == bindparam("member_id"), Exclusion.high_id == bindparam("member_id"))
)
# Of their own kind and under names of their own: PostgreSQL takes a bare NULL of an inner SELECT for text, and without
# names the outer one would ask for the same column twice.
_NO_ID, NO_MOMENT = cast(null(), BigId).label("no_id"), cast(null(), UtcDateTime).label("no_moment")
_NO_ID_EITHER = cast(null(), BigId).label("no_id_either")
_PERIODS = select(
    literal("period").label("about"), periods.PACKED, MembershipPeriod.house_id, MembershipPeriod.id, NO_MOMENT
).where(MembershipPeriod.member_id == bindparam("member_id"), MembershipPeriod.from_on <= bindparam("today"))
_TABLE_MARK = select(PublishingChange.mark).order_by(PublishingChange.version.desc()).limit(1).scalar_subquery()
_FACTS = union_all(
    select(literal("sanction"), Sanction.kind, Sanction.space_id, _NO_ID, Sanction.ends_at).where(
        Sanction.member_id == bindparam("member_id"),
        Sanction.starts_at <= bindparam("now"),
        or_(Sanction.ends_at.is_(None), Sanction.ends_at > bindparam("now")),
    ),
    _PERIODS,
    select(literal("duty"), Duty.kind, Duty.resident_id, _NO_ID, NO_MOMENT).where(
        Duty.member_id == bindparam("member_id"),
        Duty.holds_on(bindparam("today")),
    ),
    _APART.with_only_columns(literal("apart"), Exclusion.kind, Exclusion.low_id, Exclusion.high_id, NO_MOMENT),
    select(literal("less"), Separation.level, Separation.low_id, Separation.high_id, NO_MOMENT).where(
        or_(Separation.low_id == bindparam("member_id"), Separation.high_id == bindparam("member_id")),
        Separation.is_open.is_(True),
    ),
    select(literal("told"), literal("piece"), ToldPiece.piece_id, _NO_ID, NO_MOMENT).where(
        ToldPiece.member_id == bindparam("member_id")
    ),
    # What holds for everybody rides along: the newest house rules, the publishing table, whether all is read-only.
    select(literal("rules"), literal(""), func.max(RulesVersion.version), _NO_ID, NO_MOMENT),
    select(literal("table"), literal(""), _TABLE_MARK, _NO_ID, NO_MOMENT),
    select(literal("incident_sv"), Incident.words_sv, _NO_ID, _NO_ID_EITHER, NO_MOMENT).where(
        Incident.is_open.is_(True)
    ),
    select(literal("incident_en"), Incident.words_en, _NO_ID, _NO_ID_EITHER, NO_MOMENT).where(
        Incident.is_open.is_(True)
    ),
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
    viewer = viewer_now(member_id)
    if viewer is None:
        raise NotFound
    return viewer


def viewer_now(member_id: int | None) -> Viewer | None:
    """The same for whoever may have gone meanwhile: None of somebody who is no member now."""
    member = session().get(Member, member_id) if member_id is not None else None
    return _viewer(session(), member, None) if member is not None else None


def live_viewer_for(token: str) -> Viewer | None:
    """For sockets: the same, but nobody who is suspended, has a second step to give, or owes a yes to the rules, and no
    locked tablet."""
    viewer = viewer_for(token)
    if viewer is None or viewer.suspended or viewer.second_step or viewer.locked:
        return None
    return None if viewer.owes_rules else viewer


def member_of_token(token: str) -> int | None:
    """Whose session this is or was; for carrying a form over a new sign-in of the same person."""
    return session().scalar(select(Row.member_id).where(Row.token_hash == crypto.fingerprint(token)))


def authors(ids: Iterable[int]) -> dict[int, AuthorView]:
    """How people are shown beside what they wrote; the same for every reader. One query."""
    wanted = set(ids)
    if not wanted:
        return {}
    today = clock.today()
    rows = session().execute(
        select(
            *(Member.id, Member.display_name, Member.avatar, Member.colour, Member.left_at, Member.remembered_at),
            *(Member.portrait, Member.protected),
            *(MembershipPeriod.kind, MembershipPeriod.to_on),
        )
        .outerjoin(MembershipPeriod, (MembershipPeriod.member_id == Member.id) & (MembershipPeriod.from_on <= today))
        .where(Member.id.in_(wanted))
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )
    found: dict[int, AuthorView] = {}
    for row in rows:
        holds = row.kind is not None and (row.to_on is None or row.to_on > today)
        here = holds and row.left_at is None
        if row.id in found and found[row.id].here and not here:
            continue  # a period of hers still holds
        kind = row.kind if here else kind_after(row.kind, gone=row.left_at, remembered=row.remembered_at)
        look = (row.display_name, kind, row.avatar, row.colour)
        remembered, portrait = row.remembered_at is not None, portrait_of(row)
        found[row.id] = shown_as(row.id, *look, here=here, remembered=remembered, portrait=portrait)
    return found


PERSON = (
    Member.id,
    Member.birth_on_sealed,
    Member.adult_checked_at,
    MembershipPeriod.kind,
    MembershipPeriod.house_id,
)
"""The columns of a member and her period that rules about groups of people need."""

COLUMNS = (
    *PERSON,
    Member.display_name,
    Member.avatar,
    Member.colour,
    Member.portrait,
    Member.protected,
    Member.left_at,
    Member.remembered_at,
    MembershipPeriod.from_on,
    MembershipPeriod.to_on,
)
"""The columns of a member and a period of hers that say how she is shown, and whether she is here."""


def portrait_of(row: Any) -> str | None:
    """Which picture of her stands, of a row of hers; none ever of a protected identity."""
    found: str | None = row.portrait
    return None if row.protected else found


def person_facts(row: Any, day: date) -> PersonFacts:
    """A row with the columns of `PERSON`, as the rules know it."""
    return PersonFacts(row.id, row.kind, row.house_id, partial(band_of, row, day))


def kind_now(row: Any, today: date) -> str | None:
    """What somebody is on a day, of a row with `COLUMNS` of a period that had begun by then."""
    kind: str | None = row.kind
    return kind if row.to_on is None or row.to_on > today else None


def remember(viewer: Viewer, rows: Iterable[Any]) -> dict[int, Any]:
    """Rows with `COLUMNS` of people a page is about, in the order in which their periods began, kept so that the page
    need not ask for them anew. Returns them by id; of several of one person the newest that holds."""
    today, found = clock.today(), {}
    for row in rows:
        if row.id not in found or kind_now(row, today) is not None:
            found[row.id] = row
    viewer.known.setdefault("people", {}).update(found)
    return found


def everybody(viewer: Viewer) -> list[PersonFacts]:
    """Facts about all members the viewer is not kept apart from, herself included. One query for one request or event;
    whatever else it shows of them need not ask."""
    known: list[PersonFacts] | None = viewer.known.get("everybody")
    if known is not None:
        return list(known)
    today = clock.today()
    rows = session().execute(
        select(*COLUMNS)
        .join(MembershipPeriod, MembershipPeriod.member_id == Member.id)
        .where(Member.left_at.is_(None), MembershipPeriod.holds_on(today))
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )
    newest = remember(viewer, (row for row in rows if row.id not in viewer.excluded_ids))
    known = viewer.known["everybody"] = [person_facts(row, today) for row in newest.values()]
    return list(known)


def counts_by_kind(people: Sequence[PersonFacts]) -> Counter[str]:
    """How many residents, alumni and staff are among them."""
    return Counter(person.kind for person in people)


def facts_for(
    author: Viewer,
    *,
    posts_so_far: int = 0,
    adults_only: bool = False,
    cover: str = "none",
    own_house: bool = False,
    trusted: bool = False,
    known: bool = False,
) -> Facts:
    """What the gate may know of a writer and of where she writes. `cover` is what `rota.queries.cover_at` says of the
    place; for what is said in a stream `streams/gating.py` gathers all of it."""
    return Facts(
        author.age_band,
        author.kind,
        posts_so_far,
        adults_only,
        cover,
        own_house,
        trusted,
        known,
        house_table.as_of(author.table_mark),
    )


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


def band_on(viewer: Viewer, day: date) -> str:
    """Which age band the viewer is in on a day to come. One query."""
    return band_of(session().get_one(Member, viewer.id), day)


def years_of(member_id: int | None) -> int | None:
    """How old somebody is today, for whoever decides about contact; None where her birth date is not known. One
    query."""
    member = session().get(Member, member_id) if member_id is not None else None
    if member is None or not member.birth_on_sealed:
        return None
    birth_on = date.fromisoformat(crypto.unseal(member.birth_on_sealed, f"member:{member.id}:birth_on"))
    today = clock.today()
    return today.year - birth_on.year - ((today.month, today.day) < (birth_on.month, birth_on.day))


def _viewer(s: Session, member: Member, row: Row | None) -> Viewer | None:
    today = clock.today()
    facts: dict[str, list[Any]] = defaultdict(list)
    for about, *fact in s.execute(_FACTS, {"member_id": member.id, "today": today, "now": clock.now()}):
        facts[about].append(fact)
    stay, past = periods.facts(facts["period"], today)
    if stay is None:
        return None
    kind, house_id = stay.kind, stay.house_id
    duties = [(duty, resident_id) for duty, resident_id, *_rest in facts["duty"] if kind == "staff"]
    apart = [(other_of(member.id, low, high), why) for why, low, high, _end in facts["apart"]]
    less = [(other_of(member.id, low, high), level) for level, low, high, _end in facts["less"]]
    said = [facts[f"incident_{lang}"][0][0] for lang in ("sv", "en") if facts[f"incident_{lang}"]]
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
        standing=standing_of([(what, space_id, end) for what, space_id, _none, end in facts["sanction"]]),
        protected=member.protected,
        rules_version=member.rules_version,
        excluded_ids=frozenset(other for other, _why in apart),
        separated_ids=frozenset(other for other, why in apart if why == "separation"),
        not_private_ids=frozenset(other for other, level in less if level == "private"),
        not_in_chat_ids=frozenset(other for other, level in less if level == "chat"),
        told_ids=frozenset(piece_id for _kind, piece_id, *_rest in facts["told"]),
        owes_rules=member.rules_version < (facts["rules"][0][1] or FIRST),
        incident=ReadOnly(*said) if said else None,
        table_mark=facts["table"][0][1],
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
        hello_offered=member.hello_asked < HELLO_OFFERS,
        hello_due=_hello_due(member),
        acts_unseen=member.acts_unseen,
        shown_here=member.shown_here,
        portrait=portrait_of(member),
        new_contact_id=member.new_contact_id,
        leaving_at=member.leaving_at,
        data_ready=member.data_ready_until is not None and member.data_ready_until > clock.now(),
        since=stay.from_on,
        ends_on=stay.to_on,
        past=past,
    )


def _hello_due(member: Member) -> bool:
    """At the first sign-in, once more when its time has come, then never."""
    if member.hello_asked >= HELLO_OFFERS:
        return False
    return member.hello_asked == 0 or (member.hello_again_at is not None and member.hello_again_at <= clock.now())
