"""How often is too often. Limits are kept in memory, or in Redis where several processes share them.

When Redis does not answer, this process counts on its own: a limit may become looser by the number of processes,
never switched off. Help and telling staff are never limited.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from community.core import loop
from community.core.errors import TooMany

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
    "post": [parse("20/minute"), parse("300/hour")],
    "names": [parse("60/minute"), parse("600/hour")],  # asking whom one may mention
    "socket": [parse("100/10 seconds")],
}

_off = False
_turns: dict[tuple[str, ...], _Turn] = {}
_here = MovingWindowRateLimiter(MemoryStorage())
_shared: MovingWindowRateLimiter | None = None


def configure(redis_url: str | None, *, off: bool = False) -> None:
    """Once per process. `off` is for demo machines under load tests only."""
    global _shared, _here, _off
    _off = off
    _here = MovingWindowRateLimiter(MemoryStorage())
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
    limiter = _shared or _here
    try:
        stats = limiter.get_window_stats(item, name, *[str(part) for part in who])
    except Exception:
        stats = _here.get_window_stats(item, name, *[str(part) for part in who])
    return item.amount - stats.remaining


def _ask(verb: str, item: RateLimitItem, name: str, keys: list[str]) -> bool:
    if _shared is not None:
        try:
            return bool(getattr(_shared, verb)(item, name, *keys))
        except Exception:
            _log.warning("the shared limit store does not answer; counting in this process")
    return bool(getattr(_here, verb)(item, name, *keys))


def _wait(item: RateLimitItem, name: str, keys: list[str]) -> int:
    limiter = _shared or _here
    try:
        reset = limiter.get_window_stats(item, name, *keys).reset_time
    except Exception:
        reset = time.time() + item.get_expiry()
    return max(1, math.ceil(reset - time.time()))


def _redis(url: str) -> Storage:
    storage = storage_from_string(url, socket_connect_timeout=1, socket_timeout=1)
    assert isinstance(storage, Storage)
    return storage
