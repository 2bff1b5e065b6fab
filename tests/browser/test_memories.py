"""A memory from the first picture to the timeline: an album is made and filled, and found again by when it happened."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.test_keyboard import tab_to
from tests.pictures.corpus import drawn, encoded

TITLE = "Gotland, alla i samma bil"


def typed(page: Page, wanted: str, words: str) -> None:
    """By keyboard: to the field, and the words."""
    tab_to(page, wanted)
    page.keyboard.type(words)


def test_made_filled_dated_and_found_by_keyboard(people: People, look: Look) -> None:
    page = people.signed_in("jonna")
    page.goto("/albums/new")
    typed(page, "input[name='title']", TITLE)
    typed(page, "input[name='year']", "2014")
    tab_to(page, "select[name='part']")
    page.locator("select[name='part']").select_option("summer")
    tab_to(page, "form .send-row .btn")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator(".album-about")).to_contain_text("sommaren 2014" if look.lang == "sv" else "summer 2014")
    album = page.url
    tab_to(page, "a[href$='/add']")
    page.keyboard.press("Enter")
    files = [
        {"name": f"{nr}.png", "mimeType": "image/png", "buffer": encoded(drawn(120 + nr, 90), "PNG")} for nr in range(3)
    ]
    page.locator("input[name='pictures']").set_input_files(files)  # type: ignore[arg-type]
    expect(page.locator(".picture-choose [data-photo]")).to_have_count(3)
    typed(page, "input[name='year']", "2014")
    page.locator("select[name='part']").select_option("7")
    typed(page, "input[name='day']", "3")
    tab_to(page, "form.sheet .send-row .btn")
    page.keyboard.press("Enter")
    expect(page.locator("main article")).to_have_count(3)
    for url in [one.get_attribute("href") for one in page.locator("main article a.btn").all()]:
        page.goto(str(url))
        page.locator("input[name='who'][value='nobody']").check()
        page.locator("form.form .btn").first.click()
        expect(page.locator(".note.good")).to_be_visible()
    page.goto(album)
    expect(page.locator(".album-grid .tile img")).to_have_count(3)
    assert violations(page) == []
    reader = people.signed_in("samir")
    reader.goto("/memories?year=2014")
    link = reader.locator(".memory", has_text=re.compile("3 (juli|July) 2014")).first
    expect(link.locator("img")).to_have_count(3)
    assert violations(reader) == []
    tab_to(reader, ".memory a[href*='/albums/']")
    reader.keyboard.press("Enter")
    expect(reader.locator("h1")).to_have_text(TITLE)
    reader.set_viewport_size({"width": 320, "height": 640})
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320
