"""Signing in and out, and the session that ends while somebody writes."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.looks import Look
from tests.browser.people import PASSWORD, Pen, People
from tests.browser.sample import Sample
from tests.browser.thread_page import field, go_live, send


def fill_in(page: Page, name: str, password: str) -> None:
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(password)


def press_sign_in(page: Page) -> None:
    page.locator("form.card button[type=submit]").click()


def test_a_wrong_password_is_said_kindly(people: People, look: Look) -> None:
    page = people.visitor()
    people.guard(page).expect(422)
    page.goto("/login")
    fill_in(page, "tuva", "inte rätt alls")
    press_sign_in(page)
    told = look.say("That name and password don't match. Try again, or tap I can't get in.")
    expect(page.locator(".note.bad")).to_have_text(told)
    expect(page.locator("[name=name]")).to_have_value("tuva")
    expect(page.locator("[name=password]")).to_have_value("")
    fill_in(page, "tuva", PASSWORD)
    press_sign_in(page)
    expect(page.locator("#feed")).to_be_visible()


def test_a_password_can_be_looked_at(people: People, look: Look) -> None:
    page = people.visitor()
    page.goto("/login")
    fill_in(page, "tuva", "syns det")
    button = page.get_by_role("button", name=look.say("Show"), exact=True)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(page.locator("[name=password]")).to_have_attribute("type", "text")
    expect(page.locator("[name=password]")).to_have_value("syns det")
    hide = page.get_by_role("button", name=look.say("Hide"), exact=True)
    expect(hide).to_have_attribute("aria-pressed", "true")
    hide.click()
    expect(page.locator("[name=password]")).to_have_attribute("type", "password")


def cookie_of(page: Page) -> float:
    """When the sign-in cookie ends: -1 with the browser."""
    return next(cookie["expires"] for cookie in page.context.cookies() if cookie["name"] == "sid")


def test_keep_me_signed_in_is_a_choice(people: People) -> None:
    page = people.visitor()
    page.goto("/login")
    expect(page.locator("[name=keep]")).not_to_be_checked()
    fill_in(page, "samir", PASSWORD)
    press_sign_in(page)
    expect(page.locator("#feed")).to_be_visible()
    assert cookie_of(page) == -1

    other = people.visitor()
    other.goto("/login")
    fill_in(other, "samir", PASSWORD)
    other.locator("label", has=other.locator("[name=keep]")).click()
    press_sign_in(other)
    expect(other.locator("#feed")).to_be_visible()
    days = (cookie_of(other) - other.evaluate("() => Date.now() / 1000")) / 86400
    assert 360 < days <= 400


def test_back_after_signing_out_shows_nothing(people: People, look: Look, sample: Sample) -> None:
    page = people.signed_in("samir", own=True)
    page.goto(f"/t/{sample.talk}")
    expect(page.locator("#stream")).to_contain_text("sextio")
    page.goto("/me")
    page.get_by_role("button", name=look.say("Sign out")).click()
    expect(page.locator("h1")).to_have_text(look.say("Hi. Sign in here."))
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_have_text(look.say("Hi. Sign in here."))
    expect(page.locator("body")).not_to_contain_text("sextio")


def test_a_session_that_ends_while_one_writes_loses_nothing(
    people: People, look: Look, pen: Callable[[str], Pen], sample: Sample, flask: Callable[..., str]
) -> None:
    """Offline when it ends, so that the page has not heard: the answer to Send is what tells."""
    name = sample.newcomer("Love", look.lang)
    thread = pen("tuva").write(f"Vilken film på fredag? {look}")
    page = people.signed_in(name, own=True)
    guard = people.guard(page)
    guard.expect(401)
    guard.allow_broken_line()
    page.route_web_socket("**/socket.io/**", lambda _socket: None)  # a line that says nothing
    page.goto(f"/t/{thread}")
    field(page).fill("Den om pingvinerna, och den är lång att skriva om.")
    flask("member", "sign-out", name)
    page.locator("#reply-send").click()

    expect(page.locator("textarea.kept")).to_have_value("Den om pingvinerna, och den är lång att skriva om.")
    expect(page.locator(".note.good")).to_contain_text(look.say("It is sent when you have signed in."))
    fill_in(page, name, "fel först")
    guard.expect(422)
    press_sign_in(page)
    expect(page.locator(".note.bad")).to_be_visible()
    expect(page.locator("textarea.kept")).to_have_value("Den om pingvinerna, och den är lång att skriva om.")
    fill_in(page, name, PASSWORD)
    press_sign_in(page)
    expect(page.locator(".slot[data-mine]", has_text="pingvinerna")).to_have_count(1)
    page.reload()
    expect(page.locator(".slot[data-mine]", has_text="pingvinerna")).to_have_count(1)
    expect(field(page)).to_have_value("")
    assert [piece["html"].count("pingvinerna") for piece in pen("tuva").pieces(thread)] == [0, 1]


def test_an_open_page_hears_that_it_is_signed_out(
    people: People, look: Look, pen: Callable[[str], Pen], sample: Sample, flask: Callable[..., str]
) -> None:
    name = sample.newcomer("Ellis", look.lang)
    thread = pen("tuva").write(f"Vem vattnar? {look}")
    page = people.signed_in(name, own=True)
    people.guard(page).expect(401, 400)
    go_live(page, f"/t/{thread}")
    with page.expect_response("**/drafts"):
        field(page).fill("Jag vattnar på söndag")
    flask("member", "sign-out", name)
    page.wait_for_url("**/login?*", timeout=2000)
    fill_in(page, name, PASSWORD)
    press_sign_in(page)
    page.wait_for_url(f"**/t/{thread}")
    expect(field(page)).to_have_value("Jag vattnar på söndag")


def test_pressing_send_again_and_again_sends_once(people: People, pen: Callable[[str], Pen], look: Look) -> None:
    thread = pen("tuva").write(f"Räkna rösterna. {look}")
    page = people.signed_in("elias")
    go_live(page, f"/t/{thread}")
    field(page).fill("min röst")
    page.locator("#reply-send").dblclick()
    expect(page.locator(".slot[data-mine]", has_text="min röst")).to_have_count(1)
    expect(field(page)).to_have_value("")
    field(page).fill("en till")
    page.locator("#reply-send").evaluate("(button) => { button.click(); button.click(); button.click(); }")
    expect(page.locator(".slot[data-mine]", has_text="en till")).to_have_count(1)
    send(page, "och slut")
    expect(page.locator(".slot[data-mine]", has_text="och slut")).to_have_count(1)
    assert len(pen("tuva").pieces(thread)) == 4

    page.goto("/write")
    words = f"Trycker tre gånger ({look})"
    page.locator("[name=text]").fill(words)
    page.locator("form.writing button[type=submit]").evaluate("(b) => { b.click(); b.click(); b.click(); }")
    page.wait_for_url("**/t/*")
    page.goto("/")
    expect(page.locator("#feed article", has_text=words)).to_have_count(1)
