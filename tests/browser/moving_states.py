"""The states of what somebody on her way prepares, of letters, and of private cards."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("my move", "samir", "/me/move")
_simple("people to keep", "samir", "/me/move/people")
_simple("letters before the day", "samir", "/me/move/letters")
_simple("a private card above the notices", "ali", "/notifications")


@state("one line of the list, refused")
def line(stage: Stage) -> Page:
    page = stage.member("samir", "/me/move", 422)
    page.locator(".todo-words").last.click()
    page.locator("#link").fill("ingenstans")
    page.locator("main form .btn:not(.quiet)").click()
    expect(page.locator(".err")).to_be_visible()
    return page


@state("writing a letter")
def letter(stage: Stage) -> Page:
    page = stage.member("callum", "/")
    page.goto(_samir(stage))
    page.locator("a[href$='/letter']").click()
    expect(page.locator("textarea")).to_be_visible()
    return page


def _samir(stage: Stage) -> str:
    """His page, where whoever reads his words finds it."""
    page = stage.member("samir", "/me")
    return str(page.locator("a[href^='/people/']").first.get_attribute("href"))
