"""The states of what one keeps for oneself: followed, muted, saved."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state
from tests.browser.thread_page import open_more

_simple("feed of what one follows", "amina", "/?sort=followed")
_simple("nothing saved", "samir", "/me/saved")


@state("feed with nothing followed")
def nothing_followed(stage: Stage) -> Page:
    page = stage.people.signed_in("noor", own=True)
    page.goto("/?sort=followed")
    while page.locator("#feed article").count():
        page.locator("#feed article .open").first.click()
        page.locator("#follow-it").click()
        expect(page.locator("#follow-it")).to_have_attribute("aria-pressed", "false")
        page.goto("/?sort=followed")
    expect(page.locator(".empty")).to_be_visible()
    return page


@state("thread one has muted")
def muted(stage: Stage) -> Page:
    page = stage.member("tuva", f"/t/{stage.sample.pen('sara').write('Hör av dig om du vill')}")
    page.locator("#mute-it").click()
    expect(page.locator("#mute-it")).to_have_attribute("aria-pressed", "true")
    return page


@state("saved")
def saved(stage: Stage) -> Page:
    thread = stage.sample.pen("sara").write("Så ringer man en myndighet utan att få panik: skriv ner tre rader först.")
    stage.sample.pen("johanna").reply(thread, "Det här hjälpte mig när jag flyttade.")
    page = stage.member("tuva", f"/t/{thread}")
    for place in (0, 1):
        piece = stage.piece(thread, place)
        open_more(page, piece).locator("button").first.click()
        expect(page.locator(f"form[action='/pieces/{piece}/let-go']")).to_be_visible()
    page.goto("/me/saved")
    return page


@state("notifications")
def notifications(stage: Stage) -> Page:
    thread = stage.sample.pen("tuva").write("Vem vill baka i kväll?", title="Kanelbullar")
    stage.sample.pen("sara").reply(thread, "Jag tar med smöret.")
    page = stage.member("tuva", "/notifications")
    expect(page.locator("#notice-list > li.new").first).to_be_visible()
    return page


@state("notifications of somebody who was told nothing")
def told_nothing(stage: Stage) -> Page:
    page = stage.member(stage.sample.someone_new, "/notifications")
    expect(page.locator(".empty h2")).to_be_visible()
    return page


_simple("what one wants to hear", "tuva", "/me/notifications")
_simple("letters stopped by a broken link", None, "/letters/stop/s1~nothing", 410)
