"""Live: how far her book is, on her own open pages."""

from __future__ import annotations

from typing import Any

from community.core import live


def bring_change(ids: dict[str, Any]) -> None:
    """Her page of a book looks again. No content."""
    live.tell_member(ids["member"], "book:changed")
