"""Somebody on his way and his contact keep one list, a friend puts a letter in, and somebody who moved asks for a call:
as they see it on their screens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.test_chat import DESK, PHONE

pytestmark = pytest.mark.timeout(90)
STILL_HERE = "No connection. Your text is still here. Try again in a moment."


def test_one_list_for_two_and_a_letter(people: People, look: Look) -> None:
    words = f"Gardinstång {look}"
    samir = people.signed_in("samir", lang="sv", **PHONE)
    samir.goto("/me/move")
    expect(samir.get_by_role("heading", name="Min flytt")).to_be_visible()
    samir.get_by_label("En rad till").fill(words)
    samir.get_by_role("button", name="Lägg till").click()
    expect(samir.get_by_role("checkbox", name=words)).to_have_attribute("aria-checked", "false")
    samir.goto("/me")
    his_page = str(samir.locator("a[href^='/people/']").first.get_attribute("href"))

    olof = people.signed_in("olof", lang="en", **DESK)
    olof.goto(his_page)
    olof.get_by_role("link", name="What is to be put in order").click()
    olof.get_by_role("checkbox", name=words).click()
    expect(olof.get_by_role("checkbox", name=words)).to_have_attribute("aria-checked", "true")
    samir.goto("/me/move")
    expect(samir.get_by_role("checkbox", name=words)).to_have_attribute("aria-checked", "true")
    expect(samir.locator("#letters-title")).to_have_text("Brev till dagen")

    fatuma = people.signed_in("fatuma", lang="en", **DESK)
    fatuma.goto(his_page)
    fatuma.get_by_role("link", name="Write a letter for moving day").click()
    fatuma.get_by_label("Your letter").fill(f"Good luck, {look}")
    fatuma.locator("main form.card .btn:not(.quiet)").click()
    expect(fatuma.locator(".note.good")).to_contain_text("Your letter lies there, sealed")
    fatuma.get_by_role("button", name="Take the letter back").click()
    expect(fatuma.get_by_role("link", name="Write a letter for moving day")).to_be_visible()


def test_a_letter_pressed_without_a_line_is_still_there(people: People, look: Look) -> None:
    words = f"Ta med muggen {look}"
    samir = people.signed_in("samir")
    samir.goto("/me")
    his_page = str(samir.locator("a[href^='/people/']").first.get_attribute("href"))
    page = people.signed_in("daniel")  # who has written him one before
    people.guard(page).allow_broken_line()
    page.goto(f"{his_page}/letter")
    page.locator("main textarea").fill(words)
    page.context.set_offline(True)
    page.locator("main form.card .btn:not(.quiet)").click()
    expect(page.locator("main form.card")).to_contain_text(look.say(STILL_HERE))
    expect(page.locator("main textarea")).to_have_value(words)
    page.context.set_offline(False)
    page.locator("main form.card .btn:not(.quiet)").click()
    expect(page.locator(".note.good")).to_be_visible()
    expect(page.locator("main textarea")).to_have_value(words)


def test_a_call_by_one_tap_without_javascript(people: People, look: Look) -> None:
    """Whoever has answered in an earlier look is not asked again."""
    rasmus = people.signed_in("rasmus", lang="sv", javascript=False, **PHONE)
    rasmus.goto("/")
    call = rasmus.get_by_role("button", name="Jag vill bli uppringd")
    if call.count():
        call.click()
        expect(rasmus).to_have_url(re.compile(r"/inbox$"))
    rasmus.goto("/inbox")
    expect(rasmus.locator("main")).to_contain_text("Jag vill bli uppringd.")
    rasmus.goto("/")
    expect(rasmus.locator(".own-card")).to_have_count(0)
