"""Leaving work: a day and a successor, what is in hand goes on, every way in ends, and what was done keeps its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from community.chat import hosting
from community.chat.models import Room
from community.concerns import actions as calls_for_help
from community.concerns import handling
from community.concerns.models import Concern, DutyPhone
from community.core import clock, jobs
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.inbox import actions as inbox
from community.lifecycle import leaving_work, membership, new_contact
from community.lifecycle.leaving_work import Wish
from community.members import parting
from community.members.actions import open_session
from community.members.models import Duty, Invitation, Member, MembershipPeriod, SignInSession
from community.members.queries import authors, viewer_for
from community.moving import parting as moves
from community.moving import prepared, preparing
from community.recovery import links
from community.recovery.models import WayIn
from community.rota import queries as rota
from community.rota.models import Shift
from community.safety.cases import open_case
from community.safety.models import LOOK, Case
from community.turns.models import NewContact, WorkEnd
from tests.client import Browser
from tests.fixtures import Heard
from tests.inbox import saying
from tests.make import Make
from tests.moving.preparing import on_her_way
from tests.world import NOW, TODAY, World, exclude, nobody_works

IN_20 = TODAY + timedelta(days=20)
MIDNIGHT = clock.start_of(IN_20)


def colleague(world: World) -> None:
    """Jonna works at Solgläntan, so that somebody of the house can take over."""
    with transaction() as s:
        period = s.scalars(
            select(MembershipPeriod).where(
                MembershipPeriod.member_id == world.id("jonna"), MembershipPeriod.kind == "staff"
            )
        ).one()
        period.house_id = world.house("Solgläntan")
        s.flush()


def leave(
    world: World, who: str = "sara", to: str = "jonna", on: date | None = None, by: str = "birgitta", **more: int
) -> WorkEnd:
    return leaving_work.plan(world.viewer(by), world.id(who), Wish(world.id(to), on, **more))


def run(world: World, moment: object) -> None:
    with clock.at(moment):
        jobs.run_due([leaving_work.JOB])


def test_today_is_this_minute(world: World, heard: Heard, browser: Callable[..., Browser]) -> None:
    sara = browser("sara")
    assert sara.get("/team").status_code == 200
    token = open_session(world.id("sara"), kept=True)
    leave(world)
    assert viewer_for(token) is None
    assert sara.get("/team").status_code == 302 and sara.get("/").location.startswith("/login")
    assert ("member:closed", {"member": world.id("sara")}) in [(event, ids) for _room, event, ids in heard]
    open_ones = select(func.count()).where(
        SignInSession.member_id == world.id("sara"), SignInSession.ended_at.is_(None)
    )
    assert session().scalar(open_ones) == 0
    with pytest.raises(NotFound):
        world.viewer("sara")
    assert browser().sign_in("sara").status_code == 422


def test_a_coming_day_is_done_at_midnight_and_once(world: World) -> None:
    leave(world, on=IN_20)
    run(world, MIDNIGHT - timedelta(seconds=1))
    with clock.at(MIDNIGHT - timedelta(seconds=1)):
        assert world.viewer("sara").is_staff and world.viewer("sara").key_worker_of
    with clock.at(MIDNIGHT), pytest.raises(NotFound):
        world.viewer("sara")  # also when no job has run yet
    run(world, MIDNIGHT)
    before = session().scalar(select(func.count()).select_from(AuditLine))
    run(world, MIDNIGHT + timedelta(minutes=1))
    with clock.at(MIDNIGHT):
        assert leaving_work.carry_out(session().scalars(select(WorkEnd.id)).one()) is False
    assert session().scalar(select(func.count()).select_from(AuditLine)) == before


def test_whom_she_was_there_for_has_her_successor_and_reads_it(world: World, browser: Callable[..., Browser]) -> None:
    leave(world, on=IN_20)
    leaving_work.say_goodbye(world.viewer("sara"), "Tack för allt te vi drack.")
    with clock.at(MIDNIGHT - timedelta(hours=1)):
        assert world.viewer("amina").new_contact_id is None
    run(world, MIDNIGHT)
    with clock.at(MIDNIGHT + timedelta(hours=9)):
        assert world.viewer("jonna").key_worker_of == {world.id("amina")}
        amina = browser("amina")
        assert "/me/contact" in amina.get("/").text and "/me/contact" in amina.get("/me").text
        page = amina.get("/me/contact").text
        assert "Tack för allt te vi drack." in page and "Jonna" in page and "Sara" in page
        assert amina.post("/me/contact", answer="ok").status_code == 303
        assert "/me/contact" not in amina.get("/").text
        assert world.viewer("jonna").key_worker_of == {world.id("amina")}


def test_she_may_say_that_she_wants_somebody_else(world: World) -> None:
    leave(world)
    new_contact.answer(world.viewer("amina"), other=True)
    assert world.viewer("jonna").key_worker_of == set()
    assert len(saying.views(world, "amina", saying.inbox_of(world, "amina"))) == 1
    new_contact.answer(world.viewer("amina"), other=True)
    assert len(saying.views(world, "amina", saying.inbox_of(world, "amina"))) == 1
    with pytest.raises(Conflict):
        new_contact.answer(world.viewer("tuva"), other=True)


def test_nobody_gets_a_contact_she_is_kept_apart_from(world: World) -> None:
    exclude("jonna", "amina", "separation", "birgitta")
    leave(world)
    assert world.viewer("jonna").key_worker_of == set()
    found = membership.contact_for(world.viewer("amina"))
    assert found is not None and found.now is None


def test_inboxes_go_to_the_successor_of_the_house_or_back_to_all(world: World) -> None:
    saying.write(world, "tuva", "hej")
    saying.answer(world, "sara", saying.inbox_of(world, "tuva"), "jag har det")
    assert saying.row_of(world, "tuva").taken_by == world.id("sara")
    colleague(world)
    leave(world)
    assert saying.row_of(world, "tuva").taken_by == world.id("jonna")
    steps = inbox.queries.steps_of(
        world.viewer("jonna"), inbox.queries.found_for(world.viewer("jonna"), saying.inbox_of(world, "tuva"))
    )
    assert (steps[-1].what, steps[-1].to) == ("handed", "Jonna")
    assert "jag har det" in saying.texts(world, "tuva", saying.inbox_of(world, "tuva"))


def test_an_inbox_nobody_of_the_house_takes_waits_for_the_team(world: World) -> None:
    saying.write(world, "tuva", "hej")
    saying.answer(world, "sara", saying.inbox_of(world, "tuva"), "jag har det")
    leave(world, to="petra")
    assert saying.row_of(world, "tuva").taken_by is None


def test_what_waits_for_staff_is_in_the_queue_again(world: World) -> None:
    case = open_case("piece:1", "check", harm=LOOK)
    with transaction() as s:
        case.claimed_by, case.claimed_at = world.id("sara"), NOW
        s.flush()
    leave(world)
    found = session().get_one(Case, case.id, populate_existing=True)
    assert (found.claimed_by, found.state) == (None, "open")


def test_a_call_for_help_goes_on_without_her_at_once(world: World, make: Make) -> None:
    asked = calls_for_help.ask(world.viewer("tuva"), calls_for_help.Wish("urgent", "kom"), "leaving-help-1")
    handling.keep_number(world.viewer("sara"), "070-1")
    with transaction() as s:
        row = s.get_one(Concern, asked)
        row.state, row.taken_by = "taken", world.id("sara")
        s.flush()
    leave(world)
    found = session().get_one(Concern, asked, populate_existing=True)
    assert (found.state, found.taken_by) == ("open", None)
    told = {
        call.member_id for call in session().scalars(select(handling.Call).where(handling.Call.concern_id == asked))
    }
    assert world.id("jonna") in told
    assert session().get(DutyPhone, world.id("sara")) is None


def test_shifts_to_come_are_released_and_the_gap_shows(world: World, make: Make) -> None:
    nobody_works()
    make.shift("sara", "Solgläntan", -2, 2)
    later = make.shift("sara", "Solgläntan", 24, 32)
    other = make.shift("jonna", "Linden", 24, 32)
    with transaction() as s:
        s.get_one(Shift, other.id).back_up_id = world.id("sara")
        s.flush()
    before = rota.gaps_between(world.house("Solgläntan"), NOW, NOW + timedelta(days=2))
    leave(world)
    left = list(session().scalars(select(Shift).where(Shift.member_id == world.id("sara"), Shift.ends_at > NOW)))
    assert left == [] and session().get(Shift, later.id) is None
    assert session().get_one(Shift, other.id, populate_existing=True).back_up_id is None
    after = rota.gaps_between(world.house("Solgläntan"), NOW, NOW + timedelta(days=2))
    assert sum((gap.ends_at - gap.starts_at for gap in after), timedelta()) > sum(
        (gap.ends_at - gap.starts_at for gap in before), timedelta()
    )


def test_a_planned_day_shows_its_gaps_beforehand(world: World, make: Make) -> None:
    shift = make.shift("sara", "Solgläntan", 24 * 21, 24 * 21 + 8)
    leave(world, on=IN_20)
    there = rota.shifts_between(shift.starts_at, shift.ends_at)
    assert [one.counts for one in there if one.id == shift.id] == [False]


def test_ways_in_she_made_are_dead(world: World, make: Make) -> None:
    made = make.invitation("sara")
    way = links.make_for(world.viewer("sara"), world.id("ivan"))
    leave(world)
    assert session().get_one(Invitation, made.id, populate_existing=True).cancelled_at is not None
    assert session().get_one(WayIn, way.id, populate_existing=True).withdrawn_at is not None
    assert world.viewer("ivan").way_in_id is None


def test_the_house_tablet_is_shut(world: World, browser: Callable[..., Browser]) -> None:
    sara = browser("sara", keep=False)
    assert sara.post("/me/tablet", pin="2580").status_code == 303
    leave(world)
    assert sara.get("/").status_code == 302
    assert session().get_one(Member, world.id("sara"), populate_existing=True).tablet_pin_hash is None


def test_what_she_did_keeps_her_name(world: World, browser: Callable[..., Browser]) -> None:
    leave(world)
    shown = authors([world.id("sara")])[world.id("sara")]
    assert (shown.name, shown.kind, shown.here, shown.url) == ("Sara", "ex_staff", False, None)
    page = browser("tuva").get(f"/t/{world.stream('open').id}").text
    assert "words of open-reply" in page and "Sara" in page and "has worked here" in page
    line = session().scalar(select(AuditLine).where(AuditLine.act == "work.left"))
    assert line is not None and line.subject == f"member:{world.id('sara')}"
    assert "Sara" in browser("birgitta").get("/audit").text


def test_who_once_lived_here_has_lived_here_again_and_signs_in_anew(
    world: World, browser: Callable[..., Browser]
) -> None:
    with transaction() as s:
        lived = MembershipPeriod(kind="resident", house_id=world.house("Linden"), member_id=world.id("sara"))
        lived.from_on, lived.to_on = date(2008, 1, 1), date(2012, 1, 1)
        s.add(lived)
        s.flush()
    sara = browser("sara")
    leave(world)
    assert sara.get("/").status_code == 302
    fresh = browser()
    assert fresh.sign_in("sara").status_code == 303
    assert fresh.get("/").status_code == 200
    viewer = world.viewer("sara")
    assert (viewer.kind, viewer.house_id, viewer.duties) == ("alumnus", world.house("Linden"), frozenset())
    for path in ("/team", "/review", "/rota", f"/people/{world.id('tuva')}/steps", "/c/personal"):
        assert fresh.get(path).status_code in (403, 404), path


def test_the_last_who_answers_for_a_house_names_another(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        leave(world, "birgitta", "sara")
    assert refused.value.field == "next_manager"
    assert world.viewer("birgitta").is_staff
    leave(world, "birgitta", "sara", next_manager=world.id("sara"))
    assert "house_manager" in world.viewer("sara").duties
    with pytest.raises(NotFound):
        world.viewer("birgitta")


def test_a_safety_lead_too(world: World) -> None:
    with transaction() as s:
        s.add(Duty(member_id=world.id("sara"), kind="safeguarding_lead", from_on=date(2025, 3, 1)))
        s.flush()
    with pytest.raises(Invalid) as refused:
        leave(world)
    assert refused.value.field == "next_lead"
    leave(world, next_lead=world.id("jonna"))
    assert "safeguarding_lead" in world.viewer("jonna").duties


def test_two_who_answer_cannot_both_leave_unseen(world: World) -> None:
    with transaction() as s:
        s.add(Duty(member_id=world.id("sara"), kind="house_manager", from_on=date(2025, 3, 1)))
        s.flush()
    leave(world, "sara", "jonna", IN_20)
    with pytest.raises(Invalid):
        leave(world, "birgitta", "jonna", IN_20)


BAD = [
    ("yesterday", {"on": TODAY - timedelta(days=1)}, "leaves_on"),
    ("in three years", {"on": TODAY + timedelta(days=1100)}, "leaves_on"),
    ("herself", {"to": "sara"}, "successor_id"),
    ("who does not work here", {"to": "tuva"}, "successor_id"),
    ("who worked here", {"to": "gun"}, "successor_id"),
]


@pytest.mark.parametrize(("_name", "how", "field"), BAD, ids=[one[0] for one in BAD])
def test_what_cannot_be_is_refused_by_its_field(_name: str, how: dict[str, object], field: str, world: World) -> None:
    with pytest.raises(Invalid) as refused:
        leave(world, **how)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert world.viewer("sara").is_staff


def test_a_second_departure_is_a_conflict(world: World) -> None:
    leave(world, on=IN_20)
    with pytest.raises(Conflict):
        leave(world, on=IN_20)
    with pytest.raises(Conflict):  # who is to take over does not go without a word
        leave(world, "jonna", "petra")


def test_who_takes_over_stays(world: World) -> None:
    leave(world, "jonna", "petra", IN_20)
    with pytest.raises(Invalid):
        leave(world, "sara", "jonna", IN_20 + timedelta(days=5))


def test_it_can_be_taken_back_until_the_day(world: World) -> None:
    leave(world, on=IN_20)
    leaving_work.cancel(world.viewer("birgitta"), world.id("sara"))
    run(world, MIDNIGHT)
    with clock.at(MIDNIGHT + timedelta(days=1)):
        assert world.viewer("sara").is_staff and world.viewer("sara").key_worker_of == {world.id("amina")}
        assert session().scalar(select(func.count()).select_from(NewContact)) == 0
    with pytest.raises(Conflict):
        leaving_work.cancel(world.viewer("birgitta"), world.id("sara"))


@pytest.mark.parametrize("who", ["sara", "jonna", "tuva", "johanna"])
def test_house_managers_alone_decide(who: str, world: World) -> None:
    with pytest.raises(NotAllowed):
        leave(world, "petra", "jonna", by=who)


def test_it_is_for_who_works_here(world: World) -> None:
    with pytest.raises(NotAllowed):
        leave(world, "tuva", "jonna")


def test_chats_to_come_have_another_host_or_are_called_off(world: World, make: Make) -> None:
    with transaction() as s:
        for name in ("sara", "petra"):
            s.add(Duty(member_id=world.id(name), kind="facilitator", from_on=date(2025, 3, 1)))
        s.flush()
    wish = hosting.Wish(
        "Spelkväll", "Games", world.space("vardagsrummet"), NOW + timedelta(days=1), NOW + timedelta(days=1, hours=2)
    )
    shared = hosting.open_chat(world.viewer("sara"), wish)
    own = hosting.open_chat(
        world.viewer("sara"), hosting.Wish("Hemma", "Home", world.space("solglantan"), wish.opens_at, wish.closes_at)
    )
    leave(world, to="petra")
    assert session().get_one(Room, shared.id, populate_existing=True).host_id == world.id("petra")
    assert session().get_one(Room, own.id, populate_existing=True).closes_at == NOW


def test_the_pages(world: World, browser: Callable[..., Browser], app: Flask) -> None:
    birgitta, sara = browser("birgitta"), browser("sara")
    path = f"/people/{world.id('sara')}/membership"
    assert "Slutar jobba" in birgitta.get(path).text and sara.get(path).status_code == 403
    refused = birgitta.post(f"{path}/leave-work", successor_id=world.id("jonna"), when="day", leaves_on="2026-03-01")
    assert refused.status_code == 422 and "har varit" in refused.text
    assert birgitta.post(f"{path}/leave-work", successor_id=0, when="now").status_code == 422
    done = birgitta.post(f"{path}/leave-work", successor_id=world.id("jonna"), when="day", leaves_on=IN_20.isoformat())
    assert done.status_code == 303
    assert "tar Jonna över" in birgitta.get(path).text
    again = birgitta.post(f"{path}/leave-work", successor_id=world.id("jonna"), when="now")
    assert again.status_code == 409
    assert "tar Jonna över" in sara.get("/me/goodbye").text
    assert sara.post("/me/goodbye", note="refused " * 400).status_code == 422
    assert sara.post("/me/goodbye", note="Hej då.").status_code == 303
    assert "Hej då." in sara.get("/me/goodbye").text
    assert birgitta.post(f"{path}/leave-work/cancel").status_code == 303
    assert birgitta.post(f"{path}/leave-work/cancel").status_code == 409
    assert "Inget är planerat" in sara.get("/me/goodbye").text
    assert browser("tuva").get("/me/goodbye").status_code == 403


def test_residents_of_is_what_the_page_says(world: World) -> None:
    assert parting.residents_of(world.id("sara"), TODAY) == [world.id("amina")]
    assert membership.membership_for(world.viewer("birgitta"), world.id("sara")).contacts == ["Amina"]


def test_who_had_to_move_at_once_is_not_left_without_her_adult(world: World) -> None:
    colleague(world)
    move_id = on_her_way(world, "amina", 0, "sudden", letters=False)
    preparing.name_adult(world.viewer("birgitta"), move_id, world.id("sara"))
    leave(world)
    there = prepared.adult_for(world.viewer("amina"))
    assert there is not None and (there.person.id, there.until_on) == (world.id("jonna"), TODAY + timedelta(days=30))
    assert moves.hand_on(world.id("sara"), world.id("petra"), world.id("birgitta")) == 0


def test_of_whom_she_is_kept_apart_she_is_told_of_the_manager_instead(world: World) -> None:
    colleague(world)
    exclude("amina", "jonna", "separation")
    move_id = on_her_way(world, "amina", 0, "sudden", letters=False)
    preparing.name_adult(world.viewer("birgitta"), move_id, world.id("sara"))
    leave(world)
    there = prepared.adult_for(world.viewer("amina"))
    assert there is not None and there.person.id == world.id("birgitta")
