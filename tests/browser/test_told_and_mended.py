"""Somebody tells staff, a host sends the text back, its author mends it, and whoever told reads that it is done."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.queue_page import live_queue, open_case
from tests.browser.sample import Sample
from tests.browser.thread_page import go_live

pytestmark = pytest.mark.timeout(120)
WHY = "Skriv det utan att någon blir ledsen."


def test_from_two_presses_to_a_text_that_stands_again(people: People, look: Look, sample: Sample) -> None:
    unkind, kind = f"ingen vill äta med dig {look}", f"jag äter gärna med dig {look}"
    thread = sample.pen("amina").write(f"Vem äter söndagsmiddag? {look}")
    sample.pen("samir").reply(thread, unkind)
    tells, host, author, other = (people.signed_in(name) for name in ("elias", "jonna", "samir", "tuva"))
    live_queue(host)
    told = host.locator(".review-one", has_text=look.say("told to staff"))
    before = told.count()
    go_live(other, f"/t/{thread}")
    go_live(author, f"/t/{thread}")

    tells.goto(f"/t/{thread}")
    piece = tells.locator(".pieces .slot", has_text=unkind).get_attribute("data-piece")
    tells.goto(f"/pieces/{piece}/tell")
    tells.get_by_role("button", name=look.say("Someone is being mean")).click()
    expect(tells.locator("h1")).to_have_text(look.say("Thanks for telling us."))
    receipt = tells.url

    expect(told).to_have_count(before + 1)  # by itself
    expect(other.locator("main")).not_to_contain_text(unkind)  # a minor told of an adult: hidden until somebody looks
    expect(author.locator(".slot", has_text=unkind).locator(".note.held")).to_be_visible()
    open_case(host, unkind)
    host.get_by_role("button", name=look.say("I take it")).first.click()
    tells.goto(receipt)
    expect(tells.locator("main")).to_contain_text("Jonna")
    back = host.locator("[data-do=back]")
    if not back.is_visible():
        host.locator("details.review-more > summary").click()
    back.click()
    host.locator("form[data-reason] textarea").fill(WHY)
    host.locator("form[data-reason] button.btn").click()
    expect(host.locator(".review-done")).to_be_visible()

    note = author.locator(".slot", has_text=unkind).locator(".note.held")
    expect(note).to_contain_text(WHY)
    note.get_by_role("link", name=look.say("Change and send")).click()
    author.locator("[name=text]").fill(kind)
    author.locator("form.editing button[type=submit]").click()
    expect(other.locator(".slot", has_text=kind)).to_have_count(1)
    expect(other.locator("main")).not_to_contain_text(unkind)
    tells.goto("/me/told")
    expect(tells.locator(".receipt").first).to_contain_text(look.say("done"))
    expect(tells.locator("main")).not_to_contain_text(unkind)
