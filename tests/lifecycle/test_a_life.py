"""A whole life with Hearth, walked through with the clock: every right on both sides of each midnight.

Nova comes at 15 and is 16 and 18 here; she moves out, reads what was, comes back after more than a year, moves out
again, works here at 27 and leaves work. Her days lie around both changes of the clock, so that a midnight is never
taken for 24 hours after another.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

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
from community.inbox import rules as inbox_rules
from community.lifecycle import growing, leaving_work, moving_in, moving_out, own_move, starting_work
from community.lifecycle.leaving_work import Wish as Leaves
from community.lifecycle.moving_out import Wish
from community.members import invitations, named, parting, trust
from community.members import rules as member_rules
from community.members.actions import open_session
from community.members.contact import Contact
from community.members.invitations import Wish as Invited
from community.members.models import Member, Trust
from community.members.people import Viewer
from community.members.profile import may_tell_year
from community.members.queries import as_viewer, viewer_for
from community.moderation import rules as review_rules
from community.openness import rules as openness_rules
from community.rota import queries as rota
from community.rota import rules as rota_rules
from community.separations import rules as separation_rules
from community.spaces import queries as spaces
from community.spaces import rules
from community.streams import pairs
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
WORKS = date(2037, 3, 29)  # 27 on the day the clock goes forward
STOPS = date(2037, 10, 25)  # and back


def before(day: date) -> AbstractContextManager[None]:
    return clock.at(clock.start_of(day) - timedelta(seconds=1))


def after(day: date) -> AbstractContextManager[None]:
    return clock.at(clock.start_of(day))


def at_noon(day: date) -> AbstractContextManager[None]:
    return clock.at(clock.start_of(day) + timedelta(hours=12))


COMMON = frozenset({"vardagsrummet", "minnen", "fraga", "kanns"})
HOUSE, MOVED = frozenset({"solglantan"}), frozenset({"utflyttat"})


class Writing(NamedTuple):
    """How she may write in private to whom the rule tells apart."""

    housemate: Contact = Contact.NONE  # a child of her house
    grown: Contact = Contact.NONE  # an adult who has lived here
    staff: Contact = Contact.TEAM_INBOX


@dataclass(frozen=True)
class Rights:
    """What somebody is and may, in the words of the rules."""

    kind: str
    house: str
    age: str
    badge: str | None
    reads: frozenset[str]
    writes: frozenset[str]
    writing: Writing
    keeps: frozenset[str] = frozenset()  # channels of houses she has moved out of
    has_day: bool = False
    may_tell_year: bool = False
    works: frozenset[str] = frozenset()  # what staff alone may


def rights(world: World, nova: int) -> Rights:
    viewer = as_viewer(nova)
    readable = spaces.readable(viewer)
    return Rights(
        viewer.kind,
        next(name for name in ("Solgläntan", "Linden") if world.house(name) == viewer.house_id),
        viewer.age_band,
        viewer.badge,
        frozenset(space.slug for space in readable),
        frozenset(space.slug for space in readable if can(viewer, rules.WRITE, space)),
        Writing(*(pairs.between(nova, other) for other in (_a_child(), world.id("johanna"), world.id("sara")))),
        frozenset(place.space.slug for place in spaces.past_places(viewer)),
        viewer.moves_on is not None,
        may_tell_year(viewer),
        frozenset(name for name, may in WORK.items() if may(viewer)),
    )


WORK: dict[str, Callable[[Viewer], bool]] = {
    "the team's inbox": lambda viewer: can(viewer, inbox_rules.SEE),
    "invitations": lambda viewer: can(viewer, member_rules.INVITE),
    "the rota": lambda viewer: can(viewer, rota_rules.SEE),
    "shifts": lambda viewer: rota.works_at(viewer.id, None, clock.today()),
    "review": lambda viewer: can(viewer, review_rules.SEE),
    "separations": lambda viewer: can(viewer, separation_rules.SEE),
    "who did what": lambda viewer: can(viewer, openness_rules.READ_AUDIT),
}


def _a_child() -> int:
    """Whoever is a child of her house by then."""
    children = select(Member.id).where(Member.sign_in_name.in_(("milo", "vide")))
    return session().scalars(children.order_by(Member.joined_at.desc())).first() or 0


def lives(age: str, *, has_day: bool = False) -> Rights:
    adult = Writing(Contact.NONE, Contact.BOTH_AGREE, Contact.TEAM_VISIBLE)
    writing = adult if age == "adult" else Writing(housemate=Contact.SCREENED)
    return Rights("resident", "Solgläntan", age, None, COMMON | HOUSE, COMMON | HOUSE, writing, has_day=has_day)


HAS_LIVED = Rights(
    *("alumnus", "Solgläntan", "adult", "alumnus", COMMON | MOVED, COMMON | MOVED),
    Writing(Contact.NONE, Contact.BOTH_AGREE, Contact.TEAM_VISIBLE),
    keeps=HOUSE,
    may_tell_year=True,
)
OF_STAFF = COMMON | HOUSE | MOVED | {"personal"}
WORKS_HERE = Rights(
    *("staff", "Solgläntan", "adult", "staff", OF_STAFF, OF_STAFF),
    Writing(Contact.TEAM_INBOX, Contact.TEAM_VISIBLE, Contact.OPEN),
    works=frozenset({"the team's inbox", "invitations", "the rota", "shifts"}),
)


@pytest.fixture
def nova(world: World) -> int:
    with at_noon(COMES):
        wish = Invited("resident", world.house("Solgläntan"), birth_on=BORN)
        member_id = join_as("nova", invitations.make_invitation(world.viewer("birgitta"), wish).id)
    with transaction() as s:  # whoever works there knows her, so that what she writes as an adult need not wait
        row = Trust(member_id=member_id, kind=trust.KNOWN, given_by=world.id("birgitta"), given_at=clock.now())
        s.add(row)
        s.flush()
    child_comes(world, "milo", COMES, born=date(2013, 6, 1))
    return member_id


def child_comes(world: World, name: str, day: date, *, born: date) -> int:
    with at_noon(day), ratelimit.ignored():
        wish = Invited("resident", world.house("Solgläntan"), birth_on=born)
        return join_as(name, invitations.make_invitation(world.viewer("birgitta"), wish).id)


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

    works_here(world, make, nova, house)


def works_here(world: World, make: Make, nova: int, house: int) -> None:
    """The years at work: she reads the house as it is, and what she read as one who has lived here again after them."""
    vide = child_comes(world, "vide", WORKS - timedelta(days=30), born=date(2024, 6, 1))
    with at_noon(WORKS - timedelta(days=10)):
        starting_work.begin(world.viewer("birgitta"), nova, world.house("Solgläntan"), WORKS, "")
    with before(WORKS):
        assert rights(world, nova) == HAS_LIVED
        came_as_alumna = open_session(nova, kept=True)
        assert viewer_for(came_as_alumna) is not None
    with after(WORKS):
        assert rights(world, nova) == WORKS_HERE
        waiting = viewer_for(came_as_alumna)
        assert waiting is None or waiting.second_step == "to set up"
        assert "after the second time" in words_in(as_viewer(nova), house)
    with at_noon(WORKS + timedelta(days=30)):
        parting.give_duty(nova, "key_worker", clock.today(), world.id("birgitta"), vide)
        parting.give_duty(nova, "moderator", clock.today(), world.id("birgitta"))
        leaving_work.plan(world.viewer("birgitta"), nova, Leaves(world.id("sara"), STOPS))
    reviews = replace(WORKS_HERE, works=WORKS_HERE.works | {"review"})
    with before(STOPS):
        assert jobs.run_due([leaving_work.JOB]) == 0
        assert rights(world, nova) == reviews
        assert as_viewer(nova).key_worker_of == {vide}
        says(make, world.viewer("sara"), house, "her last evening at work")
        works = open_session(nova, kept=True, second_step=True)
        assert viewer_for(works) is not None
    with after(STOPS):  # no job has run yet
        assert rights(world, nova) == HAS_LIVED
        assert jobs.run_due([leaving_work.JOB]) == 1 and jobs.run_due([leaving_work.JOB]) == 0
        assert rights(world, nova) == HAS_LIVED
        assert viewer_for(works) is None  # she comes in anew
        assert as_viewer(nova).duties == frozenset() and as_viewer(nova).key_worker_of == frozenset()
        assert vide in world.viewer("sara").key_worker_of
        assert named.person_for(world.viewer("johanna"), nova).kind == "alumnus"
        assert "I am back" in words_in(as_viewer(nova), house)
        assert "her last evening at work" not in words_in(as_viewer(nova), house)
    with at_noon(STOPS + timedelta(days=3650)):  # and the child has grown up
        grown = HAS_LIVED.writing._replace(housemate=Contact.BOTH_AGREE)
        assert rights(world, nova) == replace(HAS_LIVED, writing=grown)


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
