"""The states of coming back in: what somebody sees who can't, and what staff see who help."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.people import token_in
from tests.browser.states import Stage, _simple, state

_simple("can't get in", None, "/lost")
_simple("can't get in, sent", None, "/lost/sent?by=call")
_simple("can't get in, letter sent", None, "/lost/sent?by=mail")
_simple("a code read aloud", None, "/back")
_simple("way in gone", None, "/back/nothing-that-was-ever-given-out", 410)
_simple("nobody waits for a call", "jonna", "/ways-in")
_simple("make a way in", "birgitta", "/ways-in/new")
_simple("how I get back in", "amina", "/me/way-back")


def way_in(stage: Stage, name: str) -> str:
    """The path of a fresh link."""
    printed = stage.sample.flask("member", "way-in", name).split()[0]
    return "/back/" + printed.rsplit("/", 1)[1]


def request_of(stage: Stage, name: str) -> str:
    """Somebody asks to be called; the path where staff find it."""
    asks = stage.people.visitor().context.request
    fields = {"csrf_token": token_in(asks.get("/lost")), "name": name, "phone": "070-123 45 67", "years": "2010"}
    asks.post("/lost/call", form={**fields, "words": "Ring gärna efter fem. Birgit kände mig."})
    listed = stage.sample.pen("birgitta").asks.get("/ways-in").text()
    found = re.search(rf'href="(/ways-in/\d+)"><strong[^>]*>{name}<', listed)
    assert found, listed
    return found[1]


@state("can't get in with errors")
def lost_errors(stage: Stage) -> Page:
    page = stage.visitor("/lost", 422)
    form = page.locator("form.card").first
    form.evaluate("(form) => { form.noValidate = true; }")
    page.locator("[name=words]").fill("Jag har bytt nummer.")
    form.locator("button[type=submit]").click()
    expect(page.locator(".err")).to_have_count(2)
    expect(page.locator("[name=words]")).to_have_value("Jag har bytt nummer.")
    return page


@state("a new password")
def new_password(stage: Stage) -> Page:
    return stage.visitor(way_in(stage, "callum"))


@state("a new password with an error")
def new_password_error(stage: Stage) -> Page:
    page = stage.visitor(way_in(stage, "callum"), 422)
    page.locator("[name=password]").fill("kort")
    page.locator("form.card button[type=submit]").click()
    expect(page.locator("#password-err")).to_be_visible()
    return page


@state("told about a way in")
def notice(stage: Stage) -> Page:
    page = stage.people.signed_in("elias", own=True)
    way_in(stage, "elias")
    page.goto("/")
    expect(page.locator("#notice .note")).to_be_visible()
    return page


@state("is it not you?")
def stop(stage: Stage) -> Page:
    page = stage.people.signed_in("elias", own=True)
    way_in(stage, "elias")
    page.goto("/stop")
    expect(page.locator("button.danger")).to_be_visible()
    return page


@state("stopped")
def stopped(stage: Stage) -> Page:
    newcomer = stage.sample.newcomer("Sixten")  # whoever has stopped one can't stop the next
    page = stage.people.signed_in(newcomer, own=True)
    way_in(stage, newcomer)
    page.goto("/stop")
    page.locator("button.danger").click()
    page.wait_for_url("**/stopped")
    return page


@state("a request, new")
def request_new(stage: Stage) -> Page:
    return stage.member("birgitta", request_of(stage, "Johanna"))


@state("a request that nobody knows, and the list")
def request_list(stage: Stage) -> Page:
    request_of(stage, "Någon som ingen känner")
    return stage.member("birgitta", "/ways-in")


@state("a request, checked by oneself")
def request_checked(stage: Stage) -> Page:
    page = stage.member("birgitta", request_of(stage, "Johanna"))
    page.locator("form[action$=person] button").click()
    page.locator("[name=spoke_with]").fill("Birgit, som jobbade här 2012")
    page.locator("form[action$=check] button").click()
    expect(page.locator("h2").nth(2)).to_be_visible()
    return page


@state("the link, shown once")
def link_made(stage: Stage) -> Page:
    page = stage.member("birgitta", "/ways-in/new")
    page.locator("[name=member_id]").select_option(index=1)
    page.locator("form.card button[type=submit]").click()
    expect(page.locator(".qr img")).to_be_visible()
    return page
