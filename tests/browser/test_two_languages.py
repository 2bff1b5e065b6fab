"""A page in Swedish and one in English, open on the same thread: each gets what happens in its own language."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.looks import said
from tests.browser.people import Pen, People
from tests.browser.thread_page import go_live, same_as_fresh, slot


def speaks(page: Page, piece: int, lang: str, badge: str) -> None:
    here = slot(page, piece)
    expect(here.locator(".badge")).to_have_text(said(badge, lang), timeout=2000)
    label = said("Reply by %(name)s", lang, name="Johanna")
    expect(here.locator("article")).to_have_attribute("aria-label", label)
    expect(page.locator(f"#react-{piece}")).to_contain_text(said("React to %(name)s", lang, name="Johanna"))
    expect(here.locator(".member")).to_have_attribute("lang", "sv")  # what was written stays what it is


def test_each_page_gets_its_own_language(people: People, pen: Callable[[str], Pen]) -> None:
    thread = pen("tuva").write("Hur var det i huset förr i tiden?")
    swedish, english = people.signed_in("amina", lang="sv"), people.signed_in("isla", lang="en")
    pages = {"sv": swedish, "en": english}
    for page in pages.values():
        go_live(page, f"/t/{thread}")
    piece = pen("johanna").reply(thread, "Vi hade en garderob som inte gick att stänga, och det var allt.")
    pen("johanna").react(piece, "idea")
    pen("johanna").edit(piece, "Vi hade en garderob som inte gick att stänga, och en till.")
    gone = pen("samir").reply(thread, "Tre akter. Jag tar tillbaka den.")
    pen("samir").take_back(gone)
    for lang, page in pages.items():
        speaks(page, piece, lang, "has lived here")
        expect(slot(page, piece).locator(".byline")).to_contain_text(said("changed", lang), timeout=2000)
        expect(page.locator(f"#react-{piece}")).to_contain_text(said("this helped", lang))
        expect(slot(page, gone)).to_contain_text(said("The author took this back.", lang))
        expect(slot(page, piece).locator("time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
        same_as_fresh(page)
    whole = {lang: slot(page, piece).locator("time").get_attribute("title") for lang, page in pages.items()}
    assert whole["sv"] and whole["en"] and whole["sv"] != whole["en"]  # the whole moment, in words of each language


def test_the_feed_speaks_the_readers_language_too(people: People, pen: Callable[[str], Pen]) -> None:
    swedish, english = people.signed_in("amina", lang="sv"), people.signed_in("isla", lang="en")
    for page in (swedish, english):
        go_live(page, "/")
    thread = pen("johanna").write("Vem har receptet på kanelbullar kvar?", mode="ask")
    for page, lang in ((swedish, "sv"), (english, "en")):
        item = page.locator(f'#feed article[data-thread="{thread}"]')
        expect(item.locator(".badge")).to_have_text(said("has lived here", lang), timeout=2500)
        expect(item.locator(".feed-foot")).to_contain_text(said("waits for an answer", lang))
        expect(item.locator(".feed-foot")).to_contain_text({"sv": "Vardagsrummet", "en": "Living room"}[lang])
