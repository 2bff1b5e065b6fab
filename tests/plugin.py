"""The pytest plugin behind all tests: `--database`, and the servers as fixtures. Loaded by tests/conftest.py."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.children import ServerMissing
from tests.copies import PostgresCopies, SqliteCopies
from tests.servers import Postgres, Valkey, find_chromium

_POSTGRES = pytest.StashKey[Postgres]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite", help="where the tests keep data")


def pytest_configure() -> None:
    gc.set_threshold(50_000, 20, 50)  # as in wsgi.py: a seventh of the time of a request is looking for cycles


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """With workers (pytest-xdist) the process that starts them owns the one PostgreSQL: it outlives them all."""
    config: pytest.Config = node.config  # type: ignore[attr-defined]
    if config.getoption("database") != "postgresql":
        return
    if _POSTGRES not in config.stash:
        try:
            config.stash[_POSTGRES] = Postgres()
        except ServerMissing as error:
            raise pytest.UsageError(str(error)) from error
    node.workerinput["postgres"] = str(config.stash[_POSTGRES].folder)  # type: ignore[attr-defined]


def leaves_nothing_out() -> bool:
    """`make proof`: everything is asked everywhere."""
    return os.environ.get("LEAVE_OUT") == "nothing"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What touches no database, or is about a page and not about what is kept (marked `once`), is asked once, beside
    SQLite. Live and browser tests make their own choice."""
    if config.getoption("database") != "postgresql":
        return
    own_choice = [config.rootpath / "tests" / name for name in ("live", "browser", "proof")]

    def asks(item: pytest.Item) -> bool:
        if any(folder in item.path.parents for folder in own_choice):
            return True
        asked_once = item.get_closest_marker("once") is not None and not leaves_nothing_out()
        return "database_kind" in getattr(item, "fixturenames", ()) and not asked_once

    config.hook.pytest_deselected(items=[item for item in items if not asks(item)])
    items[:] = [item for item in items if asks(item)]


def pytest_unconfigure(config: pytest.Config) -> None:
    if _POSTGRES in config.stash:
        config.stash[_POSTGRES].close()
        del config.stash[_POSTGRES]


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`: what `--database` says."""
    return str(request.config.getoption("database"))


@pytest.fixture(scope="session")
def postgres_copies(request: pytest.FixtureRequest) -> PostgresCopies:
    """The run's PostgreSQL: the shared one of a run with workers, else one of our own, ended with the session."""
    config = request.config
    shared = getattr(config, "workerinput", {}).get("postgres")
    if shared is None and _POSTGRES not in config.stash:
        config.stash[_POSTGRES] = Postgres()
    return PostgresCopies(Path(shared) if shared else config.stash[_POSTGRES].folder)


@pytest.fixture(scope="session")
def sqlite_copies(tmp_path_factory: pytest.TempPathFactory) -> SqliteCopies:
    own = tmp_path_factory.getbasetemp()
    return SqliteCopies((own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "databases")


@pytest.fixture(scope="session")
def database_copies(request: pytest.FixtureRequest, database_kind: str) -> SqliteCopies | PostgresCopies:
    """`database_copies.copy("migrated", migrate)` gives the URL of a fresh database; `migrate(url)` runs once a run."""
    copies: SqliteCopies | PostgresCopies
    copies = request.getfixturevalue("postgres_copies" if database_kind == "postgresql" else "sqlite_copies")
    return copies


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    """One for this worker. A test that stops or freezes it makes its own with `with Valkey() as valkey:`."""
    with Valkey() as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> str:
    return find_chromium()
