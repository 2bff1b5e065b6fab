"""Copies of the whole database as of one moment, while others go on writing; and putting such a copy back.

SQLite through its online backup, PostgreSQL through pg_dump and pg_restore (PG_BIN or the path).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, NullPool, create_engine, inspect, make_url, text


class Impossible(Exception):
    """It can't be done; the message is a sentence that says what is missing or wrong."""


@dataclass(frozen=True)
class Snapshot:
    """`counts` are the rows of each table in that very copy, `revision` its schema."""

    kind: str
    file: Path
    revision: str
    counts: dict[str, int]


def kind_of(url: str) -> str:
    """'sqlite' or 'postgresql'."""
    return make_url(url).get_backend_name()


@contextmanager
def taken(url: str, file: Path) -> Iterator[tuple[Snapshot, Connection]]:
    """Copy the database into one new file; the connection reads the very moment that was copied. Raises Impossible."""
    with (_taken_sqlite if kind_of(url) == "sqlite" else _taken_postgresql)(url, file) as found:
        yield found


@contextmanager
def reading(file: Path) -> Iterator[Connection]:
    """A SQLite copy, to look into; it stays one file."""
    address = f"file:{quote(str(file))}?mode=ro"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool)
    with engine.connect() as line:
        yield line


@contextmanager
def reading_database(url: str) -> Iterator[Connection]:
    """A PostgreSQL database as of one moment."""
    with create_engine(url, isolation_level="REPEATABLE READ", poolclass=NullPool).connect() as line:
        yield line


def counts_of(line: Connection) -> dict[str, int]:
    """The rows of every table."""
    names = sorted(inspect(line).get_table_names())
    return {name: int(line.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()) for name in names}


def revision_of(line: Connection) -> str:
    """The schema revision; Impossible where there is none."""
    if "alembic_version" not in inspect(line).get_table_names():
        raise Impossible("There is no Hearth in this database: run `flask database upgrade` first.")
    return str(line.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def is_empty(url: str) -> bool:
    """Whether a PostgreSQL database holds no table at all. Raises Impossible when it can't be reached."""
    ours = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    with reading_database(url) as line:
        return not line.execute(text(ours)).scalar_one()


def put_back(file: Path, url: str) -> None:
    """Fill an empty PostgreSQL database from a dump, all or nothing. Raises Impossible."""
    _run(_program("pg_restore", url), "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
         "--dbname", _address(url), str(file), url=url)  # fmt: skip


@contextmanager
def _taken_sqlite(url: str, file: Path) -> Iterator[tuple[Snapshot, Connection]]:
    path = make_url(url).database or ""
    try:
        source = sqlite3.connect(f"file:{quote(path)}?mode=rw", uri=True, timeout=30)
    except sqlite3.OperationalError as error:
        raise Impossible(f"There is no database at {path}: check HEARTH_DATA or DATABASE_URL.") from error
    with closing(source), closing(sqlite3.connect(file)) as copy:
        source.backup(copy)  # one read snapshot: writers go on beside it
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    with reading(file) as line:
        yield Snapshot("sqlite", file, revision_of(line), counts_of(line)), line


@contextmanager
def _taken_postgresql(url: str, file: Path) -> Iterator[tuple[Snapshot, Connection]]:
    program = _program("pg_dump", url)
    with reading_database(url) as line:
        same_moment = line.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        found = Snapshot("postgresql", file, revision_of(line), counts_of(line))
        _run(program, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={same_moment}",
             f"--file={file}", _address(url), url=url)  # fmt: skip
        yield found, line


def _program(name: str, url: str) -> str:
    """PostgreSQL's own program, of the server's version or newer. Raises Impossible with what is missing."""
    with reading_database(url) as line:
        server = int(line.execute(text("SHOW server_version_num")).scalar_one()) // 10000
    found = shutil.which(name, path=os.environ.get("PG_BIN") or None)
    missing = (
        f"{name} of PostgreSQL {server} or newer is missing: install PostgreSQL's client programs, or name their "
        "folder in PG_BIN."
    )
    if found is None:
        raise Impossible(missing)
    said = subprocess.run([found, "--version"], capture_output=True, text=True).stdout
    version = next((word.split(".")[0] for word in said.split() if word[0].isdigit()), "0")
    if not version.isdigit() or int(version) < server:
        raise Impossible(f"{missing} The one found, {found}, is older.")
    return found


def _address(url: str) -> str:
    """For PostgreSQL's programs; the password travels in the environment, where other people's `ps` does not look."""
    return make_url(url).set(drivername="postgresql")._replace(password=None).render_as_string(hide_password=False)


def _run(program: str, *arguments: str, url: str) -> None:
    env = {**os.environ, "LC_ALL": "C"}
    password = make_url(url).password
    if password is not None:
        env["PGPASSWORD"] = str(password)
    done = subprocess.run([program, *arguments], env=env, capture_output=True, text=True)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Impossible(f"{Path(program).name} did not succeed: {last}")
