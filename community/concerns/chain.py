"""Who is told of a concern, in which order and when. `links` and `due` are pure: the same people give the same order.

A link with nobody in it is left out, so that nothing waits for an empty one: with nobody on shift the next link is told
at once. Whoever it is about, whoever works beside her, and whoever said "I can't" is in no link.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from community.concerns.models import Concern
from community.core import clock
from community.core.db import session
from community.members import kept_apart
from community.members.models import Duty, Member, MembershipPeriod, Sanction
from community.rota import queries as rota

BACK_UP_AFTER = timedelta(minutes=10)
"""Also after how long without a person she is told so, and whom to ring."""
WAITS = (timedelta(0), BACK_UP_AFTER, timedelta(minutes=15), timedelta(minutes=20))
AGAIN_AFTER = timedelta(minutes=10)  # after the last link everybody is told once more
CLOCKS = {"urgent": timedelta(minutes=5)}
CLOCK = timedelta(minutes=15)
WITH_HER = timedelta(minutes=60)  # the clock of somebody who has reached her

EVERY = ("app", "mail", "sms", "voice")
QUIET = ("app", "mail")
PATHS = {"urgent": EVERY, "words": ("app", "mail", "sms"), "unread": ("app", "mail", "sms"), "talk": QUIET}
BACK_UP_PATHS = {**PATHS, "talk": ("app", "mail", "sms")}  # she is not here, and looks at no page


@dataclass(frozen=True)
class People:
    """Ids of those who work here and can act, by what they are to a house at a moment."""

    duty: tuple[int, ...] = ()  # awake there
    back_ups: tuple[int, ...] = ()
    on_call: tuple[int, ...] = ()
    leads: tuple[int, ...] = ()
    managers: tuple[int, ...] = ()
    others: tuple[int, ...] = ()  # everybody who works here, those of the house first


@dataclass(frozen=True)
class Link:
    """One step of the chain: who is told in it, and by which channels."""

    name: str
    ids: tuple[int, ...]
    channels: tuple[str, ...]


def clock_of(concern: Concern) -> timedelta:
    """How long whoever took it has until the next step."""
    return CLOCKS.get(concern.severity, CLOCK)


def links(concern: Concern, people: People, gone: Iterable[int], at: datetime, *, told: bool = False) -> list[Link]:
    """The chain of a concern as it stands at a moment; `gone`: who is in none of its links. `told`: somebody knows of
    it already, so that what is calm can wait for the next shift."""
    out = set(gone)
    severity = concern.severity
    if concern.chain_from and concern.lapsed_by is not None:
        out.add(concern.lapsed_by)
    named: Sequence[tuple[str, Sequence[int]]]
    found: Sequence[tuple[str, tuple[int, ...]]]
    if concern.route == "leads":
        named = [("lead", people.leads), ("on_call", people.on_call), ("manager", people.managers)]
        if clock.is_night(at):  # a lead sleeps, and whoever is on call is rung up
            named = [named[1], named[0], named[2]]
        if severity == "talk":
            named = _filled(named, out)[:2]
    else:
        own_links = [("duty", people.duty), ("back_up", people.back_ups)]
        named = own_links[min(concern.chain_from, 1) :]
        if severity == "urgent" or (severity in ("words", "unread") and concern.opened_at is None):
            named = [
                *named,
                ("lead", people.leads),
                ("on_call", people.on_call),
                ("manager", people.managers),
            ]
    found = _filled(named, out)
    if not found and severity == "talk" and told:
        return []
    if not found and severity == "talk":  # nobody is on the rota: quietly to those who answer for the house
        found = _filled([("on_call", people.on_call), ("lead", [*people.leads, *people.managers])], out)[:1]
    if not found and severity == "unread" and concern.route == "leads":
        return []  # whoever may not read the case is not told that there is one; whoever told reads whom to ring
    if not found:
        found = _filled([("other", people.others)], out)
    return [Link(name, ids, (PATHS if at_ == 0 else BACK_UP_PATHS)[severity]) for at_, (name, ids) in enumerate(found)]


def due(concern: Concern, chain: Sequence[Link], at: datetime) -> list[Link]:
    """The links whose time has come in the present round."""
    return [link for number, link in enumerate(chain) if at >= concern.chain_since + WAITS[min(number, len(WAITS) - 1)]]


def round_ends(concern: Concern, chain: Sequence[Link]) -> datetime | None:
    """When everybody is told once more; None where nobody is."""
    if concern.severity == "talk" or (concern.severity in ("words", "unread") and concern.opened_at is not None):
        return None
    return concern.chain_since + WAITS[min(max(len(chain) - 1, 0), len(WAITS) - 1)] + AGAIN_AFTER


def people_now(house_id: int | None, at: datetime, back_up_of: int | None = None) -> People:
    """Who works for a house at a moment, and who answers for it. `back_up_of`: the back-up of this person's shift
    counts, and not only of those who work now. Four queries."""
    staff = _who_can_act(at)
    running = [
        one
        for one in rota.shifts_between(at, at + timedelta(microseconds=1))
        if one.holds(at) and one.member_id in staff and one.counts
    ]
    here = [one for one in running if one.counts_for(house_id)]
    awake = sorted((one for one in here if one.awake), key=lambda one: (one.house_id != house_id, one.role != "host"))
    of = [one for one in running if one.member_id == back_up_of] or awake
    duties: dict[str, list[int]] = {"safeguarding_lead": [], "house_manager": []}
    for member_id, kind in session().execute(_duties(at)):
        if member_id in staff:
            duties[kind].append(member_id)
    own_first = sorted(staff, key=lambda id_: (staff[id_] != house_id, id_))
    leads, managers = (
        tuple(sorted(dict.fromkeys(ids), key=own_first.index))
        for ids in (duties["safeguarding_lead"], duties["house_manager"])
    )
    return People(
        duty=tuple(dict.fromkeys(one.member_id for one in awake)),
        back_ups=tuple(dict.fromkeys(one.back_up_id for one in of if one.back_up_id in staff)),
        on_call=tuple(dict.fromkeys(one.member_id for one in here if not one.awake)),
        leads=leads,
        managers=managers,
        others=tuple(own_first),
    )


def beside(member_ids: Iterable[int], at: datetime) -> set[int]:
    """Who works together with one of these at a moment, awake at one of the same houses; without them. Whoever is on
    call is rung up at home, and beside nobody."""
    about = set(member_ids)
    running = [
        one
        for one in rota.shifts_between(at, at + timedelta(microseconds=1))
        if one.holds(at) and one.role != "on_call"
    ]
    houses = {one.house_id for one in running if one.member_id in about}
    return {
        one.member_id
        for one in running
        if houses and (one.house_id is None or None in houses or one.house_id in houses)
    } - about


def _filled(named: Sequence[tuple[str, Sequence[int]]], out: set[int]) -> list[tuple[str, tuple[int, ...]]]:
    """The links with somebody in them. Whoever stands in an earlier one is not told twice."""
    found, seen = [], set(out)
    for name, ids in named:
        fresh = tuple(id_ for id_ in dict.fromkeys(ids) if id_ not in seen)
        seen.update(fresh)
        if fresh:
            found.append((name, fresh))
    return found


def _who_can_act(at: datetime) -> dict[int, int]:
    """Everybody who works here and may act, with her house."""
    day = clock.local(at).date()
    stopped = select(Sanction.member_id).where(
        Sanction.kind.in_(("suspended", "paused", "break")),
        Sanction.starts_at <= at,
        or_(Sanction.ends_at.is_(None), Sanction.ends_at > at),
    )
    rows = session().execute(
        select(MembershipPeriod.member_id, MembershipPeriod.kind, MembershipPeriod.house_id)
        .join(Member, Member.id == MembershipPeriod.member_id)
        .where(MembershipPeriod.holds_on(day), Member.left_at.is_(None), Member.id.not_in(stopped))
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )
    newest = {id_: (kind, house_id) for id_, kind, house_id in rows}
    return {id_: house_id for id_, (kind, house_id) in newest.items() if kind == "staff"}


def _duties(at: datetime) -> Any:
    day = clock.local(at).date()
    return (
        select(Duty.member_id, Duty.kind)
        .where(
            Duty.kind.in_(("safeguarding_lead", "house_manager")),
            Duty.holds_on(day),
        )
        .order_by(Duty.from_on, Duty.id)
    )


def apart_from(member_id: int | None) -> frozenset[int]:
    """Whom staff, or she herself, keep her apart from."""
    return kept_apart.excluded_ids(member_id) if member_id is not None else frozenset()
