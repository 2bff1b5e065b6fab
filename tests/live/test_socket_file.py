"""Behind a proxy of its machine the server listens on a socket file: for those it lets in, once, and never stale."""

from __future__ import annotations

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.children import ServerMissing
from tests.live.house import House
from tests.live.people import Person
from tests.serve import ROOT


@pytest.fixture
def file(live_folder: Path) -> Path:
    return live_folder / "door.sock"


@pytest.fixture
def house(fresh_house: Callable[..., House], file: Path) -> House:
    return fresh_house(SOCKET=str(file), TRUSTED_PROXIES="1", DEMO_NO_LIMITS="0")


def test_pages_and_lines_come_through_the_file_and_no_port_is_open(house: House, file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o660
    amina = house.person("amina")
    thread = house.thread()
    with house.person("isla").line().joined(thread) as line:
        line.piece(amina.says(thread, "Genom filen"))
    listening = [row.split()[1] for row in Path("/proc/net/tcp").read_text().splitlines()[1:] if " 0A " in row]
    assert not [where for where in listening if where.endswith(f":{house.server.port:04X}")]


def test_people_are_told_apart_by_what_the_proxy_says(house: House) -> None:
    """Guesses from one address leave the others their tries."""

    def tries(address: str) -> int:
        person = Person(house.server)
        fields = {"name": "amina", "password": "fel-losenord", "csrf_token": person.token()}
        body = "&".join(f"{name}={value}" for name, value in fields.items())
        sent = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": address}
        return person._ask("POST", "/login", body, sent, 30).status

    statuses = [tries("192.0.2.7") for _ in range(8)]
    assert statuses[0] == 422 and statuses[-1] == 429
    assert tries("198.51.100.7") == 422


def test_a_file_left_behind_is_taken_over_and_a_living_one_is_not(house: House, file: Path) -> None:
    second = [sys.executable, "wsgi.py"]
    done = subprocess.run(second, env=house.server.env, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert done.returncode and "door.sock can't be used" in done.stderr and "choose another with SOCKET" in done.stderr
    assert house.server.is_well()
    house.server.kill9()
    assert file.is_socket()
    house.server.start()
    assert house.server.is_well()
    house.server.stop()
    assert not file.exists()


def test_a_file_that_is_no_socket_is_left_alone(house: House, file: Path) -> None:
    house.server.stop()
    file.write_text("somebody's own")
    with pytest.raises(ServerMissing, match="can't be used"):
        house.server.start()
    assert file.read_text() == "somebody's own"
    file.unlink()
