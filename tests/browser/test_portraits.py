"""A picture of oneself: put up from a phone, met by others, and gone from their open pages when it is taken away."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.people import People
from tests.pictures.corpus import drawn, encoded

UPRIGHT = encoded(drawn(300, 600), "JPEG")


def put_up(page: Page) -> str:
    """The address of her own page."""
    page.goto("/me")
    page.locator("main a[href='/me/picture']").click()
    page.locator("input[name='picture']").set_input_files(
        [{"name": "jag.jpg", "mimeType": "image/jpeg", "buffer": UPRIGHT}]
    )
    page.locator("input[name='cut'][value='beginning']").check()
    page.locator("form[enctype] .btn").click()
    shown = page.locator(".portrait-mine img")
    expect(shown).to_be_visible()
    return "/".join((shown.get_attribute("src") or "").split("/")[:3])


def test_it_is_met_by_others_and_gone_from_open_pages(people: People) -> None:
    samir, tuva, jonna = (people.signed_in(name) for name in ("samir", "tuva", "jonna"))
    hers = put_up(samir)
    tuva.goto(hers)
    expect(tuva.locator(".me-head .avatar svg")).to_be_visible()
    jonna.goto("/photos/waiting")
    looks = jonna.locator(f".portrait-look[action='{hers}/picture/look']")
    assert violations(jonna) == []
    looks.locator("[value='yes']").click()
    expect(looks).to_have_count(0)
    tuva.goto(hers)
    met = tuva.locator(".me-head .avatar img")
    expect(met).to_be_visible()
    tuva.wait_for_function("document.querySelector('.me-head .avatar img').naturalWidth === 320")
    assert violations(tuva) == []
    assert violations(samir) == []
    alone = people.signed_in("isla")
    alone.goto(f"{hers}/picture")
    expect(alone.locator(".portrait-large img")).to_be_visible()
    people.guard(alone).expect(404)
    samir.locator("form[action$='/me/picture/remove'] .btn").click()
    expect(met).to_have_count(0)
    expect(alone.locator(".portrait-large")).to_have_count(0)
    expect(tuva.locator(".me-head .avatar svg")).to_be_visible()
    expect(samir.locator(".portrait-mine")).to_have_count(0)


def test_without_script_it_is_put_up_and_taken_away(people: People) -> None:
    samir = people.signed_in("samir", javascript=False)
    put_up(samir)
    samir.locator("form[action$='/me/picture/remove'] .btn").click()
    expect(samir.locator(".portrait-mine")).to_have_count(0)
