"""The states of the team's inbox and of keeping in touch."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("writing to the team for the first time", "hanna", "/inbox")
_simple("the team's inbox", "sara", "/team")
_simple("the team's inbox, closed ones", "sara", "/team?show=closed")
_simple("keeping in touch, somebody under 18", "isla", "/me/keep-in-touch")
_simple("keeping in touch, with a safety lead's yes", "elias", "/me/keep-in-touch")
_simple("keeping in touch, both asked and a minor waits", "dawit", "/me/keep-in-touch")
_simple("keeping in touch, both asked and an adult waits", "callum", "/me/keep-in-touch")
_simple("connections, as a safety lead has them", "karin", "/keep-in-touch")
_simple("a safety lead's notifications, with connections that wait", "karin", "/notifications")
_simple("keeping in touch, an adult", "johanna", "/me/keep-in-touch")
_simple("asking staff about somebody", "johanna", "/me/keep-in-touch/ask")


def _connection(stage: Stage, number: int) -> Page:
    page = stage.member("karin", "/keep-in-touch")
    page.locator("#connection-list a").nth(number).click()
    expect(page.locator("#connection-told")).to_be_visible()
    return page


@state("a connection that waits for a safety lead")
def waits_for_lead(stage: Stage) -> Page:
    return _connection(stage, 0)


@state("an adult asks for somebody by name")
def asked_by_name(stage: Stage) -> Page:
    return _connection(stage, 1)


@state("a connection that holds, with its day of review")
def holds(stage: Stage) -> Page:
    return _connection(stage, -1)


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
