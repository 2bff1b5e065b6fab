"""Two devices agree on what is read: her own open pages hear how far, nobody else's do, and figures are asked anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from community.core.db import session
from community.notices import actions
from community.streams import keeping
from community.streams.models import Stream
from tests.client import Browser, words_of
from tests.counting import counted
from tests.fixtures import Heard
from tests.make import Make
from tests.world import World

Browsers = Callable[..., Browser]
FIGURES = re.compile(
    r'<span class="figures" data-figures="(\d+)">(.*?)</span>\s*(?=<span class="figures"|$)', re.DOTALL
)


def figures(browser: Browser, *threads: Stream) -> dict[int, str]:
    """What the endpoint says of each thread, without the tags."""
    answer = browser.get("/feed/figures?threads=" + ",".join(str(thread.id) for thread in threads))
    assert answer.status_code == 200
    return {int(id_): " ".join(re.sub(r"<[^>]+>", " ", html).split()) for id_, html in FIGURES.findall(answer.text)}


def told(heard: Heard) -> list[tuple[str, dict[str, Any]]]:
    return [(room, ids) for room, event, ids in heard if event == "reading:changed"]


def test_reading_on_is_said_once_and_going_back_never(
    world: World, make: Make, browser: Browsers, heard: Heard
) -> None:
    thread, tuva = make.thread("sara"), browser("tuva")
    last = [make.reply("vera", thread).nr for _n in range(2)][-1]
    heard.clear()
    for nr in (last, last, 1):
        assert tuva.post(f"/streams/{thread.id}/read", nr=nr).status_code == 303
    me = world.id("tuva")
    assert told(heard) == [(f"member:{me}", {"member": me, "stream": thread.id, "nr": last})]


def test_answering_is_said_only_where_something_was_unread(world: World, make: Make, heard: Heard) -> None:
    thread = make.thread("tuva")
    make.reply("tuva", thread)
    heard.clear()
    make.reply("tuva", thread)
    assert told(heard) == []
    make.reply("sara", thread)
    heard.clear()
    nr = make.reply("tuva", thread).nr
    assert [ids["nr"] for _room, ids in told(heard) if ids["member"] == world.id("tuva")] == [nr]


def test_her_own_open_pages_hear_it_and_nobody_elses(app: Flask, own_database: Any) -> None:
    _engine, world = own_database
    make = Make(world)
    thread = make.thread("sara", text="Vi ses i köket")
    make.reply("vera", thread)
    phone, desk = (Browser(app, world).signed_in("tuva").socket() for _device in range(2))
    others = [Browser(app, world).signed_in(name).socket() for name in ("vera", "sara", "amina", "birgitta")]
    for socket in others:
        socket.emit("stream:join", {"stream": thread.id}, callback=True)
        socket.emit("feed:join", {}, callback=True)
        socket.get_received()
    actions.mark_read(world.viewer("tuva"), session().get_one(Stream, thread.id), 2)
    for socket in (phone, desk):
        frames = [(frame["name"], frame["args"]) for frame in socket.get_received()]
        assert frames == [("reading:changed", [{"stream": thread.id, "nr": 2}])]
    assert [socket.get_received() for socket in others] == [[], [], [], []]


def test_what_was_read_on_one_device_is_not_new_on_the_other(make: Make, browser: Browsers) -> None:
    thread, other = make.thread("sara"), make.thread("vera")
    phone, desk = browser("tuva"), browser("tuva")
    assert figures(desk, thread, other) == {thread.id: "new", other.id: "new"}
    phone.post(f"/streams/{thread.id}/read", nr=1)
    make.reply("vera", thread)
    make.reply("samir", thread)
    assert figures(desk, thread) == {thread.id: "2 replies 2 new"}
    assert re.search(r"2 replies\s*2 new", words_of(desk.get("/"))), "the page says what is asked for anew"
    phone.post(f"/streams/{thread.id}/read", nr=2)
    assert figures(desk, thread, other) == {thread.id: "2 replies 1 new", other.id: "new"}
    phone.post(f"/streams/{thread.id}/read", nr=3)
    assert figures(desk, thread) == {thread.id: "2 replies"}
    assert 'id="new"' not in desk.get(f"/t/{thread.id}").text
    assert figures(browser("samir"), other) == {other.id: "nytt"}, "what tuva reads is nobody else's"


def test_a_page_that_asks_what_it_missed_learns_how_far_she_has_read(make: Make, browser: Browsers) -> None:
    thread = make.thread("sara")
    nr = make.reply("vera", thread).nr
    path = f"/streams/{thread.id}/since?after=0"
    assert browser("tuva").get(path).json["mine"]["read_nr"] is None
    browser("tuva").post(f"/streams/{thread.id}/read", nr=nr)
    assert browser("tuva").get(path).json["mine"]["read_nr"] == nr
    assert browser("samir").get(path).json["mine"]["read_nr"] is None


def test_muted_is_not_new_and_what_she_may_not_read_is_not_answered(
    world: World, make: Make, browser: Browsers
) -> None:
    muted, house = make.thread("sara"), make.thread("vera", "solglantan")
    keeping.choose(world.viewer("tuva"), muted.id, "mute")
    assert figures(browser("tuva"), muted, house) == {muted.id: "muted", house.id: "new"}
    assert figures(browser("samir"), muted, house) == {muted.id: "nytt"}, "another house's thread does not exist"


@pytest.mark.parametrize("asked", ["", "x", "1,", "1,,2", "-1", "²", ",".join(["1"] * 101), "9" * 17])
def test_what_no_page_asks_is_refused(asked: str, browser: Browsers) -> None:
    assert browser("tuva").get(f"/feed/figures?threads={asked}").status_code == 422


@pytest.mark.parametrize("name", ["tuva", "amina"])
def test_a_hundred_threads_cost_what_one_costs(name: str, make: Make, browser: Browsers, rolled_back: Any) -> None:
    threads, reader = [make.thread("sara") for _n in range(4)], browser(name)
    figures(reader, *threads)
    costs = []
    for asked in (threads[:1], threads):
        with counted(rolled_back) as statements:
            figures(reader, *asked)
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 12
