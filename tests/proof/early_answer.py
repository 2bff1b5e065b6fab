"""The server with a lie in it: a reply is acknowledged before it is stored. The crash harness must see it.

`python -m tests.proof.early_answer`; everything else is wsgi.py.
"""

import wsgi  # patches first of all

# ruff: isort: split
import io
import uuid
from typing import Any

import eventlet

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


def lying_app(settings: Any) -> Any:
    app = create_app(settings)
    app.wsgi_app = EarlyAnswer(app.wsgi_app)
    return app


if __name__ == "__main__":
    wsgi.create_app = lying_app
    wsgi.main()
