"""Changing and taking back one's own text, and what somebody has open while others write around it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import Look
from tests.browser.people import Pen, People
from tests.browser.thread_page import field, go_live, open_more, open_react, same_as_fresh, send, slot

Writers = Callable[[str], Pen]


def a_thread(pen: Writers, look: Look, mine: str, who: str = "elias") -> tuple[int, int]:
    thread = pen("tuva").write(
        f"Vad äter vi i kväll, tycker ni?\n\nSkriv här nedanför. {look}" + "\n\nEller säg det i köket." * 12
    )
    return thread, pen(who).reply(thread, mine)


def open_change(page: Page, piece: int) -> Locator:
    open_more(page, piece).locator("a[data-get*=edit]").click()
    editing = slot(page, piece).locator(".editing")
    expect(editing.locator("[name=text]")).to_be_focused()
    return editing


FOCUS_ON_ONE_OF = "(ids) => ids.includes(document.activeElement.id)"
FOCUS_NOT_LOST = "() => document.activeElement !== document.body"


def test_change_in_place_and_everybody_sees_it(people: People, look: Look, pen: Writers) -> None:
    thread, piece = a_thread(pen, look, "pannkakr")
    page, other = people.signed_in("elias"), people.signed_in("amina")
    go_live(page, f"/t/{thread}")
    go_live(other, f"/t/{thread}")
    editing = open_change(page, piece)
    expect(editing).to_contain_text(
        look.many("You can change it for %(num)s more minute.", "You can change it for %(num)s more minutes.", 15)
    )
    editing.locator("[name=text]").fill("pannkakor, **många**")
    editing.locator("button[type=submit]").click()
    for one in (page, other):
        expect(slot(one, piece).locator(".bodybox strong")).to_have_text("många", timeout=2000)
        expect(slot(one, piece).locator(".byline")).to_contain_text(look.say("changed"))
    expect(slot(page, piece).locator(".editing")).to_have_count(0)
    page.wait_for_function(FOCUS_NOT_LOST, timeout=2000)
    same_as_fresh(page)
    same_as_fresh(other)


def test_two_tabs_change_the_same_text(people: People, look: Look, pen: Writers) -> None:
    thread, piece = a_thread(pen, look, "först så här")
    page = people.signed_in("elias")
    people.guard(page).expect(409)
    go_live(page, f"/t/{thread}")
    second = page.context.new_page()
    go_live(second, f"/t/{thread}")
    mine, theirs = open_change(page, piece), open_change(second, piece)
    theirs.locator("[name=text]").fill("den andra flikens ord")
    theirs.locator("button[type=submit]").click()
    expect(slot(page, piece).locator(".byline")).to_contain_text(look.say("changed"), timeout=2000)

    mine.locator("[name=text]").fill("den första flikens ord")
    mine.locator("button[type=submit]").click()
    both = slot(page, piece).locator(".editing")
    expect(both.locator(".note")).to_contain_text("den andra flikens ord")
    expect(both.locator("[name=text]")).to_have_value("den första flikens ord")
    expect(both.locator(".note")).to_be_focused()
    both.locator("button[type=submit]").click()  # now it is a choice
    expect(both).to_have_count(0)
    expect(slot(second, piece).locator(".bodybox")).to_have_text("den första flikens ord", timeout=2000)
    same_as_fresh(page)


def test_take_back_and_put_back(people: People, look: Look, pen: Writers) -> None:
    thread, piece = a_thread(pen, look, "det här ångrar jag")
    page, other = people.signed_in("elias"), people.signed_in("amina")
    go_live(page, f"/t/{thread}")
    go_live(other, f"/t/{thread}")
    open_more(page, piece).get_by_role("button", name=look.say("Take back")).click()
    undo = page.locator(".undo")
    expect(undo).to_be_focused()
    expect(slot(page, piece)).to_contain_text(look.say("The author took this back."))
    expect(slot(other, piece)).to_contain_text(look.say("The author took this back."), timeout=2000)
    expect(other.locator("body")).not_to_contain_text("ångrar jag")
    expect(slot(other, piece).locator(".who, .tools:visible")).to_have_count(0)
    same_as_fresh(other)
    undo.get_by_role("button").click()
    for one in (page, other):
        expect(slot(one, piece)).to_contain_text("det här ångrar jag", timeout=2000)
    expect(page.locator(".undo")).to_have_count(0)
    same_as_fresh(other)


def test_what_is_open_stays_open_while_the_text_behind_it_changes(people: People, look: Look, pen: Writers) -> None:
    thread, piece = a_thread(pen, look, "öppet")
    page = people.signed_in("elias")
    go_live(page, f"/t/{thread}")
    editing = open_change(page, piece)
    editing.locator("[name=text]").fill("halvvägs genom en men")
    pen("amina").react(piece, "glad")
    expect(page.locator(f"#react-{piece} [data-kind=glad]")).to_be_attached(timeout=2000)
    expect(editing.locator("[name=text]")).to_have_value("halvvägs genom en men")
    expect(editing.locator("[name=text]")).to_be_focused()

    menu = open_react(page, pen("tuva").opening(thread))
    expect(menu).to_be_visible()
    pen("tuva").edit(pen("tuva").opening(thread), "Vad äter vi egentligen?")
    expect(page.locator(".opening .bodybox")).to_have_text("Vad äter vi egentligen?", timeout=2000)
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)


def test_a_field_being_written_in_is_left_alone(people: People, look: Look, pen: Writers) -> None:
    thread, piece = a_thread(pen, look, "rad")
    page = people.signed_in("elias")
    go_live(page, f"/t/{thread}")
    field(page).click()
    page.keyboard.type("mitt i ett o")
    before = field(page).bounding_box()
    last = [pen("tuva").reply(thread, f"Avbrott {number}") for number in range(4)][-1]
    pen("elias").take_back(piece)
    expect(slot(page, last)).to_be_attached(timeout=2000)
    expect(slot(page, piece)).to_contain_text(look.say("The author took this back."), timeout=2000)
    page.keyboard.type("rd")
    expect(field(page)).to_have_value("mitt i ett ord")
    expect(field(page)).to_be_focused()
    after = field(page).bounding_box()
    assert before and after and abs(before["y"] - after["y"]) <= 2


def test_focus_goes_on_where_one_was(people: People, look: Look, pen: Writers) -> None:
    thread, piece = a_thread(pen, look, "fokus", who="samir")
    page = people.signed_in("elias")
    people.guard(page).expect(422)
    go_live(page, f"/t/{thread}")
    send(page, "skickat")
    expect(page.locator(".slot[data-mine]")).to_have_count(1)
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")

    field(page).evaluate("(field) => { field.required = false; }")
    field(page).fill("   ")
    page.locator("#reply-send").click()
    expect(page.locator("#composer .err")).to_be_visible()
    expect(field(page)).to_be_focused()

    menu = open_react(page, piece)
    expect(menu.locator("button").first).to_be_focused()
    menu.locator("button").first.click()
    expect(page.locator(f"#react-{piece} [data-kind=heart]")).to_be_visible()
    page.wait_for_function(FOCUS_ON_ONE_OF, arg=[f"react-{piece}", slot(page, piece).get_attribute("id")], timeout=5000)
    menu = open_react(page, piece)
    expect(menu.locator("button[aria-pressed=true]")).to_have_count(1)
    menu.locator("[data-close]").click()
    page.wait_for_function(FOCUS_ON_ONE_OF, arg=[f"react-{piece}"], timeout=5000)
    pen("tuva").react(piece, "glad")  # what has the focus changes all the same, and keeps it
    expect(page.locator(f"#react-{piece} [data-kind=glad]")).to_be_visible(timeout=2000)
    page.wait_for_function(FOCUS_ON_ONE_OF, arg=[f"react-{piece}"], timeout=5000)
