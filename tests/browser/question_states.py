"""The states of questions: answered, tagged, and waiting for somebody."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("channel of questions", "amina", "/c/fraga")
_simple("questions about one thing", "amina", "/tags/housing")
_simple("who waits for an answer", "jonna", "/unanswered")


@state("question with the reply that helped")
def answered(stage: Stage) -> Page:
    thread = stage.sample.pen("tuva").write("Vart vänder man sig?", mode="ask", tag_whom="y", tag_lonely="y")
    reply = stage.sample.pen("johanna").reply(thread, "Till kommunen, de svarar på förmiddagen.")
    stage.sample.pen("tuva").post(f"/pieces/{reply}/helped")
    stage.sample.pen("tuva").post(f"/t/{thread}/still-true", word="not")
    page = stage.member("tuva", f"/t/{thread}")
    expect(page.locator(".helped .note")).to_be_visible()
    return page


@state("choosing what a question is about")
def tags(stage: Stage) -> Page:
    thread = stage.sample.pen("tuva").write("Vad kostar det?", mode="ask", tag_money="y")
    page = stage.member("tuva", f"/t/{thread}/tags", 422)
    for name in ("tag_housing", "tag_work", "tag_lonely"):
        page.locator(f"label:has([name={name}])").click()
    page.locator("form.card button[type=submit]").click()
    expect(page.locator("#tag_money-err")).to_be_visible()
    return page
