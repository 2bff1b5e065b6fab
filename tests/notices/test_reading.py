"""The page, the badge, and being read: on every device at once, as far as one has read, without JavaScript too."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from community.core import clock, db, ratelimit
from community.core.db import session, transaction
from community.notices import actions, queries
from community.notices.models import Notice
from community.streams import actions as streams
from community.streams.models import Stream
from tests.client import Browser, words_of
from tests.counting import counted
from tests.fixtures import Heard
from tests.make import Make
from tests.notices.told import rows, told, unread
from tests.world import NOW, World

Browsers = Callable[..., Browser]
BADGE = re.compile(r'data-notices.*?said">([^<]*)<.*?class="told([^"]*)"([^>]*)>([^<]*)<', re.DOTALL)


@pytest.fixture
def nothing_told(world: World) -> None:
    with transaction() as s:
        s.execute(Notice.__table__.delete())  # type: ignore[attr-defined]


def badge(browser: Browser, path: str = "/about") -> tuple[str, str, bool]:
    """Label, figure and whether the mark is there, as a page says it."""
    found = BADGE.search(browser.get(path).text)
    assert found
    return found[1], found[4], "hidden" not in found[3]


def test_empty_unread_and_read(world: World, make: Make, browser: Browsers, nothing_told: None) -> None:
    tuva = browser("tuva")
    assert "Nothing to see here yet." in words_of(tuva.get("/notifications"))
    assert badge(tuva, "/") == ("Notifications", "", False)
    thread = make.thread("tuva", title="Sunday dinner")
    make.reply("sara", thread)
    page = tuva.get("/notifications").text
    assert 'class="notice new"' in page and "Mark all as read" in page
    assert "\u2068Sara\u2069 answered your post Sunday dinner" in words_of(tuva.get("/notifications"))
    assert badge(tuva, "/") == ("Notifications, 1 new", "1", True)
    until = re.search(r'name="until" value="([^"]+)"', page)
    assert until
    assert tuva.post("/notifications/read", until=until[1]).location == "/notifications"
    page = tuva.get("/notifications").text
    assert 'class="notice"' in page and "Mark all as read" not in page
    assert badge(tuva, "/") == ("Notifications", "", False)


def test_names_are_counted_in_words(world: World, make: Make, browser: Browsers, nothing_told: None) -> None:
    thread, amina = make.thread("amina"), browser("amina")
    expected = ("\u2068Sara\u2069 har svarat", "\u2068Samir\u2069 och \u2068Sara\u2069", "\u2068Vera\u2069 och 2 till")
    for who, sentence in zip(("sara", "samir", "vera"), expected, strict=True):
        make.reply(who, thread)
        assert sentence in words_of(amina.get("/notifications"))


def test_what_came_after_the_page_stays_new(world: World, make: Make, nothing_told: None) -> None:
    early, late = make.thread("tuva"), make.thread("tuva")
    make.reply("sara", early)
    with clock.at(NOW + timedelta(minutes=1)):
        make.reply("sara", late)
        actions.mark_all_read(world.viewer("tuva"), NOW)
    assert [one.unread for one in told(world, "tuva")] == [True, False]


def test_a_notice_leads_to_its_place_and_looking_changes_nothing(
    world: World, make: Make, browser: Browsers, nothing_told: None
) -> None:
    thread, tuva = make.thread("tuva"), browser("tuva")
    gone, reply = make.reply("vera", thread), make.reply("sara", thread)
    streams.remove_piece(world.viewer("vera"), gone.id)
    (one,) = told(world, "tuva", thread)
    assert browser("samir").get(f"/notifications/{one.id}").status_code == 404
    assert tuva.get(f"/notifications/{one.id}").location == f"/t/{thread.id}?around={reply.nr}#p{reply.nr}"
    assert unread(world, "tuva").count == 1
    page = tuva.get(f"/t/{thread.id}").text  # without JavaScript the button there does it
    assert f'action="/streams/{thread.id}/read"' in page and "data-told" in page
    tuva.post(f"/streams/{thread.id}/read", nr=reply.nr)
    assert unread(world, "tuva").count == 0
    actions.react(world.viewer("sara"), int(thread.opening_id or 0), "heart")
    quiet = next(one for one in told(world, "tuva", thread) if one.kind == "reaction")
    assert tuva.get(f"/notifications/{quiet.id}").location == f"/t/{thread.id}"


def test_read_as_far_as_read(world: World, make: Make, browser: Browsers, heard: Heard, nothing_told: None) -> None:
    thread, tuva = make.thread("tuva"), browser("tuva")
    places = [make.reply(who, thread).nr for who in ("sara", "vera", "samir")]
    heard.clear()
    tuva.post(f"/streams/{thread.id}/read", nr=places[0])
    (one,) = told(world, "tuva", thread)
    assert one.unread and {person.name for person in one.people} == {"Vera", "Samir"}
    assert [entry for entry in heard if entry[1] == "notices:changed"] == []
    tuva.post(f"/streams/{thread.id}/read", nr=places[2])
    assert not told(world, "tuva", thread)[0].unread and unread(world, "tuva").count == 0
    hint = (f"member:{world.id('tuva')}", "notices:changed", {"members": [world.id("tuva")]})
    assert [entry for entry in heard if entry[1] == "notices:changed"] == [hint]
    make.reply("sara", thread)
    (one,) = told(world, "tuva", thread)
    assert one.unread and [person.name for person in one.people] == ["Sara"], "what was read is not told again"


def test_answering_is_reading(world: World, make: Make, nothing_told: None) -> None:
    thread = make.thread("tuva")
    make.reply("sara", thread)
    make.reply("tuva", thread)
    assert unread(world, "tuva").count == 0 and not told(world, "tuva", thread)[0].unread


def test_a_reaction_to_what_was_read_long_ago_is_read_when_the_thread_is_open(
    world: World, make: Make, browser: Browsers, nothing_told: None
) -> None:
    thread, tuva = make.thread("tuva"), browser("tuva")
    reply = make.reply("tuva", thread)
    actions.react(world.viewer("sara"), reply.id, "heart")
    assert "data-told" in tuva.get(f"/t/{thread.id}").text
    tuva.post(f"/streams/{thread.id}/read", nr=1)
    assert not unread(world, "tuva").quiet
    assert "data-told" not in tuva.get(f"/t/{thread.id}").text


def test_the_badge_says_at_most_nine_and_quiet_is_a_dot(
    world: World, make: Make, browser: Browsers, nothing_told: None
) -> None:
    tuva = browser("tuva")
    thread = make.thread("tuva")
    actions.react(world.viewer("sara"), int(thread.opening_id or 0), "heart")
    assert badge(tuva, "/") == ("Notifications, something new", "", True)
    with ratelimit.ignored():
        for number in range(11):
            make.reply("sara", make.thread("tuva"))
            if number == 8:
                assert badge(tuva, "/") == ("Notifications, 9 new", "9", True)
    assert badge(tuva, "/") == ("Notifications, 9+ new", "9+", True)
    told_ = tuva.get("/notifications/count").json
    assert told_ == {"count": 10, "figure": "9+", "quiet": True}


def test_open_pages_hear_of_it_and_nobody_else(app: Flask, own_database: Any) -> None:
    _engine, world = own_database
    make = Make(world)
    phone, desk = Browser(app, world).signed_in("tuva").socket(), Browser(app, world).signed_in("tuva").socket()
    vera = Browser(app, world).signed_in("vera").socket()
    thread = make.thread("tuva")
    make.reply("sara", thread)
    for socket in (phone, desk):
        assert [frame["name"] for frame in socket.get_received()] == ["notices:changed"]
    actions.mark_read(world.viewer("tuva"), fresh(thread), 2)
    for socket in (phone, desk):
        frames = socket.get_received()
        read = ("reading:changed", [{"stream": thread.id, "nr": 2}])
        assert [(frame["name"], frame["args"]) for frame in frames] == [read, ("notices:changed", [{}])]
    assert vera.get_received() == []


def test_the_list_leads_on_by_key(
    world: World, make: Make, browser: Browsers, nothing_told: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 4)
    tuva = browser("tuva")
    with ratelimit.ignored():
        for number in range(queries.PAGE + 3):
            thread = make.thread("tuva", title=f"nummer {number:02d}")
            with clock.at(NOW + timedelta(minutes=number // 2)):  # some at the same moment
                make.reply("sara", thread)
    first = tuva.get("/notifications").text
    older = re.search(r'href="(\?before=[^"]+)"', first)
    assert older
    second = tuva.get("/notifications" + older[1].replace("&amp;", "&")).text
    shown = re.findall(r"nummer (\d\d)", first) + re.findall(r"nummer (\d\d)", second)
    assert sorted(shown) == [f"{number:02d}" for number in range(queries.PAGE + 3)]
    assert "Mark all as read" not in second
    assert tuva.get("/notifications?before=nonsense").status_code == 404


def test_the_page_asks_as_often_for_two_notices_as_for_twenty(
    world: World, make: Make, rolled_back: Any, nothing_told: None
) -> None:
    counts = []
    with ratelimit.ignored():
        for many in (1, 5):
            for _number in range(many):
                thread = make.thread("tuva")
                for who in ("sara", "vera"):
                    make.reply(who, thread)
                actions.react(world.viewer("sara"), int(thread.opening_id or 0), "heart")
            viewer = world.viewer("tuva")
            db.remove()
            with counted(rolled_back) as asked:
                found = queries.page_for(viewer)
            assert len(found) == (2 if many == 1 else 12)
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 9


def test_the_badge_costs_one_query(world: World, make: Make, rolled_back: Any) -> None:
    viewer = world.viewer("tuva")
    places = [world.space("vardagsrummet"), world.space("minnen")]
    for _number in range(3):
        make.reply("sara", make.thread("tuva"))
    with counted(rolled_back) as asked:
        assert queries.unread_for(viewer, places).count >= 3
    assert len(asked) == 1


def test_reading_costs_one_statement_more(world: World, make: Make, rolled_back: Any) -> None:
    tuva, thread = world.viewer("tuva"), make.thread("tuva")
    for _number in range(4):
        make.reply("sara", thread)
    stream = fresh(thread)
    streams.mark_read(tuva, stream, 1)
    with counted(rolled_back) as plain:
        streams.mark_read(tuva, stream, 2)
    with counted(rolled_back) as with_notices:
        actions.mark_read(tuva, stream, 3)
    assert len(with_notices) == len(plain) + 1


def test_old_ones_go(world: World, make: Make, nothing_told: None) -> None:
    read, waits = make.thread("tuva"), make.thread("tuva")
    make.reply("sara", read)
    make.reply("sara", waits)
    actions.mark_read(world.viewer("tuva"), fresh(read), 2)
    assert actions.clear_out(NOW + timedelta(days=89)) == 0
    assert actions.clear_out(NOW + timedelta(days=91)) == 1
    assert rows(world, "tuva", read) == [] and len(rows(world, "tuva", waits)) == 1
    actions.clear_out(NOW + timedelta(days=366))
    assert rows(world, "tuva", waits) == []


def fresh(thread: Stream) -> Stream:
    """The thread as it is now, in nobody's session."""
    found = session().get_one(Stream, thread.id, populate_existing=True)
    session().expunge(found)
    return found
