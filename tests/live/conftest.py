"""Houses for the live tests: one that a file's tests share, and fresh ones for those that break something."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.copies import PostgresCopies, SqliteCopies
from tests.live.house import House, copied


@pytest.fixture(scope="session")
def live_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("live")


@pytest.fixture(scope="module")
def house(database_copies: SqliteCopies | PostgresCopies, live_folder: Path) -> Iterator[House]:
    """A running house the tests of one file share."""
    with copied(database_copies, live_folder).served() as served:
        yield served


@pytest.fixture
def fresh_house(database_copies: SqliteCopies | PostgresCopies, live_folder: Path) -> Iterator[Callable[..., House]]:
    """`fresh_house(NAME="value")` gives a running house of the test's own."""
    with contextlib.ExitStack() as ending:

        def make(**settings: Any) -> House:
            return ending.enter_context(copied(database_copies, live_folder, **settings).served())

        yield make


@pytest.fixture(params=["sqlite", "postgresql"])
def either_house(request: pytest.FixtureRequest, live_folder: Path) -> Iterator[House]:
    """One running house on each kind of database, whatever the run's own is: for what two writers could race for."""
    copies = request.getfixturevalue("sqlite_copies" if request.param == "sqlite" else "postgres_copies")
    with copied(copies, live_folder).served() as served:
        yield served
