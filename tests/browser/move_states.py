"""The states of moving out."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.decided import number_of
from tests.browser.states import Stage, _simple, state

_simple("my move", "samir", "/me/move")
_simple("home of somebody on her way", "samir", "/")


def _page_of(stage: Stage, who: str, name: str) -> Page:
    """Somebody's page, as one of staff finds it."""
    return stage.member(who, f"/people/{number_of(stage.sample.pen(name))}")


@state("a move, as the house manager has it")
def planned(stage: Stage) -> Page:
    page = _page_of(stage, "mehmet", "samir")
    page.locator("a[href$='/move']").click()
    expect(page.locator(".day-lines").first).to_be_attached()
    return page


@state("planning a move")
def planning(stage: Stage) -> Page:
    page = _page_of(stage, "birgitta", "amina")
    page.locator("a[href$='/move']").click()
    expect(page.locator("input[name=moves_on]")).to_be_visible()
    return page


@state("planning a move on a day that has passed")
def passed(stage: Stage) -> Page:
    page = planning(stage)
    stage.people.guard(page).expect(422)
    page.locator("input[name=moves_on]").fill("2020-01-01")
    page.locator("main form.card button[type=submit]").click()
    expect(page.locator(".err")).to_be_visible()
    return page


@state("moving in again")
def again(stage: Stage) -> Page:
    page = _page_of(stage, "birgitta", "johanna")
    page.locator("a[href$='/move-in']").click()
    expect(page.locator("input[name=from_on]")).to_be_visible()
    return page


@state("the house she lived in, up to her day")
def past(stage: Stage) -> Page:
    page = stage.member("rasmus", "/c/solglantan")
    expect(page.locator("main .note").first).to_be_visible()
    return page
