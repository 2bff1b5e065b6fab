"""The application as tests use it: one per session, over a database with the world in it (tests/world.py).

Almost every test works inside one outer transaction that is rolled back (`world`). A test that needs real commits, a
second connection or threads asks for `own_database`: a copy of its own.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

import config
from community.app import create_app
from community.chat import presence
from community.chat import sockets as chat_sockets
from community.core import anchors, announcements, clock, db, erasures, live, pictures, ratelimit, schema
from community.memories import looking_back
from community.rota import working
from community.streams import promises
from community.streams import sockets as stream_sockets
from tests import world as worlds
from tests.client import Browser, hang_up
from tests.make import Make
from tests.world import NOW, World

SECRET = "a secret that only these tests know, long enough"
CHEAP_HASH = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}

Heard = list[tuple[str, str, dict[str, Any]]]


def settings_for(data: Path, url: str, **changed: Any) -> config.Settings:
    """Settings of a local installation, with the work factor of hashing turned down."""
    given = {"secret_key": SECRET, "insecure_local": True, "testing": True, "argon2": CHEAP_HASH, **changed}
    return config.Settings(data=data, database_url=url, **given)


@pytest.fixture(scope="session")
def database_url(database_copies: Any) -> str:
    """A database of this worker with the world in it."""
    return str(database_copies.copy("world", lambda url: _with_world(database_copies, url)))


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> config.Settings:
    return settings_for(tmp_path_factory.mktemp("data"), database_url)


@pytest.fixture(scope="session", autouse=True)
def _pictures_end() -> Iterator[None]:
    """The process that draws pictures, where a test needed it."""
    yield
    pictures.close()


@pytest.fixture(scope="session")
def app(settings: config.Settings) -> Flask:
    made = create_app(settings)
    made.testing = True
    gc.freeze()  # as in wsgi.py: the application is here to stay
    return made


@pytest.fixture
def heard() -> Heard:
    """What was announced to open pages after a commit: (room, event, ids)."""
    return []


@pytest.fixture
def rolled_back(app: Flask, heard: Heard, tmp_path: Path) -> Iterator[Any]:
    """One connection with one transaction around everything; whatever is committed inside is gone afterwards.

    No application context is held open: requests would share it, and with it who is signed in.
    """
    _as_a_fresh_process(tmp_path)
    announcements.configure(lambda room, event, ids: heard.append((room, event, ids)))
    with clock.at(NOW), db.engine().connect() as connection:
        outer = connection.begin()
        db.bind(connection, join_transaction_mode="create_savepoint")
        try:
            yield connection
        finally:
            hang_up()
            db.remove()
            outer.rollback()
            db.bind(db.engine(), join_transaction_mode="conditional_savepoint")
            announcements.configure(None)


@pytest.fixture
def world(rolled_back: Any) -> World:
    """The cast and what they wrote, at NOW. What the test changes is rolled back."""
    return World()


@pytest.fixture
def make(world: World) -> Make:
    return Make(world)


@pytest.fixture
def browser(app: Flask, world: World) -> Callable[..., Browser]:
    """`browser()` is somebody's browser, `browser("amina")` one in which Amina has just signed in."""
    return lambda name=None, **how: Browser(app, world).signed_in(name, **how) if name else Browser(app, world)


@pytest.fixture
def own_database(
    app: Flask, database_copies: Any, settings: config.Settings, tmp_path: Path
) -> Iterator[tuple[Engine, World]]:
    """A copy of the world that is really committed to, delivering to this process's sockets."""
    _as_a_fresh_process(tmp_path)
    url = database_copies.copy("world", lambda url: _with_world(database_copies, url))
    engine = db.configure(url)
    db.bind(engine, join_transaction_mode="conditional_savepoint")
    announcements.configure(live.deliver)
    try:
        with clock.at(NOW):
            yield engine, World()
    finally:
        hang_up()
        announcements.configure(None)
        db.remove()
        engine.dispose()
        db.configure(settings.database_url)


def _as_a_fresh_process(folder: Path) -> None:
    """Nothing counted and nothing delivered yet; numbers of rows begin anew in every copy and after every rollback."""
    anchors.configure(folder / "anchors")
    erasures.configure(folder / "anchors")
    ratelimit.configure(None)
    announcements._delivered.clear()
    working.forget()
    promises.forget()
    looking_back.forget()
    presence.forget()
    chat_sockets._writing.clear()
    stream_sockets._pending.clear()  # no hint of an earlier test comes a second later into this one


def _with_world(_copies: Any, url: str) -> None:
    """Prepare the database every test starts from; needs what create_app tells the ground floor."""
    schema.upgrade(url)
    prepared = create_app(settings_for(Path(url.rsplit("/", 1)[-1]).parent, url))
    with prepared.app_context():
        worlds.build()
    db.remove()
    db.engine().dispose()
