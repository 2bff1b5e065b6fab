"""Reading requests of those who can't get in, and who is asked about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from community.core import clock
from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import can
from community.members import kept_apart
from community.members import queries as members
from community.members.actions import plain_name
from community.members.models import Member, MembershipPeriod
from community.members.people import Viewer, Visitor
from community.recovery import rules
from community.recovery.models import Request, Vouch, WayIn
from community.recovery.queries import WayInView, confirmed_address, views_of

LIVE = ("open", "confirmed")


@dataclass(frozen=True)
class RequestLine:
    """A request in the list."""

    id: int
    name: str
    asked_at: datetime
    due_at: datetime
    late: bool
    times: int
    state: str
    step: str


@dataclass(frozen=True)
class Said:
    """What somebody wrote when she asked."""

    asked_at: datetime
    name: str
    years: str
    phone: str
    words: str


@dataclass(frozen=True)
class RequestView:
    """One request with everything staff need for it."""

    row: Request
    said: list[Said]
    unkept: int
    who: str | None
    checker: str | None
    checked_with: str
    vouches: list[tuple[str, bool | None]]
    checked: bool
    has_address: bool
    link: WayInView | None


@dataclass(frozen=True)
class VouchView:
    """What somebody who is asked learns: whose name, and who asks."""

    id: int
    who: str
    asker: str


def requests_for(viewer: Viewer) -> list[RequestLine]:
    """Requests that wait, those due first: all for house managers, their own house's for other staff. At most 200."""
    rows = session().scalars(
        select(Request)
        .where(Request.first_id.is_(None), Request.state.in_(LIVE))
        .order_by(Request.due_at, Request.id)
        .limit(200)
    )
    now = clock.now()
    return [
        RequestLine(
            row.id,
            row.opened("name"),
            row.asked_at,
            row.due_at,
            row.due_at < now and row.checked_at is None,
            row.times,
            row.state,
            "confirmed" if row.state == "confirmed" else "checked" if row.checked_at else "new",
        )
        for row in rows
        if can(viewer, rules.HANDLE, row)
    ]


def waiting_for(viewer: Viewer) -> int:
    """How many requests wait for the viewer; 0 for everybody but staff."""
    return len(requests_for(viewer)) if can(viewer, rules.SEE_REQUESTS) else 0


def request_for(viewer: Viewer, request_id: int) -> Request:
    """A request that waits and that the viewer answers. Raises NotFound."""
    row = session().get(Request, request_id, populate_existing=True)
    if row is None or row.first_id is not None or row.state not in LIVE or not can(viewer, rules.HANDLE, row):
        raise NotFound
    return row


def view_of(viewer: Viewer, row: Request) -> RequestView:
    """A request `request_for` found, opened. Reading it is written down: ask `requests.open_request`."""
    again = list(session().scalars(select(Request).where(Request.first_id == row.id).order_by(Request.asked_at)))
    vouches = list(session().scalars(select(Vouch).where(Vouch.request_id == row.id).order_by(Vouch.id)))
    people = members.authors(
        id_ for id_ in (row.member_id, row.checked_by, *(vouch.member_id for vouch in vouches)) if id_
    )
    link = session().scalar(
        select(WayIn).where(WayIn.request_id == row.id).order_by(WayIn.made_at.desc(), WayIn.id).limit(1)
    )
    return RequestView(
        row,
        [_said(one) for one in (row, *again)],
        row.times - 1 - len(again),
        people[row.member_id].name if row.member_id else None,
        people[row.checked_by].name if row.checked_by else None,
        row.opened("checked_with"),
        [(people[vouch.member_id].name, vouch.answer) for vouch in vouches],
        is_checked(viewer, row),
        row.member_id is not None and confirmed_address(row.member_id) is not None,
        views_of([link])[0] if link else None,
    )


def _said(row: Request) -> Said:
    return Said(row.asked_at, *(row.opened(name) for name in ("name", "years", "phone", "words")))


def is_checked(viewer: Viewer, row: Request) -> bool:
    """Somebody knew her, or two members have said that it is her and none that it is not."""
    assert viewer.is_staff
    if row.checked_by is None:
        return False
    if row.checked_with_sealed:
        return True
    answers = list(session().scalars(select(Vouch.answer).where(Vouch.request_id == row.id)))
    return len(answers) >= 2 and all(answers)


def likely_house(visitor: Visitor, name: str) -> int | None:
    """The house of the one person who goes by this name, when there is just one and she does not work here."""
    assert visitor.address is not None
    found = _called(name)
    return found[0].house_id if len(found) == 1 and found[0].kind != "staff" else None


def likely_person(viewer: Viewer, row: Request, choices: Sequence[tuple[int, str]]) -> int | None:
    """Whom a request is probably about, among those the viewer may choose."""
    assert viewer.is_staff
    known = {id_ for id_, _name in choices}
    found = [person.id for person in _called(row.opened("name")) if person.id in known]
    return found[0] if len(found) == 1 else None


def voucher_choices(viewer: Viewer, row: Request) -> list[tuple[int, str]]:
    """Who can be asked whether it is her: members who are not kept apart from her and do not work here."""
    apart = kept_apart.excluded_ids(row.member_id) if row.member_id else frozenset()
    people = [
        person.id
        for person in members.everybody(viewer)
        if person.kind != "staff" and person.id != row.member_id and person.id not in apart
    ]
    return sorted(((id_, view.name) for id_, view in members.authors(people).items()), key=lambda pair: pair[1])


def asked_of(viewer: Viewer) -> list[VouchView]:
    """What the viewer is asked and has not answered."""
    rows = session().execute(
        select(Vouch, Request.member_id)
        .join(Request, Request.id == Vouch.request_id)
        .where(Vouch.member_id == viewer.id, Vouch.answered_at.is_(None), Request.state == "open")
        .order_by(Vouch.asked_at)
    )
    found = [(vouch, who) for vouch, who in rows if who is not None and who not in viewer.excluded_ids]
    people = members.authors(id_ for vouch, who in found for id_ in (vouch.asked_by, who))
    return [VouchView(vouch.id, people[who].name, people[vouch.asked_by].name) for vouch, who in found]


def vouch_for(viewer: Viewer, vouch_id: int) -> VouchView:
    """One of them. Raises NotFound."""
    found = next((vouch for vouch in asked_of(viewer) if vouch.id == vouch_id), None)
    if found is None:
        raise NotFound
    return found


def _called(name: str) -> list[Any]:
    """Members here now who sign in or go by this name: (id, kind, house_id). One query, whether there are any or not:
    the time it takes tells nobody."""
    wanted = plain_name(name)
    rows = session().execute(
        select(Member.id, Member.sign_in_name, Member.display_name, MembershipPeriod.kind, MembershipPeriod.house_id)
        .join(MembershipPeriod, MembershipPeriod.member_id == Member.id)
        .where(Member.left_at.is_(None), MembershipPeriod.holds_on(clock.today()))
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )
    newest = {row.id: row for row in rows}
    return [row for row in newest.values() if wanted and wanted in (row.sign_in_name, plain_name(row.display_name))]
