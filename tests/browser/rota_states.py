"""The states of the rota and of handing over."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("rota", "birgitta", "/rota")
_simple("rota of staff", "sara", "/rota")
_simple("my shifts", "sara", "/rota/mine")
_simple("a shift to add", "birgitta", "/rota/new")
_simple("hand over", "jonna", "/handover")


@state("a shift that cannot be")
def impossible(stage: Stage) -> Page:
    page = stage.member("birgitta", "/rota/new", 422)
    page.locator("[name=ends_at]").fill("2020-01-01T10:00")
    page.locator("form.form > button[type=submit]").click()
    expect(page.locator("#ends_at-err")).to_be_visible()
    return page
