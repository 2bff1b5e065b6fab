"""What open pages hear of the turns of a life: her lines come in anew, by what she is now."""

from __future__ import annotations

from typing import Any

from community.core import live


def bring_moved(ids: dict[str, Any]) -> None:
    """She has moved: whatever she listens to is judged anew."""
    live.drop_lines(lambda member_id, _rooms: member_id == ids["member"])
