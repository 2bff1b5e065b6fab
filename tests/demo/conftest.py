"""Demo houses in databases of their own, for reading."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import config
from community.core import clock, db, schema
from community.demo import seed

DAY = date(2026, 11, 22)

OpenHouse = Callable[..., AbstractContextManager[config.Settings]]


@pytest.fixture
def open_house(app: Flask, database_copies: Any, settings: config.Settings, tmp_path: Path) -> OpenHouse:
    """`with open_house() as settings`: a fresh demo in a folder of its own, at the evening it is told from, with
    drawn pictures where `pictured=True`."""

    @contextmanager
    def opened(*, pictured: bool = False) -> Iterator[config.Settings]:
        url = database_copies.copy("migrated", schema.upgrade)
        folder = tmp_path / f"house-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        own = dataclasses.replace(settings, data=folder, database_url=url, demo=True)
        engine = db.configure(url)
        try:
            with clock.at(seed.anchor_on(DAY)):
                assert seed.fill(own, DAY, pictured=pictured)
                yield own
        finally:
            db.remove()
            engine.dispose()
            db.configure(settings.database_url)

    return opened


@pytest.fixture
def house(open_house: OpenHouse) -> Iterator[config.Settings]:
    """The demo, alone in its database."""
    with open_house() as settings:
        yield settings
