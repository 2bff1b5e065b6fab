"""The states of breaks, and of the turns of somebody's life here."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.people import Pen
from tests.browser.states import Stage, _simple, state

_simple("taking a break", "samir", "/me/break")
_simple("taking a break, who works here", "sara", "/me/break", 403)


def on_a_break(stage: Stage, path: str) -> Page:
    """Somebody who has just come in, and takes a break."""
    name = stage.sample.newcomer("Ture")
    stage.people.signed_in(name)
    Pen(stage.sample.playwright, stage.sample.base_url, name).post("/me/break", length="1w")
    return stage.member(name, path)


@state("on a break, its page")
def break_page(stage: Stage) -> Page:
    page = on_a_break(stage, "/me/break")
    expect(page.locator(".note.warm")).to_be_visible()
    return page


@state("on a break, the feed")
def break_feed(stage: Stage) -> Page:
    return on_a_break(stage, "/")
