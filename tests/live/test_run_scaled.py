"""`make run-scaled`: one command, several processes, and nothing left of them.

PostgreSQL and Redis are the machine's own or the packages'; where there is no nginx a small stand-in serves.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from scaled import front
from scaled.children import CannotStart
from tests.children import free_port
from tests.live.house import eventually
from tests.live.people import Line, Person
from tests.live.supervised import adults_chat, path_with_nginx, pids_of, supervised
from tests.serve import ROOT, Hearth


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path that PostgreSQL's user may go through too."""
    made = Path(tempfile.mkdtemp(prefix="hearth-run-", dir="/tmp"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def lines_of(person: Person, chat: int, count: int) -> list[Line]:
    return [person.line().joined(chat) for _line in range(count)]


def says_until_taken(person: Person, chat: int, text: str) -> int:
    """As pages do: what was on its way to a server that died is sent again, under the same name."""
    named = str(uuid.uuid4())

    def say() -> str | None:
        fields = {"text": text, "client_id": named, "picked": "", "quote": ""}
        try:
            answer = person.post(f"/chat/{chat}/messages", accept="application/json", **fields)
        except (http.client.RemoteDisconnected, ConnectionError):
            return None
        return str(answer.json()["id"]) if answer.status == 200 else None

    return int(eventually(say, what="an answer"))


@pytest.mark.timeout(240)
def test_it_serves_through_deaths_and_leaves_nothing(folder: Path) -> None:
    with supervised(folder) as (door, supervisor):
        servers = pids_of(supervisor.pid, "wsgi.py")
        assert len(servers) == 2 and "password hearth-demo" in door.log.read_text()
        johanna, sofia = Person(door).sign_in("johanna"), Person(door).sign_in("sofia")
        chat = adults_chat(johanna)
        lines = lines_of(sofia, chat, 4)
        try:
            piece = says_until_taken(johanna, chat, "Till alla fyra")
            for line in lines:
                line.piece(piece)
            os.kill(servers[0], signal.SIGKILL)
            eventually(lambda: any(not line.open for line in lines), what="a cut line")
            assert any(line.open for line in lines), "all four were on one server"
            last = lines[0].pieces()[-1]["seq"]
            missed = says_until_taken(johanna, chat, "Medan en startar om")
            lines.append(sofia.line().joined(chat))
            assert [piece["id"] for piece in sofia.since(chat, last)["pieces"]] == [missed]
            eventually(lambda: len(pids_of(supervisor.pid, "wsgi.py")) == 2, 30, "the second server")
            (redis,) = pids_of(supervisor.pid, "-server")
            os.kill(redis, signal.SIGKILL)
            piece = says_until_taken(johanna, chat, "Utan Redis")
            lines[-1].piece(piece)
            eventually(lambda: pids_of(supervisor.pid, "-server") not in ([], [redis]), 30, "Redis")
        finally:
            for line in lines:
                line.close()
        everybody = pids_of(supervisor.pid, "")
        assert len(everybody) == 5
        second = subprocess.run(
            [sys.executable, "-m", "scaled"],
            env={**door.env, "PORT": str(free_port())},
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert second.returncode and "Another make run-scaled uses" in second.stderr
        supervisor.send_signal(signal.SIGTERM)
        assert supervisor.wait(30) == 0
    assert not [pid for pid in everybody if Path(f"/proc/{pid}").exists()]
    assert not (folder / "data" / "run").exists() and not door.is_well()


REFUSED = [
    ({"DATABASE_URL": "sqlite:////tmp/hearth.db"}, r"needs PostgreSQL"),
    ({"PROCESSES": "17"}, r"up to 16"),
    ({"HEARTH_ENV": "production", "SECRET_KEY": "k" * 40, "PUBLIC_URL": "https://hearth.example"}, r"in deploy/"),
    ({"HEARTH_DATA": "/tmp/" + "long/" * 20}, r"choose a shorter one with DATA"),
]


@pytest.mark.parametrize(("changed", "says"), REFUSED, ids=lambda value: str(value)[:30])
def test_what_cannot_work_is_refused_with_a_sentence(folder: Path, changed: dict[str, str], says: str) -> None:
    env = {**Hearth(folder / "data", PATH=path_with_nginx(folder)).env, **changed}
    if "HEARTH_ENV" in changed:
        env |= {"DEMO": "0", "INSECURE_LOCAL": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "scaled"], env=env, cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    shutil.rmtree("/tmp/long", ignore_errors=True)
    assert done.returncode and re.search(says, done.stderr), done.stderr
    assert done.stderr.strip().count("\n") == 0


def test_a_machine_without_nginx_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(front, "PLACES", str(folder))
    with pytest.raises(CannotStart, match=r"^nginx is missing: install it \(Debian: apt install nginx-light\)\.$"):
        front.program()
