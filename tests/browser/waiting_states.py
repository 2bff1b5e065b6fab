"""What waits to be read first, and what stands unread."""

from __future__ import annotations

import uuid

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("stands unread", "jonna", "/review/unchecked")


@state("a reply that waits")
def waits(stage: Stage) -> Page:
    """Dawit is under 16, so a host reads it first."""
    here, words = f"/t/{stage.sample.talk}", "my shoes are wet, is that laundry"
    stage.sample.pen("dawit").post(f"{here}/replies", text=words, client_id=str(uuid.uuid4()))
    page = stage.member("dawit", here)
    expect(page.locator("#waiting .note.held").first).to_be_visible()
    return page


@state("who reads first, for staff")
def who_reads_first(stage: Stage) -> Page:
    page = stage.member("dawit", "/me")
    own = page.locator('a[href^="/people/"]').first.get_attribute("href")
    page = stage.member("mehmet", str(own))
    expect(page.locator("#trust-title")).to_be_visible()
    return page
