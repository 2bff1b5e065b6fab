"""Live: open pages of a member are told that her notices changed; how many there are they ask as herself."""

from __future__ import annotations

from typing import Any

from community.core import live


def bring_change(ids: dict[str, Any]) -> None:
    """A hint without content to every open page of those concerned."""
    live.tell_members(ids["members"], "notices:changed")
