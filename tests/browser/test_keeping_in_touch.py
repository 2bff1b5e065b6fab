"""Keeping in touch, on pages that are open: what one of the three does shows on those of the others."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.decided import number_of
from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.sample import Sample
from tests.browser.test_chat import DESK, PHONE

pytestmark = pytest.mark.timeout(120)
OWN = "#own-connections"


@dataclass
class Three:
    minor: Page
    adult: Page
    lead: Page
    adult_name: str

    @property
    def row(self) -> Locator:
        return self.lead.locator("#connection-list a", has_text=self.adult_name)


def both_asked(people: People, sample: Sample, minor: str, adult: str) -> Three:
    """Each sees on her open page what the other did."""
    number = number_of(sample.pen(adult))
    pages = [people.signed_in(who, lang="en", **look) for who, look in ((minor, PHONE), (adult, DESK), ("karin", DESK))]
    three = Three(*pages, adult.capitalize())
    three.lead.goto("/keep-in-touch")
    three.adult.goto("/me/keep-in-touch")
    three.minor.goto(f"/people/{number}/keep-in-touch")
    three.minor.locator("main form .btn").last.click()
    expect(three.minor.locator(OWN)).to_contain_text(adult.capitalize())
    expect(three.row).to_contain_text("one of the two has asked")
    three.adult.locator(OWN).locator("li", has_text=minor.capitalize()).get_by_role("link").click()
    three.adult.locator("main form .btn").last.click()
    expect(three.row).to_contain_text("waits for you")
    expect(three.minor.locator(OWN)).to_contain_text("Both of you asked")
    three.row.click()
    expect(three.lead.locator("#connection-do textarea")).to_be_visible()
    return three


def test_open_pages_follow_until_it_is_decided(people: People, sample: Sample, look: Look) -> None:
    three = both_asked(people, sample, *{"sv": ("isla", "daniel"), "en": ("amina", "sofia")}[look.lang])
    three.lead.locator("#connection-do").get_by_text("No", exact=True).click()
    three.lead.get_by_label("Why").fill("Not now. Talk to me.")
    three.lead.get_by_role("button", name="Decide").click()
    for page in (three.minor, three.adult):
        expect(page.locator(OWN)).to_contain_text("Not now. Talk to me.")


def test_what_a_lead_is_writing_stays_when_something_changes(people: People, sample: Sample, look: Look) -> None:
    three = both_asked(people, sample, *{"sv": ("isla", "kim"), "en": ("amina", "hanna")}[look.lang])
    three.lead.get_by_label("Why").fill("Half a sentence")
    mine = three.minor.locator(OWN).locator("li", has_text=three.adult_name)
    mine.get_by_role("button").click()
    expect(three.lead.locator("#connection-told .lead")).to_have_text("over")
    expect(three.lead.get_by_label("Why")).to_have_value("Half a sentence")
