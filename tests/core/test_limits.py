"""Limits are kept in Redis where there is one, and here when it does not answer; they are never off."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from limits.storage import MemoryStorage

from community.core import ratelimit
from community.core.errors import TooMany
from tests.servers import Valkey


@pytest.fixture(autouse=True)
def put_back() -> Iterator[None]:
    yield
    ratelimit.configure(None)


def _until_refused(name: str, who: str) -> int:
    for count in range(200):
        try:
            ratelimit.hit(name, who)
        except TooMany as refused:
            assert 1 <= refused.wait <= 3600
            return count
    raise AssertionError("never refused")


def test_in_memory() -> None:
    ratelimit.configure(None)
    assert (_until_refused("post", "a"), _until_refused("post", "b")) == (20, 20)
    assert _until_refused("code", "a") == 5
    assert _until_refused("socket", "a") == 100


def test_looking_does_not_count_and_noting_never_refuses() -> None:
    ratelimit.configure(None)
    for _time in range(30):
        ratelimit.check("code", "a")
    for _time in range(7):
        ratelimit.note("code", "a")
    with pytest.raises(TooMany):
        ratelimit.check("code", "a")
    assert ratelimit.used("code", "a") == 5


def test_what_is_over_goes_from_memory_at_its_time_and_not_at_every_hit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's own look comes after every hit, walks through every key and keeps them; ours takes its place."""
    assert hasattr(MemoryStorage, "_MemoryStorage__schedule_expiry"), "the library calls it something else now"
    counts, now = ratelimit.Counts(), time.time()
    counts.timer.join()  # its one look at nothing
    counts.acquire_entry("soon over", 5, 10)
    counts.acquire_entry("busy", 5, 10)
    monkeypatch.setattr(time, "time", lambda: now + 8)
    counts.acquire_entry("busy", 5, 10)
    monkeypatch.setattr(time, "time", lambda: now + 12)
    counts.acquire_entry("new", 5, 10)
    assert (sorted(counts.events), counts.timer.is_alive()) == (["busy", "new", "soon over"], False)
    counts.sweep_at = time.monotonic()
    counts.acquire_entry("new", 5, 10)
    assert {key: len(events) for key, events in counts.events.items()} == {"busy": 1, "new": 2}
    assert "soon over" not in counts.locks


def test_two_processes_share_one_count(valkey: Valkey) -> None:
    ratelimit.configure(valkey.url)
    who = f"shared-{time.monotonic_ns()}"
    assert _until_refused("code", who) == 5
    ratelimit.configure(valkey.url)  # as another process begins: nothing in its memory
    with pytest.raises(TooMany):
        ratelimit.hit("code", who)


@pytest.mark.parametrize("how", ["stopped", "hung", "never there"])
def test_without_an_answer_this_process_counts_itself(how: str) -> None:
    """And waits for it once, not at every question: whoever signs in asks ten times."""
    with Valkey() as own:
        ratelimit.configure(own.url if how != "never there" else "redis://127.0.0.1:1/0")
        if how == "stopped":
            own.stop()
        if how == "hung":
            own.freeze()
        began = time.monotonic()
        assert _until_refused("code", "a") == 5
        with pytest.raises(TooMany):
            ratelimit.check("code", "a")
        assert _until_refused("post", "a") == 20
        assert time.monotonic() - began < 3
        own.thaw() if how == "hung" else None


def test_what_was_counted_outlives_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    """It hangs in the middle, comes back, and forgets everything: no try is given twice."""
    monkeypatch.setattr(ratelimit, "AGAIN", 0.2)
    with Valkey() as own:
        ratelimit.configure(own.url)
        for _time in range(3):
            ratelimit.hit("code", "a")
        own.freeze()
        ratelimit.hit("code", "a")
        assert ratelimit.used("code", "a") == 4
        own.stop()
        own.start()
        time.sleep(0.3)
        ratelimit.hit("code", "a")
        with pytest.raises(TooMany) as refused:
            ratelimit.hit("code", "a")
        assert 1 <= refused.value.wait <= 60


def test_redis_is_asked_again_once_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ratelimit, "AGAIN", 0.2)
    with Valkey() as own:
        ratelimit.configure(own.url)
        own.freeze()
        ratelimit.check("code", "b")
        own.thaw()
        time.sleep(0.3)
        for _time in range(5):
            ratelimit.note("code", "b")
        ratelimit.configure(own.url)  # another process
        with pytest.raises(TooMany):
            ratelimit.check("code", "b")


def test_switched_off_only_where_asked() -> None:
    ratelimit.configure(None, off=True)
    for _time in range(100):
        ratelimit.hit("code", "a")
    assert ratelimit.lifted()
    ratelimit.configure(None)
    assert not ratelimit.lifted()
