"""The line "working now": a first name for those who live there, hours for those who have moved out, never a gap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from community.core import clock, db
from community.rota import actions, working
from tests.client import Browser
from tests.counting import counted
from tests.make import Make
from tests.world import NOW, World

Browsers = Callable[..., Browser]
PAGES = ("/", "/c/minnen", "/write", "/me", "/notifications", "/rules", "/people/1", "/me/settings")


def line(browser: Browser, path: str = "/") -> str | None:
    text = browser.get(path).text
    return None if 'class="working"' not in text else words_of_line(text)


def words_of_line(text: str) -> str:
    return text.split('class="working"')[1].split("<span>")[1].split("</span>")[0]


def test_who_works_is_on_every_page_by_first_name(make: Make, browser: Browsers) -> None:
    make.shift("sara", "Solgläntan", -2, 3)  # until 22 at home
    make.shift("jonna", "Linden", -2, 3.5, role="host")
    amina, tuva, samir = browser("amina"), browser("tuva"), browser("samir")
    assert {line(amina, path) for path in PAGES} == {"jobbar nu: Sara, till 22"}
    assert line(tuva) == "working now: Sara, until 22"
    assert line(samir) == "jobbar nu: Jonna, till 22:30"
    assert line(browser("birgitta")) == "jobbar nu: Sara, till 22"


def test_whoever_moved_out_is_told_hours_and_no_name(make: Make, browser: Browsers) -> None:
    make.shift("sara", "Solgläntan", -2, 3)
    make.shift("jonna", "Linden", -2, 3.5, role="host")
    assert line(browser("johanna")) == "personalen svarar till 22:30"
    assert line(browser("kim")) == "staff answer until 22:30"
    assert "Sara" not in words_of_line(browser("johanna").get("/me").text)


def test_a_gap_is_never_shown(make: Make, browser: Browsers) -> None:
    make.shift("jonna", "Linden", 1, 5, role="host")
    make.shift("birgitta", None, -2, 5, role="on_call")
    for name in ("amina", "samir", "johanna"):
        page = browser(name).get("/")
        assert 'class="working"' not in page.text
        assert "jobbar nu" not in page.text and "Luckor" not in page.text


def test_a_host_comes_before_others_and_the_line_ends_with_the_shift(make: Make, browser: Browsers) -> None:
    make.shift("petra", "Linden", -2, 5)
    make.shift("jonna", "Linden", -2, 3, role="host")
    with clock.at(NOW + timedelta(minutes=1)):
        assert line(browser("samir")) == "jobbar nu: Jonna, till 22"
    with clock.at(NOW + timedelta(hours=3)):
        assert line(browser("samir")) == "jobbar nu: Petra, till 00"


def test_it_ends_to_the_moment_although_it_is_kept(make: Make, world: World) -> None:
    make.shift("sara", "Solgläntan", -2, 1 / 360)  # ten seconds more
    viewer = world.viewer("amina")
    assert working.working_now(viewer) is not None
    with clock.at(NOW + timedelta(seconds=9)):
        assert working.working_now(viewer) is not None
    with clock.at(NOW + timedelta(seconds=10)):
        assert working.working_now(viewer) is None


def test_a_change_shows_at_once(make: Make, world: World, browser: Browsers) -> None:
    shift = make.shift("sara", "Solgläntan", -2, 3)
    amina = browser("amina")
    assert line(amina) is not None
    actions.take_off(world.viewer("birgitta"), shift.id)
    assert line(amina) is None


def test_somebody_kept_apart_is_not_named(make: Make, browser: Browsers) -> None:
    make.excluded("amina", "sara", "separation")
    make.shift("sara", "Solgläntan", -2, 5)
    assert line(browser("amina")) is None
    make.shift("birgitta", "Solgläntan", -2, 3)
    assert line(browser("amina")) == "jobbar nu: Birgitta, till 22"


def test_nobody_is_told_before_she_is_in(make: Make, browser: Browsers) -> None:
    make.shift("sara", "Solgläntan", -2, 3)
    assert line(browser(), "/login") is None
    assert line(browser("sara", second_step=False), "/me/second-step/set-up") is None


def test_it_costs_one_question_for_all_and_then_none(make: Make, browser: Browsers, rolled_back: Any) -> None:
    make.shift("sara", "Solgläntan", -2, 3)
    readers = [browser(name) for name in ("amina", "samir", "johanna")]
    working.forget()
    about: list[int] = []
    for reader in readers:
        db.remove()
        with counted(rolled_back) as asked:
            reader.get("/")
        about.append(sum("FROM shift" in statement for statement in asked))
    assert about == [1, 0, 0]
