"""What a message is, as it comes by a socket."""

from __future__ import annotations

from typing import Any

from community.core import live
from community.core.text import LONGEST_MESSAGE
from community.streams.actions import Said
from community.streams.forms import ONE_TRY

MESSAGE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "stream": live.ID,
        "client_id": {"type": "string", "pattern": ONE_TRY.replace(r"\A", "^").replace(r"\Z", "$")},
        "text": {"type": "string", "maxLength": LONGEST_MESSAGE * 2},
        "quote": live.ID,
        "picked": {"type": "array", "items": live.ID, "maxItems": 100},
    },
    "required": ["client_id", "stream", "text"],
    "additionalProperties": False,
}


def message_with(**more: Any) -> dict[str, Any]:
    """The same with what may come along."""
    return {**MESSAGE, "properties": {**MESSAGE["properties"], **more}}


def said_in(payload: dict[str, Any]) -> Said:
    """What a payload of that shape says."""
    return Said(
        payload["text"],
        payload["client_id"],
        picked=frozenset(payload.get("picked", ())),
        quote_id=payload.get("quote"),
    )
