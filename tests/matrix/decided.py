"""What staff decided about somebody, and what was written against it, as the matrix asks about it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from community.acts import actions, standing, steps
from community.acts.models import Act
from community.acts.record import record
from community.core.db import session, transaction
from community.members.models import Duty
from tests.world import CAST, JOINED_AT, World


def decided(world: World) -> dict[str, Any]:
    """Everybody here has an act about her that limits nothing: by jonna, about jonna by birgitta. Olle is closed out,
    and gun, who was a safety lead, wanted it without an end. Ivan and samir wrote against theirs."""
    with transaction():
        acts = {
            name: record(
                world.viewer("birgitta" if name == "jonna" else "jonna"), "noted", world.id(name), reason="unkind"
            ).id
            for name in CAST
            if name != "gun"
        }
        samirs = record(world.viewer("birgitta"), "paused", world.id("samir"), reason="unkind").id
    wish = standing.Wish("suspended", "none", "unkind", "", seen=steps.decided_about(world.id("olle")))
    olles = standing.take_step(world.viewer("birgitta"), world.id("olle"), wish).id
    with transaction() as s:
        s.execute(update(Act).where(Act.id == olles).values(by_id=world.id("gun")))
        s.add(Duty(member_id=world.id("gun"), kind="safeguarding_lead", from_on=JOINED_AT.date()))
        s.flush()
    session().expire_all()
    return {
        "acts": acts,
        "olles": olles,
        "appeals": {
            "solglantan": actions.object_to(world.viewer("ivan"), acts["ivan"], "Det var inte jag").id,
            "linden": actions.object_to(world.viewer("samir"), samirs, "Det var inte jag").id,
        },
    }
