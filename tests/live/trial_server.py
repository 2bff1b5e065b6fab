"""The real server with two things to try the loop on: passwords that take a second to hash, and `/slow`.

`python -m tests.live.trial_server`; everything else is wsgi.py.
"""

import wsgi  # patches first of all

# ruff: isort: split
import dataclasses
import sqlite3
from contextlib import closing
from typing import Any

import psycopg2

import config
from community.core import loop, web
from community.core.db import engine

SLOW_HASH = {"time_cost": 40, "memory_cost": 19456, "parallelism": 1}
MANY_ROWS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000000) SELECT count(*) FROM n"

load, create_app = config.load, wsgi.create_app


def with_slow_hash(environ: Any = None) -> config.Settings:
    return dataclasses.replace(load(environ), argon2=SLOW_HASH)


def with_slow_page(settings: config.Settings) -> Any:
    app = create_app(settings)

    @web.without_database
    def slow() -> str:
        url = settings.database_url
        return str(loop.off_loop(_on_sqlite, url) if url.startswith("sqlite") else _on_postgres())

    app.add_url_rule("/slow", view_func=slow)
    return app


def _on_sqlite(url: str) -> Any:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as line:
        return line.execute(MANY_ROWS).fetchone()[0]


def _on_postgres() -> Any:
    """Off the loop is not needed here: the driver waits green."""
    with closing(psycopg2.connect(engine().url.render_as_string().replace("+psycopg2", ""))) as line:
        cursor = line.cursor()
        cursor.execute("SELECT pg_sleep(1.5)")
        return cursor.rowcount


if __name__ == "__main__":
    config.load, wsgi.create_app = with_slow_hash, with_slow_page
    wsgi.main()
