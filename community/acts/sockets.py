"""Live: open pages of a member are told that staff decided something about her; what, they ask as herself."""

from __future__ import annotations

from typing import Any

from community.core import live


def bring_act(ids: dict[str, Any]) -> None:
    """The mark beside the bell is asked for anew on every open page of hers. No content."""
    live.tell_member(ids["member"], "notices:changed")
