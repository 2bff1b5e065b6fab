"""House managers make, change, repeat and take off shifts; what cannot be is said by its field and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.members.models import MembershipPeriod
from community.rota import actions, queries
from community.rota.actions import Wish, at_home
from community.rota.models import Shift
from tests.client import Browser, field_in, words_of
from tests.digest import digest
from tests.make import Make
from tests.world import NOW, World

Browsers = Callable[..., Browser]
MONDAY = date(2026, 3, 16)


def wall(day: int, hour: int, month: int = 3, year: int = 2026) -> datetime:
    return at_home(datetime(year, month, day, hour))


def wish(world: World, who: str = "sara", house: str | None = "Solgläntan", **more: Any) -> Wish:
    given = {"role": "staff", "starts_at": wall(16, 14), "ends_at": wall(16, 22), **more}
    return Wish(world.id(who), world.house(house) if house else None, **given)


def sent(world: World, **more: Any) -> dict[str, Any]:
    given = {"member_id": world.id("sara"), "house_id": world.house("Solgläntan"), "role": "staff"}
    times = {"starts_at": "2026-03-16T14:00", "ends_at": "2026-03-16T22:00"}
    return {**given, **times, "back_up_id": 0, "version": 0, **more}


def refused_by(world: World, made: Wish) -> str | None:
    with pytest.raises(Invalid) as refused:
        actions.make_shift(world.viewer("birgitta"), made)
    return refused.value.field


def acts() -> list[tuple[str, dict[str, Any]]]:
    lines = session().scalars(select(AuditLine).where(AuditLine.act.like("shift.%")).order_by(AuditLine.n))
    return [(line.act, line.facts) for line in lines]


def test_a_manager_puts_somebody_on_the_rota(world: World, browser: Browsers) -> None:
    birgitta = browser("birgitta")
    answer = birgitta.post("/rota/new", sent(world, back_up_id=world.id("birgitta")))
    assert answer.status_code == 303
    page = words_of(birgitta.get(answer.location.split("#")[0]))
    assert "14:00–22:00 Sara" in page and "reserv: Birgitta" in page and "Sparat." in page
    shift = session().scalars(select(Shift)).one()
    assert (shift.starts_at, shift.ends_at) == (wall(16, 14), wall(16, 22))
    (line,) = acts()
    assert line[0] == "shift.make" and line[1]["after"]["member"] == world.id("sara")


def test_what_cannot_be_is_refused_by_its_field(world: World, make: Make) -> None:
    make.shift("petra", "Linden", 40, 48)
    starts = NOW + timedelta(hours=41)
    twice = wish(world, "petra", None, starts_at=starts, ends_at=starts + timedelta(hours=1))
    wrong = {
        "the end before the start": (wish(world, ends_at=wall(16, 13)), "ends_at"),
        "no time at all": (wish(world, ends_at=wall(16, 14)), "ends_at"),
        "in the past": (wish(world, starts_at=NOW - timedelta(minutes=16)), "starts_at"),
        "all of it in the past": (wish(world, starts_at=NOW - 9 * timedelta(hours=1), ends_at=NOW), "starts_at"),
        "years ahead": (wish(world, starts_at=wall(16, 14, 3, 2028), ends_at=wall(16, 22, 3, 2028)), "starts_at"),
        "four days long": (wish(world, ends_at=wall(20, 22)), "ends_at"),
        "somebody of another house": (wish(world, "petra"), "member_id"),
        "somebody who lives here": (wish(world, "tuva", None), "member_id"),
        "somebody who left": (wish(world, "gun"), "member_id"),
        "nobody": (replace(wish(world), member_id=4711), "member_id"),
        "no host": (wish(world, role="host"), "role"),
        "no role": (wish(world, role="cook"), "role"),
        "twice at once": (twice, "starts_at"),
        "her own back-up": (wish(world, back_up_id=world.id("sara")), "back_up_id"),
        "a back-up who lives here": (wish(world, back_up_id=world.id("tuva")), "back_up_id"),
    }  # fmt: skip
    assert {what: refused_by(world, made) for what, (made, _field) in wrong.items()} == {
        what: field for what, (_made, field) in wrong.items()
    }
    assert acts() == []


def test_a_shift_right_after_another_and_one_just_begun_are_fine(world: World) -> None:
    birgitta = world.viewer("birgitta")
    actions.make_shift(birgitta, wish(world))
    actions.make_shift(birgitta, wish(world, starts_at=wall(16, 22), ends_at=wall(17, 7)))
    actions.make_shift(birgitta, wish(world, "jonna", "Linden", role="host", starts_at=NOW - timedelta(minutes=10),
                                      ends_at=NOW + timedelta(hours=4)))  # fmt: skip
    assert session().query(Shift).count() == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [("ends_at", "2026-03-16T13:00"), ("starts_at", "soon"), ("starts_at", "0001-01-01T00:00"), ("starts_at", "")],
)
def test_the_page_says_it_by_the_field_and_keeps_what_was_typed(
    field: str, value: str, world: World, browser: Browsers, rolled_back: Any
) -> None:
    birgitta, before = browser("birgitta"), digest(rolled_back)
    answer = birgitta.post("/rota/new", sent(world, **{field: value}))
    assert answer.status_code == 422 and f'id="{field}-err"' in answer.text
    assert field_in(answer, field) == value
    assert f'<option selected value="{world.id("sara")}">' in answer.text
    assert digest(rolled_back) == before


@pytest.mark.parametrize("name", ["sara", "jonna", "tuva", "johanna", "mira"])
def test_nobody_else_changes_the_rota(name: str, world: World, make: Make, browser: Browsers) -> None:
    viewer, shift = world.viewer(name), make.shift("sara", "Solgläntan", 1, 9)
    tries: list[Callable[[], object]] = [
        lambda: actions.make_shift(viewer, wish(world)),
        lambda: actions.change_shift(viewer, shift.id, wish(world), version=1),
        lambda: actions.take_off(viewer, shift.id),
        lambda: actions.repeat_week(viewer, world.house("Solgläntan"), MONDAY),
    ]
    for one in tries:
        with pytest.raises(NotAllowed):
            one()
    page = browser(name).get("/rota")
    assert page.status_code == (200 if viewer.is_staff else 403)
    assert "/rota/new" not in page.text and f"/rota/shifts/{shift.id}" not in page.text
    assert ("/rota" in browser(name).get("/me").text) is viewer.is_staff


def test_a_change_keeps_what_was_in_the_chain_and_two_managers_meet(world: World, browser: Browsers) -> None:
    birgitta = world.viewer("birgitta")
    shift_id = actions.make_shift(birgitta, wish(world)).id
    changed = actions.change_shift(birgitta, shift_id, wish(world, ends_at=wall(16, 23)), version=1)
    assert changed.version == 2
    act, facts = acts()[-1]
    assert act == "shift.change"
    assert facts["after"]["to"] - facts["before"]["to"] == 3600
    with pytest.raises(Conflict):
        actions.change_shift(birgitta, shift_id, wish(world, ends_at=wall(16, 21)), version=1)
    answer = browser("birgitta").post(f"/rota/shifts/{shift_id}", sent(world, ends_at="2026-03-16T21:00", version=1))
    assert answer.status_code == 409
    assert field_in(answer, "ends_at") == "2026-03-16T21:00" and field_in(answer, "version") == "2"
    assert "Sara, mån 16 mars 14:00 – 23:00" in words_of(answer)
    assert len(acts()) == 2


def test_who_was_there_is_not_changed_afterwards(world: World, make: Make) -> None:
    birgitta = world.viewer("birgitta")
    running = make.shift("sara", "Solgläntan", -2, 4)
    is_now = actions.wish_of(running)
    rewritten = ({"member_id": world.id("birgitta")}, {"starts_at": NOW}, {"role": "on_call"}, {"house_id": None})
    for changed in (replace(is_now, **one) for one in rewritten):
        with pytest.raises(Invalid):
            actions.change_shift(birgitta, running.id, changed, version=1)
    longer = replace(is_now, ends_at=NOW + timedelta(hours=5), back_up_id=world.id("birgitta"))
    assert actions.change_shift(birgitta, running.id, longer, version=1).ends_at == NOW + timedelta(hours=5)
    actions.take_off(birgitta, running.id)
    assert session().get_one(Shift, running.id).ends_at == NOW
    for act in (lambda: actions.take_off(birgitta, running.id),
                lambda: actions.change_shift(birgitta, running.id, longer, version=3)):  # fmt: skip
        with pytest.raises(Invalid):
            act()


def test_one_that_has_not_begun_goes(world: World, make: Make) -> None:
    birgitta, shift = world.viewer("birgitta"), make.shift("sara", "Solgläntan", 1, 9)
    actions.take_off(birgitta, shift.id)
    assert session().query(Shift).count() == 0 and acts()[-1][0] == "shift.take_off"
    with pytest.raises(NotFound):
        actions.take_off(birgitta, shift.id)


def test_a_week_is_repeated_in_one_press_and_a_second_changes_nothing(world: World, browser: Browsers) -> None:
    birgitta = world.viewer("birgitta")
    for one in (
        wish(world, back_up_id=world.id("jonna")),
        wish(world, "birgitta", None, role="on_call", starts_at=wall(16, 22), ends_at=wall(17, 7)),
        wish(world, "petra", "Linden"),
    ):
        actions.make_shift(birgitta, one)
    answer = browser("birgitta").post("/rota/repeat", house_id=world.house("Solgläntan"), week=MONDAY)
    assert "repeated=2" in answer.location and "left=0" in answer.location
    page = words_of(browser("birgitta").get(answer.location))
    assert "2 nya pass" in page and "mån 23 mars" in page
    assert actions.repeat_week(birgitta, world.house("Solgläntan"), MONDAY) == actions.Repeated(0, 2)
    assert session().query(Shift).filter(Shift.day >= date(2026, 3, 23)).count() == 2


@pytest.mark.parametrize(
    ("monday", "night", "hours"), [(date(2027, 3, 15), 20, 8), (date(2027, 10, 18), 23, 10)], ids=["spring", "autumn"]
)
def test_a_repeated_night_keeps_the_hours_on_the_wall(monday: date, night: int, hours: int, world: World) -> None:
    """The week after has the change of the clocks in its night to Sunday."""
    month, house = monday.month, world.house("Solgläntan")
    with clock.at(clock.start_of(monday)):
        first = wish(world, starts_at=wall(night, 22, month, 2027), ends_at=wall(night + 1, 7, month, 2027))
        actions.make_shift(world.viewer("birgitta"), first)
        actions.repeat_week(world.viewer("birgitta"), house, monday)
        later = session().scalars(select(Shift).order_by(Shift.starts_at.desc())).first()
    assert later is not None and first.ends_at - first.starts_at == timedelta(hours=9)
    assert later.ends_at - later.starts_at == timedelta(hours=hours)
    assert [clock.local(at).hour for at in (later.starts_at, later.ends_at)] == [22, 7]


def test_who_has_left_by_then_is_left_out(world: World) -> None:
    birgitta = world.viewer("birgitta")
    actions.make_shift(birgitta, wish(world))
    leaves = update(MembershipPeriod).where(MembershipPeriod.member_id == world.id("sara"))
    with transaction() as s:
        s.execute(leaves.values(to_on=date(2026, 3, 20)))
    assert actions.repeat_week(birgitta, world.house("Solgläntan"), MONDAY) == actions.Repeated(0, 1)


def test_unknown_houses_weeks_and_shifts_do_not_exist(browser: Browsers, world: World) -> None:
    birgitta = browser("birgitta")
    for path in ("/rota?house=4711", "/rota?house=x", "/rota?week=soon", "/rota?week=0001-01-01", "/rota/shifts/4711"):
        assert birgitta.get(path).status_code == 404, path
    assert birgitta.post("/rota/repeat", house_id=4711, week=MONDAY).status_code == 404


def test_whoever_may_not_act_is_no_cover_and_it_is_said(world: World, make: Make, browser: Browsers) -> None:
    house = world.house("Solgläntan")
    make.shift("sara", "Solgläntan", -1, 5)
    make.shift("petra", "Solgläntan", -1, 5)  # she works at Linden
    assert [one.name for one in queries.cover_at(house).people] == ["Sara"]
    make.sanction("sara", "suspended")
    assert queries.cover_at(house).kind == "none"
    page = browser("birgitta").get("/rota")
    assert page.text.count("Räknas inte") == 2
    assert queries.gaps_between(house, NOW, NOW + timedelta(hours=5))


def test_a_host_is_one_with_the_duty(world: World, make: Make) -> None:
    make.shift("petra", "Linden", -1, 5, role="host")
    assert queries.cover_at(world.house("Linden")).kind == "night"
    make.shift("jonna", None, -1, 5, role="host")
    for house_id in (world.house("Linden"), world.house("Solgläntan"), None):
        found = queries.cover_at(house_id)
        assert (found.kind, [one.name for one in found.people]) == ("host", ["Jonna"])


def test_the_week_says_what_nobody_covers(world: World, make: Make, browser: Browsers) -> None:
    make.shift("sara", "Solgläntan", 2, 10)  # NOW is Saturday 19:00 at home
    week = queries.week_for(world.viewer("sara"), world.house("Solgläntan"), date(2026, 3, 9))
    assert [day.gaps for day in week[:5]] == [[]] * 5, "what is over is no gap"
    assert [gap.hours for gap in week[5].gaps] == ["19:00–21:00"]
    assert [gap.hours for gap in week[6].gaps] == ["05:00–24:00"]
    page = words_of(browser("sara").get("/rota"))
    assert "lör 14 mars 19:00 – 21:00" in page and "Ingen" in page
    assert "sön 15 mars 05:00 – lör 21 mars 19:00" in page
    assert "21:00–05:00" in words_of(browser("sara").get("/rota/mine"))
    assert "Du har inga pass" in words_of(browser("petra").get("/rota/mine")) or "no shift ahead" in words_of(
        browser("petra").get("/rota/mine")
    )


def test_the_rota_is_in_utc(world: World) -> None:
    shift = actions.make_shift(world.viewer("birgitta"), wish(world))
    assert shift.starts_at == datetime(2026, 3, 16, 13, 0, tzinfo=UTC)
