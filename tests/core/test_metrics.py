"""Figures: counted where it happens, without people in their labels, and only for whoever asks on this machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

import config
from community.core import clock, db, metrics
from community.core.errors import Busy
from community.core.jobs import Due, Job, run_due
from tests.client import Browser
from tests.world import CAST, NOW, World

HOME = {"base_url": "http://127.0.0.1:9100"}


def figures() -> dict[str, float]:
    said = Client(metrics.answer, Response).get("/metrics", **HOME)
    assert said.status_code == 200
    rows = (line.rsplit(" ", 1) for line in said.text.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, value in rows}


def grown(before: dict[str, float]) -> dict[str, float]:
    return {name: value - before.get(name, 0) for name, value in figures().items() if value != before.get(name, 0)}


def test_requests_are_counted_by_endpoint_and_class(browser: Callable[..., Browser], world: World) -> None:
    amina = browser("amina")
    before = figures()
    amina.get("/"), amina.get("/"), amina.get("/nowhere"), browser().get("/me")
    more = grown(before)
    assert more['hearth_requests_total{endpoint="home.feed",status="2xx"}'] == 2
    assert more['hearth_requests_total{endpoint="none",status="4xx"}'] == 1
    assert more['hearth_requests_total{endpoint="home.me",status="3xx"}'] == 1
    assert more['hearth_request_seconds_count{endpoint="home.feed"}'] == 2


def test_sockets_events_and_broadcasts_are_counted(
    browser: Callable[..., Browser], world: World, heard: list[Any]
) -> None:
    before, amina = figures(), browser("amina")
    socket = amina.socket()
    assert figures()["hearth_open_sockets"] == before["hearth_open_sockets"] + 1
    socket.emit("feed:join", {}, callback=True)
    socket.emit("amina's own", {}, callback=True)
    more = grown(before)
    assert more['hearth_socket_events_total{event="feed:join",outcome="ok"}'] == 1
    assert more['hearth_socket_events_total{event="*",outcome="not_found"}'] == 1
    socket.disconnect()
    assert figures()["hearth_open_sockets"] == before["hearth_open_sockets"]


def test_writers_and_jobs_are_counted(own_database: Any, database_kind: str) -> None:
    before = figures()

    def fail(_due: Due) -> None:
        raise RuntimeError

    jobs = [Job(key, lambda now: [Due("one", NOW)], work) for key, work in (("good", lambda _due: None), ("bad", fail))]
    with clock.at(NOW):
        run_due(jobs)
    if database_kind == "sqlite":
        with db.transaction(), pytest.raises(Busy):
            _write_elsewhere()
    more = grown(before)
    assert more['hearth_jobs_total{job="good",outcome="done"}'] == 1
    assert more['hearth_jobs_total{job="bad",outcome="failed"}'] == 1
    if database_kind == "sqlite":
        assert more["hearth_write_wait_seconds_count"] >= 4
        assert more["hearth_write_busy_total"] == 1


def _write_elsewhere() -> None:
    """As another request would, at the same time."""
    from concurrent.futures import ThreadPoolExecutor

    def write() -> None:
        try:
            with db.transaction(patience=0):
                pass
        finally:
            db.remove()

    with ThreadPoolExecutor(1) as other:
        other.submit(write).result(10)


def test_no_label_is_about_a_person(browser: Callable[..., Browser], world: World) -> None:
    amina = browser("amina")
    amina.get("/"), amina.get("/amina?amina=amina"), amina.post(f"/t/{world.stream('open').id}/replies", text="amina")
    labels = set(re.findall(r'(\w+)="', "\n".join(figures())))
    assert labels <= {"endpoint", "status", "le", "event", "outcome", "job", "generation", *PYTHON}
    values = set(re.findall(r'="([^"]*)"', "\n".join(figures())))
    assert "home.feed" in values and not values & {*CAST, "/amina"}


PYTHON = {"implementation", "major", "minor", "patchlevel", "version"}


@pytest.mark.parametrize(
    ("base", "path", "method", "status"),
    [
        ("http://127.0.0.1:9100", "/metrics", "GET", 200),
        ("http://localhost:9100", "/metrics", "HEAD", 200),
        ("http://127.0.0.1:9100", "/", "GET", 404),
        ("http://127.0.0.1:9100", "/login", "GET", 404),
        ("http://127.0.0.1:9100", "/metrics", "POST", 405),
        ("http://hearth.example", "/metrics", "GET", 404),
        ("http://127.0.0.1.evil.example", "/metrics", "GET", 404),
    ],
)
def test_it_answers_one_question_to_this_machine(base: str, path: str, method: str, status: int) -> None:
    assert Client(metrics.answer, Response).open(path, base_url=base, method=method).status_code == status


def test_the_port_is_another_one_or_none(tmp_path: Path) -> None:
    assert config.load({"HEARTH_DATA": str(tmp_path)}).metrics_port is None
    assert config.load({"HEARTH_DATA": str(tmp_path), "METRICS_PORT": "9100"}).metrics_port == 9100
    for port in ("5000", "0", "x"):
        with pytest.raises(config.SettingsError, match="METRICS_PORT"):
            config.load({"HEARTH_DATA": str(tmp_path), "METRICS_PORT": port})
