"""What waits of one's own in an open thread: it appears, changes and goes while a host decides elsewhere."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.looks import Look
from tests.browser.people import People
from tests.browser.queue_page import open_case
from tests.browser.sample import Sample
from tests.browser.thread_page import field, go_live, open_more, same_as_fresh, send, slot

pytestmark = pytest.mark.timeout(120)
HIDDEN = re.compile("It is hidden until a host has looked|Det är dolt tills en värd har tittat")  # and until when
WHY = "Skriv gärna vilka skor du menar."


def decide(page: Page, words: str, do: str) -> None:
    """A host finds it in the queue and decides."""
    page.goto("/review")
    decide_here(page.locator(".review-one", has_text=words), do)


def decide_here(one: Locator, do: str) -> None:
    """With the buttons of one case."""
    page = one.page
    button = one.locator(f"[data-do={do}]")
    if not button.is_visible():
        one.locator("details.review-more > summary").click()
    button.click()
    if do != "publish":
        page.locator("form[data-reason] textarea").fill(WHY)
        page.locator("form[data-reason] button.btn").click()
    expect(page.locator(".review-done")).to_be_visible()


def note_of(page: Page, words: str) -> Locator:
    """What its author is told beside words of hers that wait."""
    return page.locator(".slot", has_text=words).locator(".note.held")


def a_thread(sample: Sample, look: Look) -> int:
    return sample.pen("amina").write(f"Vems skor står i hallen? {look}" + "\n\nDe är blöta." * 12)


def test_a_reply_that_waits_takes_its_place_once(people: People, look: Look, sample: Sample) -> None:
    thread, words = a_thread(sample, look), f"mina skor är blöta {look}"
    page, host, other = people.signed_in("dawit"), people.signed_in("jonna"), people.signed_in("amina")
    go_live(other, f"/t/{thread}")
    go_live(page, f"/t/{thread}")
    send(page, words)
    expect(note_of(page, words)).to_be_visible()
    expect(page.locator(".slot", has_text=words)).to_have_count(1)
    expect(page.locator("#composer .saved")).to_have_text(look.say("Waiting to be read first."))
    expect(field(page)).to_have_value("")
    field(page).fill("och en sak till")

    decide(host, words, "publish")
    expect(page.locator(".pieces:not(#waiting) > .slot", has_text=words)).to_be_visible()
    expect(page.locator(".slot", has_text=words)).to_have_count(1)
    expect(page.locator(".note.held")).to_have_count(0)
    expect(field(page)).to_have_value("och en sak till")
    expect(other.locator(".slot", has_text=words)).to_have_count(1)
    same_as_fresh(page)
    same_as_fresh(other)


def test_a_reply_sent_back_says_why(people: People, look: Look, sample: Sample) -> None:
    thread, words = a_thread(sample, look), f"de stora skorna {look}"
    page, host, other = people.signed_in("dawit"), people.signed_in("jonna"), people.signed_in("amina")
    go_live(other, f"/t/{thread}")
    go_live(page, f"/t/{thread}")
    send(page, words)
    expect(note_of(page, words)).to_be_visible()
    decide(host, words, "back")
    expect(note_of(page, words)).to_contain_text(WHY)
    expect(note_of(page, words).get_by_role("link", name=look.say("Change and send"))).to_be_visible()
    expect(page.locator(".slot", has_text=words)).to_have_count(1)
    expect(other.locator("main")).not_to_contain_text(words)
    page.reload()
    expect(page.locator("#waiting .slot", has_text=words)).to_contain_text(WHY)


def test_a_change_that_waits_stands_beside_what_stands(people: People, look: Look, sample: Sample) -> None:
    thread, words, new = a_thread(sample, look), f"de röda skorna {look}", f"de gröna skorna {look}"
    page, host, other = people.signed_in("dawit"), people.signed_in("jonna"), people.signed_in("amina")
    go_live(page, f"/t/{thread}")
    send(page, words)
    expect(note_of(page, words)).to_be_visible()
    decide(host, words, "publish")
    stands = page.locator(".pieces:not(#waiting) > .slot", has_text=words)
    expect(stands).to_be_visible()
    piece = int(str(stands.get_attribute("data-piece")))
    go_live(other, f"/t/{thread}")

    open_more(page, piece).locator("a[data-get*=edit]").click()
    editing = slot(page, piece).locator(".editing")
    editing.locator("[name=text]").fill(new)
    editing.locator("button[type=submit]").click()
    expect(page.locator(f"#waiting #held-{piece}")).to_contain_text(new)
    expect(stands).to_be_visible()
    expect(editing).to_have_count(0)
    sample.pen("amina").react(piece)
    expect(stands.locator("[data-kind=heart]")).to_be_visible()
    expect(page.locator(f"#waiting #held-{piece}")).to_contain_text(new)
    expect(other.locator("main")).not_to_contain_text(new)

    decide(host, new, "back")
    expect(page.locator(f"#waiting #held-{piece}")).to_contain_text(WHY)
    expect(stands).to_be_visible()

    page.locator(f"#held-{piece}").get_by_role("link", name=look.say("Change and send")).click()
    page.locator("[name=text]").fill(f"{new}, mina")
    page.locator("form.editing button[type=submit]").click()
    expect(page.locator(f"#waiting #held-{piece}")).to_contain_text("mina")
    go_live(page, f"/t/{thread}")
    decide(host, f"{new}, mina", "publish")
    for one in (page, other):
        expect(one.locator(".slot", has_text=f"{new}, mina")).to_have_count(1)
        expect(one.locator("main")).not_to_contain_text(words)
    expect(page.locator("#waiting")).to_be_hidden()
    same_as_fresh(page)


def test_an_opening_is_published_hidden_and_shown_again(people: People, look: Look, sample: Sample) -> None:
    words = f"Får man ha skor inne? {look}"
    thread = sample.pen("dawit").write(words)
    page, host, other = people.signed_in("dawit"), people.signed_in("jonna"), people.signed_in("amina")
    people.guard(other).expect(404)
    opening = page.locator("#stream > .opening")
    go_live(page, f"/t/{thread}")
    expect(opening.locator(".note.held")).to_be_visible()
    expect(field(page)).to_have_count(0)
    decide(host, words, "publish")
    expect(opening.locator(".note.held")).to_have_count(0)
    expect(field(page)).to_be_visible()
    go_live(other, f"/t/{thread}")
    expect(other.locator(".opening")).to_contain_text(words)

    piece = str(opening.get_attribute("data-piece"))
    sample.pen("tuva").post(f"/pieces/{piece}/tell", reason="unkind")  # at night one member hides two at most
    expect(opening.locator(".note.held")).to_contain_text(HIDDEN)
    expect(opening).to_contain_text(words)
    expect(other.locator("body")).not_to_contain_text(words)
    open_case(host, words)
    host.locator("#review-item [data-do=show]").click()
    expect(opening.locator(".note.held")).to_have_count(0)
    expect(field(page)).to_be_visible()
    same_as_fresh(page)


def test_what_is_hidden_while_a_page_hears_nothing_is_not_left_standing(
    people: People, look: Look, sample: Sample
) -> None:
    thread = a_thread(sample, look)
    away, asking, host = people.signed_in("elias"), people.signed_in("samir"), people.signed_in("jonna")
    for page in (away, asking):
        people.guard(page).allow_broken_line()
        people.guard(page).expect(404)
    go_live(away, f"/t/{thread}")
    on_its_way: list[Route] = []
    asking.route("**/streams/*/since?*", lambda route: on_its_way.append(route))
    with asking.expect_request("**/streams/*/since?*"):
        asking.goto(f"/t/{thread}")
    away.context.set_offline(True)

    piece = str(away.locator("#stream > .opening").get_attribute("data-piece"))
    sample.pen("tuva").post(f"/pieces/{piece}/tell", reason="unkind")
    open_case(host, "De är blöta")
    decide_here(host.locator("#review-item"), "hide")
    away.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")  # what came is lost
    for page in (away, asking):
        expect(page.locator(".opening")).to_contain_text("De är blöta")
    away.context.set_offline(False)
    for one in on_its_way:
        one.continue_()
    for page in (away, asking):
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("body")).not_to_contain_text("De är blöta")
