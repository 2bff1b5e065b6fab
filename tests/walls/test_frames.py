"""What open pages hear of somebody they are kept apart from: no frame, no hint; of a lesser wall all the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from community.app import DELIVERIES
from community.chat import here
from community.streams import sockets as stream_sockets
from tests.chat.saying import chat_of
from tests.chat.test_list import _NothingWaits
from tests.client import Browser
from tests.fixtures import Heard
from tests.make import Make
from tests.walls.canary import NAME, before, comes, is_everywhere, wall
from tests.world import World

WATCHER, OTHER = "johanna", "tuva"


@pytest.fixture
def lines(
    world: World, make: Make, browser: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], list[Any]]:
    """`lines("tuva")`: her pages of the feed, the chats, a thread, and a chat are open."""
    monkeypatch.setattr(stream_sockets, "_pending", _NothingWaits())
    monkeypatch.setattr(stream_sockets.loop, "spawn", lambda *_work: None)
    before(world)

    def opened(who: str) -> list[Any]:
        sockets = []
        for event, payload in (
            ("feed:join", {}),
            ("chats:join", {}),
            ("stream:join", {"stream": world.stream("common").id}),
            ("stream:join", {"stream": chat_of(world)}),
        ):
            socket = browser(who).socket()
            assert socket.emit(event, payload, callback=True)["ok"], event
            socket.get_received()
            sockets.append(socket)
        return sockets

    return opened


def heard_by(sockets: list[Any]) -> set[str]:
    """By which events each page was told of something: of the feed, the chats, the thread, the chat."""
    places = ("feed", "chats", "thread", "chat")
    return {
        f"{place} {frame['name']}"
        for place, socket in zip(places, sockets, strict=True)
        for frame in socket.get_received()
    }


EVERYTHING = {"feed feed:hint", "chats chat:hint", "thread stream:piece", "chat stream:piece"}
EVERYTHING |= {"chat chat:here", "chat chat:typing"}
HEARS = {
    "block": set(),
    "blocked": set(),
    "total": set(),
    "chat": {"feed feed:hint", "thread stream:piece"},
    "private": EVERYTHING,
}


@pytest.mark.parametrize("kind", HEARS)
def test_what_open_pages_hear(
    kind: str,
    app: Flask,
    world: World,
    browser: Callable[..., Browser],
    heard: Heard,
    lines: Callable[[str], list[Any]],
) -> None:
    canary = comes(world)
    wall(world, WATCHER, kind)
    hers, others = lines(WATCHER), lines(OTHER)
    with app.app_context():
        here.look()
    for socket in (*hers, *others):
        socket.get_received()
    heard.clear()
    is_everywhere(world, WATCHER, canary)
    sits = browser(NAME).socket()
    assert sits.emit("stream:join", {"stream": chat_of(world)}, callback=True)["ok"]
    assert sits.emit("chat:typing", {"stream": chat_of(world)}, callback=True)["ok"]
    with app.app_context():
        for _room, event, ids in list(heard):
            DELIVERIES[event](ids)
        here.look()
    sits.disconnect()
    with app.app_context():
        here.look()
    about_her = {frame for frame in heard_by(others) if not frame.endswith("notices:changed")}
    assert about_her >= EVERYTHING, "or nothing would be shown by this"
    assert {frame for frame in heard_by(hers) if not _own(frame, kind)} == HEARS[kind]


def _own(frame: str, kind: str) -> bool:
    """That she was told something, where she may be: she asks herself what."""
    return kind in ("chat", "private") and frame.endswith((" notices:changed", " connection:changed", " chat:state"))
