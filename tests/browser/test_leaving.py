"""Leaving fast when somebody looks over the shoulder, and being closed out while reading."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.elsewhere import Elsewhere
from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.sample import Sample
from tests.browser.thread_page import go_live
from tests.live.house import eventually


@pytest.mark.parametrize("keep", [False, True], ids=["shared", "own-device"])
def test_leave_fast(people: People, look: Look, elsewhere: Elsewhere, sample: Sample, keep: bool) -> None:
    page = people.signed_in("johanna", own=True, keep=keep)
    people.guard(page).allow_leaving_to(elsewhere.url)
    page.goto("about:blank")
    go_live(page, f"/t/{sample.talk}")
    before = len(elsewhere.visits)
    page.get_by_role("button", name=look.say("Leave fast")).click()
    page.wait_for_url(elsewhere.url)
    expect(page.locator("h1")).to_have_text("Rain later")
    assert len(elsewhere.visits) == before + 1 and "Referer" not in elsewhere.visits[-1]
    page.go_back()
    assert page.url == "about:blank"  # not the page that was left
    if not keep:
        eventually(lambda: signed_out(page))
    page.goto(f"/t/{sample.talk}")
    if keep:
        expect(page.locator("#stream")).to_contain_text("sextio")
    else:
        expect(page.locator("[name=password]")).to_be_visible()
        expect(page.locator("body")).not_to_contain_text("sextio")


def signed_out(page: Page) -> bool:
    """Leaving signs out beside the way out: the answer to it comes after the other page."""
    return page.request.get("/me", max_redirects=0).status == 302


def test_suspended_while_reading(people: People, look: Look, sample: Sample, flask: Callable[..., str]) -> None:
    name = sample.newcomer("Tove", look.lang)
    page = people.signed_in(name, own=True)
    people.guard(page).expect(401, 403, 400)
    go_live(page, f"/t/{sample.talk}")
    flask("member", "suspend", name)
    try:
        told = "Hearth is closed to you for now. Help now, those who work here and your own pages stay open."
        expect(page.locator("main .lead")).to_have_text(look.say(told), timeout=2000)
        expect(page.locator("body")).not_to_contain_text("sextio")
        page.locator("main .btn.help").click()
        expect(page.locator("main a[href='tel:112']").first).to_be_visible()
        answer = page.goto(f"/t/{sample.talk}")
        assert answer and answer.status == 403
        expect(page.locator("body")).not_to_contain_text("sextio")
        page.get_by_role("button", name=look.say("Sign out")).click()
        expect(page.locator("h1")).to_have_text(look.say("Hi. Sign in here."))
    finally:
        flask("member", "restore", name)
