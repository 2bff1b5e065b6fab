"""A question with its answer: the asker says what helped, and whoever reads sees it at once, at the top."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.people import Pen, People
from tests.browser.thread_page import go_live, open_more


def test_what_helped_is_on_top_of_open_pages_at_once(people: People, look: Look, pen: Callable[[str], Pen]) -> None:
    thread = pen("tuva").write(f"Vart ringer man ({look})", mode="ask", tag_whom="y")
    first, second = pen("samir").reply(thread, "Till banken."), pen("daniel").reply(thread, "Till kommunen.")
    reader = people.signed_in("elias")
    go_live(reader, f"/t/{thread}")
    on_top = reader.locator("#on-top")
    expect(on_top).to_be_empty()
    asker = people.signed_in("tuva")
    asker.goto(f"/t/{thread}")
    open_more(asker, second).get_by_role("button", name=look.say("This helped")).click()
    expect(asker.locator("#on-top .piece")).to_contain_text("Till kommunen.")
    expect(on_top.locator(".piece")).to_contain_text("Till kommunen.")
    expect(on_top.locator(".tools")).to_have_count(0)
    on_top.get_by_role("link", name=look.say("See it in its place")).click()
    expect(reader.locator(f'.slot[data-piece="{second}"]')).to_be_focused()
    pen("daniel").edit(second, "Till kommunens växel.")
    expect(on_top.locator(".piece")).to_contain_text("Till kommunens växel.")
    pen("daniel").take_back(second)
    expect(on_top).to_be_empty()
    pen("daniel").put_back(second)
    expect(on_top.locator(".piece")).to_contain_text("Till kommunens växel.")
    pen("tuva").post(f"/pieces/{first}/helped")
    expect(on_top.locator(".piece")).to_contain_text("Till banken.")
    pen("tuva").post(f"/pieces/{first}/helped-no-more")
    expect(on_top).to_be_empty()


def test_what_the_reader_muted_folds_on_top_as_it_arrives(
    people: People, look: Look, pen: Callable[[str], Pen]
) -> None:
    thread = pen("tuva").write(f"Vem lagar cyklar ({look})", mode="ask")
    reply, reader = pen("daniel").reply(thread, "Olof."), people.signed_in("kim")
    reader.goto("/me/muted")
    reader.locator("[name=word]").fill("Olof")
    reader.locator("[name=word]").press("Enter")
    reader.wait_for_url("**/me/muted*")
    go_live(reader, f"/t/{thread}")
    on_top = reader.locator("#on-top")
    pen("tuva").post(f"/pieces/{reply}/helped")
    expect(on_top.locator(".fold")).to_be_visible()
    expect(on_top.locator(".piece")).to_be_hidden()
    on_top.locator(".fold summary").press("Enter")
    pen("daniel").edit(reply, "Olof, men inte på lördagar.")
    expect(on_top.locator(".piece")).to_contain_text("inte på lördagar")
    expect(on_top.locator(".piece")).to_be_visible()
    pen("daniel").edit(reply, "Ingen.")
    expect(on_top.locator(".piece")).to_have_text(re.compile("Ingen."))
    expect(on_top.locator(".fold")).to_have_count(0)
    reader.goto("/me/muted")
    reader.locator(".chips button").click()


def test_asking_and_marking_without_javascript(people: People, look: Look, pen: Callable[[str], Pen]) -> None:
    page = people.signed_in("tuva", javascript=False)
    page.goto("/write?space=fraga")
    page.locator("[name=text]").fill(f"Hur gör man ({look})")
    page.locator("label:has([name=mode][value=ask])").click()
    page.locator("label:has([name=tag_practical])").click()
    page.locator("form.writing button[type=submit]").click()
    thread = int(page.url.rsplit("/", 1)[1])
    reply = pen("samir").reply(thread, "Så här.")
    page.reload()
    page.locator(f"#more-{reply}").click()
    page.get_by_role("button", name=look.say("This helped")).click()
    expect(page.locator("#on-top .piece")).to_contain_text("Så här.")
    page.locator(".tags a").click()
    expect(page.locator(f"#feed [data-thread='{thread}']")).to_contain_text(look.say("answered"))
