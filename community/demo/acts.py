"""What staff of the demo have decided about somebody: one short break, long over, and its page."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.acts import actions, standing, steps
from community.acts.standing import Wish
from community.core import clock
from community.core.i18n import in_language
from community.members.queries import as_viewer

BROKE_OFF = timedelta(days=9, hours=1)
WORDS = "Skämtet om Samirs engelska var roligt för dig, inte för honom. Ta två timmar, sen är du välkommen tillbaka."


def decide(anchor: datetime, people: dict[str, int], places: dict[str, int]) -> None:
    """Elias had two hours off from the living room, nine days ago, and has read why."""
    member_id = people["elias"]
    with in_language("sv"), clock.at(anchor - BROKE_OFF):
        wish = Wish(
            "cooled_off",
            "2h",
            "joke",
            WORDS,
            seen=steps.decided_about(member_id),
            space_id=places["vardagsrummet"],
        )
        standing.take_step(as_viewer(people["anders"]), member_id, wish)
    with clock.at(anchor - BROKE_OFF + timedelta(minutes=20)):
        actions.mark_seen(as_viewer(member_id))
