"""What whoever keeps the machine sees of a running server: its log and its figures, and nothing of people's words."""

from __future__ import annotations

import http.client
import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from community.core import sealed_files
from tests.children import free_port
from tests.live.house import House, eventually
from tests.live.people import PASSWORD, Person, Refused
from tests.servers import _postgres_programs

CANARY = "kanariefagel"


def _figures(port: int) -> str:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", "/metrics")
    answer = line.getresponse()
    assert answer.status == 200 and str(answer.headers["Content-Type"]).startswith("text/plain")
    return answer.read().decode()


def test_the_log_of_a_running_server_is_lines_of_json_without_words(fresh_house: Callable[..., House]) -> None:
    house = fresh_house(LOG_FORM="json")
    amina, isla = house.person("amina"), house.person("isla")
    thread = amina.starts(f"{CANARY} i en tråd")
    amina.get(f"/?q={CANARY}")
    amina.get(f"/{CANARY}%0d%0a{CANARY}")
    assert Person(house.server).try_to_sign_in("amina", f"{CANARY}-lösen").status == 422
    with isla.line().joined(thread) as line:
        piece = amina.says(thread, f"{CANARY} i ett svar")
        line.piece(piece)
        assert line.ask(CANARY, {CANARY: CANARY})["code"] == "not_found"
        line.raw(f"42{CANARY}")  # not even the protocol
        line.wait(lambda: not line.open)
    with pytest.raises(Refused):
        house.person("isla").line(path=f"/socket.io/?EIO=4&transport=polling&{CANARY}=1")
    written = eventually(lambda: "socket closed" in house.server.log.read_text() and house.server.log.read_text())
    lines = written.splitlines()
    told = [json.loads(one) for one in lines if one.startswith("{")]
    greeting = [one for one in lines if not one.startswith("{")]
    assert len(greeting) < 8 and "\n".join(greeting).strip().startswith("Hearth is at")
    assert {"request", "socket", "socket opened", "socket closed"} <= {one["event"] for one in told}
    assert {"forum.write", "members.login"} <= {one.get("route") for one in told}
    private = "\n".join(one for one in lines if one.startswith("{")).lower()
    for word in (CANARY, PASSWORD, "amina", "isla", *amina.cookies.values(), amina.token().lower()):
        assert word.lower() not in private


def test_figures_are_on_a_port_of_this_machine_alone(fresh_house: Callable[..., House]) -> None:
    port = free_port()
    house = fresh_house(METRICS_PORT=str(port))
    amina = house.person("amina")
    thread = amina.starts("En egen tråd")
    with house.person("isla").line().joined(thread) as line:
        line.piece(amina.says(thread, "Ett svar"))
        said = _figures(port)
        assert "hearth_open_sockets 1.0" in said
    for row in ("hearth_requests_total{", "hearth_broadcasts_total{", "process_resident_memory_bytes "):
        assert f"\n{row}" in said
    public = amina.get("/metrics")
    assert (public.status, "hearth_requests" in public.text) == (404, False)
    listening = [row.split()[1] for row in Path("/proc/net/tcp").read_text().splitlines()[1:] if " 0A " in row]
    assert [where for where in listening if where.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


def test_a_backup_beside_the_server_while_people_write(either_house: House, tmp_path: Path) -> None:
    """Nobody who writes meanwhile is refused, and what the copy holds is of one moment."""
    house, stop = either_house, threading.Event()
    amina = house.person("amina")
    thread, answers = amina.starts("En egen tråd"), []

    def write() -> None:
        while not stop.is_set():
            answers.append(amina.reply(thread, f"Nummer {len(answers)}").status)

    public, secret = sealed_files.new_key()
    (tmp_path / "key").write_text(secret)
    house.server.settings |= {"BACKUP_KEY": public, "PG_BIN": str(_postgres_programs() / "bin")}
    writer = threading.Thread(target=write)
    writer.start()
    try:
        eventually(lambda: len(answers) > 2)
        house.flask("backup", "--to", str(tmp_path / "kept"))
    finally:
        stop.set()
        writer.join(30)
    assert len(answers) > 5 and set(answers) == {200}
    (file,) = (tmp_path / "kept").iterdir()
    if house.sqlite_file:
        said = house.flask("restore", str(file), "--key", str(tmp_path / "key"), "--into", str(tmp_path / "new"))
        assert "every sealed column opened" in said
        restored = sqlite3.connect(tmp_path / "new" / "hearth.db")
        seqs = [row[0] for row in restored.execute("SELECT seq FROM stream_event WHERE stream_id = ?", (thread,))]
        (last,) = restored.execute("SELECT seq FROM stream WHERE id = ?", (thread,)).fetchone()
        restored.close()
        assert len(seqs) > 3 and max(seqs) == last
