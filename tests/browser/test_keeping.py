"""Following, muting, saving and listening, where one reads: in place, with the keyboard, and found again."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.looks import Look
from tests.browser.people import Pen, People
from tests.browser.thread_page import open_more


def test_follow_mute_and_find_again(people: People, look: Look, pen: Callable[[str], Pen]) -> None:
    words = f"Vem vill spela i helgen ({look})"
    thread, page = pen("sara").write(words), people.signed_in("elias")
    page.goto(f"/t/{thread}")
    follow, mute = page.locator("#follow-it"), page.locator("#mute-it")
    expect(follow).to_have_text(look.say("Follow"))
    follow.focus()
    page.keyboard.press("Enter")
    expect(follow).to_have_attribute("aria-pressed", "true")
    expect(follow).to_be_focused()
    page.goto("/")
    page.get_by_role("link", name=look.say("Only what I follow")).click()
    expect(page.locator(f"#feed [data-thread='{thread}']")).to_be_visible()
    page.goto(f"/t/{thread}")
    mute.click()
    expect(mute).to_have_text(look.say("Muted"))
    expect(follow).to_have_attribute("aria-pressed", "false")
    page.goto("/")
    expect(page.locator("#feed article").first).to_be_visible()
    expect(page.locator(f"#feed [data-thread='{thread}']")).to_have_count(0)
    page.goto("/c/vardagsrummet")
    expect(page.locator(f"#feed [data-thread='{thread}']")).to_contain_text(look.say("muted"))


def test_save_and_take_off_again(people: People, look: Look, pen: Callable[[str], Pen]) -> None:
    words = f"Tre rader som hjälper ({look})"
    thread, page = pen("sara").write(words), people.signed_in("elias")
    opening = pen("sara").opening(thread)
    page.goto(f"/t/{thread}")
    menu = open_more(page, opening)
    menu.get_by_role("button", name=look.say("Save for me")).click()
    expect(menu.get_by_role("button", name=look.say("Take off my list"))).to_be_focused()
    page.goto("/me")
    page.get_by_role("link", name=look.say("Saved for me")).click()
    expect(page.get_by_role("link", name=words)).to_have_attribute("href", f"/t/{thread}")
    page.locator(f"form[action='/pieces/{opening}/let-go'] button").click()
    expect(page.locator("h1")).to_have_text(look.say("Saved for me"))
    expect(page.get_by_role("link", name=words)).to_have_count(0)


DEVICE_VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
const voice = { speak: (part) => said.push([part.text, part.lang]), cancel: () => said.push('stop') };
Object.defineProperty(window, 'speechSynthesis', { value: voice });
"""


def test_a_post_is_read_aloud_in_its_own_language(people: People, look: Look, pen: Callable[[str], Pen]) -> None:
    thread = pen("sara").write("Vi ses på lördag och äter soppa, det är inte så långt att gå.")
    opening, page = pen("sara").opening(thread), people.signed_in("elias")
    page.add_init_script(DEVICE_VOICE)
    page.goto(f"/t/{thread}")
    listen = open_more(page, opening).get_by_role("button", name=look.say("Listen, or stop"))
    listen.click()
    listen.click()
    said = page.evaluate("said")
    assert [part for part in said if part != "stop"] == [
        ["Vi ses på lördag och äter soppa, det är inte så långt att gå.", "sv"]
    ]
    assert said[-1] == "stop"
