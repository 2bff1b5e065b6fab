"""Telling staff on open pages."""

from __future__ import annotations

from typing import Any

from community.core import live


def bring_told(ids: dict[str, Any]) -> None:
    """A member told of a piece, or shows one to herself again: her own pages come in anew, by what holds now."""
    live.drop_lines(lambda member_id, _rooms: member_id == ids["member"])
