"""Reading ways in, requests and addresses. What a viewer may not see is not found here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from community.core import clock, crypto
from community.core.db import session
from community.core.errors import Gone, NotFound
from community.core.policy import can
from community.members import queries as members
from community.members import second_step
from community.members.models import AuthenticatorApp, Duty, Member, Passkey
from community.members.models import SignInSession as Row
from community.members.people import MEMBER_UNUSED, SHARED_IDLE, STAFF_IDLE, Viewer, Visitor
from community.members.rules import COMMAND_LINE, WALL
from community.recovery import rules
from community.recovery.models import EmailAddress, WayIn
from community.recovery.rules import SETTLES, Holder, Target


@dataclass(frozen=True)
class Address:
    """A confirmed address and the language its owner reads."""

    address: str
    language: str


@dataclass(frozen=True)
class Notice:
    """What a member's devices are told: somebody made a way in for her."""

    made_at: datetime
    maker: str | None
    can_stop: bool


@dataclass(frozen=True)
class WayInView:
    """One way in as the member sees it later, and as its makers see it while it waits."""

    id: int
    how: str
    maker: str | None
    checker: str | None
    made_at: datetime
    used_at: datetime | None
    state: str
    name: str = ""


def usable() -> ColumnElement[bool]:
    """Ways in somebody can still use."""
    ended = or_(WayIn.used_at.is_not(None), WayIn.withdrawn_at.is_not(None), WayIn.stopped_at.is_not(None))
    return ~ended & (WayIn.expires_at > clock.now())


def is_usable(way_in: WayIn) -> bool:
    """The same for a row at hand."""
    return state_of(way_in) == "waiting"


def stoppable(now: datetime) -> ColumnElement[bool]:
    """Ways in a device or address from before can stop: while they wait, and for a day after they were used."""
    waits = WayIn.used_at.is_(None) & (WayIn.expires_at > now)
    return and_(
        WayIn.stop_hash.is_not(None),
        WayIn.stopped_at.is_(None),
        WayIn.withdrawn_at.is_(None),
        or_(waits, WayIn.used_at > now - WALL),
    )


def state_of(way_in: WayIn) -> str:
    """stopped, used, withdrawn, expired or waiting."""
    for moment, word in ((way_in.stopped_at, "stopped"), (way_in.used_at, "used"), (way_in.withdrawn_at, "withdrawn")):
        if moment is not None:
            return word
    return "expired" if way_in.expires_at <= clock.now() else "waiting"


def whose(visitor: Visitor, way_in_id: int) -> tuple[int, str, str]:
    """Whose way in this browser has shown: member id, sign-in name, display name. Raises Gone."""
    assert visitor.address is not None
    found = (
        session()
        .execute(
            select(Member.id, Member.sign_in_name, Member.display_name)
            .join(WayIn, WayIn.member_id == Member.id)
            .where(WayIn.id == way_in_id, usable(), Member.left_at.is_(None))
        )
        .one_or_none()
    )
    if found is None:
        raise Gone
    return found.id, found.sign_in_name, found.display_name


def target_for(viewer: Any, member_id: int) -> Target:
    """Somebody as the rules need her. Raises NotFound for whom the viewer does not see."""
    if viewer is COMMAND_LINE:
        there = members.as_viewer(member_id)
        return Target(there.id, there.kind, there.house_id)
    found = next((person for person in members.everybody(viewer) if person.id == member_id), None)
    if found is None or not viewer.is_staff:
        raise NotFound
    return Target(found.id, found.kind, found.house_id, stopped_makers(member_id))


def stopped_makers(member_id: int) -> frozenset[int] | None:
    """Who had a part in the way in that was stopped last; None when what came after it was used, or none was."""
    last = session().scalar(
        select(WayIn)
        .where(WayIn.member_id == member_id, or_(WayIn.used_at.is_not(None), WayIn.stopped_at.is_not(None)))
        .order_by(func.coalesce(WayIn.stopped_at, WayIn.used_at).desc())
        .limit(1)
    )
    if last is None or last.stopped_at is None:
        return None
    return frozenset(id_ for id_ in (last.made_by, last.checked_by) if id_ is not None)


def choices_for(viewer: Viewer) -> list[tuple[int, str]]:
    """Whom the viewer may make a way in for: id and name, by name; the sign-in name tells two of a name apart."""
    names = {row.id: row for row in session().execute(select(Member.id, Member.sign_in_name, Member.display_name))}
    people = [
        person.id
        for person in members.everybody(viewer)
        if can(viewer, rules.MAKE_LINK, Target(person.id, person.kind, person.house_id))
        or (
            viewer.duties & SETTLES
            and can(viewer, rules.MAKE_LINK, Target(person.id, person.kind, person.house_id, stopped_makers(person.id)))
        )
    ]
    shown = [(id_, f"{names[id_].display_name} ({names[id_].sign_in_name})") for id_ in people]
    return sorted(shown, key=lambda pair: pair[1].casefold())


def ways_in_of(viewer: Viewer) -> list[WayInView]:
    """How the viewer got back in, newest first: when, how, and who made it."""
    rows = session().scalars(select(WayIn).where(WayIn.member_id == viewer.id).order_by(WayIn.made_at.desc()).limit(20))
    return views_of(rows)


def waiting_links(viewer: Viewer) -> list[WayInView]:
    """Ways in that wait and that the viewer may take back."""
    rows = session().scalars(select(WayIn).where(usable(), WayIn.how != "mail").order_by(WayIn.made_at.desc()))
    mine = [row for row in rows if row.member_id not in viewer.excluded_ids and can(viewer, rules.WITHDRAW_LINK, row)]
    return views_of(mine)


def stopped_lately(viewer: Viewer) -> list[WayInView]:
    """What was stopped and is not settled, for those who settle it."""
    if not viewer.duties & SETTLES:
        return []
    rows = session().scalars(
        select(WayIn).where(WayIn.stopped_at.is_not(None)).order_by(WayIn.stopped_at.desc()).limit(100)
    )
    last = {row.member_id: row for row in reversed(list(rows))}
    open_ones = [row for row in last.values() if stopped_makers(row.member_id) is not None]
    return views_of([row for row in open_ones if row.member_id not in viewer.excluded_ids])


def email_of(viewer: Viewer) -> tuple[str | None, str | None]:
    """The viewer's confirmed address, and one that waits for its letter to be answered."""
    rows = session().scalars(
        select(EmailAddress).where(EmailAddress.member_id == viewer.id, EmailAddress.ended_at.is_(None))
    )
    found = list(rows)
    current = next((row.address for row in found if row.confirmed_at is not None), None)
    waiting = next((row.address for row in found if row.confirmed_at is None and row.expires_at > clock.now()), None)
    return current, waiting


def confirmed_address(member_id: int, *, but: int = 0) -> Address | None:
    """Where letters to a member go; `but` leaves out one that has just been confirmed in its place. None to whom we
    remember."""
    found = (
        session()
        .execute(
            select(EmailAddress, Member.language)
            .join(Member, Member.id == EmailAddress.member_id)
            .where(
                EmailAddress.member_id == member_id,
                EmailAddress.confirmed_at.is_not(None),
                EmailAddress.ended_at.is_(None),
                EmailAddress.id != but,
                Member.remembered_at.is_(None),
            )
            .order_by(EmailAddress.confirmed_at.desc())
            .limit(1)
        )
        .one_or_none()
    )
    return Address(found[0].address, found[1]) if found else None


def addresses_of_settlers(holder: Holder) -> list[Address]:
    """Where house managers and safety leads who had no part in it are told that somebody pressed stop."""
    way_in = session().get_one(WayIn, holder.way_in_id)
    found = session().scalars(select(Duty.member_id).where(Duty.kind.in_(SETTLES), Duty.holds_on(clock.today())))
    people = set(found) - {way_in.made_by, way_in.checked_by, way_in.member_id}
    return [address for id_ in sorted(people) if (address := confirmed_address(id_)) is not None]


def notice_for(viewer: Viewer) -> Notice | None:
    """What this device is told. Only one that was signed in before the way in was made can stop it."""
    if viewer.way_in_id is None:
        return None
    found = session().execute(
        select(WayIn, Row.created_at)
        .join(Row, Row.id == viewer.session_id)
        .where(WayIn.id == viewer.way_in_id, usable())
    )
    row = found.one_or_none()
    if row is None:
        return None
    way_in, signed_in_at = row
    if signed_in_at > way_in.made_at:
        return None
    people = members.authors([way_in.made_by] if way_in.made_by else [])
    maker = people[way_in.made_by].name if way_in.made_by else None
    return Notice(way_in.made_at, maker, way_in.stop_hash is not None)


def holder_by_session(token: str | None) -> Holder | None:
    """Whoever sits at a device that was signed in when a way in was made, and may stop it. A session that had run out
    by then is no device of hers any more, and one that never gave its second step never was."""
    if token is None:
        return None
    found = session().execute(
        select(
            Row,
            WayIn.id,
            Member.id.label("member_id"),
            exists().where(AuthenticatorApp.member_id == Member.id).label("has_app"),
            exists().where(Passkey.member_id == Member.id).label("has_passkey"),
        )
        .join(Member, Member.id == Row.member_id)
        .join(WayIn, WayIn.member_id == Member.id)
        .where(
            Row.token_hash == crypto.fingerprint(token),
            Row.created_at <= WayIn.made_at,
            or_(Row.ended_at.is_(None), Row.ended_why == "recovered"),
            stoppable(clock.now()),
        )
        # One that somebody came in by, before one that still waits: a second link must not hide the first.
        .order_by(WayIn.used_at.is_(None), WayIn.made_at.desc())
        .limit(1)
    )
    row = found.one_or_none()
    if row is None:
        return None
    staff = members.as_viewer(row.member_id).is_staff
    given = row[0].factor_at is not None
    waits = second_step.missing(staff=staff, given=given, has_app=row.has_app, has_passkey=row.has_passkey)
    if waits is not None or not _was_alive(row[0], staff=staff):
        return None
    return Holder(row.id, row.member_id, "device")


def holder_by_letter(secret: str) -> Holder | None:
    """Whoever followed the link of the letter."""
    found = select(WayIn.id, WayIn.member_id).where(
        WayIn.stop_hash == crypto.fingerprint(secret), stoppable(clock.now())
    )
    row = session().execute(found).one_or_none()
    return Holder(row.id, row.member_id, "letter") if row else None


def holder_of(way_in_id: int) -> Holder | None:
    """The same, for the browser that followed it a moment ago."""
    found = select(WayIn.id, WayIn.member_id).where(WayIn.id == way_in_id, stoppable(clock.now()))
    row = session().execute(found).one_or_none()
    return Holder(row.id, row.member_id, "letter") if row else None


def _was_alive(row: Row, *, staff: bool) -> bool:
    idle = (row.ended_at or clock.now()) - row.last_seen_at
    longest = (STAFF_IDLE if staff else MEMBER_UNUSED) if row.kept else SHARED_IDLE
    return idle <= longest


def is_here(member_id: int) -> bool:
    """Whether somebody is a member now; who works here no more is not."""
    return members.viewer_now(member_id) is not None


def views_of(rows: Any) -> list[WayInView]:
    """Ways in with the names of those who had a part in them."""
    found = list(rows)
    people = members.authors(
        id_ for row in found for id_ in (row.made_by, row.checked_by, row.member_id) if id_ is not None
    )
    return [
        WayInView(
            row.id,
            row.how,
            people[row.made_by].name if row.made_by else None,
            people[row.checked_by].name if row.checked_by else None,
            row.made_at,
            row.used_at,
            state_of(row),
            people[row.member_id].name,
        )
        for row in found
    ]
