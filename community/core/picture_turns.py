"""Who is next, where one at a time can be served: whoever was served longest ago, so that twenty pictures of one person
do not make everybody else wait for all of them. How many may wait is bounded."""

from __future__ import annotations

import contextlib
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from threading import Event

from community.core import loop


class Crowded(Exception):
    """Too many wait already, or it took too long until it was her turn."""


@dataclass(eq=False)
class _Ticket:
    whose: Hashable
    called: Event = field(default_factory=loop.event)


class Turns:
    """One at a time. `most` may wait, `most_each` of one person, for `seconds` at most."""

    def __init__(self, most: int, most_each: int, seconds: float) -> None:
        self._most, self._most_each, self._seconds = most, most_each, seconds
        self._lock, self._busy = loop.lock(), False
        self._waiting: list[_Ticket] = []
        self._served: dict[Hashable, int] = {}

    @contextlib.contextmanager
    def turn(self, whose: Hashable) -> Iterator[None]:
        """Wait for one's turn and have it for a while. Raises Crowded."""
        ticket = self._join(whose)
        try:
            if not ticket.called.wait(self._seconds):
                raise Crowded
            yield
        finally:
            self._leave(ticket)

    def _join(self, whose: Hashable) -> _Ticket:
        with self._lock:
            of_her = sum(one.whose == whose for one in self._waiting)
            if self._busy and (len(self._waiting) >= self._most or of_her >= self._most_each):
                raise Crowded
            ticket = _Ticket(whose)
            self._waiting.append(ticket)
            self._call_next()
        return ticket

    def _leave(self, ticket: _Ticket) -> None:
        """After her turn, or tired of waiting; a turn that came in the same moment is handed on."""
        with self._lock:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
            else:
                self._busy = False
                self._call_next()

    def _call_next(self) -> None:
        if self._busy:
            return
        if not self._waiting:
            self._served.clear()
            return
        ticket = min(self._waiting, key=lambda one: self._served.get(one.whose, 0))
        self._waiting.remove(ticket)
        self._served[ticket.whose] = max(self._served.values(), default=0) + 1
        self._busy = True
        ticket.called.set()
