"""A thread's page as a person meets it: its pieces, its field, its menus."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

_PIECES = """() => [...document.querySelectorAll('#stream .slot')].map((slot) => ({
  id: slot.dataset.piece, nr: slot.dataset.nr, seq: slot.dataset.seq, place: slot.id,
  mine: 'mine' in slot.dataset, my: slot.dataset.my || '',
  line: ['named', 'badged', 'timed'].filter((name) => slot.classList.contains(name)).join(' '),
  day: slot.querySelector(':scope > .day')?.textContent || '',
  tag: slot.localName, html: slot.querySelector('.piece').outerHTML.replace(/\\s+/g, ' '),
}))"""
_ROUND = """() => ({
  title: document.querySelector('h1')?.textContent.trim(),
  nothing: Boolean(document.querySelector('#stream .none')?.checkVisibility()),
  field: Boolean(document.querySelector('#composer textarea')),
})"""


def slot(page: Page, piece: int) -> Locator:
    return page.locator(f'.slot[data-piece="{piece}"]')


def field(page: Page) -> Locator:
    return page.locator("#composer textarea")


def send(page: Page, text: str) -> None:
    field(page).fill(text)
    page.locator("#reply-send").click()


def open_react(page: Page, piece: int) -> Locator:
    page.locator(f"#react-{piece}").click()
    return slot(page, piece).locator(".menu")


def open_more(page: Page, piece: int) -> Locator:
    page.locator(f"#more-{piece}").click()
    return slot(page, piece).locator(".menu")


def go_live(page: Page, address: str) -> None:
    """Open a page and wait until its line stands: it asks for what it missed only when it hears what comes."""
    with page.expect_response(lambda answer: "/since?" in answer.url or "/feed/newer" in answer.url):
        page.goto(address)


def seen(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(_PIECES)
    return found


def same_as_fresh(page: Page) -> None:
    """What stands on an open page is what a new page of the same person shows, piece by piece, none twice."""
    fresh = page.context.new_page()
    fresh.goto(page.url.split("#")[0])
    there, around = seen(fresh), fresh.evaluate(_ROUND)
    fresh.close()
    for _moment in range(20):  # a frame may be on its way
        if (seen(page), page.evaluate(_ROUND)) == (there, around):
            break
        page.wait_for_timeout(100)
    here = seen(page)
    ids = [piece["id"] for piece in here]
    assert len(ids) == len(set(ids)), f"twice on the page: {ids}"
    assert ids == [piece["id"] for piece in there]
    for one, other in zip(here, there, strict=True):
        assert one == other, {name: (one[name], other[name]) for name in one if one[name] != other[name]}
    assert page.evaluate(_ROUND) == around
