"""It is urgent: from the door to a name, on open pages and by themselves."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.people import People


def test_from_the_urgent_door_to_a_name(people: People, look: Look) -> None:
    lead = people.signed_in("karin")
    asking = people.signed_in("dawit")
    asking.goto("/help")
    asking.get_by_role("link", name=look.say("It is urgent")).click()
    asking.locator("[name=words]").fill(f"I need somebody ({look})")
    asking.locator("form.form button[type=submit]").click()
    expect(asking.locator(".concern-now")).to_contain_text(look.say("Nobody has answered yet."))
    number = asking.url.rsplit("/", 1)[-1]
    lead.goto(f"/concerns/{number}")
    expect(lead.locator("main")).to_contain_text(f"I need somebody ({look})")
    lead.locator("label.chip", has_text=look.say("I come")).click()
    lead.get_by_role("button", name=look.say("I take it")).click()
    taken = re.compile(r"Karin .*5")
    expect(asking.locator(".concern-now")).to_contain_text(taken)
    lead.locator("label.tick", has_text=look.say("I write (it is read on the other side)")).click()
    lead.locator("form[action$='/step'] [name=words]").fill("On my way.")
    lead.get_by_role("button", name=look.say("Write it down")).click()
    expect(asking.locator("#concern")).to_contain_text("On my way.")
