"""Somebody's ten thousand texts are made into a file: nobody waits for it meanwhile, and killed anywhere it becomes
whole all the same."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import os
import random
import signal
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.live.heartbeat import pulse
from tests.live.house import House, eventually
from tests.live.people import Person, cookie_header

TEXTS = 10_000
A_LOT = """
INSERT INTO piece (id, stream_id, author_id, kind, state, nr, version, seq, text, html, lang, client_id, written_at,
                   published_at, unnamed)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
SELECT 9000000000 + i, :stream, :author, 'message', 'published', 100000 + i, 1, 0, 'ord nummer ' || i, '', 'sv',
       'many-' || i, '2026-01-01 12:00:00+00:00', '2026-01-01 12:00:00+00:00', FALSE
FROM n
"""


def written_a_lot(house: House, who: str) -> None:
    sql = A_LOT.replace("+00:00", "") if house.sqlite_file else A_LOT
    house.ask(sql, stream=house.chat(), author=house.member(who))


def row(house: House, who: str) -> tuple[int, str, int]:
    found = house.ask(
        "SELECT id, state, done_parts FROM my_data_export WHERE member_id = :who ORDER BY asked_at DESC LIMIT 1",
        who=house.member(who),
    )
    return found[0][0], found[0][1], found[0][2]


def is_ready(house: House, who: str) -> bool:
    return row(house, who)[1] == "ready"


def fetched(person: Person, export_id: int) -> zipfile.ZipFile:
    with contextlib.closing(person.server.connection(60)) as line:
        line.request("GET", f"/me/data/{export_id}/file", headers={"Cookie": cookie_header(person.cookies)})
        answer = line.getresponse()
        assert answer.status == 200
        return zipfile.ZipFile(io.BytesIO(answer.read()))


def texts_in(file: zipfile.ZipFile) -> int:
    assert file.testzip() is None
    return len(json.loads(file.read("data.json"))["tables"]["piece"])


def makers_of(export_id: int) -> list[int]:
    """The processes that make it just now."""
    wanted, found = f"my-data\0make\0{export_id}\0".encode(), []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted in (place / "cmdline").read_bytes():
                found.append(int(place.name))
    return found


def files_of(house: House) -> list[Path]:
    return sorted((house.server.data / "exports").glob("*"))


@pytest.mark.timeout(180)
def test_nobody_waits_while_it_is_made(fresh_house: Callable[..., House]) -> None:
    house = fresh_house()
    written_a_lot(house, "amina")
    amina = house.person("amina")
    with amina.line() as line, pulse(house.server) as heart:
        began = time.monotonic()
        assert amina.post("/me/data", lang="sv").status == 303
        eventually(lambda: is_ready(house, "amina"), 120)
        took = time.monotonic() - began
        line.wait(lambda: line.named("my-data:changed"), what="that something changed")
    assert heart.worst < took / 3, (heart.worst, took)
    print(f"took {took:.1f} s, worst pause {heart.worst * 1000:.0f} ms")
    export_id = row(house, "amina")[0]
    with pulse(house.server) as heart:
        file = fetched(amina, export_id)
    print(f"fetching: worst pause {heart.worst * 1000:.0f} ms, {file.start_dir} bytes")
    assert texts_in(file) >= TEXTS
    assert "piece-2.html" in file.namelist()


@pytest.mark.timeout(300)
def test_killed_at_any_point_it_becomes_whole(fresh_house: Callable[..., House]) -> None:
    """The server and whoever makes the file are killed at a moment by chance. What is left is no file anybody gets;
    once the lease is over the next server begins anew."""
    house = fresh_house()
    written_a_lot(house, "amina")
    chance = random.Random(7)
    for _round in range(2):
        house.person("amina").post("/me/data", lang="en")
        export_id, parts = row(house, "amina")[0], chance.randint(1, 10)
        eventually(lambda id_=export_id, parts=parts: row(house, "amina")[2] >= parts or makers_of(id_) == [], 60)
        house.server.kill9()
        for process in makers_of(export_id):
            os.kill(process, signal.SIGKILL)
        half = row(house, "amina")[1] != "ready"
        house.server.start()
        amina = house.person("amina")
        if half:
            with pytest.raises((AssertionError, http.client.HTTPException)):
                fetched(amina, export_id)
        house.flask("clock", "set", "+4m")
        eventually(lambda: is_ready(house, "amina"), 120)
        assert texts_in(fetched(amina, row(house, "amina")[0])) >= TEXTS
        assert len(files_of(house)) == 1, "no half of it is left, nor the one before"
        assert house.is_sound()
