"""The line is cut while others write, change and take back: afterwards nothing is missing, nothing is twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Pen, People
from tests.browser.thread_page import field, go_live, open_react, same_as_fresh, seen, send, slot
from tests.serve import Hearth

pytestmark = pytest.mark.timeout(90)

Writers = Callable[[str], Pen]


def thread_with(pen: Writers, *texts: str) -> tuple[int, list[int]]:
    thread = pen("tuva").write("Vi samlar allt om kväll och bussar här.", title="Kvällsbussen")
    return thread, [pen("samir").reply(thread, text) for text in texts]


def life_goes_on(pen: Writers, thread: int, known: list[int], name: str) -> list[int]:
    """What others do meanwhile: new, changed, taken back, put back, reacted, and one that comes and goes."""
    fresh = [pen("tuva").reply(thread, f"{name}: första"), pen("samir").reply(thread, f"{name}: andra")]
    pen("samir").edit(known[0], f"{name}: så här menade jag")
    pen("samir").take_back(known[1])
    pen("tuva").react(known[2], "hug")
    gone = pen("johanna").reply(thread, f"{name}: skriven och ångrad")
    pen("johanna").take_back(gone)
    pen("samir").put_back(known[1])
    pen("samir").edit(known[1], f"{name}: tillbaka, och ändrad")
    last = pen("johanna").reply(thread, f"{name}: sist")
    return [*fresh, gone, last]


def caught_up(page: Page, known: list[int], fresh: list[int], name: str) -> None:
    expect(slot(page, fresh[-1])).to_contain_text(f"{name}: sist", timeout=15000)
    expect(slot(page, known[0])).to_contain_text(f"{name}: så här menade jag")
    expect(slot(page, known[1])).to_contain_text(f"{name}: tillbaka, och ändrad")
    ids = [piece["id"] for piece in seen(page)]
    assert set(map(str, [*known, *fresh])) <= set(ids)
    same_as_fresh(page)


def test_offline_and_back(people: People, pen: Writers) -> None:
    thread, known = thread_with(pen, "En rad", "Två rader", "Tre rader")
    page = people.signed_in("amina")
    people.guard(page).allow_broken_line()
    go_live(page, f"/t/{thread}")

    page.context.set_offline(True)
    field(page).fill("skriver fast det inte finns nåt nät")
    fresh = life_goes_on(pen, thread, known, "utan nät")
    expect(slot(page, fresh[0])).to_have_count(0)
    page.locator("#reply-send").click()  # said, kept, not lost
    expect(page.locator("#composer .answer")).to_be_visible()
    page.context.set_offline(False)
    caught_up(page, known, fresh, "utan nät")
    expect(field(page)).to_have_value("skriver fast det inte finns nåt nät")
    page.locator("#reply-send").click()
    expect(page.locator(".slot[data-mine]", has_text="skriver fast det inte")).to_have_count(1)
    expect(field(page)).to_have_value("")
    same_as_fresh(page)


def test_the_browsers_own_tools_cut_the_line(people: People, pen: Writers) -> None:
    """Twice in a row: what came in the first time must not be lost by the second."""
    thread, known = thread_with(pen, "En", "Två", "Tre")
    page = people.signed_in("amina")
    people.guard(page).allow_broken_line()
    go_live(page, f"/t/{thread}")
    tools = page.context.new_cdp_session(page)
    for name in ("tunneln", "hissen"):
        condition = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        tools.send("Network.emulateNetworkConditions", {"offline": True, **condition})
        fresh = life_goes_on(pen, thread, known, name)
        expect(slot(page, fresh[0])).to_have_count(0)
        tools.send("Network.emulateNetworkConditions", {"offline": False, **condition})
        caught_up(page, known, fresh, name)


def test_the_server_dies_and_comes_back(people: People, pen: Writers, hearth: Hearth) -> None:
    thread, known = thread_with(pen, "Ett", "Tu", "Tre")
    reader, other = people.signed_in("amina", lang="sv"), people.signed_in("elias", lang="en")
    for page in (reader, other):
        people.guard(page).allow_broken_line()
        go_live(page, f"/t/{thread}")
    send(reader, "Det här hann jag skicka")
    mine = reader.locator(".slot[data-mine]", has_text="hann jag skicka")
    expect(mine).to_have_count(1)
    piece = int(mine.get_attribute("data-piece") or 0)
    expect(slot(other, piece)).to_be_visible()

    hearth.kill9()
    hearth.start()
    fresh = life_goes_on(pen, thread, known, "efter smällen")
    for page in (reader, other):
        caught_up(page, known, fresh, "efter smällen")
    open_react(other, piece).locator("button").first.click()
    expect(reader.locator(f"#react-{piece} [data-kind=heart]")).to_be_visible(timeout=2000)
    for page in (reader, other):
        same_as_fresh(page)
