"""Tests of telling staff begin with nothing waiting: what the world's own texts left for a host is not there."""

from __future__ import annotations

import pytest

from tests import world as worlds
from tests.world import World


@pytest.fixture(autouse=True)
def nothing_waits(world: World) -> None:
    worlds.nothing_waits()
