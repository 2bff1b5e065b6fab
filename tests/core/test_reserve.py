"""A disk that runs full: what members say waits with a sentence; signing in, help and reading go on. The real thing, on
a disk of its own, is C-04 of `make proof`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from community.core import db, reserve
from community.core.errors import Busy, Full
from tests.chat.saying import chat_of
from tests.client import Browser
from tests.make import Make
from tests.world import World

MORE_THAN_ANY_DISK = 1 << 60


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database file with room kept beside it."""
    known, place = reserve._file, tmp_path / "some.db"
    reserve.configure(place)
    yield place.with_name("some.db.reserve")
    reserve._file = known


def test_room_is_kept_given_up_and_kept_again(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert beside.stat().st_blocks * 512 >= reserve.ROOM
    assert not reserve.is_short()
    with monkeypatch.context() as full:
        full.setattr(reserve, "ROOM", MORE_THAN_ANY_DISK)
        assert reserve.is_short()
        assert not beside.exists()
        assert reserve.is_short()
    assert not reserve.is_short()
    assert beside.stat().st_size == reserve.ROOM


def test_members_wait_and_everything_else_goes_on(
    beside: Path, world: World, make: Make, browser: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    chat, thread, amina = chat_of(world), make.thread("tuva").id, browser("amina")
    socket = amina.socket()
    monkeypatch.setattr(reserve, "ROOM", MORE_THAN_ANY_DISK)
    words = {"text": "Ord som inte får försvinna", "client_id": "full-disk-0001"}
    for path in (f"/chat/{chat}/messages", f"/t/{thread}/replies"):
        answer = amina.post(path, {**words, "picked": "", "quote": ""})
        assert answer.status_code == 503
        assert words["text"] in answer.text
    refused = socket.emit("chat:send", {"stream": chat, **words}, callback=True)
    assert (refused["ok"], refused["code"]) == (False, "full")
    assert "plats kvar" in refused["message"]
    assert socket.emit("stream:join", {"stream": chat}, callback=True)["ok"]
    for path in ("/", f"/chat/{chat}", "/help"):
        assert amina.get(path).status_code == 200
    assert amina.post("/tell", {"reason": "other", "words": "Hjälp"}).status_code in (303, 422)
    assert amina.post("/logout", {}).status_code == 303


@pytest.mark.parametrize(
    ("said", "means"),
    [("database or disk is full", Full), ("could not extend file: No space left on device", Full), ("locked", Busy)],
)
def test_what_a_database_says_of_a_full_disk(said: str, means: type[Busy]) -> None:
    assert type(db.refusal(OperationalError("", {}, sqlite3.OperationalError(said)))) is means
