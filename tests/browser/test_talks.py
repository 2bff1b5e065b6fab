"""Two people find each other, write, and one tells staff: as they see it on their screens."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.test_chat import DESK, PHONE
from tests.browser.thread_page import field

pytestmark = pytest.mark.timeout(90)


def say(page: Page, words: str) -> None:
    field(page).fill(words)
    page.locator("#reply-send").click()


def open_talk(page: Page, name: str) -> None:
    page.goto("/messages")
    page.locator("#talks a", has_text=name).click()
    expect(page.locator(".sheet.chat.quick")).to_be_visible()


def there(page: Page, words: str) -> Any:
    return page.locator("#stream .slot", has_text=words)


def test_asked_answered_and_live(people: People, look: Look) -> None:
    """Each look has two of its own, so that a story finds nothing of another's."""
    asks, answers = {"sv": ("hanna", "yusuf"), "en": ("fatuma", "robin")}[look.lang]
    names = {one: one.capitalize() for one in (asks, answers)}
    one = people.signed_in(asks, lang="sv", **PHONE)
    two = people.signed_in(answers, lang="en", **DESK)

    one.goto("/messages/new")
    one.get_by_label(names[answers]).check()
    one.get_by_role("button", name="Gå vidare").click()
    expect(one.locator("#chat-state")).to_contain_text(f"{names[answers]} får frågan")
    expect(field(one)).to_be_hidden()

    two.goto("/messages")
    expect(two.get_by_role("heading", name=f"{names[asks]} wants to write to you")).to_be_visible()
    two.get_by_role("button", name="Yes", exact=True).click()
    expect(two.locator(".sheet.chat.quick")).to_be_visible()
    expect(field(one)).to_be_visible()  # told by the line, without a press

    say(one, f"hej där {look}")
    expect(there(two, f"hej där {look}").locator(".who")).to_have_text(names[asks])
    expect(two.locator("#heard")).to_contain_text(f"hej där {look}")
    say(two, f"hello {look}")
    expect(there(one, f"hello {look}")).to_be_visible()
    expect(one.locator(".outgoing")).to_have_count(0)

    two.locator(".chat-about > summary").click()
    two.get_by_role("button", name="Leave it").click()
    expect(two).to_have_url(re.compile("/messages$"))
    expect(one.locator("#chat-state")).to_contain_text("Ni kan inte skriva till varandra här")
    expect(field(one)).to_be_hidden()


def test_telling_staff_takes_two_taps(people: People, look: Look) -> None:
    """From the message's menu: tell staff, and the reason."""
    who = {"sv": "elias", "en": "callum"}[look.lang]
    other = {"sv": "Amina", "en": "Johanna"}[look.lang]
    page = people.signed_in(who)
    open_talk(page, other)
    theirs = page.locator("#stream .pieces > .slot[data-nr]:not([data-mine])").first
    page.goto(f"/pieces/{theirs.get_attribute('data-piece')}/more")
    page.locator(".menu a[href$='/tell'], a[href$='/tell']").first.click()
    expect(page.locator("form[action*='/tell'], main form").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("112")
