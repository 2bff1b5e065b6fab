"""The states of taking one's data along: nothing yet, a file that is ready, one that was deleted."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.people import token_in
from tests.browser.states import Stage, _simple, state

_simple("all my data, nothing yet", "noor", "/me/data")


def _made(stage: Stage, who: str) -> Page:
    page = stage.member(who, "/me/data")
    asks = page.context.request
    asks.post("/me/data", form={"csrf_token": token_in(asks.get("/help")), "lang": "sv"})
    page.goto("/me/data")
    expect(page.locator("a[href$='/file']")).to_be_visible(timeout=60_000)
    return page


@state("all my data, ready")
def ready(stage: Stage) -> Page:
    return _made(stage, "samir")


@state("all my data, deleted")
def deleted(stage: Stage) -> Page:
    page = _made(stage, "isla")
    page.locator("form[action$='/remove'] button").click()
    expect(page.locator("#my-data .note")).to_be_visible()
    return page
