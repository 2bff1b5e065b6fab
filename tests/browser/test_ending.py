"""Somebody asks to leave, reads what that means, sees it at the next sign-in, and stays."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.people import People


def test_she_reads_chooses_and_changes_her_mind(people: People, look: Look) -> None:
    page = people.signed_in("hanna", own=True)
    page.goto("/me")
    page.get_by_role("link", name=look.say("End my membership")).click()
    expect(page.locator("h1")).to_have_text(look.say("End my membership"))
    for heading in ("What goes", "What stays, and until when"):
        expect(page.get_by_role("heading", name=look.say(heading))).to_be_visible()
    assert page.locator("[name=choice]:checked").count() == 0
    page.get_by_text(look.say("It stays, with my name")).click()
    page.locator("form .btn.danger").click()
    expect(page.locator("#leaving-title")).to_be_visible()
    again = people.signed_in("hanna", own=True)  # another device: signing in shows it
    again.goto("/")
    expect(again.locator("#leaving-title")).to_be_visible()
    again.get_by_role("button", name=look.say("I stay")).click()
    expect(again.locator("#leaving-title")).to_have_count(0)
    page.goto("/")
    expect(page.locator("#leaving-title")).to_have_count(0)
