"""A talk on open lines: whoever leaves, is kept apart or has her line at another process hears nothing more within two
seconds, and nobody outside ever does."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable

import pytest

from tests.live.house import House
from tests.live.people import Line, Person, mark

AT_MOST = 2.0  # seconds


def begin(house: House, who: Person, *others: str) -> int:
    """A talk in which everybody has said yes."""
    ids = ",".join(str(house.member(name)) for name in others)
    answer = who.post("/messages/new", to=ids, name="")
    assert answer.status == 303, answer.text[:500]
    stream_id = int(answer.headers["Location"].rsplit("/", 1)[1])
    for name in others:
        house.person(name).post(f"/messages/{stream_id}/answer", answer="yes")
    return stream_id


def say(who: Person, stream_id: int, words: str) -> int:
    answer = who.post(f"/messages/{stream_id}/messages", text=words, client_id=str(uuid.uuid4()), quote="", picked="")
    assert answer.status == 303, (answer.status, re.sub(r"<[^>]+>", "", answer.text)[-300:])
    return stream_id


def leaves(_house: House, person: Person, stream_id: int) -> None:
    assert person.post(f"/messages/{stream_id}/leave").status == 303


def leaves_elsewhere(house: House, person: Person, stream_id: int) -> None:
    """Another browser, at another server process over the same database."""
    with house.another() as other:
        other_person = Person(other).sign_in(person.name)
        assert other_person.post(f"/messages/{stream_id}/leave").status == 303


@pytest.mark.parametrize("way", [leaves, leaves_elsewhere])
def test_whoever_leaves_hears_nothing_more(house: House, way: Callable[[House, Person, int], None]) -> None:
    callum, johanna = house.person("callum"), house.person("johanna")
    stream_id = begin(house, callum, "johanna", "daniel")
    with johanna.line().joined(stream_id) as line, house.person("daniel").line().joined(stream_id) as stays:
        say(callum, stream_id, "said first, in words of their own")
        line.wait(line.pieces)
        way(house, johanna, stream_id)
        began = time.monotonic()
        line.wait(lambda: not line.open, 10, "the cut")
        assert time.monotonic() - began < AT_MOST
        heard = len(line.pieces())
        say(callum, stream_id, "said afterwards, in words of their own")
        stays.wait(lambda: len(stays.pieces()) >= 2)
        assert len(line.pieces()) == heard
        with johanna.line() as again:
            answer = again.ask("stream:join", {"stream": stream_id})
            assert (answer["ok"], answer["code"]) == (False, "not_found")


def test_kept_apart_the_line_brings_nothing_of_the_other(house: House) -> None:
    """Staff keep two apart in the middle of a talk: within two seconds nothing of one reaches the other."""
    sofia, ali = house.person("sofia"), house.person("ali")
    stream_id = begin(house, sofia, "ali")
    with ali.line().joined(stream_id) as line:
        say(sofia, stream_id, "said first, in words of their own")
        line.wait(line.pieces)
        house.keep_apart("sofia", "ali")
        began = time.monotonic()
        line.wait(lambda: not line.open, 10, "the cut")
        assert time.monotonic() - began < AT_MOST
        answer = sofia.post(f"/messages/{stream_id}/messages", text="x", client_id=str(uuid.uuid4()))
        assert answer.status == 403
        assert "said first, in words of their own" not in ali.get(f"/messages/{stream_id}").text


def test_outsiders_hear_nothing_and_may_not_come_in(house: House) -> None:
    amina, words = house.person("amina"), f"hemlis {mark()}"
    stream_id = begin(house, amina, "elias")
    lines: list[Line] = []
    for name in ("tuva", "sara", "birgitta", "johanna"):
        line = house.person(name).line().joined_feed()
        answer = line.ask("stream:join", {"stream": stream_id})
        assert (answer["ok"], answer["code"]) == (False, "not_found")
        lines.append(line)
    with house.person("elias").line().joined(stream_id) as there:
        say(amina, stream_id, words)
        there.wait(there.pieces)
    time.sleep(1.5)  # a hint of the feed would come within a second
    for line in lines:
        line.settle()
        assert words not in str([frame.payload for frame in line.frames])
        assert line.named("feed:hint") == []
        line.close()
