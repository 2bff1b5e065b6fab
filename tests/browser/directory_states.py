"""The states of the directory."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("finding people", "amina", "/people")
_simple("finding people, in one's years", "leyla", "/people?when=1")
_simple("finding nobody", "amina", "/people?q=zzz")
_simple("being found, a child", "elias", "/me/directory")
_simple("being found, protected", "noor", "/me/directory")


@state("being found, as one stands there")
def stands(stage: Stage) -> Page:
    page = stage.member("johanna", "/me/directory")
    expect(page.locator("main .kept-people")).to_be_visible()
    return page
