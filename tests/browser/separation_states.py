"""The states of keeping two people apart."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("whom staff keep apart", "birgitta", "/separations")
_simple("choosing two to keep apart", "birgitta", "/separations/new")
_simple("keeping apart is not for everybody", "amina", "/separations", 403)


def choose(page: Page, one: str, other: str) -> None:
    page.goto("/separations/new")
    page.locator("#one_id").select_option(label=one)
    page.locator("#other_id").select_option(label=other)
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile("one_id="))


@state("what will look odd")
def odd(stage: Stage) -> Page:
    page = stage.member("birgitta", "/separations")
    choose(page, "Amina", "Sara")
    return page


@state("keeping two apart with something missing")
def missing(stage: Stage) -> Page:
    page = stage.member("birgitta", "/separations", 422)
    choose(page, "Amina", "Elias")
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".err").first).to_be_visible()
    return page


@state("one that holds")
def holds(stage: Stage) -> Page:
    page = stage.member("birgitta", "/separations")
    page.locator("main .doors a").first.click()
    expect(page.locator("#why")).to_be_visible()
    return page
