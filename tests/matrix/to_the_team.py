"""Inboxes of the team and connections, for the matrix: vera and samir have written to theirs; amina asks for johanna;
vera and tuva have both asked; johanna asks staff; elias and samir may write to each other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from community.core.db import session
from community.inbox import actions as inbox
from community.inbox.models import Inbox
from community.members import connecting
from community.members.models import Connection
from community.streams.actions import Said
from tests.world import CAST, TODAY, World

UNKNOWN = 4711
INBOXES = ("veras", "samirs", "unknown")
PAIRS = ("waits", "request", "holds", "unknown")
OWN = ("aminas", "waits", "unknown")
TARGETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((f"inbox.{step}" for step in ("thread", "state", "help_card")), INBOXES),
    **dict.fromkeys((f"team.{step}" for step in ("thread", "state", "send", "do", "hand_over")), INBOXES),
    "team.begin": ("tuva", "samir", "sara", "unknown"),
    "connections.ask": ("johanna", "tuva", "sara", "unknown"),
    **dict.fromkeys(("connections.agree", "connections.end"), OWN),
    **dict.fromkeys((f"connections.{step}" for step in ("one", "pass_on", "decide", "stop")), PAIRS),
}


def written_to_the_team(world: World) -> dict[str, Any]:
    """The part of the scene that is about them. A safety lead is there already."""
    streams = {
        f"{who}s": inbox.write(world.viewer(who), Said(f"{who} to the team", f"matrix-{who}-team"))[0].stream_id
        for who in ("vera", "samir")
    }
    rows = {"aminas": connecting.ask_for(world.viewer("amina"), world.id("johanna"), "")}
    for name, minor, adult in (("waits", "vera", "tuva"), ("holds", "elias", "samir")):
        rows[name] = connecting.ask_for(world.viewer(minor), world.id(adult), "")
        connecting.agree(world.viewer(adult), rows[name].id, "")
    rows["request"] = connecting.request(world.viewer("johanna"), "Vera", "")
    holds, review_on = rows["holds"], TODAY + timedelta(days=90)
    lead = world.viewer("birgitta")
    connecting.decide(lead, holds.id, yes=True, reason="x", review_on=review_on, version=holds.version)
    return {"inboxes": streams, "connections": {name: row.id for name, row in rows.items()}}


def values(scene: Any, world: World, endpoint: str, target: str) -> dict[str, Any]:
    """What stands in an address."""
    if TARGETS[endpoint] is INBOXES:
        return {"stream_id": scene.inboxes.get(target, UNKNOWN)}
    if endpoint in ("team.begin", "connections.ask"):
        return {"member_id": world.id(target) if target in CAST else UNKNOWN}
    return {"connection_id": scene.connections.get(target, UNKNOWN)}


def fields(scene: Any, world: World, endpoint: str, target: str, owner: str) -> dict[str, Any] | None:
    """A form anybody who may would send; None for what is none of these."""
    stream_id, connection_id = scene.inboxes.get(target, UNKNOWN), scene.connections.get(target, UNKNOWN)
    inbox_row, row = session().get(Inbox, stream_id), session().get(Connection, connection_id)
    version = (inbox_row or row).version if inbox_row or row else 1  # type: ignore[union-attr]
    colleague = world.id({"sara": "birgitta", "birgitta": "sara", "petra": "jonna"}.get(owner, "petra"))
    said = {"text": "to the team", "client_id": "matrix-team-1"}
    return {
        **dict.fromkeys(("inbox.send", "team.send", "team.begin"), said),
        "team.do": {"do": "take", "version": version},
        "team.hand_over": {"to_id": colleague, "note": "ring hem", "version": version},
        "connections.ask": {"words": "snäll"},
        "connections.agree": {"words": "snäll"},
        "connections.request": {"about": "Vera", "words": "snäll"},
        "connections.pass_on": {"to_id": world.id("vera"), "version": version},
        "connections.decide": {
            "answer": "yes",
            "reason": "they know each other",
            "review_on": (TODAY + timedelta(days=90)).isoformat(),
            "version": version,
        },
        "connections.stop": {"stop_reason": "not good for her", "version": version},
    }.get(endpoint)
