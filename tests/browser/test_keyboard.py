"""By keyboard alone, with the place one is at always to be seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import Look
from tests.browser.people import PASSWORD, Pen, People
from tests.browser.thread_page import field, slot

pytestmark = pytest.mark.timeout(90)

_SHOWN = """() => {
  const at = document.activeElement;
  const drawn = (node, part) => {
    const style = getComputedStyle(node, part);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  const label = at.closest('label') || at.labels?.[0];
  const box = at.getBoundingClientRect();
  return {
    name: `${at.localName}.${at.className}#${at.id}`,
    inSight: box.bottom > 0 && box.top < innerHeight,
    shown: drawn(at) || drawn(at, '::after') || Boolean(label && [label, ...label.children].some((one) => drawn(one))),
  };
}"""


def press(page: Page, *keys: str) -> None:
    """After every key the place is visible."""
    for key in keys:
        page.keyboard.press(key)
        at = page.evaluate(_SHOWN)
        assert at["shown"] and at["inSight"], f"after {key}: {at}"


def tab_to(page: Page, wanted: str, most: int = 60, key: str = "Tab") -> None:
    """Tab until the place matches; never outside of what can be seen."""
    for _step in range(most):
        press(page, key)
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"no way to {wanted} by Tab")


def test_sign_in_read_and_answer_by_keyboard(people: People, look: Look, pen: Callable[[str], Pen]) -> None:
    words = f"Läser någon med tangentbord? {look}"
    thread = pen("samir").write(words)
    reply = pen("johanna").reply(thread, "Jag, ibland.")
    page = people.visitor()
    page.goto("/login")
    press(page, "Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, "[name=name]", 3)
    page.keyboard.type("tuva")
    tab_to(page, "[name=password]", 1)
    page.keyboard.type(PASSWORD)
    tab_to(page, "button[data-show]", 1)
    tab_to(page, "[name=keep]", 1)
    page.keyboard.press("Space")
    expect(page.locator("[name=keep]")).to_be_checked()
    tab_to(page, "form.card button[type=submit]", 1)
    page.keyboard.press("Enter")
    expect(page.locator("#feed")).to_be_visible()
    people.reads(page, look.lang)
    page.goto("/")

    press(page, "Tab")
    page.keyboard.press("Enter")
    tab_to(page, f'article[data-thread="{thread}"] a.open')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/t/{thread}")

    tab_to(page, f"#react-{reply}")
    page.keyboard.press("Enter")
    menu = slot(page, reply).locator(".menu")
    expect(menu.locator("button").first).to_be_focused()
    press(page, "Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"#react-{reply} [data-kind=hug]")).to_be_visible()
    expect(menu).to_have_count(0)
    expect(page.locator(f"#react-{reply}")).to_be_focused()

    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    press(page, "Escape")
    expect(menu).to_have_count(0)
    expect(page.locator(f"#react-{reply}")).to_be_focused()

    tab_to(page, f"#more-{reply}", 1)
    tab_to(page, "#composer textarea", 1)
    page.keyboard.type("Och jag, jämt.")
    tab_to(page, "#reply-send", 4)  # past the toolbar, which is one place, pictures and the heads-up
    page.keyboard.press("Enter")
    mine = page.locator(".slot[data-mine]", has_text="Och jag, jämt.")
    expect(mine).to_have_count(1)
    expect(field(page)).to_be_focused()

    piece = mine.get_attribute("data-piece")
    tab_to(page, f"#more-{piece}", 5, key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(mine.locator(".menu-list a[data-quote]")).to_be_focused()
    press(page, "Tab", "Tab")
    expect(mine.locator(".menu-list a[data-get]").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(mine.locator("[name=text]")).to_be_focused()
    press(page, "ControlOrMeta+a")
    page.keyboard.type("Och jag, nästan jämt.")
    press(page, "Escape")  # a key pressed in passing throws no words away
    expect(mine.locator("[name=text]")).to_have_value("Och jag, nästan jämt.")
    tab_to(page, ".editing button[type=submit]", 3)
    page.keyboard.press("Enter")
    expect(mine.locator(".editing")).to_have_count(0)
    expect(page.locator(".slot[data-mine] .bodybox")).to_have_text("Och jag, nästan jämt.")


def test_write_by_keyboard(people: People, look: Look) -> None:
    page = people.signed_in("tuva")
    page.goto("/")
    tab_to(page, '.tabbar a[href="/write"]' if look.phone else '.rail a[href="/write"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/write")
    tab_to(page, "[name=text]")
    page.keyboard.type(f"Skrivet utan mus {look}")
    tab_to(page, "[name=mode]", 3)  # past the toolbar and pictures
    press(page, "ArrowRight")
    expect(page.locator("[name=mode]:checked")).to_have_value("ask")
    tab_to(page, "[name=just_listen]", 8)  # past what a question is about
    press(page, "Space")
    expect(page.locator("[name=just_listen]")).to_be_checked()
    tab_to(page, "summary", 1)
    press(page, "Enter")
    tab_to(page, "[name=title]", 1)
    page.keyboard.type("Utan mus")
    tab_to(page, "[name=space_id]", 4)  # past the heads-up and writing without a name
    press(page, "ArrowDown")
    chosen = page.locator("[name=space_id]:checked").input_value()
    expect(page.locator(f'.readers[data-readers="{chosen}"]')).to_be_visible()
    expect(page.locator(".readers:visible")).to_have_count(1)
    tab_to(page, "form.writing button[type=submit]", 2)
    page.keyboard.press("Enter")
    page.wait_for_url("**/t/*")
    expect(page.locator("h1")).to_have_text("Utan mus")
    expect(page.locator(".crumb")).to_contain_text(look.say("just listen, no advice"))
