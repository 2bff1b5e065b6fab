"""The day on which somebody who has lived here leaves work again: done once, and whole or not at all. What she may on
each side of it: `test_a_life`. Both days of hers are days on which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from community.core import clock, jobs
from community.core.db import transaction
from community.core.errors import NotFound
from community.lifecycle import leaving_work, starting_work
from community.lifecycle.leaving_work import Wish
from community.members.models import Member, MembershipPeriod
from tests.digest import digest
from tests.world import World

STARTS, LEAVES = date(2026, 3, 29), date(2026, 10, 25)  # the clocks go forward, and back
BORN = date(1999, 3, 29)  # 27 on the day she starts
SECOND = timedelta(seconds=1)


@pytest.fixture
def ester(world: World) -> int:
    """Lived at Linden from 15 to 18, and has lived there since."""
    with transaction() as s:
        member = Member(sign_in_name="ester", display_name="Ester", password_hash="x", language="sv", birth_on=BORN)
        member.joined_at, member.rules_version = clock.now(), 99
        s.add(member)
        s.flush()
        house = world.house("Linden")
        for kind, begins, ends in (
            ("resident", date(2014, 8, 1), date(2017, 6, 1)),
            ("alumnus", date(2017, 6, 1), None),
        ):
            s.add(MembershipPeriod(member_id=member.id, kind=kind, house_id=house, from_on=begins, to_on=ends))
        s.flush()
        return member.id


def midnight(day: date) -> datetime:
    return clock.start_of(day)


def run(moment: datetime) -> None:
    with clock.at(moment):
        jobs.run_due([leaving_work.JOB])


def test_the_midnights_are_those_of_the_home() -> None:
    assert midnight(STARTS) == datetime(2026, 3, 28, 23, 0, tzinfo=UTC)
    assert midnight(STARTS + timedelta(days=1)) - midnight(STARTS) == timedelta(hours=23)
    assert midnight(LEAVES) == datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    assert midnight(LEAVES + timedelta(days=1)) - midnight(LEAVES) == timedelta(hours=25)


def test_two_runs_of_the_day_change_nothing_the_second_time(world: World, ester: int, rolled_back: object) -> None:
    starting_work.begin(world.viewer("birgitta"), ester, world.house("Solgläntan"), STARTS, "")
    with clock.at(midnight(STARTS) + timedelta(hours=12)):
        leaving_work.plan(world.viewer("birgitta"), ester, Wish(world.id("sara"), LEAVES))
    run(midnight(LEAVES))
    once = digest(rolled_back)
    run(midnight(LEAVES))
    run(midnight(LEAVES) + timedelta(hours=3))
    assert digest(rolled_back) == once


def test_a_day_that_was_cut_short_has_not_begun(world: World, rolled_back: object) -> None:
    """What falls down in the middle leaves nothing behind, and the next run does all of it."""
    row = leaving_work.plan(world.viewer("birgitta"), world.id("sara"), Wish(world.id("jonna"), LEAVES))
    before = digest(rolled_back)
    with clock.at(midnight(LEAVES)):
        with pytest.raises(RuntimeError), transaction():
            assert leaving_work.carry_out(row.id)
            raise RuntimeError("the machine goes down here")
        assert digest(rolled_back) == before
        with pytest.raises(NotFound):
            world.viewer("sara")  # her rights have ended all the same
    run(midnight(LEAVES) + timedelta(hours=6))
    with clock.at(midnight(LEAVES) + timedelta(hours=6)):
        assert world.viewer("jonna").key_worker_of == {world.id("amina")}
