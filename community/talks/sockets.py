"""A talk on open pages: sending, with the acknowledgement after the commit."""

from __future__ import annotations

from typing import Any

from community.core import live
from community.members.people import Viewer
from community.safety import card
from community.streams.message_pages import receipt
from community.streams.message_schema import MESSAGE, said_in
from community.talks import actions


def send(viewer: Viewer, payload: dict[str, Any]) -> dict[str, Any]:
    """`talk:send {stream, client_id, text, quote?, picked?}` -> `{ok, id, nr, seq, state, help}`, as `chat:send`."""
    card.take()  # what an earlier page's cookie still held when the line was opened
    piece, _new = actions.send(viewer, payload["stream"], said_in(payload))
    return {**receipt(piece), "help": card.take() is not None}


EVENTS = (live.LiveEvent("talk:send", MESSAGE, send, waits_for_room=True),)
