"""Coming in by a typed code, and links and codes that are used up."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.sample import Sample

WHAT_TO_DO = (
    "Each one works once, for 14 days. Ask staff for a new one, it takes them a minute. "
    "If you have joined already, sign in."
)


def come_in(page: Page) -> None:
    page.locator("[name=password]").fill("kanel moped blåbär")
    page.locator("[name=accept_rules]").check()
    page.locator("form.card > button.btn[type=submit]").click()
    expect(page.locator(".secret")).to_be_visible()


def gone(page: Page, look: Look) -> None:
    """One page for all of them, with what to do."""
    expect(page.locator("h1")).to_have_text(look.say("This link or code doesn't work any more"))
    expect(page.locator("main .lead")).to_have_text(look.say(WHAT_TO_DO))
    expect(page.locator("main").get_by_role("link", name=look.say("Sign in"))).to_be_visible()
    page.locator("main").get_by_role("link", name=look.say("Type another code")).click()
    expect(page.locator("h1")).to_have_text(look.say("Type your code"))


def test_by_a_code_typed_by_hand(people: People, look: Look, sample: Sample) -> None:
    _link, code = sample.pen("birgitta").invite("Robin", look.lang)
    page = people.visitor()
    page.goto("/login")
    page.get_by_role("link", name=look.say("I have a code or link")).click()
    page.locator("[name=code]").fill(f" {code.lower().replace(' ', '-')} ")  # as people copy from paper
    page.get_by_role("button", name=look.say("Go on")).click()
    expect(page.locator("h1")).to_have_text(look.say("Hi %(name)s, welcome in", name="Robin"))
    come_in(page)

    again = people.visitor()
    people.guard(again).expect(410)
    again.goto("/join/code")
    again.locator("[name=code]").fill(code)
    again.get_by_role("button", name=look.say("Go on")).click()
    gone(again, look)


def test_a_used_link_says_what_to_do(people: People, look: Look, sample: Sample) -> None:
    link, _code = sample.pen("birgitta").invite("Sasha", look.lang)
    page = people.visitor()
    page.goto(link)
    come_in(page)
    other = people.visitor()
    people.guard(other).expect(410)
    answer = other.goto(link)
    assert answer and answer.status == 410
    gone(other, look)


def test_a_code_that_never_was(people: People, look: Look) -> None:
    page = people.visitor()
    people.guard(page).expect(410)
    page.goto("/join/code")
    page.locator("[name=code]").fill("ABCDE 23456")
    page.get_by_role("button", name=look.say("Go on")).click()
    gone(page, look)
