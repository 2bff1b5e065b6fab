"""The servers the other tests stand on: they start, they answer, they are separate, they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest
import redis

from tests.children import ServerMissing
from tests.copies import PostgresCopies, SqliteCopies
from tests.servers import Postgres, Valkey, find_chromium


def ask(url: str, sql: str) -> list[tuple[object, ...]]:
    """Runs one statement; rows where there are any."""
    connection = psycopg2.connect(url.replace("+psycopg2", "", 1))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []
    finally:
        connection.close()


def test_postgres_answers_and_lowers_swedish_letters(postgres_copies: PostgresCopies) -> None:
    url = postgres_copies.copy("empty", lambda _: None)
    assert ask(url, "SELECT 1, lower('ÅÄÖ')") == [(1, "åäö")]


def test_postgres_copies_are_prepared_once_and_separate(postgres_copies: PostgresCopies) -> None:
    prepared = []

    def prepare(url: str) -> None:
        prepared.append(url)
        ask(url, "CREATE TABLE note (text text)")

    name = f"notes_{os.getpid()}"
    first, second = postgres_copies.copy(name, prepare), postgres_copies.copy(name, prepare)
    ask(first, "INSERT INTO note VALUES ('here')")
    assert (len(prepared), ask(second, "SELECT * FROM note")) == (1, [])


def test_a_preparation_that_failed_is_done_again(postgres_copies: PostgresCopies) -> None:
    name = f"again_{os.getpid()}"

    def fail(url: str) -> None:
        ask(url, "CREATE TABLE half ()")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        postgres_copies.copy(name, fail)
    url = postgres_copies.copy(name, lambda url: None)
    assert ask(url, "SELECT count(*) FROM pg_tables WHERE tablename = 'half'") == [(0,)]


def test_sqlite_copies_are_prepared_once_and_separate(tmp_path: Path) -> None:
    prepared = []

    def prepare(url: str) -> None:
        prepared.append(url)
        Path(url.removeprefix("sqlite:///")).touch()

    copies = SqliteCopies(tmp_path)
    first, second = copies.copy("notes", prepare), copies.copy("notes", prepare)
    assert len(prepared) == 1
    assert first != second


def test_valkey_answers_stops_and_comes_back() -> None:
    with Valkey() as valkey, redis.Redis.from_url(valkey.url, socket_timeout=0.3) as client:
        assert client.ping()
        valkey.freeze()
        with pytest.raises(redis.exceptions.TimeoutError):
            client.ping()
        valkey.thaw()
        valkey.stop()
        with pytest.raises(redis.exceptions.ConnectionError):
            client.ping()
        valkey.start()
        assert client.ping()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_servers_end_with_a_killed_test_run() -> None:
    program = (
        "import time; from tests.servers import Postgres, Valkey; p, v = Postgres(), Valkey();"
        "print(p.child.pid, v.child.pid, p.folder, v.folder, flush=True); time.sleep(60)"
    )
    run = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    with run.stdout:
        postgres, valkey, *folders = run.stdout.readline().split()
    run.send_signal(signal.SIGKILL)
    run.wait()
    try:
        wait_until_gone(int(postgres))
        wait_until_gone(int(valkey))
    finally:
        subprocess.run(["rm", "-rf", *folders], check=True)


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and "zombie" not in Path(f"/proc/{pid}/status").read_text():
        assert time.monotonic() < deadline, f"process {pid} still runs"
        time.sleep(0.05)


def test_a_closed_postgres_leaves_nothing() -> None:
    with Postgres() as postgres:
        pid, folder = postgres.child.pid, postgres.folder
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not folder.exists()


def test_a_machine_without_a_browser_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.servers.chromium_or_none", lambda: None)
    with pytest.raises(ServerMissing, match=r"^The browser tests need Chrome or Chromium: [^.]+\.$"):
        find_chromium()
