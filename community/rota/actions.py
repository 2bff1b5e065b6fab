"""Making, changing and taking off shifts, by house managers. Every change is a line of the audit chain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from community.core import audit, clock
from community.core.db import after_commit, session, transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.models import House, Member
from community.members.people import Viewer
from community.rota import queries, rules, working
from community.rota.models import ROLES, Shift

LATE = timedelta(minutes=15)  # how long after its start a shift may still be written down
AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class Wish:
    """What a shift is to be. `house_id` None: for all houses. Moments are aware UTC."""

    member_id: int
    house_id: int | None
    role: str
    starts_at: datetime
    ends_at: datetime
    back_up_id: int | None = None

    @property
    def day(self) -> date:
        return clock.local(self.starts_at).date()

    @property
    def last_day(self) -> date:
        """The day it is at home in its last moment."""
        return clock.local(self.ends_at - timedelta(microseconds=1)).date()

    @property
    def facts(self) -> dict[str, Any]:
        """As the audit chain keeps it: ids, and moments as seconds."""
        return {
            "member": self.member_id,
            "house": self.house_id,
            "role": self.role,
            "from": int(self.starts_at.timestamp()),
            "to": int(self.ends_at.timestamp()),
            "back_up": self.back_up_id,
        }


@dataclass(frozen=True)
class Repeated:
    """How many shifts were made, and how many were left out: already there, or not possible then."""

    made: int
    left_out: int


def make_shift(actor: Viewer, wish: Wish) -> Shift:
    """Put somebody on the rota. Raises NotAllowed, Invalid by field."""
    require(actor, rules.CHANGE)
    with transaction():
        return _made(actor, _checked(wish))


def change_shift(actor: Viewer, shift_id: int, wish: Wish, *, version: int) -> Shift:
    """Change a shift. One that has begun keeps its person, house, role and start: they say who was there.

    Raises NotFound, NotAllowed, Invalid by field, Conflict with the present values in `facts["now"]`.
    """
    require(actor, rules.CHANGE)
    with transaction() as s:
        shift = _locked(actor, shift_id)
        before = wish_of(shift)
        if shift.version != version:
            raise Conflict(facts={"now": before, "version": shift.version})
        if wish == before:
            return shift
        _refuse_rewriting(before, wish)
        _checked(wish, instead_of=shift)
        for name in Wish.__dataclass_fields__:
            setattr(shift, name, getattr(wish, name))
        shift.day, shift.version = wish.day, shift.version + 1
        s.flush()
        audit.append(actor.id, "shift.change", f"shift:{shift.id}", before=before.facts, after=wish.facts)
        after_commit(working.forget)
        return shift


def take_off(actor: Viewer, shift_id: int) -> None:
    """Take a shift off the rota; one that runs ends now. Raises NotFound, NotAllowed, Invalid (it is over)."""
    require(actor, rules.CHANGE)
    with transaction() as s:
        shift = _locked(actor, shift_id)
        facts, now = wish_of(shift).facts, clock.now()
        if shift.ends_at <= now:
            raise Invalid(OVER)
        if shift.starts_at < now:
            shift.ends_at, shift.version = now, shift.version + 1
        else:
            s.delete(shift)
        s.flush()
        audit.append(actor.id, "shift.take_off", f"shift:{shift_id}", before=facts)
        after_commit(working.forget)


def repeat_week(actor: Viewer, house_id: int, monday: date) -> Repeated:
    """Make the shifts of a house's week, and those for all houses, once more a week later, at the same hours on the
    wall. What stands there already, or cannot be then, is left out, so that a second press changes nothing.

    Raises NotAllowed, NotFound for an unknown house."""
    require(actor, rules.CHANGE)
    start, end = clock.start_of(monday), clock.start_of(monday + queries.WEEK)
    made = left_out = 0
    with transaction() as s:
        if s.get(House, house_id) is None:
            raise NotFound
        in_week = (Shift.starts_at >= start) & (Shift.starts_at < end)
        its = Shift.house_id.is_(None) | (Shift.house_id == house_id)
        for shift in list(s.scalars(select(Shift).where(in_week, its).order_by(Shift.starts_at, Shift.id))):
            try:
                _made(actor, _week_later(wish_of(shift)))
                made += 1
            except Invalid:
                left_out += 1
    return Repeated(made, left_out)


def wish_of(shift: Shift) -> Wish:
    """A shift as it is."""
    return Wish(**{name: getattr(shift, name) for name in Wish.__dataclass_fields__})


OVER = _l("This shift is over. What was stays as it was.")


def _made(actor: Viewer, wish: Wish) -> Shift:
    _checked(wish)
    s = session()
    shift = Shift(**{name: getattr(wish, name) for name in Wish.__dataclass_fields__}, day=wish.day)
    s.add(shift)
    s.flush()
    audit.append(actor.id, "shift.make", f"shift:{shift.id}", after=wish.facts)
    after_commit(working.forget)
    return shift


def _week_later(wish: Wish) -> Wish:
    """The same hours on the wall: over a change of the clocks a night is an hour shorter or longer."""
    moments = (wish.starts_at, wish.ends_at)
    begins, ends = (at_home(clock.local(at).replace(tzinfo=None) + queries.WEEK) for at in moments)
    later = replace(wish, starts_at=begins, ends_at=ends)
    stays = wish.back_up_id is not None and queries.works_at(wish.back_up_id, None, later.day)
    return later if stays else replace(later, back_up_id=None)


def at_home(wall: datetime) -> datetime:
    """What the clock on the wall shows, as aware UTC. An hour that is left out is the one after it; of an hour that
    comes twice the first is meant."""
    return wall.replace(tzinfo=clock.zone()).astimezone(UTC)


def _locked(actor: Viewer, shift_id: int) -> Shift:
    session().execute(select(Shift.id).where(Shift.id == shift_id).with_for_update())
    return queries.shift_for(actor, shift_id)


def _refuse_rewriting(before: Wish, wish: Wish) -> None:
    """Who was there is not changed afterwards. Raises Invalid."""
    now = clock.now()
    if before.ends_at <= now:
        raise Invalid(OVER)
    if before.starts_at > now:
        return
    fixed = {"member_id": "member_id", "house_id": "house_id", "role": "role", "starts_at": "starts_at"}
    changed = [field for name, field in fixed.items() if getattr(before, name) != getattr(wish, name)]
    if changed:
        sentence = _l("This shift has begun: only its end and the back-up can change. Take it off to end it now.")
        raise Invalid(sentence, field=changed[0])


def _checked(wish: Wish, instead_of: Shift | None = None) -> Wish:
    """A shift that can be. The person's row is locked, so that two managers don't put her in two places. Raises Invalid
    by field."""
    now = clock.now()
    begun = instead_of is not None and instead_of.starts_at <= now
    if wish.role not in ROLES:
        raise Invalid(field="role")
    if wish.ends_at <= wish.starts_at:
        raise Invalid(_l("The end has to be after the start."), field="ends_at")
    if wish.starts_at < now - LATE and not begun:
        raise Invalid(_l("That is in the past. Begin now or later."), field="starts_at")
    if wish.ends_at <= now:
        raise Invalid(_l("That is in the past. To end it now, take it off."), field="ends_at")
    if wish.starts_at > now + AHEAD:
        raise Invalid(_l("That is more than a year ahead. Look at the date."), field="starts_at")
    if wish.ends_at - wish.starts_at > queries.LONGEST:
        raise Invalid(_l("A shift lasts three days at most. Look at the dates."), field="ends_at")
    session().execute(select(Member.id).where(Member.id == wish.member_id).with_for_update())
    days = (wish.day, wish.last_day)
    if not all(queries.works_at(wish.member_id, wish.house_id, day) for day in days):
        raise Invalid(_l("This person does not work at that house then."), field="member_id")
    if wish.role == "host" and not all(queries.is_host_on(wish.member_id, day) for day in days):
        raise Invalid(_l("This person is not a host then. Choose another role."), field="role")
    if _overlaps(wish, instead_of):
        raise Invalid(_l("This person is on the rota already at that time."), field="starts_at")
    if wish.back_up_id is not None and (
        wish.back_up_id == wish.member_id or not queries.works_at(wish.back_up_id, None, wish.day)
    ):
        raise Invalid(_l("The back-up is somebody else who works here then."), field="back_up_id")
    return wish


def _overlaps(wish: Wish, instead_of: Shift | None) -> bool:
    others = select(Shift.id).where(
        Shift.member_id == wish.member_id, Shift.starts_at < wish.ends_at, Shift.ends_at > wish.starts_at
    )
    if instead_of is not None:
        others = others.where(Shift.id != instead_of.id)
    return session().scalar(others.limit(1)) is not None
