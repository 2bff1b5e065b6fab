"""A pin arrives on open pages and is put away; the sentence about who reads follows what one chooses."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.people import Pen, People


def test_a_pin_comes_and_is_put_away(people: People, look: Look, pen: Callable[[str], Pen]) -> None:
    words = f"Vattnet är avstängt i morgon ({look})"
    thread = pen("sara").write(words)
    reader, sara = people.signed_in("wilma"), people.signed_in("sara")
    reader.goto("/")
    expect(reader.locator("#feed article").first).to_be_visible()
    sara.goto(f"/t/{thread}/pin")
    sara.locator("[name=on_home]").check()
    sara.locator("form.form > button[type=submit]").click()
    expect(sara.locator(".pin-list")).to_contain_text(words)
    line = reader.locator("details.pins > summary")
    expect(line).to_contain_text(words)  # without loading anew
    line.focus()
    reader.keyboard.press("Enter")
    mine = reader.locator(".pin-list li").filter(has_text=words)
    mine.get_by_role("button", name=look.say("Put away")).click()
    expect(reader.locator(".pin-list li").filter(has_text=words)).to_have_count(0)
    reader.goto("/c/vardagsrummet")
    away = reader.locator(".put-away").filter(has_text=words)
    away.get_by_role("button", name=look.say("Show again")).click()
    expect(reader.locator(".pin-list")).to_contain_text(words)
    sara.goto(f"/t/{thread}/pin")
    sara.get_by_role("button", name=look.say("Take it down now")).click()
    expect(reader.locator(".pin-list").filter(has_text=words)).to_have_count(0)


def test_who_reads_follows_the_choice(people: People, look: Look) -> None:
    page = people.signed_in("amina")
    page.goto("/write")
    asked, said = page.locator(".whom"), page.locator(".readers:visible")
    expect(asked).to_be_hidden()
    page.locator("summary").click()
    page.get_by_role("radio", name=look.say("How it feels") if look.lang == "en" else "Känns det").check()
    expect(asked).to_be_visible()
    expect(page.locator("[name=whom][value=house]")).to_be_checked()
    expect(said).to_have_count(1)
    expect(said).to_contain_text("Solgläntan")
    page.locator("[name=whom][value=all]").check()
    expect(said).to_have_count(1)
    expect(said).not_to_contain_text("Solgläntan")
