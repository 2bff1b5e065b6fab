"""The pages of who reads first: what stands, what is changed, what is refused at its field, and who was faster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.client import Browser, field_in, fields_in, words_of
from tests.digest import digest
from tests.publishing.conftest import Change
from tests.world import World

Browsers = Callable[..., Browser]
TEEN = {"host": "hold", "night_own_house": "check", "night": "hold", "none": "hold", "version": 0}
TEEN_START = {**TEEN, "host": "check"}


def card(page: Any, slug: str) -> str:
    """What stands in the card of a row."""
    return str(page.text).split(f'id="{slug}"')[1].split("</section>")[0].split("</article>")[0]


def test_nothing_changed_says_so_and_only_who_may_change_finds_the_way(world: World, browser: Browsers) -> None:
    for who, may in (("birgitta", True), ("sara", False)):
        page = browser(who).get("/publishing")
        said = words_of(page)
        assert "Inget är ändrat här" in said and "Inget än." in said
        assert ('href="/publishing/16-17"' in page.text) == may == ('href="/publishing/figures"' in page.text)
        assert "/publishing/start" not in page.text and '/publishing/under-16"' not in page.text
        assert '"/publishing"' in browser(who).get("/me").text
    assert '"/publishing"' not in browser("tuva").get("/me").text


def test_a_changed_cell_shows_its_start_value_and_says_that_it_is_changed(
    world: World, browser: Browsers, change: Change
) -> None:
    birgitta = browser("birgitta")
    answer = birgitta.post("/publishing/16-17", {**TEEN, "reason": "Vi läser först i höst"})
    assert (answer.status_code, answer.location) == (303, "/publishing?saved=1")
    page = browser("sara").get("/publishing")
    teen = card(page, "16-17")
    assert "Ändrat här. Startvärde:" in teen and "Visas direkt, läses efteråt" in teen and "is-changed" in teen
    assert "Är det meningen?" in teen  # while somebody is awake more stands than under a host
    assert "Ändrat här" not in card(page, "adult")
    said = words_of(page)
    assert "Vi läser först i höst" in said and "Birgitta" in said
    assert "16 eller 17 · En värd jobbar" in said
    edit = birgitta.get("/publishing/16-17").text
    assert "Nu:" in edit and field_in(birgitta.get("/publishing/16-17"), "version") == "1"


def test_what_is_not_safe_is_refused_at_its_field_with_everything_kept(
    world: World, browser: Browsers, rolled_back: Any
) -> None:
    birgitta, before = browser("birgitta"), digest(rolled_back)
    wanted = {**TEEN_START, "host": "publish", "none": "check", "reason": "Det är lugnt"}
    answer = birgitta.post("/publishing/16-17", wanted)
    assert answer.status_code == 422
    page = answer.text
    for field, who in (("host", "En värd jobbar"), ("none", "Ingen jobbar")):
        told = page.split(f'id="{field}-err"')[1].split("</p>")[0]
        assert who in told and "under 18" in told
    assert 'name="host" value="publish" checked' in page and 'name="none" value="check" checked' in page
    assert fields_in(answer, "reason") == ["Det är lugnt"]
    assert 'id="night-err"' not in page
    assert digest(rolled_back) == before


@pytest.mark.parametrize(("lang", "sentence"), [("sv", "så att andra förstår"), ("en", "Say why")])
def test_without_a_reason_or_with_nonsense_it_comes_back(
    lang: str, sentence: str, world: World, browser: Browsers, rolled_back: Any
) -> None:
    birgitta = browser("birgitta")
    birgitta.post("/language", lang=lang)
    before = digest(rolled_back)
    answer = birgitta.post("/publishing/16-17", {**TEEN, "reason": " "})
    assert answer.status_code == 422 and sentence in answer.text
    assert 'name="host" value="hold" checked' in answer.text
    assert birgitta.post("/publishing/16-17", {**TEEN, "host": "whatever", "reason": "x"}).status_code == 422
    assert birgitta.post("/publishing/16-17", {**TEEN_START, "reason": "x"}).status_code == 422  # nothing differs
    assert birgitta.post("/publishing/start", {"reason": "x", "version": 0}).status_code == 422
    assert digest(rolled_back) == before


@pytest.mark.parametrize("typed", ["0", "51", "-3", "1e3", "3.5", "²", "tio", "", "9" * 40])
def test_a_figure_that_is_none_is_kept_and_told_its_bounds(
    typed: str, world: World, browser: Browsers, rolled_back: Any
) -> None:
    birgitta, before = browser("birgitta"), digest(rolled_back)
    sent = {"first_posts": typed, "young_posts": 10, "reason": "Vi provar", "version": 0}
    answer = birgitta.post("/publishing/figures", sent)
    assert answer.status_code == 422
    assert "Skriv ett tal från 1 till 50." in answer.text.split('id="first_posts-err"')[1].split("</p>")[0]
    assert fields_in(answer, "first_posts") == [typed] and fields_in(answer, "reason") == ["Vi provar"]
    assert digest(rolled_back) == before


def test_figures_are_saved_and_named_in_the_rows(world: World, browser: Browsers) -> None:
    sent = {"first_posts": 7, "young_posts": 15, "reason": "Fler är nya i höst", "version": 0}
    assert browser("birgitta").post("/publishing/figures", sent).status_code == 303
    page = browser("jonna").get("/publishing")
    assert "De första 7" in card(page, "first-posts") and "15 inlägg" in card(page, "under-16-with-a-yes")
    assert "Ändrat här. Startvärde:" in card(page, "figures")


def test_who_was_faster_is_told_with_what_she_changed_and_what_was_chosen_is_kept(
    world: World, browser: Browsers, change: Change
) -> None:
    birgitta = browser("birgitta")
    change("16-17", host="hold", night_own_house="hold")
    change("figures", first_posts=8)
    sent = {**TEEN_START, "night_own_house": "hold", "reason": "Bara på natten"}
    answer = birgitta.post("/publishing/16-17", sent)
    assert answer.status_code == 409
    meanwhile = answer.text.split('id="meanwhile-title"')[1].split("</section>")[0]
    assert "Vi provar" in meanwhile and "Birgitta" in meanwhile and "16 eller 17" in meanwhile and "8" in meanwhile
    assert 'name="host" value="check" checked' in answer.text
    assert "Nu:" in answer.text.split('id="host-hint"')[1].split("</p>")[0]
    assert fields_in(answer, "reason") == ["Bara på natten"]
    again = {**sent, "version": field_in(answer, "version")}
    assert again["version"] == "2"
    assert birgitta.post("/publishing/16-17", again).status_code == 303  # having seen both, it is a choice
    for made_up in (-1, 9, 10**30):
        assert birgitta.post("/publishing/16-17", {**sent, "version": made_up}).status_code == 409
    assert birgitta.post("/publishing/start", {"reason": "x", "version": 1}).status_code == 409
    figures = {"first_posts": 9, "young_posts": 10, "reason": "x", "version": 1}
    late = birgitta.post("/publishing/figures", figures)
    assert late.status_code == 409 and fields_in(late, "first_posts") == ["9"]


def test_all_of_it_goes_back_in_one_press_with_a_reason(world: World, browser: Browsers, change: Change) -> None:
    birgitta = browser("birgitta")
    assert "Inget är ändrat här" in birgitta.get("/publishing/start").text
    change("adult", host="hold")
    page = birgitta.get("/publishing/start")
    assert "Vuxen · En värd jobbar" in words_of(page)
    assert birgitta.post("/publishing/start", {"reason": "", "version": 1}).status_code == 422
    assert birgitta.post("/publishing/start", {"reason": "Klart", "version": 1}).status_code == 303
    said = words_of(browser("sara").get("/publishing"))
    assert "Inget är ändrat här" in said and "Allt tillbaka till startvärdena." in said and "Klart" in said


def test_the_history_holds_every_change(world: World, browser: Browsers, change: Change) -> None:
    for posts in range(4, 4 + 53):
        change("figures", first_posts=posts if posts <= 50 else posts - 40)
    sara = browser("sara")
    page = sara.get("/publishing")
    assert page.text.count("Vi provar") == 5 and 'href="/publishing/history"' in page.text
    first = sara.get("/publishing/history")
    assert first.text.count("Vi provar") == 50 and 'href="/publishing/history?before=4"' in first.text
    assert sara.get("/publishing/history?before=4").text.count("Vi provar") == 3
    for nonsense in ("x", "-1", "0", "9" * 40):
        assert sara.get(f"/publishing/history?before={nonsense}").status_code == 200


def test_what_staff_did_has_a_line_for_each(world: World, browser: Browsers, change: Change) -> None:
    change("adult", host="hold")
    change("start")
    said = words_of(browser("birgitta").get("/audit?group=rules"))
    assert "ändrade vem som läser först" in said and "ställde tillbaka vem som läser först" in said
