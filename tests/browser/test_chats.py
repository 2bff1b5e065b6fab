"""The list of chats on an open page, a name in a chat, and looking for words in one, in both looks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import Look
from tests.browser.people import Pen, People
from tests.browser.thread_page import go_live

pytestmark = pytest.mark.timeout(90)

Writers = Callable[[str], Pen]
CHAT = re.compile("i chatten .?Utflyttat|in the chat .?Moved out")


@pytest.fixture
def chat(pen: Writers) -> int:
    return pen("johanna").chat("Utflyttat", "Moved out")


def new_in(page: Page, chat: int) -> str:
    """What the list says is new in a chat."""
    figure = page.locator(f"#chat-list [data-chat='{chat}'] .fresh [aria-hidden]")
    return figure.inner_text() if figure.count() else ""


def read_all(pen: Pen, chat: int) -> None:
    pen.read_to(chat, 10_000)


def test_the_list_is_live(people: People, look: Look, chat: int, pen: Writers) -> None:
    read_all(pen("johanna"), chat)
    page = people.signed_in("johanna")
    people.guard(page).allow_broken_line()
    with page.expect_response(lambda answer: answer.request.headers.get("x-part") == "1"):
        page.goto("/chat")  # it looks once when its line stands
    row = page.locator(f"#chat-list [data-chat='{chat}']")
    row.locator("a").focus()
    assert new_in(page, chat) == ""
    for number in range(2):
        pen("callum").say(chat, f"nytt {number} {look}")
    expect(row.locator(".fresh [aria-hidden]")).to_have_text("2", timeout=4000)
    expect(row.locator("a")).to_be_focused()
    page.context.set_offline(True)
    pen("callum").say(chat, f"medan linjen var borta {look}")
    page.context.set_offline(False)
    expect(row.locator(".fresh [aria-hidden]")).to_have_text("3", timeout=15000)
    read_all(pen("johanna"), chat)
    expect(row.locator(".fresh")).to_have_count(0, timeout=4000)


def test_who_is_named_is_led_there_and_it_is_read(people: People, look: Look, chat: int, pen: Writers) -> None:
    read_all(pen("johanna"), chat)
    page = people.signed_in("johanna")
    page.goto("/notifications")
    nr = pen("callum").say(chat, f"@Johanna se här {look}")
    first = page.locator("#notice-list .notice", has_text=CHAT).first
    expect(first).to_have_class("notice new", timeout=4000)
    assert "se här" not in first.inner_text()
    first.locator("a.open").click()
    there = page.locator(f".slot[data-piece='{nr}']")
    expect(there).to_be_in_viewport()
    expect(there.locator(".mention")).to_have_text("@Johanna")
    page.wait_for_timeout(2600)  # it has to be in sight for two seconds
    page.goto("/notifications")
    expect(page.locator("#notice-list .notice", has_text=CHAT).first).to_have_class("notice")


def test_words_are_found_and_lead_to_their_place(people: People, look: Look, chat: int, pen: Writers) -> None:
    piece = pen("callum").say(chat, f"Trollsländorna är här {look}")
    page = people.signed_in("johanna")
    go_live(page, f"/chat/{chat}")
    page.locator(".chat-about > summary").click()
    field = page.locator(".chat-panel input[name=q]")
    field.fill("trollslända")
    field.press("Enter")
    hit = page.locator(".found-one", has_text=str(look)).first
    expect(hit.locator("mark")).to_have_text("Trollsländorna")
    hit.locator(".found-words a").click()
    expect(page.locator(f".slot[data-piece='{piece}']")).to_be_in_viewport()
