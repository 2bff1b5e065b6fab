"""One frame for a whole socket room, by the fast path (fastpath.py) or the stock path of Flask-SocketIO. With live.py
and fastpath.py its only users.

Also what the transport needs told once: no permessage-deflate (it costs each open page 115 KB and buys nothing for
frames this small).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from flask_socketio import SocketIO

from community.core import fastpath, loop, metrics

if loop.GREEN:
    import eventlet.websocket

LARGEST_FRAME = 64 * 1024
PATIENCE_AT_THE_DOOR = 5  # looks, one a second, until a connection that did not come in is closed
MOST_WAITING = 500  # frames kept for a reader who takes none; her page connects again and asks for what it missed

SHORT_QUEUE = 2  # frames waiting for a reader who still gets what is worth nothing a moment later

FEW_ATTACHMENTS = re.compile(r"5[1-4]-")

_log = logging.getLogger(__name__)

socketio = SocketIO()
_strangers: dict[str, int] = {}
_fast: fastpath.FastPath | None = None


def start(app: Any, origins: list[str], path: str) -> SocketIO:
    """Bind the one SocketIO to the app. WebSocket only: polling would add a second, bearer-token way in. `path` is
    "fast" or "stock": how broadcasts go; what cannot go fast goes stock, and the log says so."""
    global _fast
    if loop.GREEN:
        eventlet.websocket.WebSocketWSGI._negotiate_permessage_deflate = lambda _self, _extensions: None
    socketio.init_app(
        app,
        async_mode=loop.async_mode(),
        manage_session=False,
        cors_allowed_origins=origins,
        cors_credentials=False,
        transports=["websocket"],
        allow_upgrades=False,
        max_http_buffer_size=LARGEST_FRAME,
        async_handlers=False,  # one sender's events are handled in the order sent
        # Loggers of ours: told "no", they bring a handler that prints errors with what was sent.
        logger=logging.getLogger("socketio"),
        engineio_logger=logging.getLogger("engineio"),
    )
    hear = socketio.server.eio.handlers["message"]
    socketio.server.eio.on("message", lambda transport, said: _hear(hear, transport, said))
    _fast = _fast_path() if path == "fast" else None
    _log.info("broadcasts take the %s path", "fast" if _fast else "stock")
    return socketio


def _fast_path() -> fastpath.FastPath | None:
    why_not = fastpath.unfit(socketio.server)
    if not why_not:
        return fastpath.FastPath(socketio.server)
    if loop.GREEN:  # commands have no open pages to bring anything to
        _log.warning("the fast path is not for this installation: %s", why_not)
    return None


def _hear(hear: Callable[[str, Any], None], transport: str, said: Any) -> None:
    """What the protocol cannot read ends the connection: stray bytes, binary answers, events with many attachments.
    An event with a few is heard, so that its payload can be refused with a sentence."""
    loop.sleep(0)  # what one page sent all at once is heard with everybody else's turns in between
    try:
        if isinstance(said, str) and said[:1] in ("5", "6") and not FEW_ATTACHMENTS.match(said):
            raise ValueError("binary")
        hear(transport, said)
    except Exception as error:
        _log.info("a connection was closed for what it sent: %s", type(error).__name__)
        _hang_up(transport)


def broadcast(room: str, event: str, payload: dict[str, Any]) -> None:
    """Send one payload to everybody in a socket room of this process; encoded once."""
    metrics.broadcast_sent(event)
    if _fast is not None:
        _fast.broadcast(room, event, payload)
    else:
        socketio.emit(event, payload, to=room)


def whisper(room: str, event: str, payload: dict[str, Any]) -> None:
    """The same for what is worth nothing a moment later: a reader for whom frames wait already does not get it."""
    metrics.broadcast_sent(event)
    if _fast is not None:
        _fast.broadcast(room, event, payload, keep=False)
        return
    for sid, transport in list(socketio.server.manager.get_participants("/", room)):
        line = socketio.server.eio.sockets.get(transport)
        if line is None or line.queue.qsize() <= SHORT_QUEUE:
            socketio.emit(event, payload, to=sid)


def anybody_in(room: str) -> bool:
    """Whether anybody in this process would receive a broadcast to `room` (rendering for nobody is waste)."""
    rooms = socketio.server.manager.rooms.get("/", {})
    return bool(rooms.get(room))


def rooms_under(prefix: str) -> list[str]:
    """The non-empty socket rooms of this process whose name starts with `prefix`."""
    rooms = socketio.server.manager.rooms.get("/", {})
    return [room for room in rooms if isinstance(room, str) and room.startswith(prefix)]


def is_open(sid: str) -> bool:
    """Whether a socket is still there: false while it is being taken down."""
    return bool(socketio.server.manager.is_connected(sid, "/"))


def hang_up(sid: str) -> None:
    """End one socket and the connection under it; what was sent to it before still goes out."""
    transport = socketio.server.manager.eio_sid_from_sid(sid, "/")
    socketio.server.disconnect(sid, namespace="/")
    _hang_up(transport)


def drop(sid: str) -> None:
    """End the connection under a socket as a bad line would; the page connects again by itself."""
    _hang_up(socketio.server.manager.eio_sid_from_sid(sid, "/"))


def hang_up_all() -> None:
    """Close every connection."""
    for transport in list(socketio.server.eio.sockets):
        _hang_up(transport)


def hang_up_strangers() -> None:
    """Close connections that were refused or never asked to come in; they would stay as long as they answer pings."""
    inside = set(socketio.server.manager.rooms.get("/", {}).get(None, {}).values())
    outside = [transport for transport in list(socketio.server.eio.sockets) if transport not in inside]
    looks = {transport: _strangers.get(transport, 0) + 1 for transport in outside}
    _strangers.clear()
    _strangers.update(looks)
    for transport in [transport for transport, seen in looks.items() if seen > PATIENCE_AT_THE_DOOR]:
        _hang_up(transport)


def hang_up_stalled() -> None:
    """Cut readers who have stopped reading: what waits for them is memory, and grows with every word said."""
    for transport, line in list(socketio.server.eio.sockets.items()):
        if line.queue.qsize() > MOST_WAITING:
            line.close(wait=False, abort=True)
            if _fast is not None:
                _fast.cut(transport)


def _hang_up(transport: str | None) -> None:
    line = socketio.server.eio.sockets.get(transport)
    if line is not None:
        line.close(wait=False)  # a reader who does not read must not hold up whoever closes the door
