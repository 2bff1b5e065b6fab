"""A part of one life: lived here from 15 to 18, works here at 27, leaves work. Every right on each side of
each midnight; both days are days on which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest

from community.core import clock, jobs
from community.core.db import session, transaction
from community.core.errors import NotFound
from community.core.policy import can
from community.inbox import rules as inbox_rules
from community.lifecycle import leaving_work, starting_work
from community.lifecycle.leaving_work import Wish
from community.members import named, parting
from community.members import rules as member_rules
from community.members.actions import open_session
from community.members.contact import Contact
from community.members.models import Member, MembershipPeriod
from community.members.queries import as_viewer, viewer_for
from community.openness import rules as openness_rules
from community.rota import queries as rota
from community.rota import rules as rota_rules
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import pairs
from tests.digest import digest
from tests.world import World

STARTS, LEAVES = date(2026, 3, 29), date(2026, 10, 25)  # the clocks go forward, and back
BORN = date(1999, 3, 29)  # 27 on the day she starts
SECOND = timedelta(seconds=1)


class Rights(NamedTuple):
    """What somebody is and may, asked of the rules themselves."""

    kind: str
    house: str
    staff_channel: bool
    alumni_channel: bool
    own_house_now: bool
    team_inbox: bool
    invites: bool
    rota: bool
    works: bool
    audit: bool
    adult: Contact
    child: Contact
    colleague: Contact


ALUMNA = Rights(
    *("alumnus", "Linden", False, True, False, False, False, False, False, False),
    *(Contact.BOTH_AGREE, Contact.NONE, Contact.TEAM_VISIBLE),
)
STAFF = Rights(
    *("staff", "Solgläntan", True, True, True, True, True, True, True, False),
    *(Contact.TEAM_VISIBLE, Contact.TEAM_INBOX, Contact.OPEN),
)


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


def rights(world: World, id_: int) -> Rights:
    viewer = as_viewer(id_)
    houses = {world.house(name): name for name in ("Solgläntan", "Linden")}
    place = {slug: session().get_one(Space, world.space(slug)) for slug in ("personal", "utflyttat", "solglantan")}
    child, adult, colleague = world.id("isla"), world.id("tuva"), world.id("sara")
    return Rights(
        viewer.kind,
        houses[viewer.house_id],
        space_rules.reads(viewer, place["personal"]),
        space_rules.reads(viewer, place["utflyttat"]),
        space_rules.reads(viewer, place["solglantan"]),
        can(viewer, inbox_rules.SEE),
        can(viewer, member_rules.INVITE),
        can(viewer, rota_rules.SEE),
        rota.works_at(id_, None, clock.today()),
        can(viewer, openness_rules.READ_AUDIT),
        *(pairs.between(id_, other) for other in (adult, child, colleague)),
    )


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


def test_works_here_at_27_and_leaves_work(world: World, ester: int) -> None:
    starting_work.begin(world.viewer("birgitta"), ester, world.house("Solgläntan"), STARTS, "")
    with clock.at(midnight(STARTS) - SECOND):
        assert rights(world, ester) == ALUMNA
        alumna = open_session(ester, kept=True)
    with clock.at(midnight(STARTS)):
        assert rights(world, ester) == STAFF
        waiting = viewer_for(alumna)
        assert waiting is None or waiting.second_step == "to set up"
    with clock.at(midnight(STARTS) + timedelta(days=30)):
        parting.give_duty(ester, "key_worker", clock.today(), world.id("birgitta"), world.id("vera"))
        parting.give_duty(ester, "moderator", clock.today(), world.id("birgitta"))
        assert as_viewer(ester).duties == {"key_worker", "moderator"}
        leaving_work.plan(world.viewer("birgitta"), ester, Wish(world.id("sara"), LEAVES))
    before = midnight(LEAVES) - SECOND
    run(before)
    with clock.at(before):
        assert rights(world, ester) == STAFF
        assert as_viewer(ester).key_worker_of == {world.id("vera")}
        working = open_session(ester, kept=True, second_step=True)
        assert viewer_for(working) is not None
    with clock.at(midnight(LEAVES)):  # no job has run yet
        assert rights(world, ester) == ALUMNA
        assert as_viewer(ester).duties == frozenset() and as_viewer(ester).key_worker_of == frozenset()
    run(midnight(LEAVES))
    with clock.at(midnight(LEAVES)):
        assert viewer_for(working) is None  # she comes in anew
        assert rights(world, ester) == ALUMNA
        assert world.viewer("sara").key_worker_of == {world.id("amina"), world.id("vera")}
        assert named.person_for(world.viewer("tuva"), ester).kind == "alumnus"
    with clock.at(midnight(LEAVES) + timedelta(days=3650)):
        assert as_viewer(ester).kind == "alumnus"


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
