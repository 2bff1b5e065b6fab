"""A whole life with Hearth, walked through with the clock: every right on both sides of each midnight.

Nova comes at 15 and is 16 and 18 here; she moves out, reads what was, comes back after more than a year, and moves out
again. Her days lie around both changes of the clock, so that a midnight is never taken for 24 hours after another.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from community.chat import queries as chats
from community.core import clock, jobs, ratelimit
from community.core.announcements import Announcement
from community.core.db import session, transaction
from community.core.errors import NotAllowed, NotFound
from community.core.policy import can
from community.forum import actions as forum
from community.forum import queries as threads
from community.lifecycle import growing, moving_in, moving_out, own_move
from community.lifecycle.moving_out import Wish
from community.members import invitations, trust
from community.members.invitations import Wish as Invited
from community.members.models import Trust
from community.members.people import Viewer
from community.members.profile import may_tell_year
from community.members.queries import as_viewer
from community.spaces import queries as spaces
from community.spaces import rules
from community.streams.actions import Said
from community.talks.queries import may_write_to
from tests.make import Make
from tests.world import World, join_as

COMES = date(2026, 3, 20)
BORN = date(2010, 3, 29)  # 16 on the day the clock goes forward, 18 two years later
SIXTEEN, EIGHTEEN = date(2026, 3, 29), date(2028, 3, 29)
MOVES = date(2028, 10, 29)  # the day the clock goes back: it has 25 hours
FROZEN = MOVES + timedelta(days=30)
BACK = date(2030, 3, 31)  # the clock goes forward
AGAIN = date(2030, 10, 27)  # and back


def before(day: date) -> AbstractContextManager[None]:
    return clock.at(clock.start_of(day) - timedelta(seconds=1))


def after(day: date) -> AbstractContextManager[None]:
    return clock.at(clock.start_of(day))


def at_noon(day: date) -> AbstractContextManager[None]:
    return clock.at(clock.start_of(day) + timedelta(hours=12))


@dataclass(frozen=True)
class Rights:
    """What somebody is and may, in the words of the rules."""

    kind: str
    age: str
    badge: str | None
    reads: frozenset[str]
    writes: frozenset[str]
    keeps: frozenset[str]  # channels of houses she has moved out of
    has_day: bool
    may_tell_year: bool


def rights(world: World, nova: int) -> Rights:
    viewer = as_viewer(nova)
    readable = spaces.readable(viewer)
    return Rights(
        viewer.kind,
        viewer.age_band,
        viewer.badge,
        frozenset(space.slug for space in readable),
        frozenset(space.slug for space in readable if can(viewer, rules.WRITE, space)),
        frozenset(place.space.slug for place in spaces.past_places(viewer)),
        viewer.moves_on is not None,
        may_tell_year(viewer),
    )


COMMON = frozenset({"vardagsrummet", "minnen", "fraga", "kanns"})
HOUSE, MOVED = frozenset({"solglantan"}), frozenset({"utflyttat"})


def lives(age: str, *, has_day: bool = False) -> Rights:
    return Rights("resident", age, None, COMMON | HOUSE, COMMON | HOUSE, frozenset(), has_day, False)


HAS_LIVED = Rights("alumnus", "adult", "alumnus", COMMON | MOVED, COMMON | MOVED, HOUSE, False, True)


@pytest.fixture
def nova(world: World) -> int:
    with at_noon(COMES):
        wish = Invited("resident", world.house("Solgläntan"), birth_on=BORN)
        member_id = join_as("nova", invitations.make_invitation(world.viewer("birgitta"), wish).id)
    with transaction() as s:  # whoever works there knows her, so that what she writes as an adult need not wait
        row = Trust(member_id=member_id, kind=trust.KNOWN, given_by=world.id("birgitta"), given_at=clock.now())
        s.add(row)
        s.flush()
    return member_id


def says(make: Make, who: Viewer, where: int, words: str) -> None:
    make.shift("jonna", None, -1, 1, role="host")
    with ratelimit.ignored():
        assert forum.reply(who, where, make.said(words)).state == "published"


def words_in(viewer: Viewer, stream_id: int) -> str:
    found = threads.thread_for(viewer, stream_id)
    place = threads.Place(None, None, False, False, False, None)
    page = threads.page_for(viewer, found, place, before=None, after=None, around=None)
    return " ".join(piece.text for piece in page.replies)


def test_a_life(world: World, make: Make, nova: int) -> None:
    house = world.stream("house").id

    with before(SIXTEEN):
        assert rights(world, nova) == lives("under 16")
    with after(SIXTEEN):
        assert rights(world, nova) == lives("16-17")
    with before(EIGHTEEN):
        assert rights(world, nova) == lives("16-17")
        assert not may_write_to(as_viewer(nova), world.id("johanna"))
    with after(EIGHTEEN):
        assert rights(world, nova) == lives("adult")
        assert may_write_to(as_viewer(nova), world.id("johanna"))

    with at_noon(MOVES - timedelta(days=20)):
        move = moving_out.plan(world.viewer("birgitta"), nova, Wish("planned", MOVES))
        make.shift("jonna", None, -1, 1, role="host")
        farewell = own_move.begin_farewell(as_viewer(nova), "house", Said("hej då alla", "farewell")).stream_id
    with before(MOVES):
        assert rights(world, nova) == lives("adult", has_day=True)
        says(make, world.viewer("sara"), house, "the evening before")
    with after(MOVES):
        assert rights(world, nova) == HAS_LIVED
        says(make, world.viewer("sara"), house, "the day itself")
        assert "the evening before" in words_in(as_viewer(nova), house)
        assert "the day itself" not in words_in(as_viewer(nova), house)
        assert jobs.run_due(moving_out.JOBS) == 1
        assert jobs.run_due(moving_out.JOBS) == 0  # a second time nothing is left to do
        assert rights(world, nova) == HAS_LIVED
        assert not moving_out.move_out(move.id)
    with clock.at(datetime(2028, 10, 29, 1, 30, tzinfo=UTC)):  # 02:30 for the second time that night
        assert rights(world, nova) == HAS_LIVED

    with before(FROZEN):
        says(make, as_viewer(nova), farewell, "thank you all")
    with after(FROZEN):
        with pytest.raises(NotAllowed):
            says(make, as_viewer(nova), farewell, "one more")
        says(make, world.viewer("sara"), farewell, "we think of you")
        assert "thank you all" in words_in(as_viewer(nova), farewell)
        assert "we think of you" not in words_in(as_viewer(nova), farewell)

    with at_noon(MOVES + timedelta(days=366)):
        assert rights(world, nova) == HAS_LIVED
        assert "the evening before" in words_in(as_viewer(nova), house)
        assert not [room for room in chats.rooms_for(as_viewer(nova)) if room.name == "Solgläntan"]

    with at_noon(BACK - timedelta(days=10)):
        moving_in.move_in(world.viewer("birgitta"), nova, BACK)
    with before(BACK):
        assert rights(world, nova) == HAS_LIVED
    with after(BACK):
        assert rights(world, nova) == lives("adult")
        assert "the day itself" in words_in(as_viewer(nova), house)
        says(make, as_viewer(nova), house, "I am back")

    with at_noon(AGAIN - timedelta(days=30)):
        moving_out.plan(world.viewer("birgitta"), nova, Wish("planned", AGAIN))
    with before(AGAIN):
        assert rights(world, nova) == lives("adult", has_day=True)
    with after(AGAIN):
        jobs.run_due(moving_out.JOBS)
        assert rights(world, nova) == HAS_LIVED
        assert as_viewer(nova).past[0].until == clock.start_of(AGAIN)
        says(make, world.viewer("sara"), house, "after the second time")
        assert "I am back" in words_in(as_viewer(nova), house)
        assert "after the second time" not in words_in(as_viewer(nova), house)
        with pytest.raises(NotFound):
            spaces.space_for(as_viewer(nova), world.space("solglantan"))


def test_her_lines_come_in_anew_on_the_day_she_is_of_another_age(world: World, nova: int) -> None:
    for day in (SIXTEEN, EIGHTEEN):
        with before(day):
            assert nova not in growing.grown_on(clock.now())
        with after(day):
            assert nova in growing.grown_on(clock.now())
            assert jobs.run_due((growing.JOB,)) == 1 and jobs.run_due((growing.JOB,)) == 0
            told = select(Announcement.ids).where(Announcement.event == "member:moved")
            assert {"member": nova} in session().scalars(told).all()


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31), date(2027, 1, 1)])
def test_midnight_is_midnight_at_home_whatever_the_clock_does_that_day(world: World, nova: int, day: date) -> None:
    with at_noon(day - timedelta(days=2)):
        moving_out.plan(world.viewer("birgitta"), nova, Wish("planned", day))
    with before(day):
        assert as_viewer(nova).kind == "resident" and jobs.run_due(moving_out.JOBS) == 0
    with after(day):
        assert as_viewer(nova).kind == "alumnus" and jobs.run_due(moving_out.JOBS) == 1
        assert as_viewer(nova).past[0].until == clock.now()
