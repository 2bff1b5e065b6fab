""" "I can't get in": what somebody leaves on the sign-in page, and what staff do about it, two of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from community.core import audit, clock, crypto
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import readings
from community.members.actions import plain_name
from community.members.people import Viewer, Visitor
from community.recovery import links, queries, rules, waiting
from community.recovery.links import Made
from community.recovery.models import Request, Vouch

KEPT = timedelta(days=90)
CLOSED_KEPT = timedelta(days=395)
SAME_STRETCH = timedelta(days=1)
FROM_ONE_PLACE = 5  # different names from one address within a day, before they stand under one
KEPT_TOGETHER = 20  # words kept of those that stand under one; of more only the number
DAY_BEGINS = 8


def ask(visitor: Visitor, *, name: str, years: str, phone: str, words: str, language: str) -> datetime:
    """Leave a name and a number to be called. Known and unknown names take the same path; nobody is turned away:
    what comes again, or in numbers from one place, stands under the first. Returns by when somebody calls.

    Raises Invalid by field for a number that is none.
    """
    require(visitor, rules.ASK)
    if sum(char.isdigit() for char in phone) < 6:
        raise Invalid(_l("Write a number we can call, with its area code."), field="phone")
    now = clock.now()
    name_key = crypto.keyed_hash(plain_name(name), "way in name")
    place_key = crypto.keyed_hash(visitor.address, "way in place")
    with transaction() as s:
        row = Request(
            asked_at=now,
            due_at=due_after(now),
            language=language,
            name_key=name_key,
            place_key=place_key,
            name=name,
            years=years,
            phone=phone,
            words=words,
            house_id=waiting.likely_house(visitor, name),
        )
        first = _first(name_key, place_key, now)
        if first is not None:
            first.times += 1
            row.first_id, row.house_id = first.id, first.house_id
        if first is None or first.times <= KEPT_TOGETHER:
            s.add(row)
        audit.append(None, "way_in.asked", f"way_in_request:{first.id if first else row.id}", again=first is not None)
        s.flush()
    return row.due_at


def due_after(moment: datetime) -> datetime:
    """A working day later; what comes at a weekend counts from Monday morning."""
    local = clock.local(moment)
    if local.weekday() >= 5:
        monday = local.date() + timedelta(days=7 - local.weekday())
        local = clock.local(clock.start_of(monday) + timedelta(hours=DAY_BEGINS))
    days = 3 if local.weekday() == 4 else 1
    at_midnight = clock.start_of(local.date() + timedelta(days=days))
    return at_midnight + timedelta(hours=local.hour, minutes=local.minute)


def open_request(actor: Viewer, request_id: int) -> waiting.RequestView:
    """Read a request with its phone number; that it was read is written down, and told to her once it is known who she
    is. Raises NotFound."""
    row = waiting.request_for(actor, request_id)
    require(actor, rules.HANDLE, row)
    subject = f"way_in_request:{row.id}"
    return readings.opened(
        actor, "way_in", subject, row.member_id, lambda: waiting.view_of(actor, row), reason="help_in"
    )


def choose_person(actor: Viewer, request_id: int, member_id: int) -> None:
    """Say who it is. What was checked for somebody else counts no more. Raises NotFound."""
    with transaction() as s:
        row = _open(actor, request_id)
        require(actor, rules.HANDLE, row)
        target = queries.target_for(actor, member_id)
        require(actor, rules.MAKE_LINK, target)
        if row.member_id != member_id:
            row.checked_by = row.checked_at = row.checked_with_sealed = None
            s.execute(delete(Vouch).where(Vouch.request_id == row.id))
        row.member_id = member_id
        row.house_id = None if target.kind == "staff" else target.house_id
        audit.append(actor.id, "way_in.person", f"way_in_request:{row.id}", member=member_id)


def check(actor: Viewer, request_id: int, spoke_with: str) -> None:
    """Say that somebody who knew her has been asked, and who. Raises Invalid, NotFound."""
    with transaction():
        row = _about_somebody(actor, request_id)
        require(actor, rules.HANDLE, row)
        if not spoke_with:
            raise Invalid(_l("Write who knew the person."), field="spoke_with")
        row.keep("checked_with", spoke_with)
        row.checked_by, row.checked_at = actor.id, clock.now()
        audit.append(actor.id, "way_in.checked", f"way_in_request:{row.id}", member=row.member_id, how="knew")


def ask_members(actor: Viewer, request_id: int, first_id: int, second_id: int) -> None:
    """Ask two members whether it is her. Raises Invalid for one who can't be asked, NotFound."""
    with transaction() as s:
        row = _about_somebody(actor, request_id)
        require(actor, rules.HANDLE, row)
        able = {id_ for id_, _name in waiting.voucher_choices(actor, row)}
        if first_id == second_id:
            raise Invalid(_l("Choose two different people."), field="second_id")
        for field, id_ in (("first_id", first_id), ("second_id", second_id)):
            if id_ not in able:
                raise Invalid(_l("Choose somebody from the list."), field=field)
        s.execute(delete(Vouch).where(Vouch.request_id == row.id))
        now = clock.now()
        s.add_all(
            Vouch(request_id=row.id, member_id=id_, asked_by=actor.id, asked_at=now) for id_ in (first_id, second_id)
        )
        row.checked_by, row.checked_at, row.checked_with_sealed = actor.id, now, None
        s.flush()
        audit.append(
            actor.id,
            "way_in.members_asked",
            f"way_in_request:{row.id}",
            member=row.member_id,
            first=first_id,
            second=second_id,
        )


def vouch(viewer: Viewer, vouch_id: int, *, yes: bool) -> None:
    """Answer whether it is her; once. Raises NotFound for what the viewer is not asked."""
    with transaction() as s:
        waiting.vouch_for(viewer, vouch_id)
        row = s.get_one(Vouch, vouch_id, populate_existing=True)
        require(viewer, rules.VOUCH, row)
        row.answer, row.answered_at = yes, clock.now()
        audit.append(viewer.id, "way_in.vouched", f"way_in_request:{row.request_id}", yes=yes)


def confirm(actor: Viewer, request_id: int, *, by_mail: bool) -> Made | None:
    """The second person's yes makes the way in: shown once, or sent to the confirmed address (then None). It may be
    made again while it was not used. Raises NotAllowed for whoever did the checking, Conflict before it is checked.
    """
    with transaction():
        row = _open(actor, request_id)
        require(actor, rules.HANDLE, row)
        if row.member_id is None or not waiting.is_checked(actor, row):
            raise Conflict(_l("It is not checked yet. Talk with somebody who knew the person first."))
        require(actor, rules.CONFIRM, (row, queries.target_for(actor, row.member_id)))
        address = queries.confirmed_address(row.member_id)
        if by_mail and address is None:
            raise Conflict(_l("There is no confirmed address to send it to. Call instead."))
        made = links.write(row.member_id, "request", made_by=actor.id, checked_by=row.checked_by, request_id=row.id)
        row.state, row.confirmed_by, row.confirmed_at = "confirmed", actor.id, clock.now()
        audit.append(
            actor.id, "way_in.made", f"member:{row.member_id}", way_in=made.id, how="request", checked=row.checked_by
        )
        if by_mail and address is not None:
            links.send(made, address)
            return None
        return made


def refuse(actor: Viewer, request_id: int, reason: str) -> None:
    """It was not her, or nobody could be reached. Raises Invalid without a reason, NotFound."""
    with transaction():
        row = _open(actor, request_id)
        require(actor, rules.HANDLE, row)
        if not reason:
            raise Invalid(_l("Write why, in a few words."), field="reason")
        row.keep("reason", reason)
        _kill_link(row)
        links.close(row, "refused", actor.id)
        audit.append(actor.id, "way_in.refused", f"way_in_request:{row.id}", member=row.member_id)


def withdraw(actor: Viewer, request_id: int) -> None:
    """She found her way, or does not want it any more. Raises NotFound."""
    with transaction():
        row = _open(actor, request_id)
        require(actor, rules.HANDLE, row)
        _kill_link(row)
        links.close(row, "withdrawn", actor.id)
        audit.append(actor.id, "way_in.request_withdrawn", f"way_in_request:{row.id}", member=row.member_id)


def clear_out(now: datetime) -> int:
    """Wipe what nobody settled within 90 days; delete what was settled more than a year ago. A job; returns how many
    were wiped or deleted."""
    with transaction() as s:
        old = list(s.scalars(select(Request).where(Request.asked_at < now - KEPT, Request.name_sealed.is_not(None))))
        for row in old:
            row.wipe()
            if row.state in waiting.LIVE:
                row.state, row.closed_at = "withdrawn", now
        s.flush()
        gone = select(Request.id).where(Request.asked_at < now - CLOSED_KEPT - SAME_STRETCH)
        s.execute(delete(Vouch).where(Vouch.request_id.in_(gone)))
        s.execute(update(links.WayIn).where(links.WayIn.request_id.in_(gone)).values(request_id=None))
        under = s.execute(delete(Request).where(Request.id.in_(gone), Request.first_id.is_not(None)))
        first = s.execute(delete(Request).where(Request.id.in_(gone)))
        return len(old) + int(under.rowcount) + int(first.rowcount)  # type: ignore[attr-defined]


def _open(actor: Viewer, request_id: int) -> Request:
    row = waiting.request_for(actor, request_id)
    session().refresh(row, with_for_update=True)
    if row.state not in waiting.LIVE:
        raise NotFound
    return row


def _about_somebody(actor: Viewer, request_id: int) -> Request:
    row = _open(actor, request_id)
    if row.member_id is None:
        raise Conflict(_l("Choose who it is first."))
    require(actor, rules.MAKE_LINK, queries.target_for(actor, row.member_id))
    return row


def _kill_link(row: Request) -> None:
    dead = update(links.WayIn).where(links.WayIn.request_id == row.id, queries.usable())
    session().execute(dead.values(withdrawn_at=clock.now()))


def _first(name_key: str, place_key: str, now: datetime) -> Request | None:
    """The request a new one stands under, locked: the same name, or the sixth from one place within a day."""
    lately = (Request.asked_at > now - SAME_STRETCH) & Request.first_id.is_(None) & (Request.state == "open")
    # The one with the fewest, so that what is kept together is kept for as many as possible.
    found = select(Request).where(lately).order_by(Request.times, Request.id).limit(1).with_for_update()
    same = session().scalar(found.where(Request.name_key == name_key, Request.place_key == place_key))
    if same is not None:
        return same
    count = select(func.count()).select_from(Request).where(lately, Request.place_key == place_key)
    if (session().scalar(count) or 0) < FROM_ONE_PLACE:
        return None
    return session().scalar(found.where(Request.place_key == place_key))
