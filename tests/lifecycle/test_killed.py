"""Somebody leaves work while the machine dies, at any point: all of it is done, or nothing; the next run finishes it,
and one more changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select

from community.concerns import actions as calls_for_help
from community.concerns import handling
from community.concerns.models import Concern
from community.core import clock, jobs
from community.core.audit import AuditLine, verify
from community.core.db import session, transaction
from community.core.errors import AppError
from community.inbox.models import Inbox
from community.lifecycle import leaving_work
from community.members.actions import open_session
from community.members.models import Duty, Member, MembershipPeriod, SignInSession
from community.recovery import links
from community.rota.models import Shift
from community.safety.cases import open_case
from community.safety.models import LOOK, Case
from community.turns.models import NewContact, WorkEnd
from tests.inbox import saying
from tests.lifecycle.killing import dies_at, everything
from tests.lifecycle.test_leaving_work import IN_20, MIDNIGHT, colleague, leave
from tests.make import Make
from tests.world import NOW, World

Own = tuple[Engine, World]
MOST = 400  # steps; it takes some hundred and fifty


def hands_full(world: World) -> None:
    """Sara has something of everything in hand."""
    make = Make(world)
    colleague(world)
    saying.write(world, "tuva", "hej")
    saying.answer(world, "sara", saying.inbox_of(world, "tuva"), "jag har det")
    case = open_case("piece:1", "check", harm=LOOK)
    asked = calls_for_help.ask(world.viewer("tuva"), calls_for_help.Wish("urgent", "kom"), "killed-help-1")
    handling.keep_number(world.viewer("sara"), "070-1")
    with transaction() as s:
        case.claimed_by, case.claimed_at = world.id("sara"), NOW
        row = s.get_one(Concern, asked)
        row.state, row.taken_by = "taken", world.id("sara")
        s.flush()
    make.shift("sara", "Solgläntan", 24 * 21, 24 * 21 + 8)
    make.shift("sara", "Solgläntan", -2, 24 * 20 + 10)
    make.invitation("sara")
    links.make_for(world.viewer("sara"), world.id("ivan"))
    open_session(world.id("sara"), kept=True)


def in_hand(world: World) -> list[int]:
    """What she has: sessions, duties, contacts, inboxes, cases, calls, shifts to come, and what says that she left."""
    sara, now = world.id("sara"), clock.now()
    counted = (
        select(func.count()).where(SignInSession.member_id == sara, SignInSession.ended_at.is_(None)),
        select(func.count()).where(Duty.member_id == sara, Duty.holds_on(IN_20)),
        select(func.count()).where(Inbox.taken_by == sara),
        select(func.count()).where(Case.claimed_by == sara),
        select(func.count()).where(Concern.taken_by == sara),
        select(func.count()).where(Shift.member_id == sara, Shift.ends_at > now),
        select(func.count()).where(MembershipPeriod.member_id == sara, MembershipPeriod.holds_on(IN_20)),
        select(func.count()).select_from(NewContact),
        select(func.count()).where(AuditLine.act == "work.left"),
        select(func.count()).where(WorkEnd.done_at.is_not(None)),
    )
    return [session().scalar(one) or 0 for one in counted]


def killed_everywhere(work: Callable[[], None], url: str, moment: Callable[[int], object]) -> int:
    """Killed at each of its steps in turn until it gets through; before that nothing is to be seen, or all of it.
    Returns how often it was killed with nothing done."""
    before, seen_done = everything(), None
    for number in range(1, MOST):
        killed = dies_at(number, work, moment(number), url)
        now = everything()
        assert seen_done is None or now == seen_done, f"step {number}: something changed after it was done"
        if now != before:
            seen_done = now
        if not killed:
            assert seen_done is not None
            return number - 1
    raise AssertionError("it never gets through")


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_at_midnight_done_or_not_begun(own_database: Own) -> None:
    engine, world = own_database
    hands_full(world)
    leave(world, on=IN_20)
    leaving_work.say_goodbye(world.viewer("sara"), "Tack för allt te vi drack.")
    with clock.at(MIDNIGHT):
        assert in_hand(world) == [1, 1, 1, 1, 1, 2, 0, 0, 0, 0]

    def work() -> None:
        jobs.run_due([leaving_work.JOB])

    url = engine.url.render_as_string(hide_password=False)
    # a lease of what was killed has run out
    killed = killed_everywhere(work, url, lambda number: MIDNIGHT + timedelta(minutes=10 * number))
    assert killed > 60
    done = everything()
    with clock.at(MIDNIGHT + timedelta(days=2)):
        assert in_hand(world) == [0, 0, 0, 0, 0, 0, 0, 1, 1, 1]
        work()
    assert everything() == done
    assert verify({}).bad is None


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_this_minute_done_or_not_begun(own_database: Own) -> None:
    engine, world = own_database
    hands_full(world)
    actor, sara = world.viewer("birgitta"), world.id("sara")
    wish = leaving_work.Wish(world.id("jonna"))

    def work() -> None:
        try:
            leaving_work.plan(actor, sara, wish)
        except AppError:  # pressed again after it was done
            return

    url = engine.url.render_as_string(hide_password=False)
    killed = killed_everywhere(work, url, lambda number: NOW)
    assert killed > 60
    done = everything()
    assert in_hand(world)[:6] == [0] * 6 and in_hand(world)[7:] == [1, 1, 1]
    work()
    assert everything() == done
    assert session().get_one(Member, sara).left_at is None
    assert verify({}).bad is None
