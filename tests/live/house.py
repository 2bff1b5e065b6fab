"""A running house with demo people for one test: its server, its database from outside, its command line."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.copies import PostgresCopies, SqliteCopies
from tests.live.people import Person
from tests.serve import ROOT, Hearth

SECRET = "a-secret-for-trials-only-0123456789abcdef"

_COMMANDS = """
import json, sys
from community.app import create_app
runner = create_app().test_cli_runner()
for line in sys.stdin:
    done = runner.invoke(args=json.loads(line))
    print(json.dumps([done.exit_code, done.output]), flush=True)
"""

_numbers = itertools.count(1)

_FILL = """
from datetime import timedelta

from sqlalchemy import select

import config
from community.app import create_app
from community.core import clock, schema
from community.core.db import transaction
from community.demo import seed
from community.members.models import Member
from community.rota.models import Shift
settings = config.load()
with create_app(settings).app_context():
    schema.upgrade(settings.database_url)
    seed.fill(settings)
    with transaction() as s:  # a host at every hour, so that what stories write does not wait for one
        host = s.scalar(select(Member.id).where(Member.sign_in_name == "anders"))
        for day in range(-9, 500, 3):
            begins = clock.now() + timedelta(days=day)
            shift = Shift(member_id=host, role="host", starts_at=begins, ends_at=begins + timedelta(days=3))
            shift.day = clock.local(begins).date()
            s.add(shift)
        s.flush()
"""


class House:
    """One database with its demo people, and one or more servers over it."""

    def __init__(
        self, folder: Path, database_url: str, *, program: tuple[str, ...] = ("wsgi.py",), **settings: str
    ) -> None:
        self.folder, self.database_url, self.program = folder, database_url, program
        self.settings = {"SECRET_KEY": SECRET, "DEMO_NO_LIMITS": "1", **settings}
        self.server = self.another()

    @property
    def sqlite_file(self) -> Path | None:
        return Path(self.database_url.removeprefix("sqlite:///")) if self.database_url.startswith("sqlite") else None

    def another(self, **settings: str) -> Hearth:
        """One more server over the same database, on its own port; not started."""
        name = f"house-{next(_numbers)}"
        server = Hearth(self.folder / name, database_url=self.database_url, **{**self.settings, **settings})
        server.program = self.program
        return server

    def person(self, name: str, server: Hearth | None = None) -> Person:
        """Somebody who has signed in."""
        return Person(server or self.server).sign_in(name)

    def ask(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """One statement on the database, from outside; rows where there are any. Values as in `:name`."""
        if self.sqlite_file:
            with contextlib.closing(sqlite3.connect(self.sqlite_file, timeout=10)) as line, line:
                return line.execute(sql, values).fetchall()
        import psycopg2

        line = psycopg2.connect(self.database_url.replace("+psycopg2", "", 1))
        line.autocommit = True
        with contextlib.closing(line), line.cursor() as cursor:
            for name in values:
                sql = sql.replace(f":{name}", f"%({name})s")
            cursor.execute(sql, values)
            return list(cursor.fetchall()) if cursor.description else []

    def member(self, name: str) -> int:
        return int(self.ask("SELECT id FROM member WHERE sign_in_name = :name", name=name)[0][0])

    def flask(self, *words: str) -> str:
        """A command beside the server, as a person would type it."""
        command = [sys.executable, "-m", "flask", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.server.env, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextlib.contextmanager
    def command_line(self) -> Iterator[Callable[..., str]]:
        """Many commands in one process beside the server (starting `flask` takes seconds, and rounds are many)."""
        run = subprocess.Popen(
            [sys.executable, "-c", _COMMANDS],
            cwd=ROOT,
            env=self.server.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert run.stdin and run.stdout

        def command(*words: str) -> str:
            assert run.stdin and run.stdout
            print(json.dumps(words), file=run.stdin, flush=True)
            code, output = json.loads(run.stdout.readline())
            assert code == 0, output
            return str(output)

        with run.stdin, run.stdout:
            try:
                yield command
            finally:
                run.stdin.close()
                run.wait(30)

    def keep_apart(self, one: str, other: str) -> None:
        """A separation between two people (there is no screen for it yet)."""
        low, high = sorted((self.member(one), self.member(other)))
        self.ask(
            "INSERT INTO exclusion (id, kind, low_id, high_id, made_by, made_at)"
            " VALUES (:id, 'separation', :low, :high, :low, :now)",
            id=low % 1_000_000 + 7,
            low=low,
            high=high,
            now=self.now(),
        )

    def now(self) -> Any:
        """The present as this database stores moments."""
        moment = datetime.now(UTC)
        return moment.strftime("%Y-%m-%d %H:%M:%S.%f") if self.sqlite_file else moment

    def thread(self, key: str = "vardagsrummet") -> int:
        """The newest demo thread of a channel."""
        rows = self.ask(
            "SELECT stream.id FROM stream JOIN space ON space.id = stream.space_id"
            " WHERE space.slug = :slug AND stream.kind = 'thread' ORDER BY stream.active_at DESC LIMIT 1",
            slug=key,
        )
        return int(rows[0][0])

    def chat(self, key: str = "vardagsrummet") -> int:
        """The chat of a channel; a job makes it soon after the first start."""
        its = "SELECT stream_id FROM chat_room JOIN space ON space.id = standing_in WHERE slug = :slug"
        return int(eventually(lambda: self.ask(its, slug=key), what="the first chat")[0][0])

    def events(self, stream: int) -> list[tuple[int, int]]:
        """(seq, prev) of a stream in their order."""
        return [
            (int(seq), int(prev))
            for seq, prev in self.ask(
                "SELECT seq, prev FROM stream_event WHERE stream_id = :stream ORDER BY seq", stream=stream
            )
        ]

    def is_sound(self) -> bool:
        """What the database says of itself."""
        return self.sqlite_file is None or self.ask("PRAGMA integrity_check") == [("ok",)]

    @contextlib.contextmanager
    def served(self) -> Iterator[House]:
        with self.server:
            yield self


def prepare(folder: Path) -> Any:
    """What fills an empty database with the demo, once for a whole run."""

    def fill(url: str) -> None:
        env = {"HEARTH_DATA": str(folder / "prepared"), "DEMO": "1", "INSECURE_LOCAL": "1"}
        env |= {"SECRET_KEY": SECRET, "DATABASE_URL": url, "PATH": os.environ["PATH"]}
        run_quietly([sys.executable, "-c", _FILL], env)

    return fill


def run_quietly(command: list[str], env: Mapping[str, str]) -> str:
    done = subprocess.run(command, cwd=ROOT, env=dict(env), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def copied(copies: SqliteCopies | PostgresCopies, folder: Path, **settings: Any) -> House:
    """A house of its own over a fresh copy of the prepared demo."""
    return House(folder, copies.copy("live_demo", prepare(folder)), **settings)


def eventually(ready: Any, seconds: float = 10.0, what: str = "it") -> Any:
    """The first true answer of `ready()`; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        answer = ready()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"{what} did not happen within {seconds} s"
        time.sleep(0.02)
