"""`transaction()`: all or nothing, effects after the commit and in order, patience with a foreign lock."""

from __future__ import annotations

import sqlite3
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from community.core import announcements, clock, db
from community.core.announcements import Announcement, announce
from community.core.db import after_commit, session, step, transaction
from community.core.errors import Busy
from community.members.models import House
from tests.world import World

Own = tuple[Engine, World]


def _names() -> set[str]:
    return set(session().scalars(select(House.name)))


def _add(name: str) -> None:
    with transaction() as s:
        s.add(House(name=name))
        s.flush()


def test_changes_made_outside_are_refused(world: World) -> None:
    session().add(House(name="Utanför"))
    with pytest.raises(RuntimeError, match="outside a transaction"), transaction():
        pass
    session().rollback()
    assert "Utanför" not in _names()


def test_an_error_takes_everything_back(world: World, heard: list[Any]) -> None:
    with pytest.raises(ZeroDivisionError), transaction():
        _add("Halvvägs")
        announce("stream:1", "x", one=1)
        raise ZeroDivisionError
    assert "Halvvägs" not in _names()
    assert heard == []


def _half(name: str) -> None:
    with step() as s:
        s.add(House(name=name))
        s.flush()
        raise ZeroDivisionError


def test_a_step_that_fails_takes_the_whole_with_it(world: World, heard: list[Any]) -> None:
    """Also when somebody caught what it raised: half of it must not be committed."""
    with pytest.raises(RuntimeError, match="passed over"), transaction():
        _add("Före")
        announce("stream:1", "x", n=1)
        with pytest.raises(ZeroDivisionError):
            _half("Halva")
    assert not {"Före", "Halva"} & _names()
    assert heard == []


def test_a_step_that_fails_with_the_savepoint_it_stands_in_is_over(world: World, heard: list[Any]) -> None:
    with transaction():
        _add("Före")
        with pytest.raises(ZeroDivisionError), transaction():
            _half("Halva")
        with step():
            _add("Efter")
    assert {"Före", "Efter"} <= _names()
    assert "Halva" not in _names()


def test_a_step_alone_is_a_transaction(world: World, heard: list[Any]) -> None:
    with step() as s:
        s.add(House(name="Ensam"))
    with pytest.raises(ZeroDivisionError):
        _half("Halva")
    assert "Ensam" in _names()
    assert "Halva" not in _names()


def test_an_inner_one_that_fails_drops_its_own_announcements_only(world: World, heard: list[Any]) -> None:
    with transaction():
        _add("Stannar")
        announce("stream:1", "kept", n=1)
        with pytest.raises(ZeroDivisionError), transaction():
            _add("Försvinner")
            announce("stream:1", "dropped", n=2)
            raise ZeroDivisionError
        announce("stream:1", "kept", n=3)
        assert heard == [], "nothing is told before the commit"
    assert [ids["n"] for _room, _event, ids in heard] == [1, 3]
    assert {"Stannar"} == _names() & {"Stannar", "Försvinner"}
    assert set(session().scalars(select(Announcement.event).where(Announcement.room == "stream:1"))) == {"kept"}


def test_effects_come_in_order_after_the_outermost_commit(world: World) -> None:
    order: list[str] = []
    with transaction():
        after_commit(lambda: order.append("first"))
        with transaction():
            after_commit(lambda: order.append(f"second, inside: {session().info['inside']}"))
        order.append("still inside")
    assert order == ["still inside", "first", "second, inside: False"]


def test_an_effect_may_write_itself(world: World) -> None:
    with transaction():
        after_commit(lambda: _add("Efteråt"))
    assert "Efteråt" in _names()


@pytest.fixture
def foreign_lock(own_database: Own) -> Any:
    """Another process holds the database. Only SQLite has one lock for all."""
    engine, _world = own_database
    if engine.dialect.name == "sqlite":
        other = sqlite3.connect(str(engine.url.database), isolation_level=None, check_same_thread=False)
        other.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")
        yield lambda: other.execute("ROLLBACK")
        other.close()
    else:
        connection = engine.connect()
        connection.exec_driver_sql("LOCK TABLE house IN ACCESS EXCLUSIVE MODE")
        yield connection.rollback
        connection.close()


def test_a_writer_waits_for_a_foreign_lock_and_then_succeeds(foreign_lock: Any) -> None:
    timer = threading.Timer(0.4, foreign_lock)
    began = time.monotonic()
    timer.start()
    _add("Till slut")
    timer.join()
    assert time.monotonic() - began >= 0.35
    assert "Till slut" in _names()


def test_a_lock_that_stays_answers_busy(own_database: Own) -> None:
    engine, _world = own_database
    first, errors = threading.Event(), []
    release = threading.Event()

    def hold() -> None:
        with transaction() as s:
            s.add(House(name="Först"))
            s.flush()
            first.set()
            release.wait(10)
        db.remove()

    holder = threading.Thread(target=hold)
    holder.start()
    assert first.wait(10)
    try:
        if engine.dialect.name == "sqlite":
            with pytest.raises(Busy), transaction(patience=0.1):
                errors.append("got in")
        else:  # many may write at once; only the same row makes them wait
            with transaction(patience=0.1) as s:
                s.add(House(name="Bredvid"))
                s.flush()
    finally:
        release.set()
        holder.join()
    assert errors == []
    assert "Först" in _names()


def test_what_another_process_committed_is_seen_at_the_next_transaction(own_database: Own) -> None:
    engine, _world = own_database
    before = _names()  # opens a read snapshot
    house = House(name="Från andra")
    with engine.begin() as other:
        other.execute(House.__table__.insert().values(id=house.id or 77, name="Från andra"))  # type: ignore[attr-defined]
    with transaction():
        assert _names() == before | {"Från andra"}


def test_another_process_reads_each_announcement_once(own_database: Own) -> None:
    heard: list[int] = []
    engine, _world = own_database
    announcements.configure(lambda _room, _event, ids: heard.append(ids["n"]))
    _from_elsewhere(engine, 5_000_002, 2)
    announcements.look()
    _from_elsewhere(engine, 5_000_001, 1)  # a smaller id that became visible later
    _from_elsewhere(engine, 5_000_003, 3)
    announcements.look()
    announcements.look()
    assert heard == [2, 1, 3]
    announce("x", "own", n=4)
    announcements.look()
    assert heard == [2, 1, 3, 4], "one's own is told at once and not again"


def test_what_a_knock_names_is_read_once_and_nothing_old(own_database: Own) -> None:
    heard: list[int] = []
    engine, _world = own_database
    announcements.configure(lambda _room, _event, ids: heard.append(ids["n"]))
    with clock.at(clock.now() - timedelta(minutes=10)):
        _from_elsewhere(engine, 5_000_001, 1)
    _from_elsewhere(engine, 5_000_003, 3)
    _from_elsewhere(engine, 5_000_002, 2)
    announcements.bring({5_000_003, 5_000_001, 5_000_009})
    assert heard == [3]
    announcements.look()
    announcements.bring({5_000_002, 5_000_003})
    assert heard == [3, 2]


def test_a_delivery_that_fails_undoes_nothing(own_database: Own, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_room: str, _event: str, _ids: dict[str, Any]) -> None:
        raise RuntimeError("the line is dead")

    announcements.configure(fail)
    with transaction():
        _add("Trots allt")
        announce("x", "y", n=1)
    assert "Trots allt" in _names()
    assert "was not delivered" in caplog.text


def _from_elsewhere(engine: Engine, row_id: int, number: int) -> None:
    from community.core import clock

    with engine.begin() as other:
        row = {"id": row_id, "room": "x", "event": "y", "ids": {"n": number}, "created_at": clock.now()}
        other.execute(Announcement.__table__.insert().values(row))  # type: ignore[attr-defined]


def test_a_number_is_never_given_out_twice(own_database: Own) -> None:
    """The demo writes a year in its first second; the night's clearing then takes it all. What comes next must not
    look like something delivered already."""
    with transaction():
        announce("stream:1", "x", n=1)
    numbers = set(session().scalars(select(Announcement.id)))
    announcements.clear_out(clock.now() + timedelta(hours=2))
    with transaction():
        announce("stream:1", "x", n=2)
    left = set(session().scalars(select(Announcement.id)))
    assert len(left) == 2 and left - numbers, "the newest stays, and the next has a number of its own"
