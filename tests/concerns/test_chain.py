"""The chain: who is told when, that it goes on until somebody has come, and that nothing stops or doubles it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from community.concerns import actions, calls, handling
from community.concerns.actions import Wish
from community.concerns.models import Call, Concern, ConcernStep
from community.core import clock
from community.core.db import session, transaction
from community.core.errors import Conflict
from tests.concerns.conftest import House
from tests.world import NOW


def test_urgent_tells_whoever_works_at_once_then_the_others_and_then_all_again(night: House) -> None:
    concern = night.ask("tuva")
    assert night.told(concern) == ["sara"]
    for minutes, told in (
        (9.9, ["sara"]),
        (10, ["sara", "petra"]),
        (15, ["sara", "petra", "jonna"]),
        (20, ["sara", "petra", "jonna", "birgitta"]),
        (29, ["sara", "petra", "jonna", "birgitta"]),
        (30, ["sara", "petra", "jonna", "birgitta", "sara"]),
        (40, ["sara", "petra", "jonna", "birgitta", "sara", "petra"]),
    ):
        with night.at(minutes):
            assert night.told(concern) == told, minutes


def test_a_second_round_of_the_clockwork_changes_nothing(night: House) -> None:
    night.phone("sara")
    night.ask("tuva")
    with night.at(12):
        before = session().scalar(select(func.count()).select_from(Call))
        assert night.go_round() == 0
        assert session().scalar(select(func.count()).select_from(Call)) == before
    assert len(night.sent("sms")) == 1 and len(night.sent("voice")) == 1


def test_the_calm_door_goes_to_whoever_works_and_the_back_up_and_no_further(night: House) -> None:
    for name in ("sara", "petra"):
        night.phone(name)
    concern = night.ask("tuva", "talk")
    for minutes in (10, 200, 600):
        with night.at(minutes):
            assert night.told(concern) == ["sara", "petra"]
    assert night.told(concern, "voice") == [] and night.told(concern, "sms") == ["petra"]


@pytest.mark.parametrize("severity", ["talk", "urgent"])
def test_with_nobody_on_the_rota_somebody_is_told_all_the_same(severity: str, house: House) -> None:
    house.lead("jonna")
    assert "jonna" in house.told(house.ask("tuva", severity))


def test_an_empty_link_is_not_waited_for(house: House) -> None:
    house.make.shift("birgitta", None, -4, 8, role="on_call")
    assert house.told(house.ask("tuva")) == ["birgitta"]


def test_whoever_comes_to_work_meanwhile_is_told_too(night: House) -> None:
    concern = night.ask("tuva", "talk")
    night.make.shift("jonna", None, 1, 9)
    with night.at(11):
        assert night.told(concern) == ["sara", "petra"]
    with night.at(61):
        assert night.told(concern) == ["sara", "petra", "jonna"]


def test_i_cant_goes_to_the_next_one_at_once(night: House) -> None:
    concern = night.ask("tuva")
    handling.cannot(night.world.viewer("sara"), concern)
    assert set(night.told(concern)) == {"sara", "petra"}


def test_taken_stops_it_and_silence_starts_it_again_from_the_back_up(night: House) -> None:
    concern = night.ask("tuva")
    handling.take(night.world.viewer("sara"), concern, "come", 5)
    with night.at(4.9):
        assert night.told(concern) == ["sara"] and night.concern(concern).state == "taken"
    with night.at(5):
        assert night.told(concern) == ["sara", "petra"], "from her back-up on, not from herself"
        assert night.concern(concern).state == "open"
    with night.at(15):
        assert night.told(concern) == ["sara", "petra", "jonna"]


@pytest.mark.parametrize(("severity", "minutes"), [("talk", 15), ("urgent", 5)])
def test_a_step_winds_the_clock_up_again(severity: str, minutes: int, night: House) -> None:
    concern, sara = night.ask("tuva", severity), night.world.viewer("sara")
    handling.take(sara, concern, "write")
    with night.at(minutes - 1):
        handling.log(sara, concern, "tried")
    with night.at(2 * minutes - 2):
        assert night.concern(concern).state == "taken"
    with night.at(2 * minutes - 1):
        assert night.concern(concern).state == "open"


def test_two_who_take_it_at_once_are_one(night: House) -> None:
    concern = night.ask("tuva")
    with night.at(10):
        handling.take(night.world.viewer("sara"), concern, "come", 5)
        handling.take(night.world.viewer("sara"), concern, "come", 5)
        with pytest.raises(Conflict):
            handling.take(night.world.viewer("petra"), concern, "call")
    taken = select(func.count()).select_from(ConcernStep).where(ConcernStep.what == "taken")
    assert session().scalar(taken) == 1


def test_handed_over_it_stays_with_whoever_has_it_until_it_is_taken(night: House) -> None:
    concern, sara, petra = night.ask("tuva"), night.world.viewer("sara"), night.world.viewer("petra")
    handling.take(sara, concern, "write")
    handling.hand_over(sara, concern, petra.id)
    assert set(night.told(concern)) == {"sara", "petra"} and night.concern(concern).taken_by == sara.id
    handling.take(petra, concern, "call")
    assert night.concern(concern).taken_by == petra.id


def test_pressed_twice_it_is_one(night: House) -> None:
    tuva = night.world.viewer("tuva")
    ids = {actions.ask(tuva, Wish("urgent"), "the same press") for _ in range(3)}
    assert len(ids) == 1 and night.told(ids.pop()) == ["sara"]


def test_it_is_never_limited_and_many_are_one_list(night: House) -> None:
    ids = [night.ask("tuva", "urgent", f"nr {number}") for number in range(40)]
    assert len(set(ids)) == 30
    more = select(func.count()).select_from(ConcernStep).where(ConcernStep.what == "more")
    assert session().scalar(more) == 10


def test_killed_before_the_commit_nothing_is_there_and_after_it_everything(night: House) -> None:
    """The row, its first step and its first calls are one transaction; what is due later is found again by itself."""
    with pytest.raises(RuntimeError, match="killed"), transaction():
        night.ask("tuva")
        raise RuntimeError("killed")
    for table in (Concern, ConcernStep, Call):
        assert session().scalar(select(func.count()).select_from(table)) == 0
    concern = night.ask("tuva")
    assert night.told(concern) == ["sara"]
    with clock.at(NOW + timedelta(minutes=10)):
        with pytest.raises(RuntimeError, match="killed"), transaction():
            calls.advance(concern)
            raise RuntimeError("killed")
        assert night.told(concern) == ["sara"]
    with night.at(10):
        assert night.told(concern) == ["sara", "petra"]


def test_a_server_that_stood_still_leaves_nobody_out(night: House) -> None:
    concern = night.ask("tuva")
    with night.at(55):
        assert set(night.told(concern)) == {"sara", "petra", "jonna", "birgitta"}
