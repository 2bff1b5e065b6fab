"""The states of who reads first: as it came, changed, refused, overtaken, back again, and its history."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.account_states import _press
from tests.browser.states import Stage, _simple, state

_simple("who reads first, as it came", "sara", "/publishing")
_simple("a row of who reads first", "birgitta", "/publishing/adult")
_simple("how many posts count", "birgitta", "/publishing/figures")
_simple("who reads first, nothing to set back", "birgitta", "/publishing/start")
_simple("who reads first, its history", "sara", "/publishing/history")


def _version(page: Page) -> str:
    """The version of the table a form would be sent with now."""
    beside = page.context.request.get("/publishing/figures").text()
    return beside.split('name="version"')[1].split('value="')[1].split('"')[0]


def _count(stage: Stage, page: Page, posts: int) -> None:
    """Another figure that touches nobody who writes here; all of it goes back once the state has been looked at."""
    why = {"reason": "Flera nya i höst, vi vill hinna lära känna dem först."}
    _press(page, "/publishing/figures", first_posts=str(posts), young_posts="10", version=_version(page), **why)

    def set_back() -> None:
        _press(page, "/publishing/start", reason="Tillbaka", version=_version(page))

    stage.after.callback(set_back)


@state("who reads first, changed")
def changed(stage: Stage) -> Page:
    page = stage.member("birgitta", "/publishing")
    _count(stage, page, 4)
    page.goto("/publishing?saved=1")
    expect(page.locator("#figures .is-changed")).to_have_count(1)
    return page


@state("who reads first, to be set back")
def to_set_back(stage: Stage) -> Page:
    page = stage.member("birgitta", "/publishing")
    _count(stage, page, 5)
    page.goto("/publishing/start")
    expect(page.locator("[name=reason]")).to_be_visible()
    return page


@state("a row of who reads first, without a reason")
def without_reason(stage: Stage) -> Page:
    page = stage.member("birgitta", "/publishing/16-17", 422)
    page.locator("[name=host][value=hold]").check(force=True)
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("#reason-err")).to_be_visible()
    return page


@state("how many posts count, refused")
def figures_refused(stage: Stage) -> Page:
    page = stage.member("birgitta", "/publishing/figures", 422)
    page.locator("[name=first_posts]").fill("500")
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("#first_posts-err")).to_be_visible()
    return page


@state("a row of who reads first, changed meanwhile")
def meanwhile(stage: Stage) -> Page:
    page = stage.member("birgitta", "/publishing/adult", 409)
    _count(stage, page, 6)
    page.locator("[name=reason]").fill("Vi provar")
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("#meanwhile-title")).to_be_visible()
    return page
