"""A thread of two thousand replies, open on a phone while twenty people write: exact, still, and never a long page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from community.core import clock
from community.core.db import new_id
from community.demo.rows import Rows, Talk
from community.members.models import Member
from community.spaces.models import Space
from community.streams.models import Stream
from tests.browser.looks import SIZES, Look
from tests.browser.people import Pen, People
from tests.browser.thread_page import field, go_live, seen, slot
from tests.live.people import Person
from tests.serve import Hearth

pytestmark = pytest.mark.timeout(120)

Writers = Callable[[str], Pen]
REPLIES, AT_MOST, PAGE = 2000, 150, 50
TWENTY = (
    "tuva", "wilma", "samir", "noor", "isla", "mehmet", "johanna", "robin", "petra", "marcus",
    "leyla", "callum", "yusuf", "hanna", "kim", "fatuma", "daniel", "sofia", "ali", "rasmus",
)  # fmt: skip
_IN_SIGHT = """() => {
  const bar = document.querySelector('.topbar').getBoundingClientRect().bottom;
  const first = [...document.querySelectorAll('.slot')].find((slot) => slot.getBoundingClientRect().bottom > bar);
  return { piece: first.dataset.piece, top: Math.round(first.getBoundingClientRect().top) };
}"""
_NOTE_LONG_TASKS = """() => {
  window.longest = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((task) => {
    window.longest = Math.max(window.longest, task.duration);
  })).observe({ entryTypes: ['longtask'] });
}"""


class Told:
    """A thread whose replies are written as rows: nothing is announced, as if the line had been away."""

    def __init__(self, hearth: Hearth, opening: str) -> None:
        self.hearth, self.rows = hearth, Rows()
        with self._session() as s:
            self.people = list(s.scalars(select(Member.id).where(Member.sign_in_name.in_(TWENTY))))
            space = s.scalars(select(Space.id).where(Space.slug == "vardagsrummet")).one()
        self.id = new_id()
        self.talk = Talk(self.rows, self.id, space, mode="tell", just_listen=False)
        self._say(opening)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        engine = create_engine(self.hearth.env["DATABASE_URL"])
        with Session(engine) as s, s.begin():
            yield s
        engine.dispose()

    def _say(self, words: str) -> None:
        author = self.people[self.talk.stream["last_nr"] % len(self.people)]
        said = {"text": words, "html": f"<p>{words}</p>", "lang": "sv", "client_id": f"rows-{new_id()}"}
        self.talk.say(new_id(), author, clock.now() - timedelta(hours=1), said)

    def more(self, count: int) -> None:
        with self._session() as s:
            known = s.get(Stream, self.id)
            if known is not None:
                self.talk.stream.update(seq=known.seq, last_nr=known.last_nr)
            for _ in range(count):
                nr = self.talk.stream["last_nr"]
                self._say(f"Rad {nr}. " + "Några ord till. " * (nr % 5))
            now = {name: self.talk.stream[name] for name in ("seq", "last_nr", "active_at")}
            self.rows.write(s)
            s.execute(update(Stream).where(Stream.id == self.id).values(**now))


def everybody_writes(hearth: Hearth, thread: int, each: int) -> list[int]:
    """Twenty people at once, each from her own phone; the pieces they wrote."""

    def write(name: str) -> list[int]:
        person = Person(hearth).sign_in(name)
        return [person.says(thread, f"{name} skriver {number}") for number in range(each)]

    with ThreadPoolExecutor(len(TWENTY)) as phones:
        return [piece for pieces in phones.map(write, TWENTY) for piece in pieces]


def replies_on(page: Page) -> list[dict[str, Any]]:
    found = [piece for piece in seen(page) if piece["nr"] != "1"]
    assert len(found) <= AT_MOST
    return found


def as_loaded_now(page: Page, thread: int, first: int, last: int) -> list[dict[str, Any]]:
    """The replies from one place to another as fresh pages show them, going from link to link."""
    fresh, found = page.context.new_page(), []
    before = last + 1
    while before > first:
        fresh.goto(f"/t/{thread}?before={before}")
        some = [piece for piece in seen(fresh) if piece["nr"] != "1"]
        found = some + found
        before = int(some[0]["nr"])
    fresh.close()
    return [piece for piece in found if int(piece["nr"]) >= first]


def exact(page: Page, thread: int) -> tuple[int, int]:
    """Nothing twice, nothing missing, everything in its present state; the places the page reaches from and to."""
    here = replies_on(page)
    first, last = int(here[0]["nr"]), int(here[-1]["nr"])
    assert [int(piece["nr"]) for piece in here] == list(range(first, last + 1))
    there = as_loaded_now(page, thread, first, last)
    for _moment in range(20):  # a frame may be on its way
        if here == there:
            break
        page.wait_for_timeout(100)
        here = replies_on(page)
    assert [piece["id"] for piece in here] == [piece["id"] for piece in there]
    for one, other in zip(here, there, strict=True):
        assert one == other
    return first, last


def test_twenty_people_write_while_somebody_reads(people: People, look: Look, pen: Writers, hearth: Hearth) -> None:
    told = Told(hearth, f"Vi skriver tills det blir natt. {look}")
    told.more(REPLIES)
    width, height = SIZES["phone"]
    phone: dict[str, Any] = {"viewport": {"width": width, "height": height}, "has_touch": True}
    page, follower = people.signed_in("elias", **phone), people.signed_in("amina", **phone)
    for one in (page, follower):
        go_live(one, f"/t/{told.id}")
        one.evaluate(_NOTE_LONG_TASKS)
        assert len(replies_on(one)) == PAGE
    follower.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    page.locator(".pieces .slot").nth(20).scroll_into_view_if_needed()
    before = page.evaluate(_IN_SIGHT)
    fresh, many = page.locator("#fresh"), look.say("{n} new replies")

    old = as_loaded_now(page, told.id, 100, 101)
    pen("samir").react(int(old[0]["id"]), "hug")  # nothing that came long ago comes to the page for that
    written = everybody_writes(hearth, told.id, 2)
    expect(fresh).to_have_text(many.replace("{n}", "40"), timeout=15000)
    assert page.evaluate(_IN_SIGHT) == before
    assert exact(page, told.id) == (REPLIES + 2 - PAGE, REPLIES + 41)

    # The line is away while three hundred write: what one reads stays, and what finds no room waits behind the link.
    told.more(300)
    last = pen("tuva").reply(told.id, "Och nu är det natt.")
    expect(fresh).to_have_text(many.replace("{n}", "341"), timeout=15000)
    assert page.evaluate(_IN_SIGHT) == before
    first, end = exact(page, told.id)
    assert (first, end) == (REPLIES + 2 - PAGE, REPLIES + 1 - PAGE + AT_MOST)
    pen("tuva").edit(last, "Och nu är det god natt.")  # no new reply
    pen(TWENTY[0]).react(written[0], "glad")
    pen("tuva").take_back(last)
    expect(fresh).to_have_text(many.replace("{n}", "340"), timeout=5000)
    assert exact(page, told.id) == (first, end)

    # Who follows at the end has it too, from the first one she has not seen; what she read long ago has left.
    expect(slot(follower, written[-1])).to_be_attached()
    start, there = exact(follower, told.id)
    assert start > first and there > end
    assert all(one.evaluate("() => window.longest") < 3000 for one in (page, follower))  # milliseconds; usually 100
    older = follower.get_by_role("link", name=look.say("Older replies"))
    assert older.get_attribute("href") == f"/t/{told.id}?before={start}"
    newer = follower.get_by_role("link", name=look.say("Newer replies"))
    newer.click()
    assert int(replies_on(follower)[0]["nr"]) == there + 1
    follower.goto(f"/t/{told.id}?before={start}")
    assert int(replies_on(follower)[-1]["nr"]) == start - 1

    # One's own answer is seen where it stands.
    field(page).fill("God natt, allihop.")
    page.locator("#reply-send").click()
    mine = page.locator(".slot[data-mine]", has_text="God natt, allihop.")
    expect(mine).to_be_in_viewport()


def test_too_much_to_catch_up_with(people: People, look: Look, pen: Writers, hearth: Hearth) -> None:
    told = Told(hearth, f"Sex hundra på en natt. {look}")
    told.more(60)
    page = people.signed_in("elias")
    go_live(page, f"/t/{told.id}?before=62")
    there = replies_on(page)
    told.more(600)
    fresh, words = page.locator("#fresh"), look.say("Much is new here. Load again")
    for number in range(2):  # nothing is put after the gap, and nothing else is said
        pen("tuva").reply(told.id, f"Efter allt det där {number}")
        expect(fresh).to_have_text(words, timeout=5000)
    page.wait_for_timeout(500)
    expect(fresh).to_have_text(words)
    assert replies_on(page) == there
    fresh.click()
    page.wait_for_url(f"**/t/{told.id}")
    exact(page, told.id)
    # The link below the gap leads on without one.
    page.goto(f"/t/{told.id}?after={there[-1]['nr']}")
    assert int(replies_on(page)[0]["nr"]) == int(there[-1]["nr"]) + 1
