"""The states of pages about people: hers as others see it, one's own, blocking, the lists one keeps."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("nobody blocked", "wilma", "/me/blocked")
_simple("block done", "wilma", "/people/blocked")


def _page_of(stage: Stage, who: str, reader: str) -> Page:
    thread = stage.sample.pen(who).write("Ett litet inlägg om ingenting särskilt.")
    page = stage.member(reader, f"/t/{thread}")
    page.locator(".slot.opening a.who").click()
    expect(page.locator("#wrote")).to_be_visible()
    return page


@state("somebody's page")
def somebody(stage: Stage) -> Page:
    return _page_of(stage, "johanna", "wilma")


@state("my own page as others see it")
def own(stage: Stage) -> Page:
    return _page_of(stage, "johanna", "johanna")


@state("asked before blocking")
def asked(stage: Stage) -> Page:
    page = _page_of(stage, "callum", "wilma")
    page.locator("a[href$='/block']").click()
    expect(page.locator("form[action$='/block']")).to_be_visible()
    return page


@state("muted people and words")
def muted(stage: Stage) -> Page:
    page = stage.member("wilma", "/me/muted")
    for word in ("spindel", "Ungdomsvårdsöverraskning"):
        page.locator("input[name=word]").last.fill(word)
        page.locator("form.form button").click()
        expect(page.locator(".chips .chip", has_text=word).first).to_be_visible()
    return page


@state("a word that is too short")
def too_short(stage: Stage) -> Page:
    page = stage.member("wilma", "/me/muted", 422)
    page.locator("input[name=word]").last.fill("a")
    page.locator("form.form button").click()
    expect(page.locator(".err")).to_be_visible()
    return page


@state("thread with a folded post, a mention, and names on offer")
def folded(stage: Stage) -> Page:
    thread = stage.sample.pen("johanna").write("Det satt en spindel i badkaret.")
    stage.sample.pen("callum").reply(thread, "@Johanna, how big was it?")
    page = stage.member("wilma", "/me/muted")
    if not page.locator(".chips .chip", has_text="spindel").count():
        page.locator("input[name=word]").last.fill("spindel")
        page.locator("form.form button").click()
    page.goto(f"/t/{thread}")
    expect(page.locator(".fold")).to_be_visible()
    page.locator("#composer textarea").click()
    page.locator("#composer textarea").press_sequentially("@jo")
    expect(page.get_by_role("listbox")).to_be_visible()
    return page
