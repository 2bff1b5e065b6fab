"""Turns of a life in the browser: a break taken and ended, a departure planned and a goodbye, a new contact's page."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.decided import number_of
from tests.browser.people import Pen, People
from tests.browser.sample import Sample


def test_a_break_is_taken_and_ended_by_her_alone(people: People, sample: Sample) -> None:
    page = people.signed_in(sample.newcomer("Tindra"), own=True)
    page.goto("/me")
    page.locator('a[href="/me/break"]').click()
    page.locator("label.chip").nth(2).click()
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("#main .note.warm")).to_be_visible()
    page.goto("/")
    expect(page.locator("#main .note.warm")).to_be_visible()
    expect(page.locator("a.prompt")).to_have_count(0)
    page.locator("#main .note.warm button").click()
    expect(page.locator(".note.good")).to_be_visible()
    page.goto("/")
    expect(page.locator("#main .note.warm form[action='/me/break/end']")).to_have_count(0)


def test_a_departure_is_planned_taken_back_and_its_goodbye_written(people: People, sample: Sample) -> None:
    lars = number_of(sample.pen("lars"))
    birgitta = people.signed_in("birgitta")
    birgitta.goto(f"/people/{lars}/membership")
    birgitta.locator('a[href$="/leave-work"]').click()
    birgitta.locator("#successor_id").select_option(label="Sara")
    birgitta.locator("#leaves_on").fill("2027-06-01")
    birgitta.locator("form.form button[type=submit]").click()
    expect(birgitta.locator(".note.held")).to_contain_text("Sara")
    page = people.signed_in("lars")
    page.goto("/me/goodbye")
    page.locator("#note").fill("Hej då, och tack för teet.")
    page.locator("form.form button[type=submit]").click()
    expect(page.locator(".note.good")).to_be_visible()
    expect(page.locator("#note")).to_have_value("Hej då, och tack för teet.")
    birgitta.locator(".note.held button").click()
    expect(birgitta.locator(".note.held")).to_have_count(0)
    page.goto("/me/goodbye")
    expect(page.locator("#note")).to_have_count(0)


def test_two_people_remember_somebody_and_her_page_says_so(people: People, sample: Sample) -> None:
    name = sample.newcomer("Tage")
    hers = people.signed_in(name, own=True)
    number = number_of(Pen(sample.playwright, sample.base_url, name))
    birgitta = people.signed_in("birgitta")
    birgitta.goto(f"/people/{number}/membership/remembrance")
    birgitta.locator("#remember_why").fill("Hans syster ringde.")
    birgitta.locator("form.form button[type=submit]").click()
    expect(birgitta.locator(".note.held")).to_contain_text("Hans syster ringde.")
    karin = people.signed_in("karin")
    karin.goto("/membership/waiting")
    karin.locator(".note.held", has_text=name.capitalize()).locator("button[value=yes]").click()
    expect(karin.locator("#main .note.warm")).to_be_visible()
    people.guard(hers).expect(401)
    hers.goto("/me")
    expect(hers.locator("input[name=password]")).to_be_visible()
