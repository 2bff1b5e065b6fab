"""Two yardsticks for a broadcast: `python -m bench.bare_sockets flask|websockets PORT [FILE]`.

`flask` is Flask-SocketIO as it comes, on eventlet; `websockets` the library of that name, which does nothing else.
Both send what a datagram to the port's number holds, a Socket.IO event as text, to everybody connected, uncompressed;
people connect to the port, or through the socket file.
"""

from __future__ import annotations

import json
import socket
import sys
from http import HTTPStatus
from typing import Any

MOST_OPEN = 20_000


def with_flask(port: int, file: str = "") -> None:
    import warnings

    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet

    eventlet.monkey_patch()
    import eventlet.wsgi
    from flask import Flask
    from flask_socketio import SocketIO, join_room

    app = Flask(__name__)
    socketio = SocketIO(app, async_mode="eventlet", transports=["websocket"], cors_allowed_origins="*")

    speaker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    speaker.bind(("127.0.0.1", port))

    def speak() -> None:
        while True:
            event, payload = json.loads(speaker.recv(65536).removeprefix(b"42"))
            socketio.emit(event, payload, to="readers")

    @socketio.on("join")
    def join() -> bool:
        join_room("readers")
        return True

    @app.get("/health")
    def health() -> str:
        return "well"

    eventlet.spawn_n(speak)
    listener = eventlet.listen(file, socket.AF_UNIX) if file else eventlet.listen(("127.0.0.1", port))
    eventlet.wsgi.server(listener, app, max_size=MOST_OPEN, log_output=False, debug=False)


def with_websockets(port: int, file: str = "") -> None:
    import asyncio

    from websockets.asyncio.server import ServerConnection, broadcast, serve, unix_serve
    from websockets.http11 import Request, Response

    readers: set[ServerConnection] = set()

    async def stay(line: ServerConnection) -> None:
        readers.add(line)
        await line.wait_closed()
        readers.discard(line)

    def answer(line: ServerConnection, request: Request) -> Response | None:
        return line.respond(HTTPStatus.OK, "well") if request.path == "/health" else None

    class Speaker(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, _sender: Any) -> None:
            broadcast(readers, data.decode())

    async def run() -> None:
        await asyncio.get_running_loop().create_datagram_endpoint(Speaker, local_addr=("127.0.0.1", port))
        options: dict[str, Any] = {"compression": None, "ping_interval": None, "process_request": answer}
        async with unix_serve(stay, file, **options) if file else serve(stay, "127.0.0.1", port, **options):
            await asyncio.get_running_loop().create_future()

    asyncio.run(run())


if __name__ == "__main__":
    {"flask": with_flask, "websockets": with_websockets}[sys.argv[1]](int(sys.argv[2]), *sys.argv[3:])
