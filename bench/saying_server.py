"""The real server, and one more way to speak: a datagram to its port's number is broadcast into a thread as it is,
without writing or rendering anything. The datagram `rest` ends the look at all sessions once a second.

`python -m bench.saying_server`; everything else is wsgi.py.
"""

import wsgi  # patches first of all

# ruff: isort: split
import json
import socket
from typing import Any

import config
from community.core import fanout, live, loop
from community.core.i18n import LANGUAGES

create_app = wsgi.create_app


def with_speaker(settings: config.Settings) -> Any:
    app = create_app(settings)
    speaker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    speaker.bind((settings.host, settings.port))
    loop.spawn(speak, speaker)
    return app


def speak(speaker: socket.socket) -> None:
    while True:
        said = speaker.recv(65536)
        if said == b"rest":
            live.sweep = lambda: None
            continue
        event, payload = json.loads(said.removeprefix(b"42"))
        for lang in LANGUAGES:
            fanout.broadcast(f"stream:{payload['stream']}:{lang}", event, payload)


if __name__ == "__main__":
    wsgi.create_app = with_speaker
    wsgi.main()
