"""Whether the loop goes on: somebody asks the server again and again, and the worst pause between answers is kept."""

from __future__ import annotations

import contextlib
import http.client
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.serve import Hearth


@dataclass
class Pulse:
    """When each answer came."""

    beats: list[float] = field(default_factory=list)

    @property
    def worst(self) -> float:
        return max(later - earlier for earlier, later in zip(self.beats, self.beats[1:], strict=False))


@contextlib.contextmanager
def pulse(server: Hearth, path: str = "/health") -> Iterator[Pulse]:
    """Beats every 5 ms on a line kept open, from before the block until after it."""
    taken, ending = Pulse(), threading.Event()
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)

    def beat() -> None:
        while not ending.wait(0.005):
            line.request("GET", path)
            answer = line.getresponse()
            answer.read()
            assert answer.status == 200
            taken.beats.append(time.monotonic())

    run = threading.Thread(target=beat)
    run.start()
    try:
        time.sleep(0.2)
        yield taken
        time.sleep(0.1)
    finally:
        ending.set()
        run.join()
        line.close()
