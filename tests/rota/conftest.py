"""Tests of the rota begin with an empty one: the world's host, who is there so that others may write, has no shifts."""

from __future__ import annotations

import pytest

from tests.world import World, nobody_works


@pytest.fixture(autouse=True)
def empty_rota(world: World) -> None:
    nobody_works()
