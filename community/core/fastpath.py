"""A broadcast's frame is made once and written straight to every socket that takes it at once. fanout.py's only.

The stock path wakes a greenlet for each reader and each message; this one does not, and costs a fifth. What a socket
cannot take at once goes the stock way, so each reader gets everything once and in order:

- a frame is written directly only while nothing waits or is under way to that reader: the queue is empty, the send
  lock is free and nobody waits for it (a writer goes from the queue to the lock without a pause in between);
- a socket that took part of a frame is kept locked until the rest is written, or is cut;
- one broadcast at a time: they pause for everybody else's turns, and must not overtake one another there.

It leans on private names of eventlet and python-engineio; `unfit` looks at each of them before anything is changed.
Choice, reason and exit: docs/decisions/fan-out.md.
"""

from __future__ import annotations

import contextlib
import inspect
import socket
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import engineio.packet
import engineio.socket
import socketio.packet

from community.core import loop

if loop.GREEN:
    import eventlet.greenio
    import eventlet.patcher
    import eventlet.semaphore
    import eventlet.websocket

# The releases this was read against and tried with. The order of frames rests on how they behave inside, which no
# look at names can see, so any other release means the stock path until somebody has read it again.
MADE_FOR = {"eventlet": "0.41.3", "python-engineio": "4.15.1", "python-socketio": "5.18.1"}
AT_ONCE = 128  # readers written to before everybody else has a turn

# A text of each of the three lengths a frame's head is made for, and that head.
HEADS = {"4": b"\x81\x01", "4" * 126: b"\x81\x7e\x00\x7e", "4" * 65536: b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"}


@dataclass(slots=True)
class Wire:
    """An open websocket: the engine's side of it and what waits there, the websocket, its lock and unbuffered `send`.
    All at hand, because a broadcast looks at a thousand of them."""

    transport: Any
    ws: Any
    waiting: deque[Any]
    lock: Any
    send: Callable[[bytes], int]

    def is_idle(self) -> bool:
        """Whether nothing waits for this reader, is under way to her, or is in doubt: then `send` keeps the order."""
        transport = self.transport
        return not (
            self.waiting
            or self.lock.balance < 1
            or transport.closing
            or transport.last_ping  # not answered yet; the stock path judges how long ago it was
            or self.ws.websocket_closed
        )

    def takes(self, frame: bytes) -> bool:
        """Write to an idle line. False when it is full or gone: the queue keeps the frame, or its writer will see."""
        try:
            sent = self.send(frame)
        except OSError:
            return False
        if sent < len(frame):
            self.lock.acquire(blocking=False)  # free: nobody had a turn since is_idle()
            loop.spawn(self.finish, frame[sent:])
        return True

    def cut(self) -> None:
        """End the connection under everything that still waits for it."""
        with contextlib.suppress(OSError):
            self.ws.socket.fd.shutdown(socket.SHUT_RDWR)

    def finish(self, rest: bytes) -> None:
        """Write the end of a frame, holding the send lock all the while. A torn frame must be the last."""
        try:
            self.ws.socket.sendall(rest)
        except Exception:
            self.cut()
        finally:
            self.lock.release()


class FastPath:
    """The open websockets of one Socket.IO server that can be written to directly, and the way to do it."""

    def __init__(self, server: Any) -> None:
        """Take note of every websocket from now on. Only after `unfit(server)` found nothing."""
        self._server = server
        self._wires: dict[str, Wire] = {}
        self._turn = loop.lock()
        self._mould = eventlet.websocket.RFC6455WebSocket(None, {})
        stock = server.eio._async["websocket"]
        noting = lambda handler, eio: stock(lambda ws: self._while_open(handler, ws), eio)  # noqa: E731
        server.eio._async = {**server.eio._async, "websocket": noting}

    def broadcast(self, room: str, event: str, payload: dict[str, Any], *, keep: bool = True) -> None:
        """Send one payload to everybody in a room; byte for byte what the stock path sends. Without `keep` a line that
        does not take it at once is left out."""
        text = self._server.packet_class(socketio.packet.EVENT, namespace="/", data=[event, payload]).encode()
        packet = engineio.packet.Packet(engineio.packet.MESSAGE, text)
        frame = self._mould._pack_message(packet.encode())
        wires, participants = self._wires, self._server.manager.get_participants
        with self._turn:
            readers = list(participants("/", room))
            for start in range(0, len(readers), AT_ONCE):
                if start:
                    loop.sleep(0)
                inside = dict(participants("/", room))  # who left in a pause gets nothing
                for sid, transport_id in readers[start : start + AT_ONCE]:
                    if sid in inside:
                        wire = wires.get(transport_id)
                        at_once = wire is not None and wire.is_idle() and wire.takes(frame)
                        if not at_once and (keep or wire is None):
                            self._server.eio.send_packet(transport_id, packet)

    def cut(self, transport_id: str) -> None:
        """End a connection at once, whatever still waits for it; unknown ones are no trouble."""
        wire = self._wires.get(transport_id)
        if wire is not None:
            wire.cut()

    def _while_open(self, handler: Callable[[Any], Any], ws: Any) -> Any:
        transport = handler.__self__  # type: ignore[attr-defined]
        if _is_plain(ws):
            self._wires[transport.sid] = Wire(transport, ws, transport.queue.queue, ws._sendlock, ws.socket.fd.send)
        try:
            return handler(ws)
        finally:
            self._wires.pop(transport.sid, None)


def unfit(server: Any) -> str:
    """Why this process cannot use the fast path, in a few words; empty when it can. Changes nothing."""
    if not loop.GREEN:
        return "no eventlet here"
    other = [f"{name} {version(name)}" for name, tried in MADE_FOR.items() if version(name) != tried]
    if other:
        return f"not tried with {', '.join(other)}"
    try:
        return next((what for what, look in _LOOKS.items() if not look(server)), "")
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _is_plain(ws: Any) -> bool:
    """Frames as the mould makes them, on a socket that never waits: no compression, no TLS, no older protocol."""
    return (
        type(ws) is eventlet.websocket.RFC6455WebSocket
        and not ws.extensions
        and not ws.client
        and type(ws.socket) is eventlet.greenio.GreenSocket
        and ws.socket.fd.gettimeout() == 0
    )


def _looks_like_a_driver(server: Any) -> bool:
    driver = server.eio._async["websocket"]
    return isinstance(driver, type) and issubclass(driver, eventlet.websocket.WebSocketWSGI)


def _looks_like_a_transport(server: Any) -> bool:
    transport = engineio.socket.Socket(server.eio, "trial")
    handler = transport._websocket_handler
    return (
        handler.__self__ is transport
        and list(inspect.signature(handler).parameters) == ["ws"]
        and transport.queue.queue == deque()
        and transport.closing is False
        and isinstance(transport.last_ping, float)
    )


def _looks_like_a_websocket(_server: Any) -> bool:
    ws = eventlet.websocket.RFC6455WebSocket(None, {})
    return all(ws._pack_message(text) == head + text.encode() for text, head in HEADS.items()) and (
        ws.websocket_closed,
        ws.extensions,
        ws.client,
    ) == (False, {}, False)


def _looks_like_a_lock(_server: Any) -> bool:
    lock = eventlet.websocket.RFC6455WebSocket(None, {})._sendlock
    return (
        type(lock) is eventlet.semaphore.Semaphore
        and lock.balance == 1
        and lock.acquire(blocking=False) is True
        and lock.balance == 0
    )


def _looks_like_a_socket(_server: Any) -> bool:
    with eventlet.greenio.GreenSocket() as green:
        return isinstance(green.fd, eventlet.patcher.original("socket").socket) and green.fd.gettimeout() == 0


def _looks_like_rooms(server: Any) -> bool:
    manager = server.manager
    return isinstance(manager.rooms, dict) and list(manager.get_participants("/", "trial")) == []


_LOOKS: dict[str, Callable[[Any], bool]] = {
    "another websocket driver": _looks_like_a_driver,
    "another kind of transport": _looks_like_a_transport,
    "another kind of websocket": _looks_like_a_websocket,
    "another kind of send lock": _looks_like_a_lock,
    "another kind of socket": _looks_like_a_socket,
    "another kind of rooms": _looks_like_rooms,
}
