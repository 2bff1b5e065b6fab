"""The states of telling staff."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("tell staff", "wilma", "/tell")
_simple("nothing told yet", "dawit", "/me/told")


@state("tell staff of a reply")
def of_a_reply(stage: Stage) -> Page:
    page = stage.member("wilma", f"/pieces/{stage.piece(stage.sample.talk, 1)}/tell")
    page.locator("details.note > summary").click()
    return page


@state("who of staff it is")
def who(stage: Stage) -> Page:
    page = stage.member("wilma", "/tell")
    page.locator("button[value=staff]").click()
    expect(page.locator("button[name=staff_id]").first).to_be_visible()
    return page


@state("told, and worried")
def told(stage: Stage) -> Page:
    page = stage.member("wilma", "/tell")
    page.locator("button[value=worried]").click()
    expect(page.locator("#urgent")).to_be_visible()
    return page


@state("what one told")
def receipts(stage: Stage) -> Page:
    told(stage)
    page = stage.member("wilma", "/me/told")
    expect(page.locator(".receipt").first).to_be_visible()
    return page
