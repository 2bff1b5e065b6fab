"""Who is told that somebody writes: whoever shares the chat with her, while she may write there and is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from community.chat import sockets
from community.core import fanout, ratelimit
from community.core.db import transaction
from community.members import incident
from community.members.look import be_shown_here
from community.streams.models import Stream
from tests.chat.test_here import sit
from tests.chat.test_sending import chat_of
from tests.client import Browser
from tests.digest import digest
from tests.make import Make
from tests.world import World, nobody_works

__all__ = ["sit"]

Chat = Callable[..., Any]


def types(socket: Any, chat: int) -> Any:
    return socket.emit("chat:typing", {"stream": chat}, callback=True)


def told(socket: Any) -> list[Any]:
    return [frame["args"][0] for frame in socket.get_received() if frame["name"] == "chat:typing"]


READERS = ("tuva", "johanna", "elias", "olle", "ivan", "sara", "noor")
WHO_HEARS = {
    "amina": {"tuva", "johanna", "olle", "ivan", "sara", "noor"},  # elias is blocked
    "elias": {"tuva", "johanna", "olle", "ivan", "sara", "noor", "elias"},
    "ivan": {"tuva", "johanna", "elias", "sara", "noor", "ivan"},  # staff keep olle apart from him
    "olle": {"tuva", "johanna", "elias", "sara", "noor", "olle"},
    "sara": {"tuva", "johanna", "elias", "olle", "ivan", "sara", "noor"},
    "mira": set(),  # only reads
    "noor": set(),  # protected
}


@pytest.mark.parametrize("who", WHO_HEARS)
def test_who_is_told_that_somebody_writes(world: World, sit: Chat, who: str) -> None:
    chat = chat_of(world, "vardagsrummet")
    readers = {name: sit(name) for name in READERS}
    writer = readers.get(who) or sit(who)
    assert types(writer, chat) == {"ok": True}
    expected = {"stream": chat, "id": world.id(who), "name": who.capitalize()}
    heard = {name: told(socket) for name, socket in readers.items()}
    assert {name for name, frames in heard.items() if frames} == WHO_HEARS[who]
    assert all(frames in ([], [expected]) for frames in heard.values())


def _rests(world: World, _make: Make) -> None:
    nobody_works()


def _locked(world: World, _make: Make) -> None:
    with transaction() as s:
        s.get_one(Stream, chat_of(world, "vardagsrummet")).locked_at = world.piece("open").written_at
        s.flush()


def _wishes_not_to(world: World, _make: Make) -> None:
    be_shown_here(world.viewer("amina"), False)


def _paused(_world: World, make: Make) -> None:
    make.sanction("amina", "paused")


def _break(world: World, make: Make) -> None:
    make.sanction("amina", "cooled_off", space_id=world.space("vardagsrummet"))


def _incident(world: World, _make: Make) -> None:
    incident.start(world.viewer("birgitta"), words_sv="x", words_en="x", why="x")


@pytest.mark.parametrize("case", [_rests, _locked, _wishes_not_to, _paused, _break, _incident])
def test_never_while_she_may_not_write_or_is_not_shown(world: World, make: Make, sit: Chat, case: Any) -> None:
    chat = chat_of(world, "vardagsrummet")
    case(world, make)
    tuva, amina = sit("tuva"), sit("amina")
    assert types(amina, chat) == {"ok": True}, "she is answered the same"
    assert told(tuva) == []


def test_at_most_one_in_three_seconds_and_nothing_is_refused(world: World, sit: Chat) -> None:
    chat = chat_of(world, "vardagsrummet")
    tuva, amina = sit("tuva"), sit("amina")
    assert [types(amina, chat) for _ in range(5)] == [{"ok": True}] * 5
    assert len(told(tuva)) == 1
    assert amina.is_connected()


def test_of_a_fourth_nobody_is_told_until_one_of_three_has_stopped(
    world: World, sit: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat, now = chat_of(world, "vardagsrummet"), [100.0]
    monkeypatch.setattr(sockets.time, "monotonic", lambda: now[0])
    sara = sit("sara")
    for who in ("amina", "tuva", "johanna", "vera"):
        types(sit(who), chat)
    assert [frame["name"] for frame in told(sara)] == ["Amina", "Tuva", "Johanna"]
    now[0] += sockets.SHOWN_FOR
    ratelimit.configure(None)
    types(sit("vera"), chat)
    assert [frame["name"] for frame in told(sara)] == ["Vera"]


def test_in_a_chat_she_does_not_read_it_is_not_there(world: World, sit: Chat, browser: Callable[..., Browser]) -> None:
    tuva = sit("tuva", "solglantan")
    johanna = browser("johanna").socket()
    for stream in (chat_of(world, "solglantan"), world.stream("common").id, 4711):
        assert types(johanna, stream)["code"] == "not_found"
    assert told(tuva) == []


def test_nothing_is_written_down(world: World, sit: Chat, rolled_back: Any) -> None:
    chat, amina = chat_of(world, "vardagsrummet"), sit("amina")
    before = digest(rolled_back)
    types(amina, chat)
    assert digest(rolled_back) == before


def test_a_reader_for_whom_frames_wait_is_left_out(world: World, sit: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stock path; the fast one leaves out every line that is not idle (tests/live/test_fanout.py)."""

    class Waiting:
        def __init__(self, frames: int) -> None:
            self.frames, self.queue = frames, self

        def qsize(self) -> int:
            return self.frames

    chat = chat_of(world, "vardagsrummet")
    tuva, amina = sit("tuva"), sit("amina")
    server = fanout.socketio.server
    (line,) = {
        transport
        for sid, transport in server.manager.get_participants("/", f"stream:{chat}:en")
        if server.manager.is_connected(sid, "/")
    }
    monkeypatch.setitem(server.eio.sockets, line, Waiting(fanout.SHORT_QUEUE + 1))
    types(amina, chat)
    assert told(tuva) == []
    ratelimit.configure(None)
    monkeypatch.setitem(server.eio.sockets, line, Waiting(fanout.SHORT_QUEUE))
    types(amina, chat)
    assert len(told(tuva)) == 1


def test_another_process_passes_on_numbers_and_this_one_judges(world: World, make: Make, sit: Chat) -> None:
    chat = chat_of(world, "vardagsrummet")
    readers = {name: sit(name) for name in READERS}
    for who in ("amina", "mira", "noor"):
        sockets.hear_typing({(chat, world.id(who))})
    heard = {name for name, socket in readers.items() if told(socket)}
    assert heard == WHO_HEARS["amina"], "elias is blocked; mira only reads, noor is protected"
    sockets.hear_typing({(chat, world.id("amina"))})
    assert not any(told(socket) for socket in readers.values()), "just told"
    make.sanction("sara", "paused")
    for pair in ((chat, world.id("sara")), (chat, 4711), (4711, world.id("tuva")), (0, 0)):
        sockets.hear_typing({pair})
    sockets.hear_typing({(chat_of(world, "solglantan"), world.id("johanna"))})
    assert not any(told(socket) for socket in readers.values())
