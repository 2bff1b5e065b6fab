"""The demo as it is when somebody first opens it: what is in sight, and what it weighs."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import APIResponse, Browser, Locator, Page, expect

from tests.browser.looks import Look
from tests.browser.people import People
from tests.serve import Hearth


@pytest.fixture(scope="module")
def fresh_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with Hearth(tmp_path_factory.mktemp("fresh") / "data") as server:
        yield f"http://localhost:{server.port}"


@pytest.fixture
def page(browser: Browser, fresh_url: str, look: Look) -> Iterator[Page]:
    people = People(browser, fresh_url, look)
    yield people.signed_in("amina", own=True)
    people.end()


def test_the_first_post_stands_high(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/")
    first = page.locator("#feed article").first.bounding_box()
    assert first and first["y"] < 220


def test_three_posts_are_in_sight_on_a_phone(page: Page) -> None:
    """Once what is pinned has been read and put away; of a post with a picture, what stands above it."""
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/")
    if page.locator("details.pins").count():
        page.locator("details.pins > summary").click()
        page.locator(".pin-list .btn").click()
        expect(page.locator("details.pins")).to_have_count(0)
    expect(page.locator("#feed article")).not_to_have_count(0)
    bar = page.locator(".tabbar").bounding_box()
    assert bar
    ends = [end_of(article) for article in page.locator("#feed article").all()]
    assert len([end for end in ends if end <= bar["y"] + 1]) >= 3, ends[:4]


def end_of(article: Locator) -> float:
    """Where a post's words end, counted from the top of the page."""
    picture = article.locator(".thumbs")
    box = picture.bounding_box() if picture.count() else article.bounding_box()
    assert box
    return box["y"] if picture.count() else box["y"] + box["height"]


def weight(page: Page, answer: APIResponse) -> int:
    """The page and what it loads, compressed; without fonts and pictures of faces."""
    asks = page.context.request
    html = answer.text()
    parts = re.findall(r'(?:<script src|<link rel="stylesheet" href)="([^"]+)"', html)
    assert len(parts) >= 2
    bodies = [html.encode(), *(asks.get(part).body() for part in parts)]
    return sum(len(gzip.compress(body, 6)) for body in bodies)


def test_pages_are_light(page: Page) -> None:
    asks = page.context.request
    feed = asks.get("/")
    assert weight(page, feed) <= 100 * 1024
    threads = re.findall(r'href="(/t/\d+)"', feed.text())
    assert len(threads) >= 8
    for thread in threads:
        assert weight(page, asks.get(thread)) <= 60 * 1024, thread
