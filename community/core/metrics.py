"""Figures for Prometheus, kept in this process and served on a port of their own (METRICS_PORT, this machine only).

Labels are endpoints, event names and job keys: never anything about a person. Only this module knows prometheus_client.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, disable_created_metrics, generate_latest

PATH = "/metrics"

disable_created_metrics()

_requests = Counter("hearth_requests", "Requests answered", ["endpoint", "status"])
_seconds = Histogram(
    "hearth_request_seconds",
    "How long requests took",
    ["endpoint"],
    buckets=(0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0),
)
_events = Counter("hearth_socket_events", "Socket events answered", ["event", "outcome"])
_sockets = Gauge("hearth_open_sockets", "Open sockets")
_broadcasts = Counter("hearth_broadcasts", "Frames sent to socket rooms", ["event"])
_waits = Histogram(
    "hearth_write_wait_seconds",
    "How long writers waited for their turn (SQLite)",
    buckets=(0.001, 0.01, 0.1, 0.5, 1.0, 3.0, 8.0),
)
_gave_up = Counter("hearth_write_busy", "Writers that were told the database is busy (SQLite)")
_jobs = Counter("hearth_jobs", "Work that was due", ["job", "outcome"])


def request_answered(endpoint: str, status: int, seconds: float) -> None:
    """One request; its status is counted by class, as in 4xx."""
    _requests.labels(endpoint, f"{status // 100}xx").inc()
    _seconds.labels(endpoint).observe(seconds)


def event_answered(name: str, outcome: str) -> None:
    """One socket event: 'ok' or the code of its refusal."""
    _events.labels(name, outcome).inc()


def count_sockets(how_many: Callable[[], int]) -> None:
    """Hand in what knows how many sockets are open."""
    _sockets.set_function(how_many)


def broadcast_sent(event: str) -> None:
    _broadcasts.labels(event).inc()


def writer_waited(seconds: float) -> None:
    _waits.observe(seconds)


def writer_gave_up() -> None:
    _gave_up.inc()


def job_ended(key: str, outcome: str) -> None:
    """'done' or 'failed'."""
    _jobs.labels(key, outcome).inc()


def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The WSGI application of the private port. A page of another site that has its name point to this machine is
    refused by the name it asks for."""
    name = str(environ.get("HTTP_HOST", "")).rsplit(":", 1)[0]
    if name not in ("127.0.0.1", "localhost") or environ.get("PATH_INFO") != PATH:
        start("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"Not found\n"]
    if environ.get("REQUEST_METHOD") not in ("GET", "HEAD"):
        start("405 Method Not Allowed", [("Content-Type", "text/plain; charset=utf-8"), ("Allow", "GET, HEAD")])
        return [b"Only GET\n"]
    start("200 OK", [("Content-Type", CONTENT_TYPE_LATEST), ("Cache-Control", "no-store")])
    return [generate_latest() if environ["REQUEST_METHOD"] == "GET" else b""]
