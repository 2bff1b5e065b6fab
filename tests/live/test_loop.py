"""One person's slow work holds up nobody else: the worst pause stays under a third of what the work takes."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest

from tests.copies import PostgresCopies, SqliteCopies
from tests.live.heartbeat import pulse
from tests.live.house import House, copied
from tests.live.people import Answer, Person


@pytest.fixture(scope="module")
def trial(database_copies: SqliteCopies | PostgresCopies, live_folder: Path) -> Iterator[House]:
    with copied(database_copies, live_folder, program=("-m", "tests.live.trial_server")).served() as served:
        yield served


def timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    began = time.monotonic()
    answer = work()
    return time.monotonic() - began, answer


def test_hashing_passwords_holds_up_nobody(trial: House) -> None:
    strangers = [Person(trial.server) for _ in range(3)]
    for stranger in strangers:
        stranger.token()
    with pulse(trial.server) as heart, ThreadPoolExecutor(3) as pool:
        tries = [
            pool.submit(timed, lambda who=who: who.try_to_sign_in("ingen alls", "alldeles fel lösen"))
            for who in strangers
        ]
        took = [one.result() for one in tries]
    assert {answer.status for _seconds, answer in took} == {422}
    shortest = min(seconds for seconds, _answer in took)
    assert shortest > 0.3  # or there was nothing to see
    assert heart.worst < shortest / 3


def test_a_slow_query_holds_up_nobody(trial: House) -> None:
    with pulse(trial.server) as heart:
        seconds, answer = timed(lambda: Person(trial.server).get("/slow"))
    assert answer.status == 200
    assert seconds > 0.3
    assert heart.worst < seconds / 3


@contextlib.contextmanager
def foreign_lock(house: House, seconds: float) -> Iterator[None]:
    """Another process keeps the database to itself for so long (this one: the server is a process of its own)."""
    if house.sqlite_file:
        line = sqlite3.connect(house.sqlite_file, check_same_thread=False, isolation_level=None, timeout=10)
        line.execute("BEGIN EXCLUSIVE")
    else:
        line = psycopg2.connect(house.database_url.replace("+psycopg2", "", 1))
        line.cursor().execute("LOCK TABLE piece, stream IN EXCLUSIVE MODE")
    release = threading.Timer(seconds, line.rollback)
    release.start()
    try:
        yield
    finally:
        release.join()
        line.close()


def test_a_lock_of_three_seconds_delays_and_loses_nothing(house: House) -> None:
    amina, isla, tuva = (house.person(name) for name in ("amina", "isla", "tuva"))
    thread = tuva.starts("Låst en stund")
    pages: list[float] = []
    with pulse(house.server) as heart, ThreadPoolExecutor(2) as pool, foreign_lock(house, 3.0):
        posts = [pool.submit(timed, lambda who=who: who.reply(thread, f"Väntade, {who.name}")) for who in (amina, isla)]
        while not all(post.done() for post in posts):
            seconds, answer = timed(lambda: tuva.get("/"))
            assert answer.status == 200
            pages.append(seconds)
            time.sleep(0.1)
        took = [post.result() for post in posts]
    assert [answer.status for _seconds, answer in took] == [200, 200]
    assert all(2.0 < seconds < 8.0 for seconds, _answer in took)
    assert len(pages) > 5
    assert max(pages) < 1.0
    assert heart.worst < 1.0
    shown = tuva.get(f"/t/{thread}").text
    assert shown.count("Väntade, amina") == shown.count("Väntade, isla") == 1


def test_a_lock_of_twelve_seconds_says_busy_and_keeps_the_text(fresh_house: Callable[..., House]) -> None:
    house = fresh_house()
    amina, tuva = house.person("amina"), house.person("tuva")
    thread = tuva.starts("Låst länge")
    client_id = "samma-forsok-0001"
    amina.token()
    with pulse(house.server) as heart, foreign_lock(house, 12.0):
        seconds, answer = timed(lambda: amina.post(f"/t/{thread}/replies", text="Min långa text", client_id=client_id))
        assert answer.status == 503
        assert 7.0 < seconds < 12.0
        assert "Min långa text" in answer.text
        assert tuva.get(f"/t/{thread}").status == 200
    assert heart.worst < 2.0
    assert amina.reply(thread, "Min långa text", client_id).status == 200
    assert tuva.get(f"/t/{thread}").text.count("Min långa text") == 1
