"""The states of leaving can be looked at. Rasmus has nothing else to do here."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("end my membership", "rasmus", "/me/leave")
_simple("end my membership, at work here", "birgitta", "/me/leave")
_simple("left, and something is open", "karin", "/left")


@state("end my membership, nothing chosen")
def nothing_chosen(stage: Stage) -> Page:
    page = stage.member("rasmus", "/me/leave", 422)
    page.locator("form .btn.danger").click()
    expect(page.locator(".err")).to_be_visible()
    return page


@state("end my membership, under way")
def under_way(stage: Stage) -> Page:
    page = asked(stage)
    stage.after.callback(stays, page)
    return page


@state("end my membership, at home meanwhile")
def at_home(stage: Stage) -> Page:
    page = asked(stage)
    stage.after.callback(stays, page)
    page.goto("/")
    expect(page.locator("#leaving-title")).to_be_visible()
    return page


def asked(stage: Stage) -> Page:
    page = stage.member("rasmus", "/me/leave")
    page.locator("[name=choice][value=nameless]").check()
    page.locator("form .btn.danger").click()
    expect(page.locator("#leaving-title")).to_be_visible()
    return page


def stays(page: Page) -> None:
    page.goto("/me/leave")
    page.locator("form[action='/me/leave/stay'] button").click()
    expect(page.locator("#leaving-title")).to_have_count(0)
