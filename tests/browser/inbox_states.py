"""The states of the team's inbox and of keeping in touch."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("writing to the team for the first time", "hanna", "/inbox")
_simple("the team's inbox", "sara", "/team")
_simple("the team's inbox, closed ones", "sara", "/team?show=closed")
_simple("keeping in touch, somebody under 18", "elias", "/me/keep-in-touch")
_simple("keeping in touch, an adult", "johanna", "/me/keep-in-touch")
_simple("asking staff about somebody", "johanna", "/me/keep-in-touch/ask")


@state("an inbox of the team, answered")
def answered(stage: Stage) -> Page:
    page = stage.member("amina", "/inbox")
    expect(page.locator(".sheet.chat.quick")).to_be_visible()
    return page


@state("an inbox as staff see it, and what they can do")
def of_staff(stage: Stage) -> Page:
    page = stage.member("sara", "/team?show=answered")
    page.locator(".team-rows a").first.click()
    expect(page.locator(".sheet.chat.quick")).to_be_visible()
    page.locator(".chat-about > summary").click()
    expect(page.locator(".chat-panel")).to_be_visible()
    return page


@state("handing an inbox over")
def handing(stage: Stage) -> Page:
    page = stage.member("sara", "/team?show=answered")
    page.locator(".team-rows a").first.click()
    expect(page.locator(".sheet.chat.quick")).to_be_visible()
    page.goto(f"{page.url.split('#')[0].split('?')[0]}/hand-over")
    return page
