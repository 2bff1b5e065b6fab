"""The fast path looks before it leaps: whatever private name is missing or different, it stays away."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import deque
from pathlib import Path
from types import SimpleNamespace

import pytest

from community.core import fanout, fastpath, loop

ROOT = Path(__file__).parents[2]

# In a process that waits by eventlet: what `unfit` says as things are, then with each name taken away in turn.
_TAKE_AWAY = """
import warnings
warnings.filterwarnings("ignore", message="\\\\s*Eventlet is deprecated")
import eventlet
eventlet.monkey_patch()
import json
import engineio.socket, eventlet.greenio, eventlet.queue, eventlet.semaphore, eventlet.websocket, socketio
import engineio.async_drivers.eventlet as driver
from community.core import fastpath

server = socketio.Server(async_mode="eventlet", transports=["websocket"])
before = server.eio._async
said = {"": fastpath.unfit(server)}
NAMES = [
    (eventlet.websocket.RFC6455WebSocket, "_pack_message"),
    (eventlet.semaphore.Semaphore, "balance"),
    (eventlet.semaphore.Semaphore, "acquire"),
    (eventlet.queue.LightQueue, "_init"),
    (engineio.socket.Socket, "_websocket_handler"),
    (engineio.socket.Socket.__mro__[1], "__init__"),
    (socketio.manager.Manager.__mro__[1], "get_participants"),
]
for owner, name in NAMES:
    kept = owner.__dict__[name]
    delattr(owner, name)
    said[name] = fastpath.unfit(server)
    setattr(owner, name, kept)
eventlet.websocket.RFC6455WebSocket, kept = eventlet.websocket.WebSocket, eventlet.websocket.RFC6455WebSocket
said["another websocket"] = fastpath.unfit(server)
eventlet.websocket.RFC6455WebSocket = kept
server.eio._async = {**before, "websocket": None}
said["no websocket"] = fastpath.unfit(server)
server.eio._async = before
said["all back"] = fastpath.unfit(server)
print(json.dumps(said))
"""


def test_each_private_name_is_looked_at() -> None:
    command = [sys.executable, "-c", _TAKE_AWAY]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=50)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said.pop("") == said.pop("all back") == ""
    assert len(said) == 9
    assert [name for name, why_not in said.items() if not why_not] == []


def test_another_release_means_the_stock_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "GREEN", True)
    monkeypatch.setitem(fastpath.MADE_FOR, "eventlet", "0.1")
    assert "eventlet" in fastpath.unfit(fanout.socketio.server)


def test_plain_threads_mean_the_stock_path() -> None:
    assert fastpath.unfit(fanout.socketio.server) == "no eventlet here"


def test_the_releases_it_was_tried_with_are_the_pinned_ones() -> None:
    """A new pin turns this red: read the new release, try it, and write it down in fastpath.py."""
    pins = dict(re.findall(r"^([\w-]+)==(\S+)$", (ROOT / "requirements.txt").read_text(), re.M))
    assert {name: pins[name] for name in fastpath.MADE_FOR} == fastpath.MADE_FOR


def wire() -> fastpath.Wire:
    transport = SimpleNamespace(closing=False, last_ping=None)
    return fastpath.Wire(
        transport,
        SimpleNamespace(websocket_closed=False),
        deque(),
        SimpleNamespace(balance=1),
        lambda frame: len(frame),
    )


BUSY = {
    "something waits": lambda wire: wire.waiting.append("ack"),
    "something is under way": lambda wire: setattr(wire.lock, "balance", 0),
    "somebody waits for the lock": lambda wire: setattr(wire.lock, "balance", -1),
    "closing": lambda wire: setattr(wire.transport, "closing", True),
    "said goodbye": lambda wire: setattr(wire.ws, "websocket_closed", True),
    "a ping is not answered": lambda wire: setattr(wire.transport, "last_ping", 1.5),
}


@pytest.mark.parametrize("why", BUSY)
def test_only_an_idle_line_is_written_to_directly(why: str) -> None:
    line = wire()
    assert line.is_idle()
    BUSY[why](line)
    assert not line.is_idle()
