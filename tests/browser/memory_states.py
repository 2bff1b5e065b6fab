"""The states of memories: the timeline, albums with and without pictures, when it was, and what was on this day."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state

_simple("memories", "samir", "/memories")
_simple("albums", "samir", "/albums")
_simple("making an album", "samir", "/albums/new")
_simple("on this day", "samir", "/memories/today")


@state("an album nobody has put anything into")
def empty_album(stage: Stage) -> Page:
    page = stage.member("samir", "/albums/new")
    page.locator("input[name='title']").fill("Gotland")
    page.locator("input[name='year']").fill("2014")
    page.locator("select[name='part']").select_option("summer")
    page.locator("form .btn").last.click()
    expect(page.locator(".album")).to_be_visible()
    return page


@state("an album named badly")
def refused_album(stage: Stage) -> Page:
    page = stage.member("samir", "/albums/new", 422)
    page.locator("input[name='year']").fill("2099")
    page.locator("form .btn").last.click()
    expect(page.locator(".err").first).to_be_visible()
    return page


@state("words in an album")
def words_in_album(stage: Stage) -> Page:
    page = empty_album(stage)
    page.locator("a[href$='/add']").click()
    page.locator("textarea[name='text']").fill("Regnet på färjan")
    page.locator("form.sheet .send-row .btn").click()
    expect(page.locator(".album")).to_be_visible()
    return page


@state("when a post was")
def when(stage: Stage) -> Page:
    page = stage.member("samir", "/write")
    page.locator("textarea[name='text']").fill("Minns ni sommaren vid sjön")
    page.locator("form.writing .send-row .btn").click()
    expect(page.locator(".slot.opening")).to_be_visible()
    piece = page.locator(".slot.opening").get_attribute("data-piece")
    page.goto(f"/pieces/{piece}/when")
    return page
