"""A knock at the other server processes' doors: "these rows are there, look at once". Redis carries it.

Nothing depends on its coming. What happened is a row, and every process looks once a second all the same
(announcements.py), so Redis may be away, hang or lose everything: what is live comes up to a second later, and that
is all. Only numbers travel, and nobody who writes ever waits for Redis: a loop of its own sends what was committed.
What is worth nothing a moment later (somebody is typing) travels beside them as two numbers, who and where, and is
written down nowhere; whoever hears it asks the database what may be said of it.
Choice and reason: docs/decisions/knock.md.
"""

from __future__ import annotations

import logging
import random
import secrets
from collections.abc import Callable, Collection

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from community.core import loop

PATIENCE = 1.0  # seconds Redis has for an answer
AGAIN = 1.5  # seconds until a lost line is tried again, more or less
QUIET = 5.0  # seconds without a word after which the line is asked whether it still stands
MOST = 1_000  # numbers kept for one knock; what is over is found by the look of every second
MOST_PAIRS = 20  # of what is worth nothing a moment later; what is over is left out

Pair = tuple[int, int]

_log = logging.getLogger(__name__)
_me = secrets.token_hex(8)
_waiting: set[int] = set()
_passing: set[Pair] = set()
_wanted = loop.event()
_started = False
_stands: bool | None = None  # whether knocks are heard just now; None: not known yet


def start(
    url: str, channel: str, heard: Callable[[set[int]], None], passed: Callable[[set[Pair]], None] = lambda _pairs: None
) -> None:
    """Send and hear knocks for as long as this process lives. `channel` is one installation's; `heard` gets the numbers
    of rows another process has committed, `passed` what it passed on; they must not raise."""
    global _started
    line = redis.Redis.from_url(
        url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
    )
    _started = True
    loop.spawn(_keep_sending, line, channel)
    loop.spawn(_keep_listening, line, channel, heard, passed)


def send(row_id: int) -> None:
    """Tell the other processes of a committed row. Returns at once; does nothing in a process that never started."""
    if _started and len(_waiting) < MOST:
        _waiting.add(row_id)
        _wanted.set()


def pass_on(where: int, who: int) -> None:
    """Tell the other processes something they may forget at once. Returns at once; where there is no Redis, nothing."""
    if _started and len(_passing) < MOST_PAIRS:
        _passing.add((where, who))
        _wanted.set()


def written(sender: str, row_ids: set[int], pairs: Collection[Pair] = ()) -> str:
    """A knock as it travels."""
    return " ".join([sender, *map(str, sorted(row_ids)), *(f"{where}:{who}" for where, who in sorted(pairs))])


def numbers_in(said: bytes, own: str) -> set[int]:
    """The rows a knock names; none where it is our own or no knock at all (others may speak on the same Redis)."""
    sender, *numbers = said[: 20 * MOST].decode("ascii", "replace").split(" ")
    if sender == own:
        return set()
    return {int(number) for number in numbers[:MOST] if number.isdecimal() and len(number) < 19}


def pairs_in(said: bytes, own: str) -> set[Pair]:
    """What a knock passes on; nothing when it is our own or no knock at all."""
    sender, *words = said[: 20 * MOST].decode("ascii", "replace").split(" ")
    if sender == own:
        return set()
    halves = [word.split(":") for word in words if ":" in word][:MOST_PAIRS]
    sound = [pair for pair in halves if len(pair) == 2 and all(one.isdecimal() and len(one) < 19 for one in pair)]
    return {(int(where), int(who)) for where, who in sound}


def _keep_sending(line: redis.Redis, channel: str) -> None:
    """What is committed while one knock is on its way goes with the next."""
    while True:
        _wanted.wait()
        _wanted.clear()
        row_ids, pairs = set(_waiting), set(_passing)
        _waiting.clear()
        _passing.clear()
        try:
            line.publish(channel, written(_me, row_ids, pairs))
        except Exception as error:
            _log.info("a knock did not get through: %s", type(error).__name__)
            loop.sleep(AGAIN)
            _waiting.clear()  # the look of every second has brought these
            _passing.clear()


def _keep_listening(
    line: redis.Redis, channel: str, heard: Callable[[set[int]], None], passed: Callable[[set[Pair]], None]
) -> None:
    global _stands
    while True:
        try:
            _listen(line, channel, heard, passed)
        except Exception as error:
            if _stands is not False:  # told once, however long it lasts
                _log.warning("Redis is away (%s): live goes on by the look of every second", type(error).__name__)
            _stands = False
        loop.sleep(AGAIN * random.uniform(0.7, 1.3))


def _listen(
    line: redis.Redis, channel: str, heard: Callable[[set[int]], None], passed: Callable[[set[Pair]], None]
) -> None:
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
            elif message["type"] == "message":
                if numbers := numbers_in(message["data"], _me):
                    heard(numbers)
                if pairs := pairs_in(message["data"], _me):
                    passed(pairs)
            asked = message is None
