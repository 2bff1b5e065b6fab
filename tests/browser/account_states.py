"""The states of one's own account, of the house's tablet and of the settings."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.people import token_in
from tests.browser.states import Stage, _simple, state

PIN = "2580"

_simple("settings", "amina", "/me/settings")
_simple("password", "amina", "/me/password")
_simple("pin", "amina", "/me/pin")
_simple("word lists", "sara", "/lists")
_simple("a word list", "birgitta", "/lists/personal")
_simple("a phrase to add", "birgitta", "/lists/add")
_simple("an entry to switch off", "birgitta", "/lists/change?key=personal:phone&do=off")
_simple("me on a shared device", "noor", "/me")


@state("a tested text")
def tested(stage: Stage) -> Page:
    page = stage.member("sara", "/lists")
    page.locator("[name=text]").fill("jag orkar inte mer, ring 070-174 06 05")
    page.locator("form.form button[type=submit]").click()
    expect(page.locator("#tried")).to_be_visible()
    return page


def _press(page: Page, path: str, **fields: str) -> None:
    """A form sent beside the page."""
    asks = page.context.request
    asks.post(path, form={"csrf_token": token_in(asks.get("/help")), **fields})


def _tablet(stage: Stage, path: str, *expected: int) -> Page:
    """Sara at the house's tablet, for this state alone."""
    page = stage.people.signed_in("sara", own=True)
    _press(page, "/me/tablet", pin=PIN)
    stage.people.guard(page).expect(*expected)
    page.goto(path)
    return page


def _with_pin(stage: Stage, who: str = "samir") -> Page:
    """Somebody who has a PIN on his pages until the state has been looked at."""
    page = stage.people.signed_in(who, own=True)
    _press(page, "/me/pin", pin=PIN)

    def take_off() -> None:
        _press(page, "/me/open", pin=PIN)
        _press(page, "/me/pin/remove")

    stage.after.callback(take_off)
    return page


@state("sessions")
def sessions(stage: Stage) -> Page:
    for _time in range(2):
        stage.people.signed_in("johanna", own=True)
    page = stage.people.signed_in("johanna", keep=True)
    page.goto("/me/sessions")
    expect(page.locator(".places li").nth(1)).to_be_visible()
    return page


@state("sessions of staff on a shared device")
def sessions_staff(stage: Stage) -> Page:
    return stage.member("jonna", "/me/sessions")


@state("sessions, just signed out elsewhere")
def sessions_ended(stage: Stage) -> Page:
    stage.people.signed_in("isla", own=True)
    page = stage.people.signed_in("isla", own=True)
    _press(page, "/me/sessions/end-others")
    stage.people.cookies.pop("isla", None)
    page.goto("/me/sessions?done=others")
    expect(page.locator(".note.good")).to_be_visible()
    return page


@state("password with errors")
def password_errors(stage: Stage) -> Page:
    page = stage.member("amina", "/me/password", 422)
    page.locator("form.form").evaluate("(form) => { form.noValidate = true; }")
    page.locator("form.form > button[type=submit]").click()
    expect(page.locator(".err")).to_have_count(2)
    return page


@state("pin that is too easy")
def pin_error(stage: Stage) -> Page:
    page = stage.member("amina", "/me/pin", 422)
    page.locator("[name=pin]").fill("1234")
    page.locator("form.form > button[type=submit]").click()
    expect(page.locator("#pin-err")).to_be_visible()
    return page


@state("pin turned on")
def pin_on(stage: Stage) -> Page:
    page = _with_pin(stage)
    page.goto("/me/pin?saved=1")
    expect(page.locator(".btn.danger")).to_be_visible()
    return page


@state("me with a pin")
def me_with_pin(stage: Stage) -> Page:
    page = _with_pin(stage)
    page.goto("/me")
    return page


@state("the question for the pin")
def open_private(stage: Stage) -> Page:
    page = _with_pin(stage)
    page.goto("/")
    page.goto("/me")
    expect(page.locator("[name=pin]")).to_be_visible()
    page.locator("summary").click()
    return page


@state("the question for the pin, wrong")
def open_private_wrong(stage: Stage) -> Page:
    page = _with_pin(stage)
    stage.people.guard(page).expect(422)
    page.goto("/")
    page.goto("/me")
    page.locator("[name=pin]").fill("1379")
    page.locator("form.card button[type=submit]").click()
    expect(page.locator("#pin-err")).to_be_visible()
    return page


@state("house tablet chosen")
def tablet_page(stage: Stage) -> Page:
    return _tablet(stage, "/me/tablet?saved=1")


@state("house tablet, not yet")
def tablet_before(stage: Stage) -> Page:
    return stage.member("birgitta", "/me/tablet")


@state("house tablet refused")
def tablet_refused(stage: Stage) -> Page:
    return stage.member("amina", "/me/tablet", 403)


@state("house tablet in use")
def tablet_feed(stage: Stage) -> Page:
    page = _tablet(stage, "/")
    expect(page.locator(".strip")).to_be_visible()
    return page


@state("house tablet asks who is there")
def tablet_idle(stage: Stage) -> Page:
    page = _tablet(stage, "/me/sessions")
    page.locator("#idle").evaluate("(note) => { note.hidden = false; }")
    return page


@state("house tablet locked")
def unlock(stage: Stage) -> Page:
    page = _tablet(stage, "/", 401)  # the page may just be asking for news
    page.locator(".strip button").click()
    expect(page.locator("[name=pin]")).to_be_visible()
    return page


@state("house tablet locked with a text and a wrong pin")
def unlock_carrying(stage: Stage) -> Page:
    page = _tablet(stage, "/write", 401, 422)
    _press(page, "/lock")
    page.locator("[name=text]").fill("Kväll i huset. Alla har ätit.")
    page.locator("form.writing button[type=submit]").click()
    page.locator("[name=pin]").fill("1379")
    page.locator("form.card button[type=submit]").click()
    expect(page.locator("#pin-err")).to_be_visible()
    expect(page.locator("textarea.kept")).to_have_value("Kväll i huset. Alla har ätit.")
    return page


@state("sign-in after wrong pins")
def after_wrong_pins(stage: Stage) -> Page:
    return stage.visitor("/login?was=pin")


@state("sessions in the largest text")
def largest(stage: Stage) -> Page:
    return _largest(stage, "/me/sessions")


@state("feed in the largest text")
def largest_feed(stage: Stage) -> Page:
    return _largest(stage, "/")


def _largest(stage: Stage, path: str) -> Page:
    """Turned the other way round from the device: dark where it says light."""
    page = stage.people.signed_in("elias", own=True)
    lang, other = stage.look.lang, {"light": "dark", "dark": "light"}[stage.look.theme]
    _press(page, "/me/settings", lang=lang, text_size="largest", theme=other, calm="y", saver="y")
    stage.after.callback(lambda: _press(page, "/me/settings", lang=lang, text_size="normal", theme="device"))
    page.goto(path)
    return page
