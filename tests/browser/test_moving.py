"""A move is planned on a desk and met on a phone; and a house somebody moved out of long ago, up to her day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from community.core import clock
from tests.browser.decided import number_of
from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.sample import Sample
from tests.browser.test_chat import DESK, PHONE

pytestmark = pytest.mark.timeout(120)


def test_a_move_is_planned_and_she_says_goodbye(people: People, look: Look, sample: Sample) -> None:
    name = sample.newcomer({"sv": "Linnea", "en": "Hugo"}[look.lang])
    manager = people.signed_in("mehmet", lang="en", **DESK)
    member = people.signed_in(name, lang="sv", **PHONE)
    manager.goto(f"/people/{number_of(sample.pen(name))}")
    manager.locator("a[href$='/move']").click()
    manager.locator("[name=moves_on]").fill((clock.today() + timedelta(days=12)).isoformat())
    manager.get_by_role("button", name="Set the day").click()
    expect(manager.locator("h1")).to_contain_text("moves")
    expect(manager.locator(".side .day-lines")).to_contain_text("Linden")

    member.goto("/")
    member.locator(".move-coming").click()
    expect(member.locator("h1")).to_have_text("Min flytt")
    expect(member.locator(".lead")).to_contain_text("om 12 dagar")
    expect(member.locator(".beside-too .day-lines")).to_contain_text("Utflyttat öppnar för dig")
    member.locator("#farewell textarea").fill(f"Hej då allihopa {look}")
    member.locator("#farewell input[value=house]").check()
    member.get_by_role("button", name="Börja mitt hej då").click()
    expect(member.locator("#stream")).to_contain_text(f"Hej då allihopa {look}")

    manager.get_by_role("button", name="Call the move off").click()
    expect(manager.get_by_role("button", name="Set the day")).to_be_visible()
    member.goto("/")
    expect(member.locator(".feed-item").first).to_be_visible()
    expect(member.locator(".move-coming")).to_have_count(0)


def test_a_house_of_long_ago_is_read_and_nothing_more(people: People, look: Look) -> None:
    page = people.signed_in("rasmus", lang=look.lang, **(PHONE if look.phone else DESK))
    page.goto("/")
    page.locator("a[href='/c/solglantan']:visible").first.click()
    expect(page.locator("h1")).to_have_text("Solgläntan")
    expect(page.locator("main .note").first).to_contain_text("2025")
    page.locator("main .note a[href^='/chat/']").click()
    expect(page.locator("#stream[data-past]")).to_be_attached()
    expect(page.locator("#composer")).to_have_count(0)
    expect(page.locator("#chat-state .note")).to_contain_text("2025")
