"""Everything one must be able to do with JavaScript off."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.elsewhere import Elsewhere
from tests.browser.looks import Look
from tests.browser.people import PASSWORD, Pen, People
from tests.browser.sample import Sample

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def page(people: People) -> Page:
    return people.visitor(javascript=False)


@pytest.fixture
def sign_in(people: People, page: Page, look: Look) -> Callable[[str], None]:
    def through_the_door(name: str) -> None:
        _sign_in(page, name)
        people.reads(page, look.lang)
        page.goto("/")

    return through_the_door


def _sign_in(page: Page, name: str) -> None:
    page.goto("/login")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form.card button[type=submit]").click()
    expect(page.locator("#feed")).to_be_visible()


def replies(page: Page, text: str) -> Locator:
    return page.locator(".pieces .slot", has_text=text)


def test_write_answer_change_and_take_back(
    people: People, page: Page, look: Look, sign_in: Callable[[str], None]
) -> None:
    people.guard(page).expect(422, 401)
    sign_in("elias")
    page.goto("/write")
    page.locator("[name=text]").fill(f"inget js här {look}")
    page.locator("form.writing button[type=submit]").click()
    expect(page.locator(".opening .bodybox")).to_contain_text("inget js här")
    address = page.url

    page.locator("#composer textarea").fill("​")  # nothing that can be seen
    page.locator("#reply-send").click()
    expect(page.locator("#composer .err")).to_be_visible()
    expect(page.locator(".opening .bodybox")).to_contain_text("inget js här")
    page.locator("#composer textarea").fill("svarar mig själv")
    page.locator("#reply-send").click()
    expect(replies(page, "svarar mig själv")).to_have_count(1)

    mine = page.locator(".slot[data-mine]", has_text="svarar mig själv")
    mine.locator("a[id^=react-]").click()
    expect(page.locator("h1")).to_have_text(look.say("Give a sign"))
    page.get_by_role("button", name=look.say("haha")).click()
    expect(mine.locator("[data-kind=haha]")).to_have_count(1)

    mine.get_by_role("link", name=look.say("More"), exact=True).click()
    page.locator(".menu-list").get_by_role("link", name=look.say("Change")).click()
    page.locator("[name=text]").fill("svarar mig själv, bättre")
    page.get_by_role("button", name=look.say("Save")).click()
    mine = page.locator(".slot[data-mine]", has_text="bättre")
    expect(mine.locator(".byline")).to_contain_text(look.say("changed"))

    mine.get_by_role("link", name=look.say("More"), exact=True).click()
    page.get_by_role("button", name=look.say("Take back")).click()
    expect(replies(page, "bättre")).to_have_count(0)
    expect(page.locator(".pieces .slot")).to_contain_text(look.say("The author took this back."))
    page.locator(".undo").get_by_role("button").click()
    expect(replies(page, "bättre")).to_have_count(1)
    assert page.url.split("?")[0].split("#")[0] == address


def to_the_end(page: Page, name: str, least: int = 0) -> None:
    """Press a link until no page has it any more; each is looked at when all of it is there."""
    link, pressed = page.get_by_role("link", name=name), 0
    while link.count():
        with page.expect_navigation():
            link.click()
        pressed += 1
    assert pressed >= least


def test_older_pages_and_read_to_here(
    people: People, page: Page, look: Look, sample: Sample, sign_in: Callable[[str], None]
) -> None:
    sign_in("amina")
    page.goto(f"/t/{sample.long}")
    to_the_end(page, look.say("Newer replies"))
    expect(page.locator(".pieces .slot").last).to_contain_text("Nummer 6")
    to_the_end(page, look.say("Older replies"), least=1)
    expect(page.locator(".pieces .slot").first).to_contain_text(re.compile(r"Nummer 1\b"))
    sample.pen("samir").reply(sample.long, "Nummer 61, nyss")
    page.goto("/")
    item = page.locator(f'#feed article[data-thread="{sample.long}"]')
    page.goto(f"/t/{sample.long}?before=9999")
    page.get_by_role("button", name=look.say("I have read to here")).click()
    page.goto("/")
    expect(item.locator(".fresh")).to_have_count(0)

    to_the_end(page, look.say("Older posts"))
    expect(page.locator("#feed")).to_contain_text("Vart gör man av en soffa i Havsby?")  # what the demo heard of first


def test_language_help_and_leaving(
    people: People,
    page: Page,
    look: Look,
    elsewhere: Elsewhere,
    pen: Callable[[str], Pen],
    sign_in: Callable[[str], None],
) -> None:
    people.guard(page).allow_leaving_to(elsewhere.url)
    sign_in("noor")
    page.goto("/me")
    other, name = {"sv": ("en", "English"), "en": ("sv", "Svenska")}[look.lang]
    page.get_by_role("button", name=name).click()
    expect(page.locator("html")).to_have_attribute("lang", other)
    page.locator(".btn.help").first.click()
    expect(page.locator("main a[href='tel:112']").first).to_be_visible()
    page.locator("form.leave button").click()
    page.wait_for_url(elsewhere.url)
    expect(page.locator("h1")).to_have_text("Rain later")
    assert "Referer" not in elsewhere.visits[-1]
    page.goto("/")  # a shared device: signed out
    expect(page.locator("[name=password]")).to_be_visible()


def test_come_in(people: People, page: Page, look: Look, sample: Sample) -> None:
    people.guard(page).expect(422)
    link, _code = sample.pen("birgitta").invite("Utan", look.lang)
    page.goto(link)
    page.locator("label:has([name=avatar][value=a07])").click()
    page.locator("[name=password]").fill("kort")
    page.locator("[name=accept_rules]").check()
    page.locator("form.card > button.btn[type=submit]").click()
    expect(page.locator("#password-err")).to_be_visible()
    expect(page.locator("[name=avatar]:checked")).to_have_value("a07")
    page.locator("[name=password]").fill("kanel moped blåbär")
    page.locator("form.card > button.btn[type=submit]").click()
    expect(page.locator(".secret")).to_contain_text("utan")


def test_a_session_that_ended_gives_the_text_back(
    people: People, page: Page, sample: Sample, look: Look, flask: Callable[..., str], sign_in: Callable[[str], None]
) -> None:
    people.guard(page).expect(401)
    name = sample.newcomer("Sol", look.lang)
    sign_in(name)
    page.goto(f"/t/{sample.talk}")
    page.locator("#composer textarea").fill(f"hann inte skicka {look}")
    flask("member", "sign-out", name)
    page.locator("#reply-send").click()
    expect(page.locator("textarea.kept")).to_have_value(f"hann inte skicka {look}")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form.card button[type=submit]").click()
    expect(page.locator(".slot[data-mine]", has_text="hann inte skicka")).to_have_count(1)
