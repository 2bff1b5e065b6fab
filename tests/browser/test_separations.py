"""A house manager keeps two people apart, and lets them meet again; their own screens say nothing of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.separation_states import choose

pytestmark = pytest.mark.timeout(90)

TWO = {"sv": ("Kim", "Daniel"), "en": ("Kim", "Fatuma")}
"""Who stand in no other story's way; one belongs to Birgitta's house."""


def test_two_are_kept_apart_and_meet_again(people: People, look: Look) -> None:
    one, other = TWO[look.lang]
    hers = people.signed_in(one.lower())
    staff = people.signed_in("birgitta")
    choose(staff, one, other)
    expect(staff.locator("h1")).to_have_text(look.say("%(one)s and %(two)s", one=one, two=other))
    staff.locator("input[name=level][value=total]").check()
    staff.locator("#reason").fill("De behöver lugn en tid.")
    staff.locator("main form button[type=submit]").click()
    expect(staff.locator("main .lead")).to_contain_text(look.say("nothing of each other"))
    for path in ("/me", "/notifications", "/"):
        hers.goto(path)
        said = hers.locator("main").inner_text()
        assert look.say("Kept apart") not in said and other not in said
    staff.locator("#why").fill("Det har lugnat sig.")
    staff.locator("main form").last.locator("button").click()
    expect(staff.locator("h1")).to_have_text(look.say("Kept apart"))
    over = staff.locator("main .doors a", has_text=other).first
    expect(over).to_contain_text(look.say("over since"))
