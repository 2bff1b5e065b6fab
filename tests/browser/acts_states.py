"""The states of limits, of what staff did about somebody, and of an objection."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.decided import limit, newest_act, number_of, objected
from tests.browser.people import Pen
from tests.browser.states import Stage, _simple, state

_simple("what staff did about me", "elias", "/me/acts")
_simple("what staff did about me, nothing", "samir", "/me/acts")
_simple("who has a limit", "birgitta", "/steps")


@state("one thing staff did, objected to")
def one_act(stage: Stage) -> Page:
    objected(stage.sample)
    return stage.member("elias", newest_act(stage.sample.pen("elias")))


@state("an objection to answer")
def objection(stage: Stage) -> Page:
    return stage.member("karin", f"/appeals/{objected(stage.sample)}")


@state("steps about somebody")
def steps(stage: Stage) -> Page:
    return stage.member("birgitta", f"/people/{number_of(stage.sample.pen('elias'))}/steps")


@state("a short break to set, without a reason")
def step(stage: Stage) -> Page:
    page = stage.member("birgitta", f"/people/{number_of(stage.sample.pen('tuva'))}/steps/cooled_off", 422)
    page.locator("form.form button[type=submit]").click()
    expect(page.locator(".err").first).to_be_visible()
    return page


def closed_out(stage: Stage, path: str, *expected: int) -> Page:
    """Somebody who has just come in, and was closed out for three days."""
    name = stage.sample.newcomer("Ymer")
    stage.people.signed_in(name)
    hers = number_of(Pen(stage.sample.playwright, stage.sample.base_url, name))
    limit(stage.sample.pen("birgitta"), hers, "suspended", "3d")
    return stage.member(name, path, *expected)


@state("closed for now by staff, with the reason")
def closed(stage: Stage) -> Page:
    page = closed_out(stage, "/", 403)
    expect(page.locator(".said")).to_be_visible()
    return page


@state("saying that it is wrong")
def wrong(stage: Stage) -> Page:
    page = closed_out(stage, "/me/acts")
    page.locator(".acts a").first.click()
    expect(page.locator("#words")).to_be_visible()
    return page
