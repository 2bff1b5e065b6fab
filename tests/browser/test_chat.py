"""A chat as people use it: live, on a line that breaks, at night, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, delete
from sqlalchemy.orm import Session

from community.rota.models import Shift
from tests.browser.looks import SIZES, Look
from tests.browser.people import Pen, People
from tests.browser.test_keyboard import press, tab_to
from tests.browser.thread_page import field, go_live, same_as_fresh, seen, slot
from tests.browser.week import HOME, Week, sv
from tests.serve import Hearth

pytestmark = pytest.mark.timeout(90)

Writers = Callable[[str], Pen]
PHONE: dict[str, Any] = {
    "viewport": dict(zip(("width", "height"), SIZES["phone"], strict=True)),
    "has_touch": True,
    "is_mobile": True,
}
DESK: dict[str, Any] = {
    "viewport": dict(zip(("width", "height"), SIZES["desktop"], strict=True)),
    "has_touch": False,
    "color_scheme": "dark",
}


@pytest.fixture
def chat(pen: Writers) -> int:
    """The chat of those who moved out: grown-ups alone, so it rests at no hour."""
    return pen("johanna").chat("Utflyttat", "Moved out")


def say(page: Page, words: str) -> None:
    field(page).fill(words)
    page.locator("#reply-send").click()


def mine(page: Page, words: str) -> Any:
    return page.locator("#stream .slot[data-mine]", has_text=words)


def stands_at_the_end(page: Page) -> None:
    """The last message is in sight, above the field."""
    place = """() => {
      const last = [...document.querySelectorAll('#stream .slot')].at(-1).getBoundingClientRect();
      return last.bottom <= document.querySelector('.chat-foot').getBoundingClientRect().top + 1 && last.top > 0;
    }"""
    page.wait_for_timeout(100)
    assert page.evaluate(place)


def test_two_people_talk(people: People, look: Look, chat: int, pen: Writers) -> None:
    words = f"är det någon här {look}"
    pen("callum").say(chat, f"long ago {look}")
    johanna = people.signed_in("johanna", lang="sv", **PHONE)
    callum = people.signed_in("callum", lang="en", **DESK)
    for page in (johanna, callum):
        go_live(page, f"/chat/{chat}#end")
        stands_at_the_end(page)
    say(johanna, words)
    there = callum.locator("#stream .slot", has_text=words)
    expect(there).to_have_class(re.compile("named badged"))
    expect(there.locator(".who")).to_have_text("Johanna")
    expect(mine(johanna, words)).to_have_count(1)
    expect(johanna.locator(".outgoing")).to_have_count(0)
    expect(field(johanna)).to_be_focused()

    field(callum).fill("me")
    callum.keyboard.press("Shift+Enter")
    callum.keyboard.type("of course")
    callum.keyboard.press("Enter")
    answer = johanna.locator("#stream .slot", has_text="of course").last
    expect(answer).to_be_visible()
    expect(field(callum)).to_have_value("")
    stands_at_the_end(johanna)
    expect(callum.locator("#heard")).to_contain_text(words)
    expect(johanna.locator("#heard")).not_to_contain_text(words)

    there.hover()
    piece = int(there.get_attribute("data-piece") or 0)
    callum.locator(f"#react-{piece}").click()
    slot(callum, piece).locator(".menu button").first.click()
    expect(johanna.locator(f"#react-{piece} [data-kind=heart]")).to_be_visible()
    pen("johanna").edit(piece, f"{words}, ändrat")
    expect(there.locator(".prose")).to_contain_text("ändrat")
    pen("johanna").take_back(piece)
    expect(callum.locator(f".slot[data-piece='{piece}'] .gone")).to_be_visible()
    for page in (johanna, callum):
        same_as_fresh(page)


def test_what_i_just_said_stands_in_sight(people: People, look: Look, chat: int, pen: Writers) -> None:
    for number in range(12):
        pen("callum").say(chat, f"earlier {number} {look}")
    johanna = people.signed_in("johanna", lang="sv", **PHONE)
    go_live(johanna, f"/chat/{chat}#end")
    for words in (
        f"kort {look}",
        f"en till {look}",
        f"och en som är så lång att den tar flera rader på en telefon, {look}",
    ):
        say(johanna, words)
        expect(mine(johanna, words)).to_have_count(1)
        expect(johanna.locator(".outgoing")).to_have_count(0)
        stands_at_the_end(johanna)


def test_three_messages_without_a_line(people: People, look: Look, chat: int, pen: Writers) -> None:
    page = people.signed_in("johanna")
    people.guard(page).allow_broken_line()
    go_live(page, f"/chat/{chat}")
    lines = [f"{number} utan nät {look}" for number in ("första", "andra", "tredje")]
    page.context.set_offline(True)
    for words in lines:
        say(page, words)
    expect(page.locator(".outgoing[data-way=waits]")).to_have_count(3)
    expect(page.locator("#chat-offline")).to_be_visible()
    meanwhile = pen("callum").say(chat, f"meanwhile {look}")
    page.context.set_offline(False)
    for words in lines:
        expect(mine(page, words)).to_have_count(1, timeout=15000)
    expect(page.locator(".outgoing")).to_have_count(0)
    expect(page.locator("#chat-offline")).to_be_hidden()
    expect(slot(page, meanwhile)).to_be_visible()
    texts = page.locator("#stream .slot[data-mine] .prose").all_inner_texts()
    assert [text for text in texts if text in lines] == lines
    same_as_fresh(page)


def test_the_server_goes_and_the_page_is_loaded_anew(people: People, look: Look, chat: int, hearth: Hearth) -> None:
    page = people.signed_in("johanna", own=True, keep=True)
    people.guard(page).allow_broken_line()
    go_live(page, f"/chat/{chat}")
    lines = [f"{number} före omstarten {look}" for number in ("första", "andra")]
    hearth.kill9()
    for words in lines:
        say(page, words)
    expect(page.locator(".outgoing[data-way=waits]")).to_have_count(2)
    field(page).fill("halva ord")
    hearth.start()
    page.reload()
    for words in lines:
        expect(mine(page, words)).to_have_count(1, timeout=15000)
    expect(page.locator(".outgoing")).to_have_count(0)
    assert page.evaluate("() => Object.keys(sessionStorage).filter((key) => key.includes('out'))") == []
    same_as_fresh(page)


def test_given_back_and_slowed_down(people: People, look: Look, chat: int, pen: Writers) -> None:
    page = people.signed_in("johanna")
    go_live(page, f"/chat/{chat}")
    pen("jonna").post(f"/chat/{chat}/slow", seconds="10")
    try:
        say(page, f"ett {look}")
        expect(mine(page, f"ett {look}")).to_have_count(1, timeout=20000)  # she may have written just before
        say(page, f"två {look}")
        waits = page.locator(".outgoing[data-way=slow]")
        expect(waits).to_contain_text(f"två {look}")
        waits.locator(".back-to-field").click()
        expect(field(page)).to_have_value(f"två {look}")
        expect(page.locator(".outgoing")).to_have_count(0)
    finally:
        pen("jonna").post(f"/chat/{chat}/slow", seconds="0")
    page.locator("#reply-send").click()
    expect(mine(page, f"två {look}")).to_have_count(1)
    say(page, "x" * 4001)
    expect(page.locator("#composer .err")).to_be_visible()
    assert len(field(page).input_value()) == 4001
    field(page).fill(f"kortare {look}")
    expect(page.locator("#composer .err")).to_have_count(0)
    page.locator("#reply-send").click()
    expect(mine(page, f"kortare {look}")).to_have_count(1)


def test_by_keyboard_alone(people: People, look: Look, chat: int, pen: Writers) -> None:
    piece = pen("callum").say(chat, f"by keyboard {look}")
    page = people.signed_in("johanna", **DESK)
    go_live(page, f"/chat/{chat}")
    slot(page, piece).focus()
    tab_to(page, f"#more-{piece}", 4)
    page.keyboard.press("Enter")
    menu = slot(page, piece).locator(".menu")
    expect(menu).to_be_visible()
    tab_to(page, "a[data-quote]", 6)
    page.keyboard.press("Enter")
    expect(field(page)).to_be_focused()
    expect(page.locator(".quoting .quoted-who")).to_have_text("Callum")
    page.keyboard.type(f"svarat {look}")
    press(page, "Enter")
    expect(mine(page, f"svarat {look}").locator(".quoted")).to_contain_text("by keyboard")
    expect(page.locator(".quoting")).to_be_hidden()
    same_as_fresh(page)


def test_a_finger_held_on_a_message(people: People, look: Look, chat: int, pen: Writers) -> None:
    pen("callum").say(chat, f"one {look}")
    piece = pen("callum").say(chat, f"press {look}")
    page = people.signed_in("johanna", **PHONE)
    go_live(page, f"/chat/{chat}")
    box = slot(page, piece).locator(".bodybox").bounding_box()
    assert box
    at = {"x": box["x"] + 10, "y": box["y"] + 10}
    tools = page.context.new_cdp_session(page)
    tools.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    expect(slot(page, piece).locator(".menu")).to_be_visible()
    tools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(slot(page, piece).locator(".menu")).to_be_in_viewport()
    expect(slot(page, piece).locator(".menu .copy")).to_be_visible()


@pytest.fixture
def long_chat(chat: int, pen: Writers) -> Iterator[int]:
    for who in ("callum", "sara", "jonna", "birgitta"):
        for number in range(18):
            pen(who).say(chat, f"{who} räknar {number}")
    yield chat


def test_older_ones_come_in_place(people: People, long_chat: int) -> None:
    page = people.signed_in("johanna")
    go_live(page, f"/chat/{long_chat}#end")
    before = len(seen(page))
    assert before == 50
    stands_at_the_end(page)
    first = page.locator("#stream .slot").first
    piece = first.get_attribute("data-piece")
    page.mouse.move(180, 300)
    page.evaluate("() => scrollTo(0, 300)")
    expect(page.locator("#stream .slot")).not_to_have_count(before)
    assert slot(page, int(piece or 0)).bounding_box()
    numbers = [int(one["nr"]) for one in seen(page)]
    assert numbers == sorted(set(numbers))


def nobody_works_beside_the_rota(week: Week) -> None:
    """The stories have a host at every hour; this one has the demo's own week."""
    engine = create_engine(week.house.server.env["DATABASE_URL"])
    with Session(engine) as s, s.begin():
        s.execute(delete(Shift).where(Shift.house_id.is_(None), Shift.role == "host"))
    engine.dispose()


def test_it_rests_by_itself_and_words_stay(week: Week) -> None:
    tuva = week.comes("tuva", keep=True)
    chat = week.pen("tuva").chat("Vardagsrummet", "Living room")
    nobody_works_beside_the_rota(week)
    evening = datetime.combine(week.monday, time(21, 59, 48), HOME)
    week.command("clock", "set", evening.isoformat())
    tuva.wait_for_timeout(1200)  # a running server obeys within a second
    tuva.goto(f"/chat/{chat}")
    expect(tuva.locator("#chat-state")).to_contain_text(sv("The chat rests at %(time)s.", time="22"))
    field(tuva).fill("halva ord")
    rests = sv("The chat is resting until %(time)s.", time="07")
    expect(tuva.locator("#chat-state")).to_contain_text(rests, timeout=20000)
    expect(field(tuva)).to_have_value("halva ord")
    expect(tuva.locator("#reply-send")).to_be_disabled()
    expect(tuva.locator(".chat-watch").first).to_contain_text(sv("resting until %(time)s", time="07"))
    field(tuva).fill("")
    expect(tuva.locator("#composer")).to_be_hidden()
