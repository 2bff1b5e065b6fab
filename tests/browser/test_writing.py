"""Starting a thread: sent once, whatever happens around it, and never lost."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.people import Pen, People
from tests.browser.thread_page import open_more


def test_back_after_sending_offers_nothing_to_send_twice(people: People, look: Look) -> None:
    page = people.signed_in("isla")
    page.goto("/write")
    words = f"Sent once, and once only ({look})"
    with page.expect_response(lambda answer: answer.url.endswith("/drafts")):
        page.locator("[name=text]").fill(words)
    page.locator("form.writing button[type=submit]").click()
    page.wait_for_url("**/t/*")
    page.go_back()
    expect(page.locator("form.writing")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("")
    page.goto("/")
    expect(page.locator("#feed article", has_text=words)).to_have_count(1)


def test_a_line_that_breaks_on_sending_leaves_the_words_where_they_are(people: People, look: Look) -> None:
    page = people.signed_in("elias")
    people.guard(page).allow_broken_line()
    page.goto("/write")
    page.locator("[name=text]").fill("det här får inte försvinna")
    page.route("**/write", lambda route: route.abort())
    page.locator("form.writing button[type=submit]").click()
    expect(page.locator("form.writing .answer")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("det här får inte försvinna")
    page.unroute("**/write")
    page.locator("form.writing button[type=submit]").click()
    page.wait_for_url("**/t/*")
    expect(page.locator(".opening .bodybox")).to_have_text("det här får inte försvinna")


def test_words_that_are_refused_stay_in_the_field(people: People, look: Look) -> None:
    page = people.signed_in("isla")
    people.guard(page).expect(422)
    page.goto("/write")
    page.locator("[name=text]").fill("x" * 10_001)
    page.locator("form.writing button[type=submit]").click()
    expect(page.locator("form.writing .err")).to_be_visible()
    expect(page.locator("[name=text]")).to_be_focused()
    expect(page.locator("[name=text]")).to_have_value("x" * 10_001)


def test_more_offers_what_one_may_do_there(people: People, look: Look, pen: Callable[[str], Pen]) -> None:
    thread = pen("tuva").write(f"Mitt eget ({look})")
    reply = pen("amina").reply(thread, "och mitt")
    opening = pen("tuva").opening(thread)
    pen("tuva").edit(opening, "Mitt eget, ändrat")
    listen = look.say("Listen, or stop")
    said = ("Quote", "Save for me", "Change", "What was changed")
    quote, save, change, before = (look.say(words) for words in said)
    mute, block = (look.say(f"{verb} %(name)s").replace("%(name)s", "Tuva") for verb in ("Mute", "Block"))
    for name, piece, offered in (
        ("amina", reply, [quote, save, change, look.say("Take back"), listen]),
        ("amina", opening, [quote, save, mute, block, listen]),
        (
            "sara",
            opening,
            [quote, save, look.say("Pin it at the top"), before, mute, listen],
        ),  # staff pin, block nobody
    ):
        page = people.signed_in(name)
        page.goto(f"/t/{thread}")
        items = open_more(page, piece).locator(".menu-list li")
        expect(items).to_have_text(offered)
