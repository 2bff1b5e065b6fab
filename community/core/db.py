"""The database: engine, session, and `transaction()`, the only place that commits.

SQLite (one file, WAL, synchronous=FULL) and PostgreSQL. On SQLite there is one writer at a time: a process-wide lock,
then BEGIN IMMEDIATE, tried again with ever longer pauses for up to eight seconds. Inside the server nothing ever waits
inside SQLite itself, because that would stop every other person's request.
"""

from __future__ import annotations

import logging
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from community.core import loop, metrics, reserve
from community.core.errors import Busy, Full
from community.core.model_base import Base, BigId, UtcDateTime, ids_from, new_id

__all__ = [
    "Base",
    "BigId",
    "UtcDateTime",
    "add_once",
    "after_commit",
    "close",
    "engine",
    "ids_from",
    "new_id",
    "refusal",
    "session",
    "step",
    "take_turns",
    "transaction",
    "wait_for_room",
]

_log = logging.getLogger(__name__)

PATIENCE = 8.0  # seconds a writer waits for another process before saying Busy
SHORTEST_PAUSE, LONGEST_PAUSE = 0.005, 0.1

_engine: Engine | None = None
_factory: sessionmaker[Session] = sessionmaker(expire_on_commit=False)
_sessions: scoped_session[Session] = scoped_session(_factory)
_writer = loop.lock()


def configure(url: str, *, synchronous: str = "FULL") -> Engine:
    """Open the database once per process. `synchronous` concerns SQLite: FULL survives a power cut."""
    global _engine
    if url.startswith("sqlite"):
        path = make_url(url).database or ""
        reserve.configure(Path(path))
        _engine = create_engine(url, creator=lambda: _open_sqlite(path), hide_parameters=True)
        _prepare_sqlite(_engine, synchronous)
        _watch_file(_engine, path)
    else:
        reserve.configure(None)
        waits = {"options": f"-c lock_timeout={int(PATIENCE * 1000)}"}
        _engine = create_engine(
            url, pool_size=5, max_overflow=5, pool_pre_ping=True, connect_args=waits, hide_parameters=True
        )
    bind(_engine)
    return _engine


def bind(target: Engine | Connection, **options: Any) -> None:
    """Let new sessions speak to `target` (tests hand in a connection whose work is rolled back)."""
    _sessions.remove()
    _factory.configure(bind=target, **options)


@contextmanager
def elsewhere(url: str) -> Iterator[None]:
    """For a while this process works in another database (a backup that was put back), and then in its own again."""
    global _engine
    before, bound = _engine, _factory.kw.get("bind")
    try:
        configure(url)
        yield
    finally:
        remove()
        engine().dispose()
        if before is not None and before.dialect.name == "sqlite":
            reserve.configure(Path(before.url.database or ""))
        _engine = before
        _factory.configure(bind=bound)


def engine() -> Engine:
    if _engine is None:
        raise RuntimeError("the database was not configured")
    return _engine


def close() -> None:
    """Let go of the database at the end of a server. On SQLite what still stands in the file beside it (-wal) is
    carried over, so that whoever copies the one file of a stopped server has all of it. While somebody else has it open
    it may stay there."""
    engine().dispose()
    if engine().dialect.name == "sqlite":
        line = sqlite3.connect(engine().url.database or "", timeout=1, isolation_level=None)
        try:
            line.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            _log.warning("what stands beside the database file was not carried over: %s", error)
        finally:
            line.close()


def session() -> Session:
    """This thread's or greenlet's session. Read through it; write inside `transaction()`."""
    return _sessions()


def remove() -> None:
    """Give the connection back. Called at the end of every request, socket event and piece of background work."""
    _sessions.remove()


def wait_for_room() -> None:
    """What this request or event writes may wait while the disk is full (see reserve.py)."""
    session().info["may_wait"] = True


def refusal(error: Exception) -> Busy:
    """What the database's own refusal means to the person who meets it."""
    said = str(getattr(error, "orig", error))
    full = isinstance(error, DBAPIError) and ("is full" in said or "No space left" in said)
    return Full() if full else Busy()


def after_commit(work: Callable[[], None]) -> None:
    """Do `work` once the outermost transaction has committed; dropped with the transaction that asked for it."""
    session().info.setdefault("after_commit", []).append(work)


@contextmanager
def transaction(*, patience: float = PATIENCE) -> Iterator[Session]:
    """All or nothing. The outermost one starts a fresh write transaction and commits it; an inner one is a savepoint.

    Raises Busy when another process keeps the database for longer than `patience` seconds, Full when the disk is.
    """
    current = session()
    if current.info.get("inside"):
        with _savepoint(current):
            yield current
        return
    if current.info.get("may_wait") and reserve.is_short():
        raise Full
    if current.new or current.dirty or current.deleted:
        raise RuntimeError("changes were made outside a transaction")
    current.rollback()  # ends the read snapshot; what another process committed since must be seen
    current.info.update(inside=True, after_commit=[], torn=False)
    try:
        with _write_turn(current, patience):
            try:
                yield current
                if current.info["torn"]:
                    raise RuntimeError("a step of the transaction failed and was passed over")
                current.commit()
            except BaseException:
                current.rollback()
                current.info["after_commit"] = []
                raise
    finally:
        current.info["inside"] = False
    for work in current.info.pop("after_commit", []):
        work()


@contextmanager
def step() -> Iterator[Session]:
    """A part of the caller's transaction that succeeds or fails with the whole of it (or with the savepoint it stands
    in): nobody may catch what it raises and go on to commit. Where there is no transaction, one of its own. A savepoint
    costs more than most statements, so what is done with every message has none."""
    current = session()
    if not current.info.get("inside"):
        with transaction() as own:
            yield own
        return
    try:
        yield current
    except BaseException:
        current.info["torn"] = True
        raise


def take_turns(number: int) -> None:
    """Inside a transaction: whoever comes with the same number, from whichever process, waits until this one has ended,
    however long that takes. On SQLite there is one writer anyway."""
    current = session()
    if current.get_bind().dialect.name != "sqlite":
        current.execute(text("SET LOCAL lock_timeout = 0"))
        current.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def add_once(row: Base) -> None:
    """Write a row that another device of the same person may be writing at the same moment: the other's is as good."""
    try:
        with transaction() as s:
            s.add(row)
            s.flush()
    except IntegrityError:
        pass


@contextmanager
def _savepoint(current: Session) -> Iterator[None]:
    asked: list[Any] = current.info["after_commit"]
    before, torn = len(asked), current.info["torn"]
    try:
        with current.begin_nested():
            yield
    except BaseException:
        del asked[before:]
        current.info["torn"] = torn
        raise


@contextmanager
def _write_turn(current: Session, patience: float) -> Iterator[None]:
    bound = current.get_bind()
    if bound.dialect.name != "sqlite":
        yield
        return
    began = time.monotonic()
    if not _writer.acquire(timeout=patience or 0.001):
        metrics.writer_gave_up()
        raise Busy
    try:
        try:
            current.connection(execution_options={"write_patience": patience})
        except Busy:
            metrics.writer_gave_up()
            raise
        metrics.writer_waited(time.monotonic() - began)
        yield
    finally:
        _writer.release()


def _prepare_sqlite(target: Engine, synchronous: str) -> None:
    @event.listens_for(target, "connect")
    def connected(raw: sqlite3.Connection, _record: Any) -> None:
        raw.isolation_level = None  # BEGIN is ours, see `begun`
        # The server never waits inside SQLite (it would stop the loop); a command may.
        raw.execute(f"PRAGMA busy_timeout = {0 if loop.GREEN else 5000}")
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute(f"PRAGMA synchronous = {synchronous}")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA secure_delete = ON")
        raw.execute("PRAGMA cache_size = -32000")

    @event.listens_for(target, "begin")
    def begun(connection: Connection) -> None:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        patience = connection.get_execution_options().get("write_patience")
        if patience is None:
            raw.execute("BEGIN")
        else:
            _begin_immediate(raw, patience)


def _open_sqlite(path: str) -> sqlite3.Connection:
    """Only what is there: a file that has gone is an error, never silently a new and empty one."""
    return sqlite3.connect(f"file:{quote(path)}?mode=rw", uri=True, check_same_thread=False)


def _watch_file(target: Engine, path: str) -> None:
    """A connection to a file that was moved or deleted meanwhile is dropped: what it wrote would be lost."""

    @event.listens_for(target, "connect")
    def connected(_raw: Any, record: Any) -> None:
        record.info["inode"] = os.stat(path).st_ino

    @event.listens_for(target, "checkout")
    def taken(_raw: Any, record: Any, _proxy: Any) -> None:
        try:
            same = os.stat(path).st_ino == record.info["inode"]
        except FileNotFoundError:
            same = False
        if not same:
            raise DisconnectionError("the database file was replaced")


def _begin_immediate(raw: Any, patience: float) -> None:
    waited, pause = 0.0, SHORTEST_PAUSE
    while True:
        try:
            raw.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) and "busy" not in str(error):
                raise
            if waited >= patience:
                raise Busy from error
        step = pause * random.uniform(0.8, 1.2)
        loop.sleep(step)
        waited, pause = waited + step, min(pause * 2, LONGEST_PAUSE)
