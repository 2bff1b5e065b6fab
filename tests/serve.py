"""The real Hearth server as a child of the tests: `with Hearth(folder) as hearth: requests to hearth.url`.

Runs `wsgi.py` as a person would start it, on a free port of this machine, with demo people. Its whole output is kept
in `hearth.log`.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.children import START_SECONDS, end, free_port, launch, wait_until

ROOT = Path(__file__).resolve().parent.parent
FROM_OUTSIDE = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "EVENTLET_HUB", "APP_ASYNC")


class Hearth:
    """One server over one data folder. Settings are environment variables, as in `Hearth(folder, HOME_ZONE="UTC")`.

    Start and restart it from the main thread: then it ends with the test run, however that ends.
    """

    def __init__(
        self, data: Path, *, database_url: str | None = None, redis_url: str | None = None, **settings: str
    ) -> None:
        self.data = data
        self.program: tuple[str, ...] = ("wsgi.py",)  # what python runs; another may change a thing, then serve
        self.log = data.parent / f"{data.name}.log"
        self.port = free_port()
        given = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
        self.settings = {**settings, **{name: value for name, value in given.items() if value}}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def wire(self, timeout: float, *, narrow: int = 0) -> socket.socket:
        """A connection to the server, by TCP or through its socket file. `narrow`: the bytes it holds."""
        file = self.settings.get("SOCKET")
        wire = socket.socket(socket.AF_UNIX if file else socket.AF_INET, socket.SOCK_STREAM)
        if narrow:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, narrow)
        wire.settimeout(timeout)
        try:
            wire.connect(file or ("127.0.0.1", self.port))
        except OSError:
            wire.close()
            raise
        return wire

    def connection(self, timeout: float) -> http.client.HTTPConnection:
        line = http.client.HTTPConnection("127.0.0.1", self.port)
        line.sock = self.wire(timeout)
        return line

    @property
    def env(self) -> Mapping[str, str]:
        """Also for commands beside the server. Nothing of the caller's own settings gets in."""
        own = {"HEARTH_DATA": str(self.data), "DEMO": "1", "INSECURE_LOCAL": "1", "PORT": str(self.port)}
        own["DEMO_SKIP_TOTP"] = "1"  # staff sign in by password alone, unless a test is about their second step
        outside = {name: os.environ[name] for name in FROM_OUTSIDE if name in os.environ}
        return {**outside, **own, "PYTHONUNBUFFERED": "1", **self.settings}

    def start(self) -> None:
        """Returns when GET /health says 200; raises ServerMissing with the end of the log after 30 seconds."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self.child = launch([sys.executable, *self.program], self.log, env=self.env, cwd=ROOT)

    def wait(self, seconds: float = START_SECONDS) -> None:
        wait_until(self.is_well, self.child, "Hearth", self.log, seconds)

    def stop(self) -> None:
        end(self.child, signal.SIGTERM)

    def kill9(self) -> None:
        """A power cut for the process: no handler runs."""
        self.child.kill()
        self.child.wait()

    def restart(self) -> None:
        """On the same port, so that open pages find it again."""
        self.stop()
        self.start()

    def is_well(self) -> bool:
        try:
            with contextlib.closing(self.connection(2)) as line:
                line.request("GET", "/health")
                return line.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
