"""Being told: the mark beside the bell comes by itself, and what is read on one device is read on the other."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.people import Pen, People

Writers = Callable[[str], Pen]


def test_told_on_two_devices_and_read_on_one(people: People, look: Look, pen: Writers) -> None:
    thread = pen("noor").write(f"Vem kan laga en cykel på lördag ({look})")
    phone, desk = (people.signed_in("noor", own=True) for _device in range(2))
    phone.goto("/me")  # a page without a feed or a conversation
    if phone.locator("[data-notices] .told").first.text_content():
        phone.goto("/notifications")
        phone.locator("#all-read").click()
        phone.goto("/me")
    desk.goto("/notifications")
    bell = phone.locator("[data-notices]:visible")
    expect(bell).to_have_accessible_name(look.say("Notifications"))
    phone.wait_for_function("performance.getEntriesByType('resource').some((one) => one.name.includes('live'))")
    phone.wait_for_timeout(600)  # the line is there
    pen("sara").reply(thread, "Jag kan, efter frukost")
    expect(bell).to_have_accessible_name(look.say("Notifications, 1 new"))
    expect(bell.locator(".told")).to_have_text("1")
    item = desk.locator("#notice-list > li.new").first
    expect(item).to_contain_text("Sara")
    phone.goto(f"/t/{thread}")  # two seconds in sight, and it is read
    expect(desk.locator("[data-notices]:visible")).to_have_accessible_name(look.say("Notifications"))
    expect(desk.locator("#notice-list > li.new")).to_have_count(0)
    expect(phone.locator("[data-notices]:visible")).to_have_accessible_name(look.say("Notifications"))
