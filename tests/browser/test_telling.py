"""Telling staff in two presses, with JavaScript off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.people import PASSWORD, People
from tests.browser.sample import Sample

pytestmark = pytest.mark.timeout(90)


def test_two_presses_and_the_receipt(people: People, look: Look, sample: Sample) -> None:
    page = people.visitor(javascript=False)
    people.guard(page)
    page.goto("/login")
    page.locator("[name=name]").fill("elias")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form.card button[type=submit]").click()
    expect(page.locator("#feed")).to_be_visible()
    people.reads(page, look.lang)
    said = f"säg till om det här {look}"
    thread = sample.pen("amina").write(f"en tråd att säga till om {look}")
    sample.pen("samir").reply(thread, said)
    page.goto(f"/t/{thread}")
    page.locator(".pieces .slot", has_text=said).get_by_role("link", name=look.say("More"), exact=True).click()

    page.get_by_role("link", name=look.say("Tell staff"), exact=True).click()
    page.get_by_role("button", name=look.say("I'm worried about someone")).click()

    expect(page.locator("h1")).to_have_text(look.say("Thanks for telling us."))
    expect(page.locator("#urgent")).to_be_visible()
    page.goto(f"/t/{thread}")
    expect(page.locator("main")).not_to_contain_text(said)
    page.goto("/me/told")
    page.locator(".receipt").first.get_by_role("button").click()
    page.goto(f"/t/{thread}")
    expect(page.locator("main")).to_contain_text(said)
