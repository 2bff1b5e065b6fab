"""Breaks and the turns of somebody's life here, for the matrix."""

from __future__ import annotations

from typing import Any

TARGETS: dict[str, tuple[str, ...]] = {}


def fields(endpoint: str) -> dict[str, Any] | None:
    """A form anybody who may would send; None for what is none of these."""
    return {"breaks.own": {"length": "1w"}}.get(endpoint)
