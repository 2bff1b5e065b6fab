"""The team's inbox on open lines: whoever works there hears it, and who leaves, or is kept apart from the member by
staff, hears nothing more within two seconds."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable

import pytest

from tests.live.house import House
from tests.live.people import Person

AT_MOST = 2.0  # seconds

pytestmark = pytest.mark.timeout(150)  # each begins a server of its own


def write(who: Person, words: str) -> int:
    """To the team; returns the inbox."""
    said = {"text": words, "client_id": str(uuid.uuid4()), "quote": "", "picked": ""}
    assert who.post("/inbox/messages", **said).status == 303
    found = re.search(r'data-stream="(\d+)"', who.get("/inbox").text)
    assert found is not None
    return int(found[1])


def kept_apart(house: House, who: str, member: str) -> None:
    house.keep_apart(who, member)


def leaves(house: House, who: str, _member: str) -> None:
    """Her period ends today, with no word of it."""
    changed = "UPDATE membership_period SET to_on = from_on WHERE member_id = :id AND kind = 'staff'"
    house.ask(changed, id=house.member(who))


def changes_house(house: House, who: str, _member: str) -> None:
    other = "(SELECT id FROM house WHERE name = 'Linden')"
    house.ask(f"UPDATE membership_period SET house_id = {other} WHERE member_id = :id", id=house.member(who))


@pytest.mark.parametrize("way", [kept_apart, leaves, changes_house])
def test_whoever_loses_it_hears_nothing_more(
    fresh_house: Callable[..., House], way: Callable[[House, str, str], None]
) -> None:
    house = fresh_house()
    wilma, sara, birgitta = house.person("wilma"), house.person("sara"), house.person("birgitta")
    stream_id = write(wilma, "first")
    with sara.line().joined(stream_id) as line, birgitta.line().joined(stream_id) as stays:
        write(wilma, "said first, in words of their own")
        line.wait(line.pieces)
        line.wait(lambda: any(frame.event == "inbox:changed" for frame in line.frames))
        way(house, "sara", "wilma")
        began = time.monotonic()
        line.wait(lambda: not line.open, 10, "the cut")
        assert time.monotonic() - began < AT_MOST
        heard = len(line.frames)
        write(wilma, "said afterwards, in words of their own")
        stays.wait(lambda: len(stays.pieces()) >= 2)
        assert len(line.frames) == heard
    assert sara.get(f"/team/{stream_id}").status in (302, 403, 404)
    assert "said afterwards, in words of their own" not in sara.get(f"/team/{stream_id}").text


def test_nobody_outside_the_house_hears_of_it(fresh_house: Callable[..., House]) -> None:
    house = fresh_house()
    wilma, sara = house.person("wilma"), house.person("sara")
    stream_id = write(wilma, "first")
    with (
        sara.line().joined(stream_id) as inside,
        house.person("jonna").line() as other,
        house.person("tuva").line() as tuva,
    ):
        for line in (other, tuva):
            assert line.ask("stream:join", {"stream": stream_id})["code"] == "not_found"
        write(wilma, "hemligt")
        inside.wait(inside.pieces)
        for line in (other, tuva):
            line.settle()
            assert not [frame for frame in line.frames if frame.event in ("stream:piece", "inbox:changed")]
