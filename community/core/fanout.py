"""One frame for a whole socket room: the stock path of Flask-SocketIO. With live.py its only user.

Also what the transport needs told once: no permessage-deflate (it costs each open page 115 KB and buys nothing for
frames this small).
"""

from __future__ import annotations

from typing import Any

from flask_socketio import SocketIO

from community.core import loop

if loop.GREEN:
    import eventlet.websocket

LARGEST_FRAME = 64 * 1024

socketio = SocketIO()


def start(app: Any, origins: list[str]) -> SocketIO:
    """Bind the one SocketIO to the app. WebSocket only: polling would add a second, bearer-token way in."""
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
        logger=False,
        engineio_logger=False,
    )
    return socketio


def broadcast(room: str, event: str, payload: dict[str, Any]) -> None:
    """Send one payload to everybody in a socket room of this process; encoded once."""
    socketio.emit(event, payload, to=room)


def anybody_in(room: str) -> bool:
    """Whether anybody in this process would receive a broadcast to `room` (rendering for nobody is waste)."""
    rooms = socketio.server.manager.rooms.get("/", {})
    return bool(rooms.get(room))


def rooms_under(prefix: str) -> list[str]:
    """The non-empty socket rooms of this process whose name starts with `prefix`."""
    rooms = socketio.server.manager.rooms.get("/", {})
    return [room for room in rooms if isinstance(room, str) and room.startswith(prefix)]
