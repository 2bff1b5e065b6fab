"""Who is in a chat and who is writing there, on two open pages; and a chat opened for an evening."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.people import Pen, People
from tests.browser.test_chat import DESK, PHONE, say
from tests.browser.thread_page import field, go_live

pytestmark = pytest.mark.timeout(90)


def test_two_see_each_other_come_write_and_go(people: People, look: Look, pen: Callable[[str], Pen]) -> None:
    chat = pen("johanna").chat("Utflyttat", "Moved out")
    johanna = people.signed_in("johanna", lang="sv", **PHONE)
    go_live(johanna, f"/chat/{chat}")
    expect(johanna.locator("#here")).to_have_text("1 är här nu")
    callum = people.signed_in("callum", lang="en", **DESK)
    go_live(callum, f"/chat/{chat}")
    expect(johanna.locator("#here")).to_have_text("2 är här nu")
    expect(callum.locator("#here")).to_have_text("2 here now")
    expect(callum.locator("#here-side .who")).to_have_text(["Callum", "Johanna"])
    johanna.locator(".chat-about > summary").click()
    expect(johanna.locator("#here-more .who")).to_have_text(["Callum", "Johanna"])
    johanna.locator(".chat-about > summary").click()

    where = johanna.locator("#composer").bounding_box()
    field(callum).press_sequentially("hej")
    expect(johanna.locator("#typing")).to_have_text("Callum skriver")
    expect(callum.locator("#typing")).to_have_text("")
    assert johanna.locator("#composer").bounding_box() == where, "nothing moves"
    say(callum, f"hej {look}")
    expect(johanna.locator("#stream .slot", has_text=f"hej {look}")).to_be_visible()
    expect(johanna.locator("#typing")).to_have_text("")

    callum.goto("/")
    expect(johanna.locator("#here")).to_have_text("1 är här nu")


def test_a_host_opens_a_chat_for_an_evening(people: People, look: Look) -> None:
    jonna, tuva = people.signed_in("jonna", lang="en"), people.signed_in("tuva", lang="en")
    people.guard(jonna).expect(422)
    jonna.goto("/chat")
    jonna.get_by_role("link", name="Open a chat").click()
    jonna.get_by_label("Name in Swedish").fill(f"Filmkväll {look}"[:40])
    jonna.locator("form.card button").click()
    expect(jonna.locator("[data-focus]").first).to_be_focused()
    jonna.get_by_label("Name in English").fill(f"Film night {look}"[:40])
    jonna.locator("form.card button").click()
    expect(jonna.locator("h1")).to_have_text(f"Film night {look}"[:40])
    tuva.goto("/chat")
    expect(tuva.get_by_role("link", name=re.compile("Film night"))).to_contain_text("Open")
    jonna.locator(".chat-about > summary").click()
    jonna.get_by_role("button", name=re.compile("Call it off|End the chat")).click()
    tuva.reload()
    expect(tuva.get_by_role("link", name=re.compile("Film night"))).to_have_count(0)
