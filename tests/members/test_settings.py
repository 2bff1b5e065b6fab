"""How pages look for one member: in the first byte of HTML, on every page, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from community.core.db import session
from community.members.models import Member
from tests.client import Browser, words_of
from tests.world import World

Browsers = Callable[..., Browser]
ALL = {"lang": "en", "text_size": "largest", "theme": "dark", "calm": "y", "saver": "y"}
NONE = {"lang": "en", "text_size": "normal", "theme": "device"}


def html_of(browser: Browser, path: str, **how: object) -> str:
    text = browser.get(path, **how).text
    return text[text.index("<html") : text.index(">", text.index("<html")) + 1]


def test_every_page_looks_as_she_wants_and_so_does_help(browser: Browsers) -> None:
    tuva, amina = browser("tuva"), browser("amina")
    answer = tuva.post("/me/settings", ALL)
    assert (answer.status_code, answer.location) == (303, "/me/settings?saved=1")
    expected = '<html lang="en" class="text-largest calm saver" data-theme="dark">'
    for path in ("/", "/me", "/me/settings", "/help", "/about", "/nothing-here"):
        assert html_of(tuva, path) == expected, path
    assert 'name="color-scheme" content="dark"' in tuva.get("/").text
    assert html_of(amina, "/") == '<html lang="sv">'
    assert 'name="color-scheme" content="light dark"' in amina.get("/").text
    assert tuva.post("/me/settings", NONE).status_code == 303
    for path in ("/", "/help"):
        assert html_of(tuva, path) == '<html lang="en">'


def test_it_follows_her_to_another_device_and_not_past_signing_out(browser: Browsers) -> None:
    tuva, other = browser("tuva"), browser()
    other.sign_in("tuva")
    tuva.post("/me/settings", ALL)
    other.get("/")
    assert 'data-theme="dark"' in html_of(other, "/help")
    other.post("/logout")
    for path in ("/login", "/help"):
        assert html_of(other, path) == '<html lang="en">'
    other._token = None
    other.sign_in("tuva")
    assert 'data-theme="dark"' in html_of(other, "/help"), "with the very first page"


def test_language_is_one_of_them(browser: Browsers, world: World) -> None:
    tuva = browser("tuva")
    assert tuva.post("/me/settings", {**NONE, "lang": "sv"}).status_code == 303
    assert "Inställningar" in words_of(tuva.get("/me/settings"))
    assert session().scalar(select(Member.language).where(Member.id == world.id("tuva"))) == "sv"


def test_the_form_shows_what_is_set(browser: Browsers) -> None:
    tuva = browser("tuva")
    tuva.post("/me/settings", ALL)
    page = tuva.get("/me/settings").text
    for value in ("largest", "dark", "en"):
        assert f'value="{value}" checked' in page
    assert page.count('type="checkbox"') == 4
    assert page.count("checked") == 5


@pytest.mark.parametrize(
    "wrong",
    [{"text_size": "huge"}, {"theme": "pink"}, {"lang": "de"}, {"theme": ""}, {"colour": "b"}, {"text_size": "\x00"}],
)
def test_what_there_is_not_is_refused(browser: Browsers, wrong: dict[str, str]) -> None:
    tuva = browser("tuva")
    assert tuva.post("/me/settings", {**ALL, **wrong}).status_code == 422
    assert html_of(tuva, "/") == '<html lang="en">'


def test_save_data_leaves_the_fonts_out_for_anybody(browser: Browsers) -> None:
    assert html_of(browser(), "/login", headers={"Save-Data": "on"}).endswith('class="saver">')
    assert 'class="saver"' in html_of(browser("tuva"), "/", headers={"Save-Data": "on"})


def test_a_slow_line_saves_without_being_asked(browser: Callable[..., Browser]) -> None:
    tuva = browser("tuva")
    assert tuva.get("/").headers["Accept-CH"] == "ECT"
    for line, saves in (("slow-2g", True), ("3g", True), ("4g", False), ("quick", False), ("", False)):
        assert ('class="saver"' in html_of(tuva, "/", headers={"ECT": line})) is saves, line


def test_visitors_get_what_their_device_says(browser: Browsers) -> None:
    assert html_of(browser(), "/login", headers={"Accept-Language": "en"}) == '<html lang="en">'
