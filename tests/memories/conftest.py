"""Addresses of pictures are made by the application: what is asked outside a request is asked as if in one."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.memories import remembering


@pytest.fixture(autouse=True)
def _application(app: Flask) -> None:
    remembering.APP[:] = [app]
