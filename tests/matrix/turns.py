"""Breaks and the turns of somebody's life here, for the matrix: petra leaves work in 20 days, jonna takes over, amina's
contact has just become another one, sara has asked whether ivan may work here, and minna is remembered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from community.core import crypto
from community.core.db import new_id, transaction
from community.lifecycle import leaving_work
from community.members.models import Member, MembershipPeriod
from community.turns.models import NewContact, TwoPersonTurn
from tests.world import CAST, NOW, TODAY, World

UNKNOWN, MINNA = 4711, 4712
BEFORE = TODAY - timedelta(days=90)
_MINNA = {"sign_in_name": "minna", "display_name": "Minna", "password_hash": "nobody's", "language": "sv"}
WHO = ("sara", "petra", "tuva", "gun", "unknown")
ALL = ("johanna", "sara", "gun", "unknown")
TARGETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((f"turns.{step}" for step in ("membership", "leave_work", "stay")), WHO),
    **dict.fromkeys((f"turns.{step}" for step in ("start_work", "remember", "rename")), ALL),
    "turns.bring_back": ("remembered", "johanna", "sara", "unknown"),
    "turns.answer": ("waits", "unknown"),
}


def turned(world: World) -> int:
    """The part of the scene that is about them; what waits for a second person."""
    wish = leaving_work.Wish(world.id("jonna"), TODAY + timedelta(days=20))
    row = leaving_work.plan(world.viewer("birgitta"), world.id("petra"), wish)
    told = NewContact(id=new_id(), work_end_id=row.id, member_id=world.id("amina"), at=NOW)
    told.from_id, told.to_id = world.id("petra"), world.id("sara")
    with transaction() as s:
        s.add(told)
        s.flush()
        s.execute(update(Member).where(Member.id == world.id("amina")).values(new_contact_id=told.id))
        waits = TwoPersonTurn(id=new_id(), member_id=world.id("ivan"), kind="start_work", state="asked", is_open=True)
        waits.house_id, waits.from_on = world.house("Linden"), TODAY
        waits.asked_by, waits.asked_at = world.id("sara"), NOW
        waits.why_sealed = crypto.seal("kan allt om cyklar", f"two_person_turn:{waits.id}:why")
        s.add(waits)
        s.add(Member(**_MINNA, rules_version=1, joined_at=NOW, remembered_at=NOW, id=MINNA))
        s.flush()
        lived = MembershipPeriod(member_id=MINNA, kind="alumnus", house_id=world.house("Linden"), from_on=BEFORE)
        lived.to_on = TODAY
        s.add(lived)
        s.flush()
        return waits.id


def values(scene: Any, world: World, endpoint: str, target: str) -> dict[str, Any]:
    """What stands in an address."""
    if endpoint == "turns.answer":
        return {"turn_id": scene.turn if target == "waits" else UNKNOWN}
    if target == "remembered":
        return {"member_id": MINNA}
    return {"member_id": world.id(target) if target in CAST else UNKNOWN}


def fields(world: World, endpoint: str) -> dict[str, Any] | None:
    """A form anybody who may would send; None for what is none of these."""
    fixed: dict[str, dict[str, Any]] = {
        "breaks.own": {"length": "1w"},
        "own_turns.contact": {"answer": "ok"},
        "own_turns.goodbye": {"note": "so long"},
        "turns.answer": {"do": "no", "answer": "not yet"},
        "turns.remember": {"remember_why": "her sister rang"},
        "turns.bring_back": {"back_why": "it was another Minna"},
        "turns.rename": {"display_name": "Viktor"},
        "turns.start_work": {"house_id": world.house("Linden"), "from_on": TODAY, "start_why": "she wants to"},
        "turns.leave_work": {
            "successor_id": world.id("jonna"),
            "when": "day",
            "leaves_on": TODAY + timedelta(days=30),
            "next_manager": 0,
            "next_lead": 0,
        },
    }
    return fixed.get(endpoint)
