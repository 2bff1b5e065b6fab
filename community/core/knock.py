"""A knock at the other server processes' doors: "these rows are there, look at once". Redis carries it.

Nothing depends on its coming. What happened is a row, and every process looks once a second all the same
(announcements.py), so Redis may be away, hang or lose everything: what is live comes up to a second later, and that
is all. Only numbers of rows travel, and nobody who writes ever waits for Redis: a loop of its own sends what was
committed.
Choice and reason: docs/decisions/knock.md.
"""

from __future__ import annotations

import logging
import random
import secrets
from collections.abc import Callable

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from community.core import loop

PATIENCE = 1.0  # seconds Redis has for an answer
AGAIN = 1.5  # seconds until a lost line is tried again, more or less
QUIET = 5.0  # seconds without a word after which the line is asked whether it still stands
MOST = 1_000  # numbers kept for one knock; what is over is found by the look of every second

_log = logging.getLogger(__name__)
_me = secrets.token_hex(8)
_waiting: set[int] = set()
_wanted = loop.event()
_started = False
_stands: bool | None = None  # whether knocks are heard just now; None: not known yet


def start(url: str, channel: str, heard: Callable[[set[int]], None]) -> None:
    """Send and hear knocks for as long as this process lives. `channel` is one installation's; `heard` gets the numbers
    of rows another process has committed, and must not raise."""
    global _started
    line = redis.Redis.from_url(
        url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
    )
    _started = True
    loop.spawn(_keep_sending, line, channel)
    loop.spawn(_keep_listening, line, channel, heard)


def send(row_id: int) -> None:
    """Tell the other processes of a committed row. Returns at once; does nothing in a process that never started."""
    if _started and len(_waiting) < MOST:
        _waiting.add(row_id)
        _wanted.set()


def written(sender: str, row_ids: set[int]) -> str:
    """A knock as it travels."""
    return " ".join([sender, *map(str, sorted(row_ids))])


def numbers_in(said: bytes, own: str) -> set[int]:
    """The rows a knock names; none where it is our own or no knock at all (others may speak on the same Redis)."""
    sender, *numbers = said[: 20 * MOST].decode("ascii", "replace").split(" ")
    if sender == own:
        return set()
    return {int(number) for number in numbers[:MOST] if number.isdecimal() and len(number) < 19}


def _keep_sending(line: redis.Redis, channel: str) -> None:
    """What is committed while one knock is on its way goes with the next."""
    while True:
        _wanted.wait()
        _wanted.clear()
        row_ids = set(_waiting)
        _waiting.clear()
        try:
            line.publish(channel, written(_me, row_ids))
        except Exception as error:
            _log.info("a knock did not get through: %s", type(error).__name__)
            loop.sleep(AGAIN)
            _waiting.clear()  # the look of every second has brought these


def _keep_listening(line: redis.Redis, channel: str, heard: Callable[[set[int]], None]) -> None:
    global _stands
    while True:
        try:
            _listen(line, channel, heard)
        except Exception as error:
            if _stands is not False:  # told once, however long it lasts
                _log.warning("Redis is away (%s): live goes on by the look of every second", type(error).__name__)
            _stands = False
        loop.sleep(AGAIN * random.uniform(0.7, 1.3))


def _listen(line: redis.Redis, channel: str, heard: Callable[[set[int]], None]) -> None:
    """Until the line is lost. A server that hangs keeps it open without a word, so it is asked after a while."""
    global _stands
    with line.pubsub() as listener:
        listener.subscribe(channel)
        asked = False
        while True:
            message = listener.get_message(timeout=QUIET)
            if message is None:
                if asked:
                    raise redis.ConnectionError("no answer")
                listener.ping()
            elif message["type"] == "subscribe":
                _stands = True
                _log.info("knocks of other processes are heard")
            elif message["type"] == "message" and (numbers := numbers_in(message["data"], _me)):
                heard(numbers)
            asked = message is None
