"""Closed out in the middle of reading: the page says why and until when, and what stays open is open."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.decided import WORDS, limit, number_of
from tests.browser.looks import Look
from tests.browser.people import Pen, People
from tests.browser.sample import Sample
from tests.browser.thread_page import go_live


def test_closed_by_staff_while_reading(people: People, look: Look, sample: Sample) -> None:
    name = sample.newcomer("Tyra", look.lang)
    page = people.signed_in(name, own=True)
    people.guard(page).expect(401, 403, 400)
    go_live(page, f"/t/{sample.talk}")
    hers = number_of(Pen(sample.playwright, sample.base_url, name))
    limit(sample.pen("birgitta"), hers, "suspended", "24h")
    expect(page.locator("h1")).to_have_text(look.say("Closed for now"), timeout=2000)
    expect(page.locator("main")).to_contain_text(WORDS)
    expect(page.locator("body")).not_to_contain_text("sextio")
    page.locator("main .btn.help").click()
    expect(page.locator("main a[href='tel:112']").first).to_be_visible()
    page.goto("/me")
    expect(page.locator("h1")).to_have_text("Tyra")  # the sign-in name has a number in the second look
    page.goto("/")
    page.get_by_role("link", name=look.say("This is wrong")).click()
    page.get_by_label(look.say("Say why, one sentence is enough")).fill("Det var inte jag.")
    page.locator("#objection button[type=submit]").click()
    expect(page.locator("#objection")).to_contain_text("Det var inte jag.")
