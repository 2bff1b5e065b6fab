"""Starting to work here: dated, decided by two where there are private contacts; talks close, a second step first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed
from community.lifecycle import leaving_work, starting_work, taking_break, two_people
from community.members.contact import Contact
from community.members.models import Duty, MembershipPeriod
from community.members.people import Viewer
from community.streams import pairs
from community.talks import actions as talks
from community.turns.models import TwoPersonTurn
from tests.client import Browser
from tests.inbox import saying
from tests.world import TODAY, World, exclude


def begin(
    world: World, who: str = "johanna", by: str = "birgitta", days: int = 0, why: str = "hon vill jobba här"
) -> TwoPersonTurn | None:
    day = TODAY + timedelta(days=days)
    return starting_work.begin(world.viewer(by), world.id(who), world.house("Solgläntan"), day, why)


def lead(world: World, who: str = "petra") -> Viewer:
    with transaction() as s:
        s.add(Duty(member_id=world.id(who), kind="safeguarding_lead", from_on=TODAY))
        s.flush()
    return world.viewer(who)


def talk_of(world: World, one: str, other: str) -> int:
    stream = talks.begin(world.viewer(one), [world.id(other)])
    talks.answer(world.viewer(other), stream.id, yes=True)
    return stream.id


def test_without_private_contacts_one_house_manager_decides(world: World) -> None:
    assert begin(world) is None
    johanna = world.viewer("johanna")
    assert (johanna.kind, johanna.house_id, johanna.badge) == ("staff", world.house("Solgläntan"), "staff")
    current = select(func.count()).where(
        MembershipPeriod.member_id == johanna.id, MembershipPeriod.holds_on(clock.today())
    )
    assert session().scalar(current) == 1
    line = session().scalar(select(AuditLine).where(AuditLine.act == "work.begins"))
    assert line is not None and line.actor_id == world.id("birgitta")


def test_with_private_talks_a_second_person_decides(world: World) -> None:
    talk_of(world, "johanna", "tuva")
    row = begin(world)
    assert row is not None and world.viewer("johanna").kind == "alumnus"
    with pytest.raises(NotAllowed):  # not who asked
        starting_work.agree(world.viewer("birgitta"), row.id)
    for name in ("sara", "jonna", "tuva"):
        with pytest.raises(NotAllowed):
            starting_work.agree(world.viewer(name), row.id)
    starting_work.agree(lead(world), row.id)
    assert world.viewer("johanna").kind == "staff"
    with pytest.raises(Conflict):
        starting_work.agree(world.viewer("petra"), row.id)


def test_a_wall_is_a_reason_for_a_second_person_and_is_not_told(world: World, browser: Callable[..., Browser]) -> None:
    exclude("johanna", "tuva", "block", "tuva")
    row = begin(world)
    assert row is not None
    page = browser("birgitta").get(f"/people/{world.id('johanna')}/membership").text
    assert "block" not in page.lower() and "Tuva" not in page


def test_the_old_private_talks_close(world: World) -> None:
    stream_id = talk_of(world, "johanna", "tuva")
    assert pairs.are_lawful(stream_id)
    row = begin(world)
    assert row is not None
    starting_work.agree(lead(world), row.id)
    assert pairs.between(world.id("johanna"), world.id("tuva")) is Contact.TEAM_VISIBLE
    assert not pairs.are_lawful(stream_id)
    for name in ("johanna", "tuva"):
        with pytest.raises(NotAllowed):
            talks.send(world.viewer(name), stream_id, saying.said("hej"))


def test_and_open_again_when_she_leaves_work(world: World) -> None:
    stream_id = talk_of(world, "johanna", "tuva")
    row = begin(world)
    assert row is not None
    starting_work.agree(lead(world), row.id)
    with clock.at(clock.now() + timedelta(days=30)):
        wish = leaving_work.Wish(world.id("sara"))
        leaving_work.plan(world.viewer("birgitta"), world.id("johanna"), wish)
        assert world.viewer("johanna").kind == "alumnus"
        assert pairs.are_lawful(stream_id)


def test_a_second_step_is_asked_for_at_the_next_sign_in(world: World, browser: Callable[..., Browser]) -> None:
    johanna = browser("johanna")
    begin(world)
    assert johanna.get("/").location.startswith("/login")
    fresh = browser()
    assert fresh.sign_in("johanna").status_code == 303
    assert "/me/second-step/set-up" in fresh.get("/team").location


def test_a_coming_day_begins_at_its_midnight(world: World) -> None:
    begin(world, days=5)
    with clock.at(clock.start_of(TODAY + timedelta(days=5)) - timedelta(seconds=1)):
        assert world.viewer("johanna").kind == "alumnus"
    with clock.at(clock.start_of(TODAY + timedelta(days=5))):
        assert world.viewer("johanna").kind == "staff"
    with pytest.raises(Conflict):
        begin(world, days=9)


def test_a_break_of_hers_is_over(world: World) -> None:
    taking_break.take_break(world.viewer("johanna"), "3m")
    begin(world)
    assert world.viewer("johanna").standing.state == "active"


BAD = [("kim", 0, None), ("vera", 0, None), ("johanna", -1, "from_on"), ("johanna", 900, "from_on")]


@pytest.mark.parametrize(("who", "days", "field"), BAD)
def test_what_cannot_be(who: str, days: int, field: str | None, world: World) -> None:
    with pytest.raises(Invalid) as refused:
        begin(world, who, days=days)
    assert refused.value.field == field
    assert not world.viewer(who).is_staff


def test_house_managers_alone_and_nobody_who_works_here(world: World) -> None:
    lead(world)
    for by in ("sara", "petra", "johanna", "tuva"):
        with pytest.raises(NotAllowed):
            begin(world, by=by)
    with pytest.raises(NotAllowed):
        begin(world, "sara")


def test_who_worked_here_comes_back_with_her_account(world: World, browser: Callable[..., Browser]) -> None:
    assert browser().sign_in("gun").status_code == 422
    begin(world, "gun")
    assert world.viewer("gun").is_staff and world.viewer("gun").duties == frozenset()
    assert browser().sign_in("gun").status_code == 303


def test_a_no_has_its_reason_and_an_asking_is_taken_back(world: World) -> None:
    talk_of(world, "johanna", "tuva")
    row, second = begin(world), lead(world)
    assert row is not None
    with pytest.raises(Conflict):
        begin(world)
    with pytest.raises(Invalid):
        two_people.refuse(second, row.id, " ")
    two_people.refuse(second, row.id, "inte än")
    assert world.viewer("johanna").kind == "alumnus"
    again = begin(world)
    assert again is not None
    with pytest.raises(NotAllowed):
        two_people.withdraw(second, again.id)
    two_people.withdraw(world.viewer("birgitta"), again.id)
    assert two_people.waiting_for(second) == []
    lines = list(session().scalars(select(AuditLine.facts).where(AuditLine.act.in_(("turn.refused", "work.asked")))))
    assert "inte än" not in str(lines) and "vill jobba" not in str(lines)


def test_staff_related_to_a_resident_are_kept_apart(world: World, browser: Callable[..., Browser]) -> None:
    """A separation set before she begins holds at work as well: inbox, page and choosers."""
    saying.write(world, "tuva", "till teamet")
    exclude("johanna", "tuva", "separation", "birgitta")
    row = begin(world)
    assert row is not None
    starting_work.agree(lead(world), row.id)
    johanna = world.viewer("johanna")
    assert world.id("tuva") in johanna.excluded_ids
    seen = browser("johanna")
    assert seen.get(f"/people/{world.id('tuva')}").status_code == 404
    assert seen.get(f"/team/{saying.inbox_of(world, 'tuva')}").status_code == 404
    assert "Tuva" not in seen.get("/team").text


def test_the_pages(world: World, browser: Callable[..., Browser]) -> None:
    birgitta, path = browser("birgitta"), f"/people/{world.id('johanna')}/membership"
    lead(world)
    petra = browser("petra")
    talk_of(world, "johanna", "tuva")
    house = world.house("Solgläntan")
    assert birgitta.post(f"{path}/start-work", house_id=house, from_on="2026-01-01", start_why="x").status_code == 422
    assert birgitta.post(f"{path}/start-work", house_id=house, from_on="2026-03-14", start_why="").status_code == 422
    assert (
        birgitta.post(f"{path}/start-work", house_id=house, from_on="2026-03-14", start_why="därför").status_code == 303
    )
    assert birgitta.post(f"{path}/start-work", house_id=house, from_on="2026-03-14", start_why="x").status_code == 409
    waits = session().scalars(select(TwoPersonTurn.id)).one()
    assert "därför" in petra.get("/membership/waiting").text and "därför" in petra.get(path).text
    assert birgitta.post(f"/membership/turns/{waits}", do="yes", answer="").status_code == 403
    assert petra.post(f"/membership/turns/{waits}", do="no", answer="").status_code == 422
    assert petra.post(f"/membership/turns/{waits}", do="yes", answer="").status_code == 303
    assert world.viewer("johanna").is_staff
    assert petra.post(f"/membership/turns/{waits}", do="yes", answer="").status_code == 409
    assert browser("sara").get("/membership/waiting").status_code == 403
