"""Naming somebody with the keyboard alone, and a muted person's words folding as they arrive."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.people import Pen, People
from tests.browser.thread_page import field, go_live, slot


def test_a_name_is_offered_chosen_and_leads_to_her_page(people: People, look: Look, pen: Callable[[str], Pen]) -> None:
    thread, page = pen("sara").write(f"Vem kan ull? ({look})"), people.signed_in("daniel")
    go_live(page, f"/t/{thread}")
    words = field(page)
    words.click()
    words.press_sequentially("Fråga @jo")
    offer = page.get_by_role("listbox", name=look.say("Names to choose from. Use the arrow keys."))
    expect(offer.get_by_role("option")).to_have_count(2)
    expect(words).to_have_attribute("aria-activedescendant", "name-1")
    above, below = offer.bounding_box(), words.bounding_box()
    assert above and below
    assert above["y"] + above["height"] <= below["y"] or above["y"] >= below["y"] + below["height"]
    words.press("ArrowDown")
    expect(offer.get_by_role("option", selected=True)).to_contain_text("Jonna")
    words.press("ArrowUp")
    words.press("Enter")
    expect(words).to_have_value("Fråga @Johanna ")
    expect(words).to_be_focused()
    expect(offer).to_have_count(0)
    words.press_sequentially("eller @jo")
    expect(offer).to_be_visible()
    words.press("Escape")
    expect(offer).to_have_count(0)
    expect(words).to_have_value("Fråga @Johanna eller @jo")
    page.locator("#reply-send").click()
    mention = page.locator(".slot .mention")
    expect(mention).to_have_text("@Johanna")
    mention.click()
    expect(page.locator("h1")).to_have_text("Johanna")
    expect(page.locator(".about")).to_be_visible()


def test_what_a_muted_person_writes_folds_as_it_arrives(people: People, look: Look, pen: Callable[[str], Pen]) -> None:
    thread, page = pen("sara").write(f"Hur var dagen? ({look})"), people.signed_in("marcus")
    go_live(page, f"/t/{thread}")
    first = pen("fatuma").reply(thread, "Lång.")
    page.locator(f".slot[data-piece='{first}'] a.who").click()
    page.get_by_role("button", name=look.say("Mute")).click()
    expect(page.get_by_role("button", name=look.say("Unmute"))).to_be_visible()
    go_live(page, f"/t/{thread}")
    expect(slot(page, first).locator(".fold")).to_be_visible()
    second, third = pen("fatuma").reply(thread, "Längre."), pen("sara").reply(thread, "Kort.")
    for piece, shown in ((first, False), (second, False), (third, True)):
        expect(slot(page, piece).locator(".piece")).to_be_visible(visible=shown)
    pen("sara").react(second, "hug")
    slot(page, second).locator(".fold summary").press("Enter")
    expect(slot(page, second).locator(".piece")).to_be_visible()
    expect(slot(page, first).locator(".piece")).to_be_hidden()
    page.goto("/me/muted")
    page.get_by_role("button", name=look.say("Unmute")).click()
    page.goto(f"/t/{thread}")
    expect(page.locator(".fold")).to_have_count(0)
