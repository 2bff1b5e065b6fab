"""A member writes to the team and somebody who works there answers, as they see it on their screens."""

from __future__ import annotations

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


def there(page: Page, words: str) -> Any:
    return page.locator("#stream .slot", has_text=words)


def test_a_member_writes_and_is_answered(people: People, look: Look) -> None:
    member = people.signed_in({"sv": "tuva", "en": "wilma"}[look.lang], lang="sv", **PHONE)
    staff = people.signed_in("sara", lang="en", **DESK)
    staff.goto("/team")
    member.goto("/inbox")
    say(member, f"hej teamet {look}")
    expect(there(member, f"hej teamet {look}")).to_be_visible()
    row = staff.locator(".team-rows a", has_text={"sv": "Tuva", "en": "Wilma"}[look.lang])
    expect(row).to_contain_text("nobody has it")
    row.click()
    expect(there(staff, f"hej teamet {look}")).to_be_visible()
    say(staff, f"hej från Sara {look}")
    expect(there(member, f"hej från Sara {look}")).to_be_visible()
    expect(member.locator("#chat-state")).to_contain_text("Sara har det.")
    expect(staff.locator(".chat-watch").first).to_contain_text("you have it")
    say(member, f"tack {look}")
    expect(there(staff, f"tack {look}")).to_be_visible()
