"""Talks, for the matrix: a group of amina, vera and olle, of which staff were told of a message; tuva and johanna;
samir asks tuva; and one who wrote to another as minors, for the leads."""

from __future__ import annotations

from datetime import date

from community.core.db import transaction
from community.reports.actions import Wish, tell
from community.safety.models import Case
from community.streams.actions import Said
from community.talks import actions
from tests.world import World

TALKS = ("group", "two", "asked", "unknown")


def somebody_talks(world: World) -> dict[str, dict[str, int]]:
    """The talks by name, and the case of the message."""
    amina, tuva = world.viewer("amina"), world.viewer("tuva")
    group = actions.begin(amina, [world.id("vera"), world.id("olle")]).id
    piece, _new = actions.send(amina, group, Said("words of a talk", "talk-word"))
    two = actions.begin(tuva, [world.id("johanna")]).id
    actions.answer(world.viewer("johanna"), two, yes=True)
    actions.send(world.viewer("johanna"), two, Said("words of two", "talk-of-two"))
    asked = actions.begin(world.viewer("samir"), [world.id("tuva")]).id
    report = tell(world.viewer("olle"), Wish("worried", piece=piece))
    actions.note_bridge(group, *sorted((world.id("amina"), world.id("vera"))), date(2027, 1, 14))
    with transaction() as s:
        case = s.get_one(Case, report.case_id)
        case.claimed_by, case.claimed_at = world.id("birgitta"), case.since
        s.flush()
    return {"talks": {"group": group, "two": two, "asked": asked, "told": report.case_id}}
