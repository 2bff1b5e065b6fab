"""Planning a move, the day itself, and moving in again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from community.app import JOBS
from community.core import clock, jobs
from community.core.announcements import Announcement
from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.forum import actions as forum
from community.lifecycle import moving_in, moving_out, own_move
from community.lifecycle.moving_out import Wish
from community.members.models import Duty
from community.moving import queries as moves
from community.moving.models import Move
from community.streams.actions import Said
from tests.client import Browser, words_of
from tests.make import Make
from tests.world import TODAY, World

Browsers = Callable[..., Browser]
DAY = TODAY + timedelta(days=12)


def planned(world: World, who: str = "tuva", day: date = DAY, kind: str = "planned", **where: int) -> Move:
    return moving_out.plan(world.viewer("birgitta"), world.id(who), Wish(kind, day, **where))


def at_midnight(day: date) -> object:
    return clock.at(clock.start_of(day))


def a_moment_before(day: date) -> object:
    return clock.at(clock.start_of(day) - timedelta(seconds=1))


def test_she_is_on_her_way_from_the_moment_it_is_planned(world: World) -> None:
    planned(world)
    tuva = world.viewer("tuva")
    assert (tuva.kind, tuva.moves_on, tuva.past) == ("resident", DAY, ())


def test_at_midnight_she_has_moved_and_not_a_second_before(world: World) -> None:
    planned(world)
    with a_moment_before(DAY):
        assert world.viewer("tuva").kind == "resident"
    with at_midnight(DAY):
        tuva = world.viewer("tuva")
        assert tuva.kind == "alumnus"
        assert [(one.house_id, one.until) for one in tuva.past] == [(world.house("Solgläntan"), clock.start_of(DAY))]


@pytest.mark.parametrize(
    ("day", "field"),
    [
        (TODAY, "moves_on"),
        (TODAY - timedelta(days=3), "moves_on"),
        (date(2020, 1, 1), "moves_on"),
        (TODAY + timedelta(days=4000), "moves_on"),
    ],
)
def test_a_day_that_cannot_be_is_said_by_the_field(world: World, day: date, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        planned(world, day=day)
    assert refused.value.field == field
    assert world.viewer("tuva").moves_on is None


def test_a_bad_day_is_answered_with_the_form_and_what_was_typed(world: World, browser: Browsers) -> None:
    wish = {"moves_on": "2020-01-01", "kind": "other_home", "to_house_id": str(world.house("Linden"))}
    answer = browser("birgitta").post(f"/people/{world.id('tuva')}/move", wish)
    assert answer.status_code == 422
    assert 'value="2020-01-01"' in answer.text and "före inflyttningen" in words_of(answer)


def test_a_house_chosen_for_a_place_of_her_own_is_not_dropped_in_silence(world: World, browser: Browsers) -> None:
    wish = {"moves_on": DAY.isoformat(), "kind": "planned", "to_house_id": str(world.house("Linden"))}
    answer = browser("birgitta").post(f"/people/{world.id('tuva')}/move", wish)
    assert answer.status_code == 422 and "till ett annat hem" in words_of(answer)
    assert session().scalars(select(Move)).all() == []


def test_a_second_move_out_is_a_conflict(world: World, browser: Browsers) -> None:
    planned(world)
    with pytest.raises(Conflict):
        planned(world, day=DAY + timedelta(days=1))
    answer = browser("birgitta").post(
        f"/people/{world.id('tuva')}/move", moves_on="2026-04-20", kind="planned", to_house_id="0"
    )
    assert answer.status_code == 409 and 'value="2026-03-26"' in answer.text
    assert session().scalars(select(Move.moves_on)).all() == [DAY]


def test_whoever_has_moved_cannot_move_out_again(world: World) -> None:
    with pytest.raises(Conflict):
        planned(world, "johanna")


def test_only_a_manager_of_the_house_plans_and_nobody_else_knows(world: World, browser: Browsers) -> None:
    with pytest.raises(NotAllowed):
        moving_out.plan(world.viewer("sara"), world.id("tuva"), Wish("planned", DAY))
    with pytest.raises(NotAllowed):
        moving_out.plan(world.viewer("birgitta"), world.id("samir"), Wish("planned", DAY))
    move = moving_out.plan(world.viewer("birgitta"), world.id("amina"), Wish("planned", DAY)).id
    page = f"/people/{world.id('amina')}/move"
    assert browser("sara").get(page).status_code == 200  # her contact
    assert browser("sara").post(page, moves_on="2026-05-01", kind="planned", to_house_id="0").status_code == 403
    for who in ("tuva", "jonna", "petra", "amina"):
        assert browser(who).get(page).status_code == 404, who
    with pytest.raises(NotFound):
        moves.move_for(world.viewer("tuva"), move)


def test_another_day_and_calling_it_off(world: World) -> None:
    move = planned(world)
    later = DAY + timedelta(days=5)
    changed = moving_out.change_day(world.viewer("birgitta"), move.id, Wish("planned", later), version=1)
    assert world.viewer("tuva").moves_on == later
    with pytest.raises(Conflict):
        moving_out.change_day(world.viewer("birgitta"), move.id, Wish("planned", DAY), version=1)
    moving_out.cancel(world.viewer("birgitta"), move.id, version=changed.version)
    assert world.viewer("tuva").moves_on is None
    moving_out.cancel(world.viewer("birgitta"), move.id, version=2)  # a second time changes nothing
    with clock.at(clock.start_of(later)):
        assert world.viewer("tuva").kind == "resident"
    assert planned(world).id != move.id


def test_called_off_twice_or_changed_after_that_is_told_what_holds_now(world: World, browser: Browsers) -> None:
    version = str(planned(world).version)
    birgitta, path = browser("birgitta"), f"/people/{world.id('tuva')}/move"
    assert birgitta.post(f"{path}/cancel", {"version": version}).status_code == 303
    wish = {"moves_on": DAY.isoformat(), "kind": "planned", "to_house_id": "0", "version": version}
    for late, said in (("cancel", {"version": version}), ("change", wish)):
        answer = birgitta.post(f"{path}/{late}", said)
        assert answer.status_code == 409
        assert "Titta på vad som gäller nu" in words_of(answer)
        assert 'name="moves_on"' in answer.text


def test_a_contact_ends_with_the_day_or_stays_if_she_wants(world: World) -> None:
    planned(world, "amina")
    with a_moment_before(DAY):
        assert world.id("amina") in world.viewer("sara").key_worker_of
    with at_midnight(DAY):
        assert world.id("amina") not in world.viewer("sara").key_worker_of
    own_move.keep_contact(world.viewer("amina"), True)
    with at_midnight(DAY):
        jobs.run_due(JOBS)
        assert world.id("amina") in world.viewer("sara").key_worker_of
    assert session().scalar(select(Duty.to_on).where(Duty.resident_id == world.id("amina"))) is None


def test_the_day_is_done_once(world: World) -> None:
    move = planned(world)
    with at_midnight(DAY):
        assert jobs.run_due(moving_out.JOBS) == 1
        done = session().get_one(Move, move.id, populate_existing=True).done_at
        assert done == clock.now()
    with clock.at(clock.start_of(DAY) + timedelta(hours=1)):
        assert jobs.run_due(moving_out.JOBS) == 0 and moving_out.move_out(move.id) is False
        assert session().get_one(Move, move.id, populate_existing=True).done_at == done
    lines = session().scalars(select(AuditLine.act).where(AuditLine.act.like("move.%")).order_by(AuditLine.n))
    assert list(lines) == ["move.planned", "move.done"]


def test_a_sudden_move_may_be_today_and_announces_nothing(world: World) -> None:
    move = planned(world, day=TODAY, kind="sudden")
    assert move.done_at is not None and move.farewell_id is None
    assert world.viewer("tuva").kind == "alumnus"


def test_whoever_has_planned_it_is_led_on_also_where_it_happened_at_once(world: World, browser: Browsers) -> None:
    wish = {"moves_on": TODAY.isoformat(), "kind": "sudden", "to_house_id": str(world.house("Linden"))}
    birgitta = browser("birgitta")
    answer = birgitta.post(f"/people/{world.id('vera')}/move", wish)
    assert answer.status_code == 303 and answer.location.endswith("/adult")  # next she says who is there
    assert birgitta.get(answer.location).status_code == 200
    assert world.viewer("vera").house_id == world.house("Linden")


def test_a_move_to_another_of_our_houses(world: World) -> None:
    planned(world, kind="other_home", to_house_id=world.house("Linden"))
    with at_midnight(DAY):
        tuva = world.viewer("tuva")
        assert (tuva.kind, tuva.house_id) == ("resident", world.house("Linden"))
        assert [one.house_id for one in tuva.past] == [world.house("Solgläntan")]
    with pytest.raises(Invalid):
        planned(world, "ivan", kind="other_home", to_house_id=world.house("Solgläntan"))


def test_a_child_who_moves_gets_no_places_of_adults(world: World, browser: Browsers) -> None:
    planned(world, "vera")
    planned(world, "tuva")
    with at_midnight(DAY):
        assert browser("vera").get("/c/utflyttat").status_code == 404
        assert browser("tuva").get("/c/utflyttat").status_code == 200
        assert browser("vera").get("/c/solglantan").status_code == 200  # the past of her old house


def test_a_farewell_is_hers_thirty_days_longer(world: World, make: Make, browser: Browsers) -> None:
    planned(world)
    tuva = world.viewer("tuva")
    stream = own_move.begin_farewell(tuva, "house", Said("Hej då", "farewell-1")).stream_id
    again = own_move.begin_farewell(world.viewer("tuva"), "house", Said("Hej då", "farewell-1"))
    assert again.stream_id == stream
    with pytest.raises(Conflict):
        own_move.begin_farewell(world.viewer("tuva"), "all", Said("Hej då igen", "farewell-2"))
    over = DAY + timedelta(days=30)
    with clock.at(clock.start_of(DAY) + timedelta(days=2)):
        jobs.run_due(moving_out.JOBS)
        make.reply("amina", stream, "we miss you already")
        assert "we miss you already" in browser("tuva").get(f"/t/{stream}").text
        assert "Amina" in words_of(browser("tuva").get("/notifications"))  # of her farewell she is told
        assert make.reply("tuva", stream, "thank you").state == "published"
        with pytest.raises(NotAllowed):
            make.reply("tuva", world.stream("house").id, "elsewhere in the house")
    with a_moment_before(over):
        assert make.reply("tuva", stream, "a last word").state == "published"
    with at_midnight(over):
        with pytest.raises(NotAllowed):
            make.reply("tuva", stream, "too late")
        assert jobs.run_due(moving_out.JOBS) == 1 and jobs.run_due(moving_out.JOBS) == 0
        told = {"stream": stream, "members": [world.id("tuva")]}  # her open pages come in anew
        wanted = select(Announcement.ids).where(Announcement.event == "stream:members")
        assert told in session().scalars(wanted).all()
        make.reply("amina", stream, "a canary of later")
        assert "Amina" not in words_of(browser("tuva").get("/notifications"))
        page = browser("tuva").get(f"/t/{stream}")
        assert "a last word" in page.text and "a canary of later" not in page.text
        assert f"what was written here before {over:%-d %B %Y}" in page.text


def test_nothing_is_told_to_anybody_without_her_yes(world: World, browser: Browsers) -> None:
    before = len(session().scalars(select(Move.farewell_id)).all())
    planned(world)
    with at_midnight(DAY):
        jobs.run_due(moving_out.JOBS)
        assert browser("amina").get("/notifications").text.count("Tuva") == 0
    assert before == 0 and session().scalar(select(Move.farewell_id)) is None


def test_on_the_day_she_is_asked_what_stands_by_her_name(world: World, browser: Browsers) -> None:
    planned(world)
    planned(world, "amina")  # 17
    with at_midnight(DAY):
        jobs.run_due(moving_out.JOBS)
        tuva = browser("tuva")
        assert "What should it say by your name?" in tuva.get("/").text
        assert 'href="/me/move"' in tuva.get("/me").text  # she can still say goodbye
        assert "What should it say by your name?" not in browser("amina").get("/").text
        assert "Vad ska stå vid ditt namn?" not in browser("amina").get("/").text
        assert tuva.post("/me/move/name", year="yes").status_code == 303
        assert "moved 2026" in words_of(tuva.get(f"/people/{world.id('tuva')}"))
        assert "What should it say by your name?" not in tuva.get("/").text
        assert browser("amina").post("/me/move/name", year="yes").status_code == 403


def test_my_move_says_what_happens_on_the_day(world: World, browser: Browsers) -> None:
    assert browser("tuva").get("/me/move").status_code == 303
    planned(world)
    said = words_of(browser("tuva").get("/me/move"))
    day = "Thursday 26 March 2026, in 12 days"
    for words in (day, "has lived here", "Moved out opens for you", "stays yours to read"):
        assert words in said, words
    planned(world, "vera")
    assert "Utflyttat" not in words_of(browser("vera").get("/me/move")).split("Vad händer")[-1]


def test_moving_in_again_makes_the_house_hers_again(world: World, make: Make) -> None:
    planned(world)
    back = DAY + timedelta(days=400)
    with at_midnight(DAY):
        jobs.run_due(moving_out.JOBS)
    with clock.at(clock.start_of(DAY) + timedelta(days=3)):
        while_away = make.thread("amina", "solglantan", "while she was away").id
    with a_moment_before(back):
        moving_in.move_in(world.viewer("birgitta"), world.id("tuva"), back)
        with pytest.raises(Conflict):
            moving_in.move_in(world.viewer("birgitta"), world.id("tuva"), back)
        assert world.viewer("tuva").kind == "alumnus"
    with at_midnight(back):
        assert world.viewer("tuva").kind == "resident" and world.viewer("tuva").past == ()
        assert forum.reply(world.viewer("tuva"), while_away, Said("I am back", "back-1")).state == "published"
        with pytest.raises(Invalid):
            planned(world, day=back)
        planned(world, day=back + timedelta(days=9))
    with pytest.raises(NotAllowed):
        moving_in.move_in(world.viewer("sara"), world.id("johanna"), back)
