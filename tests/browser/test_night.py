"""Words that make us afraid for somebody, from Send to a name and on: the clock is moved, what is due is done."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.thread_page import go_live, send
from tests.browser.week import Week

pytestmark = pytest.mark.timeout(180)
AFRAID, LAUGHING = "jag vill inte vakna i morgon", "jag dör 😂"


def close_what_the_demo_left(week: Week) -> None:
    """Somebody asked for a talk before: her page would say so to everybody."""
    karin = week.pen("karin")
    for number in set(re.findall(r'href="/concerns/(\d+)"', karin.asks.get("/concerns").text())):
        karin.post(f"/concerns/{number}/take", how="write", minutes="5")
        karin.post(f"/concerns/{number}/close", outcome="talked", words="Vi pratade.")


def test_from_words_to_somebody_who_comes(week: Week, look: Look) -> None:
    """Anders works that evening; Birgitta is his back-up."""
    week.turn_to("tuesday", "20:00")
    close_what_the_demo_left(week)
    thread = week.pen("samir").write("Vem är vaken?")
    tuva, anders, birgitta = (
        week.people.signed_in(name, own=True, keep=True) for name in ("tuva", "anders", "birgitta")
    )
    go_live(tuva, f"/t/{thread}")
    anders.goto("/me")
    needs = anders.get_by_role("link", name=look.say("Somebody needs you: open"))

    send(tuva, LAUGHING)
    expect(tuva.locator(".pieces .slot", has_text=LAUGHING)).to_be_visible()
    expect(tuva.locator(".help-card")).to_have_count(0)
    expect(needs).to_have_count(0)
    send(tuva, AFRAID)
    card = tuva.locator(".help-card")
    expect(card).to_contain_text("Anders")  # she is told whom her words alerted
    expect(tuva.locator(".slot", has_text=AFRAID).locator(".note.held")).to_be_visible()
    expect(needs).to_be_visible(timeout=10_000)  # by itself
    birgitta.goto("/concerns")
    expect(birgitta.locator("main")).not_to_contain_text("Tuva")
    card.get_by_role("button", name=look.say("Come to me")).click()
    status = tuva.locator(".concern-now")
    expect(status).to_contain_text(look.say("Nobody has answered yet."))
    expect(status).not_to_contain_text("Birgitta")

    week.turn_to("tuesday", "20:11")
    birgitta.goto("/concerns")
    birgitta.get_by_role("link", name="Tuva").click()
    tuva.reload()
    expect(status).to_contain_text("Birgitta")
    expect(tuva.locator("main")).to_contain_text(look.say("Nobody has answered yet. Call, if it's urgent."))
    birgitta.locator("label.chip", has_text=look.say("I come")).click()
    birgitta.get_by_role("button", name=look.say("I take it")).click()
    expect(status).to_contain_text(re.compile(r"Birgitta .*5"))  # by itself

    week.turn_to("tuesday", "20:27")  # taken, and not a word since
    tuva.reload()
    expect(status).to_contain_text(look.say("Nobody has answered yet."))
    anders.goto("/me")
    expect(needs).to_be_visible()
