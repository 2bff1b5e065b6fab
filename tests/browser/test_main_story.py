"""Somebody comes in by invitation, says hello, is answered, and both see it at once."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.thread_page import go_live, open_react, send

pytestmark = pytest.mark.timeout(90)


def invite(page: Page, look: Look, name: str) -> tuple[str, str]:
    """A house manager makes an invitation by pressing what she sees; the link and the code."""
    page.goto("/me")
    page.get_by_role("link", name=look.say("Invite someone")).click()
    page.get_by_role("link", name=look.say("Invite someone")).click()
    page.get_by_text(look.say("lives here"), exact=True).click()
    page.locator("[name=display_name]").fill(name)
    page.locator("[name=birth_date]").fill("2009-05-04")
    page.locator(f"label:has([name=language][value={look.lang}])").click()
    page.get_by_role("button", name=look.say("Make the invitation")).click()
    expect(page.locator("h1")).to_have_text(look.say("The invitation is ready"))
    return page.locator("#link").input_value(), page.locator(".code").inner_text()


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"label:has([name={name}][value={value}])").click()


def reload_marker(page: Page) -> Callable[[], bool]:
    """Whether the page is still the one that was opened."""
    page.evaluate("() => { window.opened = true; }")
    return lambda: bool(page.evaluate("() => window.opened === true"))


def post_of(page: Page, text: str) -> Locator:
    return page.locator("#feed article", has_text=text)


def test_from_the_invitation_to_a_reaction_seen_live(people: People, look: Look, shot: Callable[..., None]) -> None:
    manager = people.signed_in("birgitta")
    link, _code = invite(manager, look, "Tindra")
    people.close(manager)

    elias = people.signed_in("elias")
    go_live(elias, "/")
    unmoved = reload_marker(elias)

    tindra = people.visitor()
    tindra.goto(link)
    expect(tindra.locator("h1")).to_have_text(look.say("Hi %(name)s, welcome in", name="Tindra"))
    assert link.rsplit("/", 1)[1] not in tindra.url  # the secret does not stay in the address
    join(tindra, people, look, shot)

    expect(tindra.locator("h1")).to_have_text(look.say("You are in"))
    assert re.fullmatch(r"tindra\d*", tindra.locator(".secret").inner_text())
    tindra.get_by_role("link", name=look.say("Go on")).click()

    hello = tindra.locator(".hello")
    expect(hello).to_contain_text(look.say("Want to say hi?"))
    shot(tindra, "feed with hello card")
    hello.get_by_role("link", name=look.say("Say hi")).click()
    words = f"Hej, jag heter Tindra och är ny ({look})"
    tindra.locator("[name=text]").fill(words)
    sent = time.monotonic()
    tindra.get_by_role("button", name=look.say("Send")).click()
    expect(post_of(elias, words)).to_be_visible(timeout=2000)
    assert time.monotonic() - sent < 2
    assert unmoved()

    tindra.wait_for_url("**/t/*")
    post_of(elias, words).locator("a.open").click()
    elias.wait_for_url("**/t/*")
    expect(tindra.locator("#stream .none")).to_have_text(look.say("No replies yet"))
    still = reload_marker(tindra)
    with elias.expect_response("**/since?*"):
        send(elias, "tja tindra. gillar du schack")
    reply = tindra.locator(".pieces .slot", has_text="gillar du schack")
    expect(reply).to_be_visible(timeout=2000)
    expect(tindra.locator("#stream .none")).to_be_hidden()

    piece = int(reply.get_attribute("data-piece") or 0)
    unmoved = reload_marker(elias)
    open_react(tindra, piece).get_by_role("button", name=look.say("this helped")).click()
    expect(tindra.locator(f"#react-{piece} [data-kind=idea]")).to_be_visible(timeout=2000)
    expect(elias.locator(f"#react-{piece} [data-kind=idea]")).to_be_visible(timeout=2000)
    assert still() and unmoved()
    shot(tindra, "first thread")

    tindra.goto("/")
    expect(tindra.locator(".hello")).to_have_count(0)  # who has written is not asked again


def join(page: Page, people: People, look: Look, shot: Callable[..., None]) -> None:
    """A password too short comes back by its field, and nothing else is lost."""
    people.guard(page).expect(422)
    choose(page, "avatar", "a11")
    choose(page, "colour", "d")
    page.locator("[name=password]").fill("kort")
    page.locator("[name=accept_rules]").check()
    page.get_by_role("button", name=look.say("Come in")).click()

    wrong = page.locator("[name=password]")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_be_focused()
    told = page.locator("#password-err")
    expect(told).to_be_visible()
    assert "password-err" in (wrong.get_attribute("aria-describedby") or "")
    shot(page, "join with an error")
    expect(page.locator(".err")).to_have_count(1)
    expect(page.locator("[name=display_name]")).to_have_value("Tindra")
    expect(page.locator("[name=avatar]:checked")).to_have_value("a11")
    expect(page.locator("[name=colour]:checked")).to_have_value("d")
    expect(page.locator("[name=language]:checked")).to_have_value(look.lang)
    expect(page.locator("[name=accept_rules]")).to_be_checked()
    expect(wrong).to_have_value("")  # a password is never written into a page

    rules = page.locator("details", has=page.locator(".rules"))
    rules.locator("summary").click()
    expect(rules.locator("li")).to_have_count(7)
    wrong.fill("kanel moped blåbär")
    page.get_by_role("button", name=look.say("Come in")).click()
    page.wait_for_url("**/joined")
