"""Live: open pages of somebody are told that a way in was made for her, used, stopped or taken back."""

from __future__ import annotations

from typing import Any

from community.core import live


def bring_notice(ids: dict[str, Any]) -> None:
    """A hint to every open page of hers; what there is to see she fetches as herself."""
    live.tell_member(ids["member"], "way-in:notice")
