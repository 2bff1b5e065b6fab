"""Every act of staff is in the audit chain: whatever one of them may send and no member may, sent once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.members.models import Duty
from community.moderation import actions, queries
from community.safety import cases
from community.safety.word_lists import in_force
from tests.make import Make
from tests.matrix.actors import ACTORS, scene_of
from tests.matrix.answers import SUCCESS, Case
from tests.matrix.test_matrix import EXPECTED, asker
from tests.world import HOLD, TODAY, World

STAFF = ("staff", "staff_code", "staff_half", "staff_far", "moderator", "manager")
AT_WORK = ("staff", "moderator", "manager")
NO_ACT = {
    "account.lock": "the tablet she holds asks for her number again",
    "concern_desk.number": "her own phone number for calls",
    "lists.test": "a text she made up is tried, nothing is kept",
}
NOTHING_TO_DO = {
    "channels.reopen": "the channels are open: tests/channels/test_managing.py",
    "home.give_trust": "it was given before: tests/members/test_trust.py",
    "review.release": "nobody has taken one: below",
    "house_rules.change": "the first press only compares: tests/openness/test_house_rules.py",
}


def of_staff(case: Case) -> bool:
    """Whether only those who work here ever do this."""
    others = [word for actor, word in EXPECTED[case].items() if actor not in STAFF]
    return case[1] == "POST" and not SUCCESS.intersection(others)


def test_every_act_of_a_shift_leaves_a_line(app: Flask, world: World, make: Make, rolled_back: Any) -> None:
    assert set(STAFF) < set(ACTORS)
    shared = {case[0] for case in EXPECTED if case[1] == "POST" and not of_staff(case)}
    acts = {case[0] for case in EXPECTED if case[1] == "POST"} - shared
    scene, lines = scene_of(make), select(func.count()).select_from(AuditLine)
    told: set[str] = set()
    for actor in AT_WORK:
        ask: Callable[[Case], TestResponse] = asker(actor, app, world, scene)
        for case in (one for one in EXPECTED if one[0] in acts and one[1] == "POST"):
            if EXPECTED[case][actor] not in SUCCESS:
                continue
            with rolled_back.begin_nested() as undo:
                before = rolled_back.scalar(lines)
                ask(case)
                if rolled_back.scalar(lines) > before:
                    told.add(case[0])
                undo.rollback()
    sent = {case[0] for case in EXPECTED for actor in AT_WORK if case[1] == "POST" and EXPECTED[case][actor] in SUCCESS}
    assert (sent & acts) - told == {*NO_ACT, *NOTHING_TO_DO}


def test_every_step_in_the_queue_leaves_a_line_without_words(world: World, make: Make) -> None:
    make.shift("jonna", None, -1, 5, role="host")
    with transaction() as s:
        s.add(Duty(member_id=world.id("petra"), kind="safeguarding_lead", from_on=TODAY))
    with in_force(HOLD):
        piece = make.reply("samir", world.stream("open"), "ett heldword")
    case, jonna = cases.open_case_of(f"piece:{piece.id}"), world.viewer("jonna")
    assert case is not None
    actions.claim(jonna, case.id)
    actions.write_note(jonna, case.id, "canary-note")
    actions.release(jonna, case.id)
    colleague = queries.colleagues_for(jonna, case)[0][0]
    actions.hand_over(jonna, case.id, colleague)
    actions.be_busy(jonna, 30)
    newest = select(AuditLine).where(AuditLine.act.startswith("review.")).order_by(AuditLine.n)
    lines = session().scalars(newest).all()
    steps = ["review.claimed", "review.note", "review.released", "review.handed", "review.busy"]
    assert [line.act for line in lines] == steps
    assert all(line.actor_id == jonna.id and "canary" not in str(line.facts) for line in lines)
