"""The states of pictures: chosen, sent, asked about, and those of oneself."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.states import Stage, _simple, state
from tests.pictures.corpus import drawn, encoded

A_PICTURE = encoded(drawn(1400, 900), "JPEG")  # wider than any screen of a phone

_simple("photos of me", "samir", "/me/photos")
_simple("pictures that wait for staff", "jonna", "/photos/waiting")


@state("pictures chosen for a post")
def chosen(stage: Stage) -> Page:
    page = stage.member("samir", "/write")
    page.locator("input[name='pictures']").set_input_files(
        [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": A_PICTURE}]
    )
    expect(page.locator(".picture-choose [data-photo]")).not_to_have_count(0)  # others may be in her draft
    expect(page.locator(".picture-choose progress")).to_have_count(0)
    return page


@state("the pictures of a post")
def of_a_post(stage: Stage) -> Page:
    page = chosen(stage)
    page.locator("textarea[name='text']").fill("En bild från sjön")
    page.locator("form.writing .send-row .btn").click()
    expect(page.locator("article a.btn").first).to_be_visible()
    return page


@state("who is in a picture")
def who(stage: Stage) -> Page:
    page = of_a_post(stage)
    page.locator("article a.btn").first.click()
    page.locator("input[name='who'][value='people']").check()
    page.locator("select[name='person']").select_option(index=1)
    page.locator("form.form .btn").first.click()
    expect(page.locator("main .card")).to_have_count(1)
    return page


_simple("a picture of oneself, none yet", "isla", "/me/picture")
_simple("a picture of oneself, with a protected identity", "noor", "/me/picture")


def _put_up(stage: Stage, who: str) -> Page:
    page = stage.member(who, "/me/picture")
    page.locator("input[name='picture']").set_input_files(
        [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": A_PICTURE}]
    )
    page.locator("form[enctype] .btn").click()
    expect(page.locator(".portrait-mine")).to_have_count(1)
    return page


@state("a picture of oneself that waits")
def portrait_waits(stage: Stage) -> Page:
    return _put_up(stage, "amina")


@state("a picture of oneself on its page")
def portrait_stands(stage: Stage) -> Page:
    page = _put_up(stage, "samir")
    number = page.locator(".portrait-mine img").get_attribute("src") or ""
    host = stage.member("jonna", "/photos/waiting")
    host.locator(f".portrait-look[action^='{'/'.join(number.split('/')[:4])}/'] [value='yes']").click()
    expect(host.locator(f".portrait-look[action^='{'/'.join(number.split('/')[:4])}/']")).to_have_count(0)
    other = stage.member("tuva", "/".join(number.split("/")[:4]))
    expect(other.locator(".portrait-large img")).to_have_count(1)
    return other


@state("a picture of oneself that a host looks at")
def portrait_looked_at(stage: Stage) -> Page:
    _put_up(stage, "amina")
    page = stage.member("jonna", "/photos/waiting")
    expect(page.locator(".portrait-look")).to_have_count(1)
    return page
