"""The states of chats."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state
from tests.browser.thread_page import field, open_more, open_react

_simple("chats", "amina", "/chat")
_simple("chats of staff", "sara", "/chat")
_simple("opening a chat for an evening", "jonna", "/chat/new")


def _open(stage: Stage) -> Page:
    chat = stage.sample.chat
    page = stage.member("johanna", f"/chat/{chat}")
    expect(page.locator(".sheet.chat.quick")).to_be_visible()
    return page


def _pressed(stage: Stage, page: Page) -> int:
    """The last message; on a phone a finger has shown what stands beside it."""
    last = page.locator("#stream .pieces > .slot[data-nr]").last
    if stage.look.phone:
        last.locator(".bodybox").tap()
    return int(last.get_attribute("data-piece") or 0)


@state("a chat")
def chat(stage: Stage) -> Page:
    return _open(stage)


@state("a chat of staff, looked after")
def looked_after(stage: Stage) -> Page:
    page = stage.member("jonna", f"/chat/{stage.sample.chat}")
    page.locator(".chat-about > summary").click()
    expect(page.locator(".chat-panel")).to_be_visible()
    return page


def _answer(page: Page, piece: int) -> None:
    open_more(page, piece).locator("a[data-quote]").click()
    expect(page.locator(".quoting .quoted")).to_be_visible()


def _at_the_last(name: str, does: Callable[[Page, int], object]) -> None:
    """What one does to the last message of a chat."""

    def shown(stage: Stage) -> Page:
        page = _open(stage)
        does(page, _pressed(stage, page))
        return page

    state(name)(shown)


_at_the_last("what one may do to a message", open_more)
_at_the_last("reacting to a message", open_react)
_at_the_last("an answer to a message", _answer)


@state("looking for words in a chat")
def looking(stage: Stage) -> Page:
    return stage.member("johanna", f"/chat/{stage.sample.chat}/search?q=jag")


@state("words nobody said in a chat")
def nobody_said(stage: Stage) -> Page:
    return stage.member("johanna", f"/chat/{stage.sample.chat}/search?q=xyzzy")


@state("messages that wait for a line")
def waiting(stage: Stage) -> Page:
    page = _open(stage)
    stage.people.guard(page).allow_broken_line()
    page.context.set_offline(True)
    stage.after.callback(page.context.set_offline, False)
    for words in ("står jag här nu", "och vinden blåser"):
        field(page).fill(words)
        page.locator("#reply-send").click()
    expect(page.locator(".outgoing[data-way=waits]")).to_have_count(2)
    return page
