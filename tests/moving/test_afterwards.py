"""After a move: being asked how it goes, a farewell after all, letters to open, a welcome, and who is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from community.core import clock, jobs
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Invalid, NotFound
from community.home import notice_letters
from community.inbox import queries as inbox
from community.lifecycle import own_cards
from community.members.models import MembershipPeriod, SignInSession
from community.moving import check_ins, prepared, preparing
from community.moving.models import Move
from community.moving.prepared_models import CheckIn
from community.notices import queries as notices
from community.notices.models import Notice, NoticeSettings, OwnCard
from tests.client import Browser
from tests.counting import counted
from tests.inbox.saying import texts
from tests.make import Make
from tests.moving.preparing import cards, day_comes, has_moved, letter, on_her_way
from tests.world import NOW, World

MOVED_ON = date(2026, 3, 14)


def _night_and_day() -> int:
    """The jobs of this room, as they are due at this moment."""
    return jobs.run_due(check_ins.JOBS)


def _on(day: date, hour: int = 11) -> Any:
    return clock.at(clock.start_of(day).astimezone(UTC) + timedelta(hours=hour))


def _asked(world: World, who: str) -> list[OwnCard]:
    """Her cards but the welcome."""
    return [card for card in cards(world, who) if card.kind != "welcome"]


def _kinds(world: World, who: str) -> list[str]:
    return [card.kind for card in _asked(world, who)]


@pytest.mark.parametrize(
    ("moved_on", "days"),
    [
        (date(2026, 3, 14), ["2026-03-21", "2026-04-14", "2026-06-14", "2026-09-14", "2027-03-14"]),
        (date(2026, 8, 31), ["2026-09-07", "2026-09-30", "2026-11-30", "2027-02-28", "2027-08-31"]),
        (date(2028, 2, 29), ["2028-03-07", "2028-03-29", "2028-05-29", "2028-08-29", "2029-02-28"]),
    ],
)
def test_the_days_are_a_week_and_whole_months_after(moved_on: date, days: list[str]) -> None:
    assert [check_ins.due_on(moved_on, step).isoformat() for step in check_ins.STEPS] == days


def test_she_is_asked_five_times_in_a_year_over_both_changes_of_the_clock(world: World) -> None:
    has_moved(world, "samir")
    asked: dict[str, str] = {}
    near = (check_ins.due_on(MOVED_ON, step) for step in check_ins.STEPS)
    for day in (one + timedelta(days=number) for one in near for number in (-1, 0, 1)):
        with _on(day):
            _night_and_day()
            for card in cards(world, "samir"):
                if card.kind == "check_in":
                    asked.setdefault(card.what, day.isoformat())
    assert asked == {
        "week": "2026-03-21",
        "month": "2026-04-14",
        "months_3": "2026-06-14",
        "months_6": "2026-09-14",
        "year": "2027-03-14",
    }


def test_nobody_is_asked_before_ten_in_the_morning(world: World) -> None:
    has_moved(world, "samir", 7)
    with clock.at(datetime(2026, 3, 14, 8, 59, tzinfo=UTC)):  # 9.59 at home
        _night_and_day()
        assert _kinds(world, "samir") == []
    with clock.at(datetime(2026, 3, 14, 9, 0, tzinfo=UTC)):
        _night_and_day()
        assert _kinds(world, "samir") == ["check_in"]


def test_twice_is_once(world: World) -> None:
    has_moved(world, "samir", 7)
    assert _night_and_day() == 2
    assert _night_and_day() == 0
    check_ins._ask(jobs.Due("again", NOW))
    assert session().scalar(select(func.count()).select_from(CheckIn)) == 1
    assert len(_asked(world, "samir")) == 1


def test_what_was_missed_long_ago_is_not_asked(world: World) -> None:
    has_moved(world, "samir", 25)
    _night_and_day()
    assert _kinds(world, "samir") == []


def test_who_lives_in_a_house_again_is_not_asked_and_an_open_question_goes(world: World) -> None:
    move_id = has_moved(world, "samir", 7)
    _night_and_day()
    assert _kinds(world, "samir") == ["check_in"]
    with _on(MOVED_ON + timedelta(days=1)):
        with transaction() as s:
            hers = (MembershipPeriod.member_id == world.id("samir")) & MembershipPeriod.to_on.is_(None)
            s.execute(update(MembershipPeriod).where(hers).values(to_on=clock.today()))
            again = {"member_id": world.id("samir"), "kind": "resident", "house_id": world.house("Solgläntan")}
            s.add(MembershipPeriod(**again, from_on=clock.today()))
            s.flush()
        _night_and_day()
        assert _kinds(world, "samir") == [] and move_id
    with _on(MOVED_ON + timedelta(days=24)):
        _night_and_day()
        assert _kinds(world, "samir") == []


def test_she_can_say_that_she_is_not_to_be_asked(world: World, browser: Callable[..., Browser]) -> None:
    move_id = has_moved(world, "samir", 7)
    assert browser("samir").post("/me/move/wishes", {"asks": "no"}).status_code == 303
    _night_and_day()
    assert _kinds(world, "samir") == [] and move_id


def test_fine_and_not_now_reach_nobody(world: World) -> None:
    for who in ("samir", "tuva"):
        has_moved(world, who, 7)
    before = session().scalar(select(func.count()).select_from(AuditLine))
    _night_and_day()
    for who, do in (("samir", "fine"), ("tuva", "no")):
        (card,) = _asked(world, who)
        assert own_cards.answer(world.viewer(who), card.id, do) is False
        assert _kinds(world, who) == []
        assert inbox.own_for(world.viewer(who)) is None
    assert session().scalar(select(func.count()).select_from(AuditLine)) == before


def test_a_call_is_her_message_to_the_team_and_waits_there(world: World) -> None:
    has_moved(world, "samir", 7)
    _night_and_day()
    (card,) = _asked(world, "samir")
    for _twice in range(2):
        assert own_cards.answer(world.viewer("samir"), card.id, "call") is True
    found = inbox.own_for(world.viewer("samir"))
    assert found is not None and found.inbox.waits_since == NOW
    assert texts(world, "petra", found.stream.id) == ["Jag vill bli uppringd."]
    assert [row.answer for row in session().scalars(select(CheckIn))] == ["call"]


def test_no_answer_is_an_answer(world: World) -> None:
    has_moved(world, "samir", 7)
    _night_and_day()
    before = session().scalar(select(func.count()).select_from(AuditLine))
    for number in range(1, 20):
        with _on(MOVED_ON + timedelta(days=number)):
            _night_and_day()
    assert session().scalar(select(func.count()).select_from(AuditLine)) == before
    assert inbox.own_for(world.viewer("samir")) is None
    assert session().scalars(select(Notice).where(Notice.at > NOW)).all() == []


def test_the_card_is_hers_alone(world: World, browser: Callable[..., Browser]) -> None:
    has_moved(world, "samir", 7)
    samir, count = browser("samir"), "/notifications/count"
    before = samir.get(count).get_json()["count"]
    _night_and_day()
    (card,) = _asked(world, "samir")
    for who in ("petra", "birgitta", "vera"):
        assert "Jag vill bli uppringd" not in browser(who).get("/").text
        assert browser(who).post(f"/cards/{card.id}", {"do": "call"}).status_code == 404
    for path in ("/", "/notifications"):
        assert f'id="card-{card.id}"' in samir.get(path).text
    assert samir.get(count).get_json()["count"] == before + 1
    assert samir.post(f"/cards/{card.id}", {"do": "dance"}).status_code == 422
    assert samir.post(f"/cards/{card.id}", {"do": "call"}).location == "/inbox"
    assert f'id="card-{card.id}"' not in samir.get("/").text
    assert samir.get(count).get_json()["count"] == before


def test_a_question_goes_by_itself_after_a_month(world: World) -> None:
    has_moved(world, "samir", 365)
    _night_and_day()
    assert _kinds(world, "samir") == ["check_in"]
    with _on(MOVED_ON + timedelta(days=31)):
        _night_and_day()
        assert _kinds(world, "samir") == []


def test_it_is_in_a_letter_only_after_a_yes_to_letters(world: World) -> None:
    has_moved(world, "samir", 7)
    has_moved(world, "tuva", 7)
    with transaction() as s:
        s.add(NoticeSettings(member_id=world.id("samir"), letters=True, quiet=None))
        s.flush()
    _night_and_day()
    due = [one.what for one in notice_letters.letters_due(clock.now())]
    assert due == [str(world.id("samir"))]


def test_home_and_the_list_with_a_card_ask_no_more_than_twelve_times(
    world: World, browser: Callable[..., Browser], rolled_back: Any
) -> None:
    has_moved(world, "samir", 7)
    _night_and_day()
    samir = browser("samir")
    for path in ("/", "/notifications"):
        samir.get(path)
        with counted(rolled_back) as asked:
            assert "own-card" in samir.get(path).text
        assert len(asked) <= 12


# Sudden moves.


def test_a_week_after_a_sudden_move_she_is_asked_once_about_a_farewell(world: World) -> None:
    has_moved(world, "samir", 6, "sudden")
    has_moved(world, "tuva", 7)
    _night_and_day()
    assert "farewell" not in _kinds(world, "samir") + _kinds(world, "tuva")
    with _on(MOVED_ON + timedelta(days=1)):
        _night_and_day()
        (card,) = [one for one in cards(world, "samir") if one.kind == "farewell"]
        own_cards.answer(world.viewer("samir"), card.id, "no")
        assert inbox.own_for(world.viewer("samir")) is None
    with _on(MOVED_ON + timedelta(days=2)):
        _night_and_day()
        assert "farewell" not in _kinds(world, "samir")


def test_a_yes_to_a_farewell_is_her_message_to_the_team(world: World) -> None:
    has_moved(world, "samir", 7, "sudden")
    _night_and_day()
    (card,) = [one for one in cards(world, "samir") if one.kind == "farewell"]
    own_cards.answer(world.viewer("samir"), card.id, "yes")
    assert inbox.own_for(world.viewer("samir")) is not None


def test_nobody_writes_letters_for_a_sudden_move(world: World, browser: Callable[..., Browser]) -> None:
    on_her_way(world, "samir", 1, "sudden", letters=False)
    assert 'name="letters"' not in browser("samir").get("/me/move").text


def test_one_named_adult_is_there_for_thirty_days(world: World, browser: Callable[..., Browser], make: Make) -> None:
    move_id = on_her_way(world, "amina", 0, "sudden", letters=False)
    for who in ("sara", "jonna", "petra", "vera", "johanna"):
        assert browser(who).get(f"/moves/{move_id}/adult").status_code == 404
    birgitta = browser("birgitta")
    assert birgitta.get(f"/moves/{move_id}/adult").status_code == 200
    assert birgitta.post(f"/moves/{move_id}/adult", {"adult_id": world.id("petra")}).status_code == 422
    assert birgitta.post(f"/moves/{move_id}/adult", {"adult_id": world.id("sara")}).status_code == 303
    day_comes(move_id)
    assert "Sara" in browser("amina").get("/me/move").text
    for days, there in ((30, True), (31, False)):
        with _on(MOVED_ON + timedelta(days=days)):
            assert (prepared.adult_for(world.viewer("amina")) is not None) is there
    make.excluded("amina", "sara", "separation")
    assert prepared.adult_for(world.viewer("amina")) is None


def test_of_a_planned_move_nobody_is_named(world: World) -> None:
    move_id = on_her_way(world, "amina", letters=False)
    with pytest.raises(NotFound):
        preparing.name_adult(world.viewer("birgitta"), move_id, world.id("sara"))


def test_nobody_is_named_whom_she_has_blocked(world: World, make: Make) -> None:
    move_id = on_her_way(world, "amina", 0, "sudden", letters=False)
    make.excluded("amina", "sara")
    assert world.id("sara") not in {
        one.id for one in prepared.adult_desk_for(world.viewer("birgitta"), move_id).choices
    }
    with pytest.raises(Invalid):
        preparing.name_adult(world.viewer("birgitta"), move_id, world.id("sara"))


# Letters to open, and silence.


def test_on_the_day_a_card_says_that_there_are_letters(world: World) -> None:
    move_id = on_her_way(world, "samir")
    letter(world, "petra", "samir")
    _night_and_day()
    assert _kinds(world, "samir") == []
    with _on(MOVED_ON + timedelta(days=12), hour=1):
        day_comes(move_id)
        _night_and_day()
        assert _kinds(world, "samir") == ["letters"]


def _seen(world: World, who: str, at: datetime) -> None:
    with transaction() as s:
        s.execute(update(SignInSession).where(SignInSession.member_id == world.id(who)).values(last_seen_at=at))


def test_after_a_long_silence_one_card_once_and_nobody_else_is_told(
    world: World, browser: Callable[..., Browser], heard: list[Any]
) -> None:
    samir = browser("samir")
    _seen(world, "samir", NOW)
    with clock.at(NOW + timedelta(days=91)):
        _night_and_day()
        (card,) = cards(world, "samir")
        assert card.kind == "welcome" and notices.unread_for(world.viewer("samir"), []).count == 0
        heard.clear()
        assert "own-card" in samir.get("/").text
        _seen(world, "samir", clock.now())
        assert [event for _room, event, _ids in heard] == []
    for days in (92, 93):
        with clock.at(NOW + timedelta(days=days)):
            assert "own-card" in samir.get("/").text
            _seen(world, "samir", clock.now())
            _night_and_day()
    with clock.at(NOW + timedelta(days=93)):
        assert cards(world, "samir") == []
        assert "own-card" not in samir.get("/").text


def test_a_welcome_is_closed_by_one_press(world: World, browser: Callable[..., Browser]) -> None:
    samir = browser("samir")
    _seen(world, "samir", NOW)
    with clock.at(NOW + timedelta(days=91)):
        _night_and_day()
        (card,) = cards(world, "samir")
        assert samir.post(f"/cards/{card.id}", {"do": "no"}).status_code == 303
        _seen(world, "samir", clock.now())
        check_ins._tidy(jobs.Due("again", clock.now()))
        assert cards(world, "samir") == []


def test_who_was_here_lately_and_who_works_here_gets_none(world: World) -> None:
    _night_and_day()
    assert cards(world, "tuva") == []  # she has read something
    with clock.at(NOW + timedelta(days=91)):
        _night_and_day()
        for who in ("sara", "petra", "birgitta", "jonna"):
            assert cards(world, who) == []
    rows = select(OwnCard).where(OwnCard.kind == "welcome")
    assert {row.about_id for row in session().scalars(rows)}
    assert session().scalar(select(func.count()).select_from(Move)) == 0
