"""Somebody puts a book together, in her order and without a mouse, has it made before her eyes, and opens it where
there is no line."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import axe, layout
from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.test_pictures import choose
from tests.pictures.corpus import drawn, encoded

PICTURES = [encoded(drawn(900, 600), "JPEG"), encoded(drawn(500, 800), "JPEG")]


def sound(page: Page) -> None:
    """Nothing an aid stumbles over, nothing beside the screen, nothing too small to hit."""
    assert axe.violations(page) + layout.outside(page) + layout.too_small(page) == [], page.url


def shown_pictures(page: Page, words: str) -> None:
    """A post of hers with two pictures nobody is in, among those who work here."""
    page.goto("/write?space=personalrummet")
    choose(page, *PICTURES)
    expect(page.locator(".picture-choose [data-photo]")).to_have_count(2)
    page.locator("textarea[name='text']").fill(words)
    page.locator("form.writing .send-row .btn").click()
    expect(page.locator("main article")).to_have_count(2)
    for address in [link.get_attribute("href") or "" for link in page.locator("main article .btn").all()]:
        page.goto(address)
        page.locator("input[name='alt']").fill("En cykel mot en gul vägg")
        page.locator("input[name='who'][value='nobody']").check()
        page.locator("form[action$='/who'] .btn").click()
        expect(page.locator("main .note.good")).to_be_visible()


def begun(page: Page, look: Look, title: str) -> None:
    page.goto("/me/book")
    sound(page)
    page.locator("[name='title']").fill(title)
    page.locator("[name='dedication']").fill("Till mig själv, när jag är stor")
    page.locator(f"input[name='lang'][value='{look.lang}']").check()
    page.get_by_role("button", name=look.say("Begin"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def own_page(page: Page, look: Look, heading: str) -> None:
    page.get_by_role("link", name=look.say("A page of my own words")).first.click()
    sound(page)
    page.locator("[name='heading']").fill(heading)
    page.locator("[name='text']").fill(f"Så här var det: {heading.lower()}.")
    page.get_by_role("button", name=look.say("Save"), exact=True).click()
    expect(page.locator(".book-item", has_text=heading)).to_be_visible()


def picked(page: Page, look: Look, words: str) -> None:
    """Look for something she wrote and put it in."""
    book = page.url.partition("#")[0].partition("?")[0]
    page.get_by_role("link", name=look.say("What I wrote")).first.click()
    sound(page)
    page.locator("[name='q']").fill(words)
    page.get_by_role("button", name=look.say("Look"), exact=True).click()
    page.get_by_role("button", name=look.say("Put in")).first.click()
    expect(page.locator("main li", has_text=words)).to_contain_text(look.say("In the book"))
    sound(page)
    page.goto(book)


def order(page: Page) -> list[str]:
    return page.locator(".book-item").evaluate_all("(all) => all.map((one) => one.dataset.item)")


def kept(page: Page) -> list[str]:
    """The order as the house has it."""
    page.reload()
    return order(page)


def announced(page: Page, look: Look, place: int) -> None:
    expect(page.locator("#say")).to_have_text(look.say("Moved. Now place %(place)s.", place=place))


def pages_of_her_own(page: Page, look: Look, title: str, *headings: str) -> list[str]:
    begun(page, look, title)
    for heading in headings:
        own_page(page, look, heading)
    return order(page)


def fetched(page: Page, link: Locator, folder: Path) -> Path:
    with page.expect_download() as told:
        link.click()
    target = folder / told.value.suggested_filename
    told.value.save_as(target)
    return target


def made(page: Page, look: Look, form: str, heading: str, folder: Path) -> Path:
    """Asked for, seen on its way, ready without a reload, fetched."""
    page.locator(f"input[name='form'][value='{form}']").check()
    page.get_by_role("button", name=look.say("Make the book")).click()
    expect(page.locator("#book-files progress")).to_be_visible()
    sound(page)
    card = page.locator("#book-files section", has_text=look.say(heading))
    expect(card.get_by_role("link")).to_be_visible(timeout=90_000)
    expect(page.locator("#say")).to_have_text(f"{look.say('Your book is ready.')} {look.say(heading)}")
    expect(page.locator("#book-files progress")).to_have_count(0)
    sound(page)
    return fetched(page, card.get_by_role("link"), folder)


def read_without_a_line(browser: Browser, look: Look, folder: Path, pictures: int) -> None:
    """As it is, under its own policy; then once more for axe, which that policy would stop."""
    for width, colours, asked in ((320, "light", False), (320, "light", True), (1280, "dark", True)):
        context = browser.new_context(
            viewport={"width": width, "height": 640},
            color_scheme=colours,  # type: ignore[arg-type]
            bypass_csp=asked,
        )
        context.set_offline(True)
        outside: list[str] = []
        errors: list[str] = []
        context.on("request", lambda request, seen=outside: seen.append(request.url))
        reader = context.new_page()
        reader.on("console", lambda message, seen=errors: seen.append(message.text))
        reader.goto((folder / "index.html").as_uri())
        assert reader.locator("html").get_attribute("lang") == look.lang
        shown = reader.locator("img")
        expect(shown).to_have_count(pictures)
        for one in shown.all():
            one.scroll_into_view_if_needed()
            expect(one).to_have_js_property("complete", True)
            assert one.evaluate("(img) => img.naturalWidth") > 0
            assert one.get_attribute("alt")
        assert [url for url in outside if not url.startswith(("file://", "data:"))] == []
        assert errors == []
        assert layout.outside(reader) == []
        assert reader.evaluate("document.documentElement.scrollWidth") <= width
        if asked:
            assert axe.violations(reader) == []
        context.close()


@pytest.mark.timeout(240)
def test_made_before_her_eyes_and_opened_without_a_line(
    people: People, look: Look, browser: Browser, shot: Callable[..., None], tmp_path: Path
) -> None:
    page = people.signed_in("sara", own=True)
    words = f"Cykeln som blev hel igen, {look}"
    shown_pictures(page, words)
    page.goto("/me")
    page.get_by_role("link", name=look.say("My memory book")).click()
    begun(page, look, "Åren på Solgläntan")
    sound(page)
    picked(page, look, words)
    page.get_by_role("link", name=look.say("Days of mine")).first.click()
    sound(page)
    page.get_by_role("button", name=look.say("Put everything in")).click()
    own_page(page, look, "Det jag vill minnas")
    sound(page)
    shot(page, "book with things")

    page.get_by_role("link", name=look.say("Look at it")).click()
    expect(page.locator(".leaf-pictures img")).to_have_count(2)
    expect(page.locator(".book-sheet")).to_contain_text(words)
    sound(page)
    shot(page, "book preview")
    page.get_by_role("link", name=look.say("Back to putting it together")).click()

    pdf = made(page, look, "pdf", "The book to print", tmp_path)
    shot(page, "book ready")
    assert pdf.read_bytes().startswith(b"%PDF")
    archive = made(page, look, "zip", "The book for the screen", tmp_path)
    with zipfile.ZipFile(archive) as file:
        file.extractall(tmp_path / "unpacked")
    read_without_a_line(browser, look, tmp_path / "unpacked", 2)


def test_in_her_order_by_keyboard_alone(people: People, look: Look) -> None:
    """Alt and an arrow on the handle; Earlier and Later: the thing moves, the focus stays on it, the place is said."""
    page = people.signed_in("amina", own=True)
    first, second, third = pages_of_her_own(page, look, f"Ordning {look}", "Ett", "Två", "Tre")
    handle = page.locator(f"#item-{first} .book-handle")
    handle.focus()
    page.keyboard.press("Alt+ArrowDown")
    announced(page, look, 2)
    expect(handle).to_be_focused()
    assert order(page) == [second, first, third]
    page.keyboard.press("Alt+ArrowDown")
    announced(page, look, 3)
    page.keyboard.press("Alt+ArrowDown")
    expect(handle).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    announced(page, look, 2)
    assert order(page) == kept(page) == [second, first, third]

    earlier, later = (page.locator(f"#item-{third} button[value='{to}']") for to in ("earlier", "later"))
    earlier.focus()
    page.keyboard.press("Enter")
    announced(page, look, 2)
    expect(earlier).to_be_focused()
    page.keyboard.press("Enter")
    announced(page, look, 1)
    expect(earlier).to_be_focused()
    later.focus()
    page.keyboard.press("Space")
    announced(page, look, 2)
    expect(later).to_be_focused()
    assert order(page) == kept(page) == [second, third, first]
    sound(page)


def test_moves_pressed_in_haste_are_kept_in_their_order(people: People, look: Look) -> None:
    page = people.signed_in("tuva", own=True)
    one, *rest = pages_of_her_own(page, look, f"Bråttom {look}", "Ett", "Två", "Tre", "Fyra")
    page.locator(f"#item-{one} .book-handle").focus()
    for _press in rest:
        page.keyboard.press("Alt+ArrowDown")
    announced(page, look, 4)
    assert order(page) == kept(page) == [*rest, one]


def test_a_move_without_a_line_goes_back_and_is_said(people: People, look: Look) -> None:
    page = people.signed_in("elias", own=True)
    before = pages_of_her_own(page, look, f"Utan nät {look}", "Ett", "Två")
    people.guard(page).allow_broken_line()
    page.context.set_offline(True)
    handle = page.locator(f"#item-{before[0]} .book-handle")
    handle.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#say")).to_have_text(look.say("No connection. Try again in a moment."))
    expect(handle).to_be_focused()
    assert order(page) == before
    page.context.set_offline(False)


def test_dragged_by_its_handle(people: People, look: Look) -> None:
    page = people.signed_in("isla", own=True)
    first, second, third = pages_of_her_own(page, look, f"Dra {look}", "Ett", "Två", "Tre")
    handle, target = page.locator(f"#item-{first} .book-handle"), page.locator(f"#item-{third}")
    target.scroll_into_view_if_needed()
    handle.scroll_into_view_if_needed()
    start = handle.bounding_box()
    assert start
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    end = target.bounding_box()
    assert end
    page.mouse.move(start["x"] + 20, end["y"] + end["height"] - 4, steps=12)
    page.mouse.up()
    announced(page, look, 3)
    assert order(page) == kept(page) == [second, third, first]
