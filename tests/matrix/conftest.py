"""Every test of the table that asks for an `actor` is run for each of them."""

from __future__ import annotations

import pytest

from tests.matrix.actors import ACTORS, ONE_OF_EACH
from tests.plugin import leaves_nothing_out


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "actor" in metafunc.fixturenames:
        all_ask = metafunc.config.getoption("database") == "sqlite" or leaves_nothing_out()
        metafunc.parametrize("actor", ACTORS if all_ask else ONE_OF_EACH)
