"""The states of pictures: chosen, sent, asked about, and those of oneself."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state
from tests.photos.picturing import A_PICTURE

_simple("photos of me", "samir", "/me/photos")
_simple("pictures that wait for staff", "jonna", "/photos/waiting")


@state("pictures chosen for a post")
def chosen(stage: Stage) -> Page:
    page = stage.member("samir", "/write")
    page.locator("input[name='pictures']").set_input_files(
        [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": A_PICTURE}]
    )
    expect(page.locator(".picture-choose [data-photo]")).to_have_count(1)
    return page


@state("who is in a picture")
def who(stage: Stage) -> Page:
    page = chosen(stage)
    page.locator("textarea[name='text']").fill("En bild från sjön")
    page.locator("form.writing .send-row .btn").click()
    page.locator("article a.btn").click()
    page.locator("input[name='who'][value='people']").check()
    page.locator("select[name='person']").select_option(index=1)
    page.locator("form.form .btn").first.click()
    expect(page.locator("main .card")).to_have_count(1)
    return page
