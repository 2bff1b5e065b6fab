"""Rewriting the database's files, so that what was deleted is nowhere in them.

SQLite overwrites what it deletes (secure_delete), but moving rows between pages can leave bytes of them behind, and its
log keeps old pages until it is carried over: VACUUM writes every page anew, a checkpoint empties the log. PostgreSQL
leaves dead rows in their pages: VACUUM FULL writes a table anew. Both make writers (on PostgreSQL: of that one table,
and its readers) wait meanwhile, so it is done at night, in a process of its own.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sqlalchemy import NullPool, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from community.core.snapshots import Impossible

ROOM = 2.2  # of the file's size: the rewritten copy, and the log it goes through
PATIENCE = 60.0  # seconds somebody who still reads an old page is waited for
LOCK_PATIENCE, TRIES = "2s", 5  # on PostgreSQL: nobody queues behind us for longer than that


def compact(url: str, tables: Iterable[str]) -> dict[str, float]:
    """Write anew what holds bytes of deleted rows: the whole SQLite file, or these tables of PostgreSQL. Returns how
    many seconds others may have waited, by part. Raises Impossible where there is no room, or nobody lets go."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(Path(make_url(url).database or ""))
    return _postgresql(url, tables)


def _sqlite(path: Path) -> dict[str, float]:
    size = path.stat().st_size
    if shutil.disk_usage(path.parent).free < size * ROOM:
        raise Impossible(f"There is no room to write {path.name} anew: {int(size * ROOM)} bytes are needed.")
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as line:
        line.execute("PRAGMA secure_delete = ON")
        began = time.monotonic()
        line.execute("VACUUM")
        took = {"VACUUM": time.monotonic() - began}
        _empty_log(line)
    return took


def _empty_log(line: sqlite3.Connection) -> None:
    """Carried over and cut to nothing; whoever reads an old page is waited for."""
    until = time.monotonic() + PATIENCE
    while line.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > until:
            raise Impossible("The log beside the database could not be emptied: somebody has been reading for long.")
        time.sleep(0.2)


def _postgresql(url: str, tables: Iterable[str]) -> dict[str, float]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    took: dict[str, float] = {}
    with engine.connect() as line:
        line.execute(text(f"SET lock_timeout = '{LOCK_PATIENCE}'"))
        there = set(line.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")).scalars())
        for table in sorted(set(tables) & there):
            for attempt in range(1, TRIES + 1):
                began = time.monotonic()
                try:
                    line.execute(text(f'VACUUM FULL "{table}"'))
                    break
                except OperationalError as error:
                    if attempt == TRIES:
                        raise Impossible(f"{table} could not be written anew: somebody has kept it locked.") from error
                    time.sleep(1)
            took[table] = time.monotonic() - began
    return took
