"""Staff keep two people apart, by their screen: open pages of the two follow within two seconds, and say nothing."""

from __future__ import annotations

import time
import uuid
from datetime import date, timedelta

import pytest

from tests.live.house import House
from tests.live.people import Line
from tests.live.test_talks import begin, say

pytestmark = pytest.mark.timeout(120)

AT_MOST = 2.0  # seconds


def decides(house: House, one: str, other: str, level: str) -> str:
    """The house manager's form; the address of what she decided."""
    pair = {"one_id": str(house.member(one)), "other_id": str(house.member(other))}
    until = str(date.today() + timedelta(days=60))
    answer = house.person("birgitta").post("/separations/new", **pair, level=level, reason="x", review_on=until)
    assert answer.status == 303, answer.text[:2000]
    return answer.headers["Location"]


def ends(house: House, where: str) -> None:
    answer = house.person("birgitta").post(f"{where}/end", why="x", version="1")
    assert answer.status == 303, answer.text[:2000]


def is_cut(line: Line) -> None:
    began = time.monotonic()
    line.wait(lambda: not line.open, 10, "the cut")
    assert time.monotonic() - began < AT_MOST


def test_not_together_in_chats_holds_for_lines_that_are_open(either_house: House) -> None:
    house = either_house
    tuva, wilma, sara = (house.person(name) for name in ("tuva", "wilma", "sara"))
    chat = house.chat()
    with tuva.line().joined(chat) as line, wilma.line().joined(chat) as other, sara.line().joined(chat) as third:
        where = decides(house, "tuva", "wilma", "chat")
        is_cut(line)
        is_cut(other)
        assert third.open
        with tuva.line().joined(chat) as again:
            sent = wilma.post(f"/chat/{chat}/messages", text="osett av tuva", client_id=str(uuid.uuid4()))
            assert sent.status == 303
            third.wait(lambda: third.pieces(), what="the message")
            again.settle()
            assert again.pieces() == [] and "wilma" not in str([frame.payload for frame in again.frames]).lower()
            assert "osett av tuva" not in tuva.get(f"/chat/{chat}").text
            ends(house, where)
            is_cut(again)
        assert "osett av tuva" in tuva.get(f"/chat/{chat}").text


def test_no_private_contact_is_seen_by_open_talks(house: House) -> None:
    sofia, ali = house.person("sofia"), house.person("ali")
    stream_id = begin(house, sofia, "ali")
    thread = sofia.starts("Vi ses i trådarna", space="utflyttat")
    with ali.line().joined(stream_id) as line:
        say(sofia, stream_id, "before")
        line.wait(line.pieces)
        known = len(line.named("chat:state"))
        where = decides(house, "sofia", "ali", "private")
        began = time.monotonic()
        line.wait(lambda: len(line.named("chat:state")) > known, 10, "that it looks again")
        assert time.monotonic() - began < AT_MOST and line.open
        refused = ali.post(f"/messages/{stream_id}/messages", text="x", client_id=str(uuid.uuid4()))
        assert refused.status == 403
        assert ali.get(f"/t/{thread}").status == 200
        assert "before" in ali.get(f"/messages/{stream_id}").text
        ends(house, where)
        say(sofia, stream_id, "after")


def test_meeting_nothing_of_each_other_holds_for_lines_that_are_open(house: House) -> None:
    tuva, wilma = house.person("tuva"), house.person("wilma")
    thread = wilma.starts("I vårt hus", space="solglantan")
    with tuva.line().joined(thread) as line:
        where = decides(house, "tuva", "wilma", "total")
        is_cut(line)
    assert tuva.get(f"/t/{thread}").status == 404 == tuva.get(f"/people/{house.member('wilma')}").status
    ends(house, where)
    assert tuva.get(f"/t/{thread}").status == 200
