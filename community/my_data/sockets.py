"""Live: how far her file is, on her own open pages."""

from __future__ import annotations

from typing import Any

from community.core import live


def bring_change(ids: dict[str, Any]) -> None:
    """Her pages look again: the one about her data, and the mark beside the bell. No content."""
    live.tell_member(ids["member"], "my-data:changed")
    live.tell_member(ids["member"], "notices:changed")
