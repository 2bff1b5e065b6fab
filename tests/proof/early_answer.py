"""The server with a lie in it: a reply, or a message by socket, is acknowledged before it is stored. The crash harness
must see it.

`python -m tests.proof.early_answer`; everything else is wsgi.py.
"""

import wsgi  # patches first of all

# ruff: isort: split
import io
import uuid
from dataclasses import replace
from typing import Any

import eventlet

import community.app
from community.chat import actions
from community.core import db, live
from community.streams.actions import Said

create_app = wsgi.create_app
LATER = 0.05  # seconds from the answer to the work


class EarlyAnswer:
    """Answers a reply at once and does the work a moment later."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if not environ["PATH_INFO"].endswith("/replies"):
            return self.app(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        later = {**environ, "wsgi.input": io.BytesIO(body)}
        eventlet.spawn_after(LATER, lambda: list(self.app(later, lambda *_answer: None)))
        start_response("200 OK", [("X-Piece", str(uuid.uuid4().int % 2**50)), ("X-Seq", "1")])
        return [b""]


def early(events: tuple[live.LiveEvent, ...], app_is: dict[str, Any]) -> tuple[live.LiveEvent, ...]:
    def later(viewer: Any, payload: dict[str, Any]) -> None:
        with app_is["made"].app_context():
            try:
                actions.send(viewer, payload["stream"], Said(payload["text"], payload["client_id"]))
            finally:
                db.remove()

    def send(viewer: Any, payload: dict[str, Any]) -> dict[str, Any]:
        eventlet.spawn_after(LATER, later, viewer, payload)
        return {"id": uuid.uuid4().int % 2**50, "nr": 1, "seq": 1, "state": "published", "help": False}

    return tuple(replace(event, run=send) if event.name == "chat:send" else event for event in events)


def lying_app(settings: Any) -> Any:
    made: dict[str, Any] = {}
    community.app.EVENTS = early(community.app.EVENTS, made)
    app = made["made"] = create_app(settings)
    app.wsgi_app = EarlyAnswer(app.wsgi_app)
    return app


if __name__ == "__main__":
    wsgi.create_app = lying_app
    wsgi.main()
