"""The socket door from inside: payloads, floods, numbers, and who is cut off when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from community.core import clock, live, ratelimit
from community.core.db import session, transaction
from community.members import actions, queries
from community.members.models import Member, MembershipPeriod, SignInSession
from community.members.open_sessions import open_sessions
from community.members.rules import COMMAND_LINE
from community.safety.word_lists import in_force
from tests.client import Browser
from tests.make import Make
from tests.world import CAST, HOLD, NOW, TODAY, World


@pytest.fixture
def sockets(app: Flask, own_database: tuple[Any, World]) -> Iterator[Callable[[str], Any]]:
    """`sockets("amina")` is an open page of hers, over a database that really commits."""
    opened: list[Any] = []

    def open_one(name: str) -> Any:
        opened.append(Browser(app, own_database[1]).signed_in(name).socket())
        return opened[-1]

    yield open_one
    for socket in opened:
        if socket.is_connected():
            socket.disconnect()


@pytest.fixture
def open_make(own_database: tuple[Any, World]) -> Make:
    return Make(own_database[1])


BAD: list[Any] = [None, "x", 1, [], [[[]]], {}, {"stream": "1"}, {"stream": 0}, {"stream": -1}, {"stream": 2**53}]
BAD += [{"stream": True}, {"stream": 1.5}, {"stream": None}, {"stream": [1]}, {"stream": 1, "more": 1}, {"strem": 1}]
BAD += [{"stream": {"stream": {"stream": {"stream": {"stream": {"stream": 1}}}}}}, {"__proto__": 1}, b"bytes", True]


def test_bad_payloads_are_answered_and_the_line_stays(sockets: Callable[[str], Any], app: Flask) -> None:
    tuva = sockets("tuva")
    for payload in BAD:
        answer = tuva.emit("stream:join", payload, callback=True)
        assert (answer["ok"], answer["code"]) == (False, "invalid"), payload
        assert answer["message"] and "Traceback" not in answer["message"]
    assert tuva.emit("stream:join", callback=True)["code"] == "invalid"
    assert tuva.emit("stream:join", {"stream": 1}, {"stream": 1}, callback=True)["code"] == "invalid"
    assert tuva.is_connected()


def test_an_unknown_event_does_not_exist(sockets: Callable[[str], Any]) -> None:
    tuva = sockets("tuva")
    for name in ("no:such", "__proto__", "message", "x" * 5000):
        assert tuva.emit(name, {}, callback=True)["code"] == "not_found", name


def test_a_hundred_events_in_ten_seconds_and_the_line_is_cut(sockets: Callable[[str], Any]) -> None:
    tuva, amina = sockets("tuva"), sockets("amina")
    answers = [tuva.emit("feed:join", {}, callback=True) for _number in range(100)]
    assert all(answer["ok"] for answer in answers)
    assert tuva.emit("feed:join", {}, callback=True)["code"] == "too_many"
    assert not tuva.is_connected()
    assert amina.emit("feed:join", {}, callback=True)["ok"]


def test_eight_open_pages_and_not_a_ninth(sockets: Callable[[str], Any]) -> None:
    pages = [sockets("tuva") for _number in range(8)]
    assert all(page.is_connected() for page in pages)
    assert not sockets("tuva").is_connected()
    assert sockets("amina").is_connected()
    pages[0].disconnect()
    assert sockets("tuva").is_connected()


def _names(socket: Any) -> list[str]:
    return [frame["name"] for frame in socket.get_received()]


def test_signing_out_and_suspending_cut_the_open_pages(sockets: Callable[[str], Any], own_database: Any) -> None:
    for end in (actions.suspend, actions.sign_out_everywhere):
        tuva, amina = sockets("tuva"), sockets("amina")
        before = live.open_lines()
        end(COMMAND_LINE, "tuva")
        assert live.open_lines() == before - 1
        assert not tuva.is_connected()
        assert amina.emit("feed:join", {}, callback=True)["ok"]
        actions.restore(COMMAND_LINE, "tuva")


def test_a_reply_reaches_everybody_in_their_language_but_not_who_is_kept_apart(
    sockets: Callable[[str], Any], open_make: Make, app: Flask
) -> None:
    stream = open_make.thread("sara")
    pages = {name: sockets(name) for name in ("tuva", "vera", "amina", "elias", "samir")}
    for name, page in pages.items():
        if name != "samir":
            assert page.emit("stream:join", {"stream": stream.id}, callback=True)["ok"]
        page.get_received()
    with app.app_context():
        open_make.reply("elias", stream, "från elias")
    frames = {name: [f for f in page.get_received() if f["name"] == "stream:piece"] for name, page in pages.items()}
    assert {name: len(found) for name, found in frames.items()} == {
        "tuva": 1, "vera": 1, "amina": 0, "elias": 1, "samir": 0,
    }  # fmt: skip
    assert 'aria-label="Reply by Elias"' in frames["tuva"][0]["args"][0]["html"]
    assert 'aria-label="Svar från Elias"' in frames["vera"][0]["args"][0]["html"] or "Svar" in str(frames["vera"])
    assert set(frames["elias"][0]["args"][0]) == {"stream"}, "a reader with exclusions gets a hint and fetches"


def test_a_held_reply_reaches_nobody(sockets: Callable[[str], Any], open_make: Make, app: Flask) -> None:
    stream = open_make.thread("sara")
    pages = {name: sockets(name) for name in ("tuva", "vera", "jonna")}
    for page in pages.values():
        page.emit("stream:join", {"stream": stream.id}, callback=True)
        page.emit("feed:join", {}, callback=True)
        page.get_received()
    with app.app_context(), in_force(HOLD):
        open_make.reply("vera", stream, "heldword")
    frames = {name: page.get_received() for name, page in pages.items()}
    heard = {name: [frame["name"] for frame in found] for name, found in frames.items()}
    assert heard == {"tuva": [], "vera": ["own:changed"], "jonna": ["review:changed"]}
    assert [frames[name][0]["args"] for name in ("vera", "jonna")] == [[{"stream": stream.id}], [{}]]


def test_sweeping_and_letting_in_judge_alike(world: World) -> None:
    """Whoever would not be let in now is cut off within a second, whatever the cause."""
    tokens = {
        name: actions.open_session(world.id(name), kept=number % 2 == 0, second_step=name != "jonna")
        for number, name in enumerate(CAST)
    }
    with transaction() as s:
        ended = update(SignInSession).where(SignInSession.member_id == world.id("olle"))
        s.execute(ended.values(ended_at=NOW, ended_why="test"))
        s.execute(update(Member).where(Member.id == world.id("ivan")).values(left_at=NOW))
        s.execute(update(Member).where(Member.id == world.id("samir")).values(rules_version=0))
        s.execute(update(MembershipPeriod).where(MembershipPeriod.member_id == world.id("petra")).values(to_on=TODAY))
    for later in (timedelta(0), timedelta(minutes=21), timedelta(minutes=61), timedelta(hours=13), timedelta(days=366)):
        with clock.at(NOW + later):
            rows = session().query(SignInSession.id, SignInSession.member_id).all()
            open_ = open_sessions({row.id for row in rows})
            swept = {row.member_id for row in rows if row.id in open_}
            let_in = {world.id(name) for name, token in tokens.items() if queries.live_viewer_for(token)}
            assert swept == let_in, later


def test_the_limit_of_one_line_is_not_the_limit_of_another(sockets: Callable[[str], Any]) -> None:
    first, second = sockets("tuva"), sockets("tuva")
    for _number in range(100):
        first.emit("feed:join", {}, callback=True)
    assert second.emit("feed:join", {}, callback=True)["ok"]
    ratelimit.configure(None)
