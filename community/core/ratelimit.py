"""How often is too often. Limits are kept in memory, and in Redis as well where several processes share them.

Each process counts what it lets through itself, whatever Redis says. So when Redis does not answer, was restarted or
has forgotten, a limit may become looser by the number of processes, never switched off and never begun anew. A Redis
that hangs costs a request half a second, and then nobody is sent there for a while. Help and telling staff are never
limited.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis.backoff import NoBackoff
from redis.retry import Retry

from community.core import loop
from community.core.errors import TooMany

T = TypeVar("T")

PATIENCE = 0.5  # seconds Redis has for an answer
AGAIN = 5.0  # seconds until it is asked again after it gave none
SWEEP = 60.0  # seconds between two looks for counts that are over

_log = logging.getLogger(__name__)

_LIMITS: dict[str, list[RateLimitItem]] = {
    # A growing wait for one account from one address; another address is not locked out by it.
    "sign_in": [parse("5/minute"), parse("10/10 minutes"), parse("20/hour")],
    "sign_in_address": [parse("60/hour")],
    "sign_in_account": [parse("40/hour")],  # never refused: from the twentieth on, answers come ever slower
    "second_step": [parse("5/minute"), parse("10/10 minutes"), parse("20/hour")],  # one account from one address
    "second_step_account": [parse("40/hour")],  # never refused, as above
    "app_code": [parse("100/day")],  # guesses for one account from everywhere: three of a million are right at a time
    "code": [parse("5/minute")],
    "code_everywhere": [parse("50/hour")],
    "recovery_mail": [parse("10/hour")],
    "email": [parse("5/hour")],
    "my data": [parse("10/day")],  # long work, and nobody needs it more often
    "book": [parse("20/day")],  # the same of a book
    "book words": [parse("60/hour"), parse("200/day")],  # each asks somebody something
    "post": [parse("20/minute"), parse("300/hour")],
    "photo": [parse("120/hour")],  # four albums' worth at once
    "portrait": [parse("20/hour")],
    "claim": [parse("20/hour")],  # saying "I am in this": each takes a picture out of sight until somebody has looked
    "chat": [parse("20/minute")],
    "talk": [parse("10/day")],
    "typing": [parse("1/3 seconds")],  # above it nobody is told that she writes; nothing is refused
    "names": [parse("60/minute"), parse("600/hour")],  # asking whom one may mention
    "search": [parse("30/minute"), parse("300/hour")],
    "socket": [parse("100/10 seconds")],
}


class Counts(MemoryStorage):
    """Counts in this process's memory. The library's own looks through every key it ever met a hundredth of a second
    after each hit, and keeps the keys: with some hundred members who write that was a seventh of the server's time. No
    answer depends on that look, only memory does, so here it is taken once a minute and leaves no empty key behind."""

    def __init__(self) -> None:
        self.sweep_at = time.monotonic() + SWEEP
        super().__init__()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """As the library's, with the look for what is over in its time."""
        if time.monotonic() >= self.sweep_at:
            self.sweep()
        return bool(super().acquire_entry(key, limit, expiry, amount))

    def sweep(self) -> None:
        """Forget what is over. Nothing else runs meanwhile: it takes some milliseconds for ten thousand keys."""
        self.sweep_at, now = time.monotonic() + SWEEP, time.time()
        for key in list(self.events):
            with self.locks[key]:
                events = self.events[key]
                while events and events[-1].expiry <= now:  # the newest comes first
                    events.pop()
                if not events:
                    del self.events[key], self.locks[key]

    def _MemoryStorage__schedule_expiry(self) -> None:
        pass


_off = False
_turns: dict[tuple[str, ...], _Turn] = {}
_here = MovingWindowRateLimiter(Counts())
_shared: MovingWindowRateLimiter | None = None
_ask_again_at = 0.0


def configure(redis_url: str | None, *, off: bool = False) -> None:
    """Once per process. `off` is for demo machines under load tests only."""
    global _shared, _here, _off, _ask_again_at
    _off, _ask_again_at = off, 0.0
    _here = MovingWindowRateLimiter(Counts())
    _shared = MovingWindowRateLimiter(_redis(redis_url)) if redis_url else None


def lifted() -> bool:
    """Whether limits are off (demo machines under load tests)."""
    return _off


@contextmanager
def ignored() -> Iterator[None]:
    """No limits inside (the demo's people write a year in a second)."""
    global _off
    before, _off = _off, True
    try:
        yield
    finally:
        _off = before


def hit(name: str, *who: object) -> None:
    """Count one act; raises TooMany(wait in seconds) when it is over the limit."""
    if _off:
        return
    keys = [str(part) for part in who]
    for item in _LIMITS[name]:
        if not _ask("hit", item, name, keys):
            raise TooMany(_wait(item, name, keys))


def check(name: str, *who: object) -> None:
    """Like `hit` without counting: raises TooMany when the next act would be over the limit."""
    keys = [str(part) for part in who]
    for item in () if _off else _LIMITS[name]:
        if not _ask("test", item, name, keys):
            raise TooMany(_wait(item, name, keys))


@contextmanager
def trying(name: str, *who: object) -> Iterator[None]:
    """For acts that count only when they fail (see `note`): tries by the same `who` take turns, so that a hundred
    guesses sent at once are no more than a hundred in a row, and nobody who is right is refused for being quick.
    Raises TooMany when those counted leave no room."""
    if _off:
        yield
        return
    place = (name, *(str(part) for part in who))
    turn = _turns.setdefault(place, _Turn())
    turn.waiting += 1
    try:
        with turn.lock:
            check(name, *who)
            yield
    finally:
        turn.waiting -= 1
        if not turn.waiting:
            _turns.pop(place, None)


class _Turn:
    """Whose turn it is for one account from one address."""

    def __init__(self) -> None:
        self.lock, self.waiting = loop.lock(), 0


def note(name: str, *who: object) -> None:
    """Count one act without ever refusing (failed sign-ins are counted after the answer is known)."""
    if not _off:
        for item in _LIMITS[name]:
            _ask("hit", item, name, [str(part) for part in who])


def used(name: str, *who: object) -> int:
    """How many of the first window of `name` are used up."""
    item = _LIMITS[name][0]
    return item.amount - min(remaining for remaining, _reset in _figures(item, name, [str(part) for part in who]))


def _ask(verb: str, item: RateLimitItem, name: str, keys: list[str]) -> bool:
    """Both must agree: the shared count knows the other processes, this one outlives Redis."""
    shared = _of_redis(lambda limiter: bool(getattr(limiter, verb)(item, name, *keys)))
    return shared is not False and bool(getattr(_here, verb)(item, name, *keys))


def _wait(item: RateLimitItem, name: str, keys: list[str]) -> int:
    full = [reset for remaining, reset in _figures(item, name, keys) if remaining <= 0]
    return max(1, math.ceil(max(full, default=time.time() + item.get_expiry()) - time.time()))


def _figures(item: RateLimitItem, name: str, keys: list[str]) -> list[tuple[int, float]]:
    """What is left and until when, by this process's count and by the shared one where it answers."""
    found = [_here.get_window_stats(item, name, *keys)]
    shared = _of_redis(lambda limiter: limiter.get_window_stats(item, name, *keys))
    return [(stats.remaining, stats.reset_time) for stats in (*found, *([shared] if shared else []))]


def _of_redis(ask: Callable[[MovingWindowRateLimiter], T]) -> T | None:
    """What the shared store says; None where there is none, or none that answers."""
    global _ask_again_at
    if _shared is None or time.monotonic() < _ask_again_at:
        return None
    try:
        return ask(_shared)
    except Exception:
        if time.monotonic() >= _ask_again_at:
            _log.warning("the shared limit store does not answer; counting in this process")
        _ask_again_at = time.monotonic() + AGAIN
        return None


def _redis(url: str) -> Storage:
    given = url.replace("unix://", "redis+unix://", 1) if url.startswith("unix://") else url
    once: Any = Retry(NoBackoff(), 0)  # its own way is to ask three times more
    storage = storage_from_string(given, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=once)
    assert isinstance(storage, Storage)
    return storage
