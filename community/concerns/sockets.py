"""Live: open pages of whoever a concern is about, was called to or has it are told that something has changed."""

from __future__ import annotations

from typing import Any

from community.concerns import waiting
from community.core import live


def bring_change(ids: dict[str, Any]) -> None:
    """A hint without content; what there is to see each page asks as whoever reads it."""
    waiting.forget()
    live.tell_members(ids["members"], "concern:changed")
