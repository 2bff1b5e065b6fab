"""The states of talks."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state
from tests.browser.thread_page import open_more

_simple("messages", "amina", "/messages")
_simple("writing to somebody", "callum", "/messages/new")
_simple("writing to somebody, looked for by name", "callum", "/messages/new?q=jo")
_simple("nobody is called that", "callum", "/messages/new?q=xyz")
_simple("two who write past a birthday, for safety leads", "karin", "/messages/birthdays")
_simple("somebody wants to write", "leyla", "/messages")
_simple("nobody has written yet", "fatuma", "/messages")
_simple("told that somebody wants to write", "leyla", "/notifications")


def _open(stage: Stage, who: str) -> Page:
    page = stage.member(who, "/messages")
    page.locator("#talks a").first.click()
    expect(page.locator(".sheet.chat.quick")).to_be_visible()
    return page


@state("a talk")
def talk(stage: Stage) -> Page:
    return _open(stage, "callum")


@state("a talk that a birthday has crossed")
def crossed(stage: Stage) -> Page:
    return _open(stage, "isla")


@state("ending what two keep past a birthday")
def bridge(stage: Stage) -> Page:
    page = stage.member("karin", "/messages/birthdays")
    page.locator("main a[href*='/messages/birthdays/']").first.click()
    expect(page.locator("main form")).to_be_visible()
    return page


@state("a talk that waits for a yes")
def waits(stage: Stage) -> Page:
    return _open(stage, "marcus")


@state("who is in a talk, and what one can do")
def about(stage: Stage) -> Page:
    page = _open(stage, "callum")
    page.locator(".chat-about > summary").click()
    expect(page.locator(".chat-panel")).to_be_visible()
    return page


@state("what one may do to a message of a talk")
def more(stage: Stage) -> Page:
    page = _open(stage, "johanna")
    last = page.locator("#stream .pieces > .slot[data-nr]").last
    if stage.look.phone:
        last.locator(".bodybox").tap()
    open_more(page, int(last.get_attribute("data-piece") or 0))
    return page
