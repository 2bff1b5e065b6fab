"""What stands above the first post: one card at most. What waits for an answer comes first, then what waits for her
alone, what is to stand by her name after a move, and the offer to say hello."""

from __future__ import annotations

from typing import Any, NamedTuple

from community.home import queries
from community.members.people import Viewer
from community.moving import queries as moves
from community.moving.models import Move
from community.notices.cards import cards_for
from community.notices.models import OwnCard
from community.recovery import waiting as recovery_waiting


class Above(NamedTuple):
    """One of these is there, or none."""

    asked: list[Any]
    moved: Move | None
    waits: list[OwnCard]
    hello: dict[str, Any] | None

    @property
    def something(self) -> bool:
        return bool(self.asked or self.moved or self.waits or self.hello)


NOTHING = Above([], None, [], None)


def above_for(viewer: Viewer, *, cards: bool) -> Above:
    """What it is for the viewer; `cards`: something waits for her alone, as the badge has found. At most three queries
    beside the hello's."""
    asked = recovery_waiting.asked_of(viewer)
    waits = cards_for(viewer)[:1] if cards and not asked else []
    moved = moves.asked_by_name(viewer) if not (asked or waits) else None
    return Above(asked, moved, waits, queries.hello_for(viewer) if not (asked or moved or waits) else None)
