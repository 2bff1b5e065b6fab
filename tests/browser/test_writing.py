"""Starting a thread: sent once, whatever happens around it, and never lost."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.browser.looks import Look
from tests.browser.people import Pen, People
from tests.browser.thread_page import field, open_more, send


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


def test_words_typed_while_others_are_on_their_way_are_kept(
    people: People, look: Look, pen: Callable[[str], Pen]
) -> None:
    """A slow line: she writes on before the first answer is there, and presses Send for that too."""
    thread = pen("tuva").write("Vem är vaken?")
    page = people.signed_in("samir")
    page.goto(f"/t/{thread}")
    waiting: list[Route] = []
    page.route("**/replies", lambda route: waiting.append(route))

    def arrives() -> None:
        while not waiting:
            page.wait_for_timeout(20)
        waiting.pop().continue_()

    send(page, "jag")
    page.locator("#reply-send").click()  # a second press for the same words is nothing
    field(page).fill("jag\noch jag kan inte")
    arrives()
    expect(page.locator(".pieces .slot")).to_have_count(1)
    expect(field(page)).to_have_value("och jag kan inte")
    expect(field(page)).to_be_focused()

    page.locator("#reply-send").click()
    field(page).fill("sova")
    page.locator("#reply-send").click()
    arrives()
    arrives()
    expect(page.locator(".pieces .slot .bodybox")).to_have_text(["jag", "och jag kan inte", "sova"])
    expect(field(page)).to_have_value("")
    assert not waiting


def test_more_offers_what_one_may_do_there(people: People, look: Look, pen: Callable[[str], Pen]) -> None:
    thread = pen("tuva").write(f"Mitt eget ({look})")
    reply = pen("amina").reply(thread, "och mitt")
    opening = pen("tuva").opening(thread)
    pen("tuva").edit(opening, "Mitt eget, ändrat")
    listen = look.say("Listen, or stop")
    said = ("Quote", "Save for me", "Tell staff", "Change", "What was changed")
    quote, save, tell, change, before = (look.say(words) for words in said)
    when = look.say("When was it?")
    mute, block = (look.say(f"{verb} %(name)s").replace("%(name)s", "Tuva") for verb in ("Mute", "Block"))
    for name, piece, offered in (
        ("amina", reply, [quote, save, change, look.say("Take back"), when, listen]),
        ("amina", opening, [quote, save, tell, mute, block, listen]),
        (
            "sara",
            opening,
            [quote, save, look.say("Pin it at the top"), before, tell, mute, listen],
        ),  # staff pin, block nobody
    ):
        page = people.signed_in(name)
        page.goto(f"/t/{thread}")
        items = open_more(page, piece).locator(".menu-list li")
        expect(items).to_have_text(offered)
