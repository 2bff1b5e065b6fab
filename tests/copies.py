"""Databases prepared once and copied as often as needed, on SQLite and on PostgreSQL."""

from __future__ import annotations

import contextlib
import fcntl
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

Prepare = Callable[[str], None]  # gets the URL of an empty database and fills it


class SqliteCopies:
    """Files in one folder, which all workers of a test run share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def copy(self, name: str, prepare: Prepare) -> str:
        source, target = self.folder / f"{name}.db", self.folder / f"{name}-{secrets.token_hex(4)}.db"
        with _locked(self.folder / f"{name}.lock"):
            if not source.exists():
                half = source.with_suffix(".half")
                half.unlink(missing_ok=True)
                prepare(f"sqlite:///{half}")
                _copy_sqlite(half, source)
        _copy_sqlite(source, target)
        return f"sqlite:///{target}"


class PostgresCopies:
    """Databases of one server, which all workers of a test run share."""

    def __init__(self, postgres_folder: Path) -> None:
        self.folder = postgres_folder

    def copy(self, name: str, prepare: Prepare) -> str:
        copied = f"{name}_{secrets.token_hex(4)}"
        with self._one_at_a_time() as run:
            if not run("SELECT 1 FROM pg_database WHERE datname = %s", name):
                run(f"DROP DATABASE IF EXISTS {name}_half WITH (FORCE)")
                run(f"CREATE DATABASE {name}_half TEMPLATE template0")
                prepare(self._url(f"{name}_half"))
                # A template may have no visitors, and a pool kept open by `prepare` is one.
                run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", f"{name}_half")
                run(f"ALTER DATABASE {name}_half RENAME TO {name}")
            run(f"CREATE DATABASE {copied} TEMPLATE {name} STRATEGY file_copy")
        return self._url(copied)

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg2://postgres@/{database}?host={self.folder}"

    @contextlib.contextmanager
    def _one_at_a_time(self) -> Iterator[Callable[..., list[tuple[object, ...]]]]:
        """A connection that holds the server's lock for copying; closing it, or dying, lets go."""
        import psycopg2

        connection = psycopg2.connect(self._url("postgres").replace("+psycopg2", "", 1))
        connection.autocommit = True
        cursor = connection.cursor()

        def run(sql: str, *values: object) -> list[tuple[object, ...]]:
            cursor.execute(sql, values)
            return list(cursor.fetchall()) if cursor.description else []

        try:
            run("SELECT pg_advisory_lock(20130815)")
            yield run
        finally:
            connection.close()


def _copy_sqlite(source: Path, target: Path) -> None:
    """Through SQLite itself, so that what still lies in the write-ahead log comes along; whole or not at all."""
    waiting = target.with_suffix(".copying")
    with contextlib.closing(sqlite3.connect(source)) as old, contextlib.closing(sqlite3.connect(waiting)) as new:
        old.backup(new)
    waiting.rename(target)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with open(path, "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
