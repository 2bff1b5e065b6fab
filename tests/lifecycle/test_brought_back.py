"""A remembrance by mistake: two people take it back, and she is what she was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.lifecycle import brought_back, leaving_work, moving_out, remembering, two_people
from community.members.models import Duty, Member, MembershipPeriod
from community.members.queries import authors, everybody
from community.turns.models import TwoPersonTurn
from tests.client import Browser
from tests.lifecycle.going import gone
from tests.lifecycle.test_remembering import lead, remember
from tests.world import NOW, TODAY, World

DAY = timedelta(days=1)


def bring_back(world: World, who: str = "johanna", first: str = "petra", second: str = "birgitta") -> None:
    row = brought_back.ask(world.viewer(first), world.id(who), "det var en annan Johanna")
    brought_back.agree(world.viewer(second), row.id)


def periods(world: World, who: str) -> list[tuple[object, ...]]:
    hers = select(MembershipPeriod).where(MembershipPeriod.member_id == world.id(who)).order_by(MembershipPeriod.id)
    rows = session().scalars(hers.execution_options(populate_existing=True))
    return [(row.kind, row.house_id, row.from_on, row.to_on) for row in rows]


@pytest.mark.parametrize("who", ["johanna", "tuva", "amina", "sara"])
def test_she_is_what_she_was_and_signs_in_again(world: World, browser: Callable[..., Browser], who: str) -> None:
    before, was = periods(world, who), world.viewer(who)
    counted = len(everybody(world.viewer("vera")))
    remember(world, who)
    assert browser().sign_in(who).status_code == 422
    with clock.at(NOW + 3 * DAY):
        bring_back(world, who)
        now = world.viewer(who)
        assert (now.kind, now.house_id, now.age_band) == (was.kind, was.house_id, was.age_band)
        assert browser().sign_in(who).status_code == 303
        assert len(everybody(world.viewer("vera"))) == counted
    assert periods(world, who) == before
    shown = authors([world.id(who)])[world.id(who)]
    assert shown.here and not shown.remembered
    assert now.duties == frozenset() and now.key_worker_of == frozenset()  # powers are given anew


def test_her_contact_is_her_contact_again_where_that_one_works_here(world: World) -> None:
    remember(world, "amina")
    assert world.viewer("sara").key_worker_of == frozenset()
    bring_back(world, "amina")
    assert world.viewer("sara").key_worker_of == {world.id("amina")}


def test_not_where_that_one_has_left_meanwhile(world: World) -> None:
    remember(world, "amina")
    leaving_work.plan(world.viewer("birgitta"), world.id("sara"), leaving_work.Wish(world.id("jonna")))
    bring_back(world, "amina")
    held = (Duty.resident_id == world.id("amina")) & Duty.holds_on(TODAY)
    assert session().scalars(select(Duty).where(held)).all() == []


def test_a_day_that_was_planned_is_planned_no_more(world: World) -> None:
    """She lives on where she lived, and does not move out unseen."""
    moving_out.plan(world.viewer("birgitta"), world.id("tuva"), moving_out.Wish("planned", TODAY + 10 * DAY))
    remember(world, "tuva")
    bring_back(world, "tuva")
    with clock.at(NOW + 20 * DAY):
        assert (world.viewer("tuva").kind, world.viewer("tuva").moves_on) == ("resident", None)
    on = TODAY + 9 * DAY
    leaving_work.plan(world.viewer("birgitta"), world.id("sara"), leaving_work.Wish(world.id("jonna"), on))
    remember(world, "sara")
    bring_back(world, "sara")
    with clock.at(NOW + 20 * DAY):
        assert world.viewer("sara").kind == "staff"


def test_one_of_them_is_a_safety_lead_and_nobody_decides_alone(world: World) -> None:
    remember(world)
    with transaction() as s:
        s.add(Duty(member_id=world.id("sara"), kind="house_manager", from_on=TODAY))
        s.flush()
    for name in ("jonna", "tuva", "kim"):
        with pytest.raises(NotAllowed):
            brought_back.ask(world.viewer(name), world.id("johanna"), "x")
    row = brought_back.ask(world.viewer("birgitta"), world.id("johanna"), "det var en annan")
    for name in ("birgitta", "sara", "jonna", "tuva"):
        with pytest.raises(NotAllowed):
            brought_back.agree(world.viewer(name), row.id)
    with pytest.raises(Conflict):
        brought_back.ask(world.viewer("sara"), world.id("johanna"), "igen")
    assert session().get_one(Member, world.id("johanna"), populate_existing=True).remembered_at is not None
    brought_back.agree(world.viewer("petra"), row.id)
    with pytest.raises(Conflict):
        brought_back.agree(world.viewer("petra"), row.id)


def test_with_a_reason_and_two_lines_of_the_chain(world: World) -> None:
    remember(world)
    with pytest.raises(Invalid):
        brought_back.ask(world.viewer("petra"), world.id("johanna"), " \n")
    bring_back(world)
    lines = list(session().scalars(select(AuditLine).where(AuditLine.act.like("remembrance.%")).order_by(AuditLine.n)))
    assert [line.act.split(".")[1] for line in lines] == ["asked", "done", "undo_asked", "undone"]
    assert [line.actor_id for line in lines[2:]] == [world.id("petra"), world.id("birgitta")]
    assert "annan" not in str([line.facts for line in lines])
    row = session().scalars(select(TwoPersonTurn).where(TwoPersonTurn.kind == "bring_back")).one()
    assert two_people.crypto.unseal(row.why_sealed, f"two_person_turn:{row.id}:why").startswith("det var")


def test_of_nobody_else(world: World) -> None:
    """Who is here, who has left for good, who never was."""
    lead(world)
    for member_id in (world.id("johanna"), world.id("gun"), 4711):
        with pytest.raises(NotFound):
            brought_back.ask(world.viewer("petra"), member_id, "x")
    remember(world, "kim")
    gone(world, "johanna", "removed")
    with pytest.raises(NotFound):
        brought_back.ask(world.viewer("petra"), world.id("johanna"), "x")


def test_what_was_remembered_before_this_was_written_down(world: World) -> None:
    before = periods(world, "johanna")
    remember(world)
    with transaction() as s:
        s.execute(update(TwoPersonTurn).values(before=None))
    bring_back(world)
    assert periods(world, "johanna") == before


def test_the_pages(world: World, browser: Callable[..., Browser]) -> None:
    remember(world)
    petra, birgitta = browser("petra"), browser("birgitta")
    path = f"/people/{world.id('johanna')}/membership"
    assert f"{path}/remembrance/mistake" in petra.get(path).text
    assert petra.get(f"{path}/remembrance").status_code == 404
    page = petra.get(f"{path}/remembrance/mistake")
    assert page.status_code == 200 and "Two people decide" in page.text
    refused = petra.post(f"{path}/remembrance/mistake", back_why=" ")
    assert refused.status_code == 422
    assert petra.post(f"{path}/remembrance/mistake", back_why="det var en annan").status_code == 303
    again = petra.post(f"{path}/remembrance/mistake", back_why="det var en annan, igen")
    assert again.status_code == 409 and "det var en annan, igen" in again.text
    assert browser("jonna").get(f"{path}/remembrance/mistake").status_code == 403
    (waits,) = two_people.waiting_for(world.viewer("birgitta"))
    waiting = birgitta.get("/membership/waiting").text
    assert "det var en annan" in waiting and "Lever, det blev fel" in waiting
    assert birgitta.post(f"/membership/turns/{waits.row.id}", do="yes", answer="").status_code == 303
    assert "Vi minns" not in birgitta.get(path).text
    assert birgitta.get(f"{path}/remembrance/mistake").status_code == 404
    assert "remembrance/mistake" not in birgitta.get(path).text
    assert remembering.ask(world.viewer("petra"), world.id("johanna"), "x").is_open
