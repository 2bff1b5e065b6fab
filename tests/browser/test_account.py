"""One's own account as people use it: two browsers, settings and PIN without JavaScript, nobody at the tablet."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.account_states import PIN, _press
from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.sample import Sample
from tests.browser.thread_page import go_live


def test_signed_out_from_elsewhere_the_open_page_leaves(people: People, look: Look, sample: Sample) -> None:
    there = people.signed_in("yusuf", own=True)
    go_live(there, f"/t/{sample.talk}")
    people.signed_in("yusuf", own=True)  # with one place alone the button beside it is enough
    here = people.signed_in("yusuf", keep=True)
    here.goto("/me/sessions")
    people.guard(there).expect(401)  # it may just be asking for news
    here.get_by_role("button", name=look.say("Sign out everywhere else")).click()
    expect(here.locator(".note.good")).to_contain_text(look.say("You are signed out everywhere else."))
    expect(there.locator("[name=password]")).to_be_visible()
    expect(there.locator("body")).not_to_contain_text("sextio")
    here.goto("/")
    expect(here.locator("#feed")).to_be_visible()


def test_settings_and_the_pin_without_javascript(people: People, look: Look) -> None:
    page = people.signed_in("robin", own=True, javascript=False)
    people.guard(page).expect(422)
    page.goto("/me/settings")
    page.locator("[name=text_size][value=largest]").check()
    page.locator("[name=theme][value=dark]").check()
    page.locator("form.form > button[type=submit]").click()
    expect(page.locator("html")).to_have_class("text-largest")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(25, 21, 18)"
    page.locator("[name=text_size][value=normal]").check()
    page.locator("[name=theme][value=device]").check()
    page.locator("form.form > button[type=submit]").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")

    page.goto("/me/pin")
    page.locator("[name=pin]").fill(PIN)
    page.locator("form.form > button[type=submit]").click()
    page.goto("/")
    page.goto("/me/sessions")
    page.locator("[name=pin]").fill("1379")
    page.locator("form.card button[type=submit]").click()
    expect(page.locator("#pin-err")).to_be_visible()
    page.locator("[name=pin]").fill(PIN)
    page.locator("form.card button[type=submit]").click()
    expect(page).to_have_url(re.compile("/me/sessions$"))
    _press(page, "/me/pin/remove")


def test_nobody_at_the_tablet(people: People, look: Look) -> None:
    """The page asks before it locks, somebody who is there says so, and at the end nothing stays on the screen."""
    page = people.signed_in("sara", own=True)
    _press(page, "/me/tablet", pin=PIN)
    people.guard(page).expect(401)
    page.clock.install()
    page.goto("/me")
    note = page.locator("#idle")
    expect(note).to_be_hidden()
    page.clock.fast_forward("08:01")
    expect(note).to_be_visible()
    with page.expect_response(re.compile("/here$")) as said:
        note.get_by_role("button").click()
    assert said.value.status == 204 and "x-by-itself" not in said.value.request.headers
    expect(note).to_be_hidden()
    _press(page, "/lock")  # as if its ten minutes were over
    page.clock.fast_forward("08:01")
    expect(note).to_be_visible()
    page.clock.fast_forward("02:02")
    expect(page.locator("[name=pin]")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(look.say("How others see you"))
    page.clock.resume()
    page.locator("[name=pin]").fill(PIN)
    page.locator("form.card button[type=submit]").click()
    expect(page).to_have_url(re.compile("/me$"))
