"""The rules as people read them: docs/policy.md is what the program prints, rules.md who may what on what."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from flask import Flask
from flask.testing import FlaskCliRunner

from community.app import RULES
from community.core.db import session
from community.core.policy import can
from community.forum import queries as forum
from community.members import invitations, named
from community.members.models import Invitation
from community.recovery import queries as recovery
from community.recovery.models import Request, Vouch, WayIn
from community.spaces.models import Space
from community.streams.models import Piece
from tests.make import Make
from tests.world import World

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).parents[1] / "matrix" / "rules.md"
CAST = ("vera", "tuva", "johanna", "mira", "leo", "amina", "sara", "petra", "jonna", "birgitta")


def test_the_printed_table_is_the_one_in_the_docs(app: Flask) -> None:
    printed = FlaskCliRunner(app).invoke(args=["policy", "table"])
    assert printed.exit_code == 0
    assert (ROOT / "docs" / "policy.md").read_text() == printed.output


def test_every_rule_has_a_key_and_says_who() -> None:
    assert len({rule.key for rule in RULES}) == len(RULES)
    assert all(rule.who.endswith(".") and "|" not in rule.who for rule in RULES)


def test_who_may_what_is_as_written_down(world: World, make: Make) -> None:
    """A changed line is a changed rule: read it, then write it into rules.md."""
    assert TABLE.read_text() == _rendered(world, make)


def _rendered(world: World, make: Make) -> str:
    things = _things(world, make)
    lines = ["| rule | on | " + " | ".join(CAST) + " |", "| --- " * (len(CAST) + 2) + "|"]
    for rule in sorted(RULES, key=lambda rule: rule.key):
        for name, thing in things[rule.key]:
            who = [
                "yes" if can(world.viewer(one), rule, thing(one) if callable(thing) else thing) else "-" for one in CAST
            ]
            lines.append(f"| `{rule.key}` | {name} | " + " | ".join(who) + " |")
    return "\n".join(lines) + "\n"


def _things(world: World, make: Make) -> dict[str, list[tuple[str, object]]]:
    """What each rule is asked about: the interesting objects, by name."""
    slugs = ("vardagsrummet", "solglantan", "linden", "personal")
    open_, sol, linden, staffs = (session().get_one(Space, world.space(slug)) for slug in slugs)
    closed = Space(closed_at=world.piece("open").written_at)
    pieces: list[tuple[str, object]] = [
        ("her own", lambda name: world.piece(f"own-{name}")),
        ("her own, taken back", lambda name: world.piece(f"undo-{name}")),
        ("amina's thread", world.piece("open")),
    ]
    made = session().get_one(Invitation, make.invitation("sara").id)
    found = [(name, forum.thread_for(world.viewer("sara"), world.stream(label).id)) for name, label in (
        ("amina's thread", "open"), ("a thread in Solgläntan", "house"), ("a thread taken back", "removed"),
    )]  # fmt: skip
    wishes = [("a resident of Solgläntan", "resident", "Solgläntan"), ("a resident of Linden", "resident", "Linden")]
    wishes += [("staff", "staff", "Solgläntan")]
    nothing: list[tuple[str, object]] = [("-", None)]
    herself: list[tuple[str, object]] = [("herself", world.id), ("somebody else", 4711)]
    spaces: list[tuple[str, object]] = [("a channel for all", open_), ("Solgläntan's channel", sol)]
    everybody = {
        name: recovery.target_for(world.viewer("birgitta"), world.id(name)) for name in ("tuva", "samir", "sara")
    }
    targets: list[tuple[str, object]] = [*everybody.items()]
    question = make.thread("tuva", mode="ask")
    in_it, other = make.reply("vera", question), world.piece("open-reply")
    asked: list[tuple[str, object]] = [("tuva's question", forum.thread_for(world.viewer("sara"), question.id))]
    asked.append(("amina's thread", forum.thread_for(world.viewer("sara"), world.stream("open").id)))
    answers: list[tuple[str, object]] = [
        (name, forum.marking_for(world.viewer("sara"), piece_id))
        for name, piece_id in (
            ("a reply to tuva", in_it.id),
            ("tuva's question", question.opening_id),
            ("no question", other.id),
        )
    ]
    stopped = dataclasses.replace(everybody["tuva"], stopped_makers=frozenset({world.id("birgitta")}))
    targets.append(("tuva, after birgitta's was stopped", stopped))
    sols, nobodys = Request(house_id=world.house("Solgläntan"), checked_by=world.id("sara")), Request()
    way_in = WayIn(id=1, made_by=world.id("sara"))
    some = {name: named.person_for(world.viewer("birgitta"), world.id(name)) for name in ("isla", "samir", "noor")}
    mentioned: list[tuple[str, object]] = [
        ("samir, who reads it", (some["samir"], True, False)),
        ("samir, who does not", (some["samir"], False, False)),
        ("isla, 15, who wrote nothing there", (some["isla"], True, False)),
        ("isla, 15, who wrote there", (some["isla"], True, True)),
        ("noor, protected", (some["noor"], True, True)),
    ]
    return {
        "email.change": herself,
        "email.confirm": nothing,
        "private.open": nothing,
        "recovery.ask": nothing,
        "recovery.use": nothing,
        "recovery.list": nothing,
        "recovery.handle": [("of Solgläntan", sols), ("of nobody known", nobodys)],
        "recovery.make": targets,
        "recovery.confirm": [("tuva's, checked by sara", (sols, everybody["tuva"]))],
        "recovery.withdraw": [("sara's", way_in)],
        "recovery.vouch": [("tuva is asked", Vouch(member_id=world.id("tuva")))],
        "recovery.stop": [("sara's", way_in)],
        "draft.keep": herself,
        "invitation.cancel": [("sara's", made)],
        "invitation.list": nothing,
        "invitation.make": [
            (name, invitations.Wish(kind, world.house(house), adult_checked=True)) for name, kind, house in wishes
        ],
        "member.block": [
            (name, named.person_for(world.viewer("birgitta"), world.id(name))) for name in ("tuva", "sara")
        ],
        "member.change_own": herself,
        "member.join": nothing,
        "member.suspend": nothing,
        "notice.keep": herself,
        "piece.edit": pieces,
        "piece.history": pieces[2:],
        "piece.mention": mentioned,
        "piece.react": pieces,
        "piece.remove": pieces,
        "piece.restore": pieces,
        "reply.as_asker": [
            ("amina's, without her name", Piece(unnamed=True, author_id=world.id("amina"))),
            ("amina's thread", world.piece("open")),
        ],
        "question.mark": answers,
        "question.still": asked,
        "question.tag": asked,
        "question.unanswered": nothing,
        "question.unmark": asked,
        "second_step.off": nothing,
        "session.open": nothing,
        "session.tablet": nothing,
        "space.write": spaces,
        "space.change_in": [("an open channel", open_), ("a closed one", closed)],
        "space.manage": [*nothing, *spaces, ("Linden's channel", linden), ("the staff's channel", staffs)],
        "pin.put": [("amina's thread", world.piece("open")), ("a thread taken back", world.piece("removed"))],
        "pin.end": [("amina's thread", world.stream("open"))],
        "pin.put_away": herself,
        "thread.reply": list(found),
        "thread.start": spaces,
        "thread.unnamed": spaces,
    }
