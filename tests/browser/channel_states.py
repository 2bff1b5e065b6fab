"""The states of channels and pins."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("channels", "birgitta", "/channels")
_simple("a channel to open", "birgitta", "/channels/new")
_simple("write to my house or everyone", "amina", "/write?space=kanns-det")


@state("a channel that fewer are to read")
def narrowing(stage: Stage) -> Page:
    page = stage.member("birgitta", "/channels", 422)
    page.locator(".channel-name a").first.click()
    page.locator("[name=audience][value=moved_out]").check()
    page.locator("form.form > button[type=submit]").click()
    expect(page.locator(".note.bad [name=sure]")).to_be_visible()
    return page


@state("a post to pin")
def pinning(stage: Stage) -> Page:
    return stage.member("sara", f"/t/{stage.sample.talk}/pin")


@state("a channel with a pin, and one put away")
def pinned(stage: Stage) -> Page:
    page = stage.people.signed_in("tuva", own=True)
    page.goto("/c/bo-pengar")
    if page.locator(".pins .btn").count():
        page.locator(".pins .btn").first.click()
    expect(page.locator(".put-away")).to_be_visible()
    return page
