"""How a story finds its own case in the queue, whatever else waits there."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def live_queue(host: Page, address: str = "/review") -> None:
    """Open it and wait until its line stands: what came in between is asked for then."""
    with host.expect_response(lambda answer: answer.request.headers.get("x-part") == "1" and "/review" in answer.url):
        host.goto(address)


def open_case(host: Page, words: str) -> None:
    """The page of the case about this text. Words that stay closed in the list are only read on their own page, so the
    cases are opened one after the other."""
    host.goto("/review")
    links = host.locator(".review-one [data-do=open]")
    expect(links.first).to_be_visible()
    for address in [one.get_attribute("href") for one in links.all()]:
        host.goto(str(address))
        if words in host.locator("#review-item").inner_text():
            return
    raise AssertionError(f"no case about {words!r}")
