"""What is prepared, for the matrix: amina is on her way and wants letters; johanna has moved, was asked how it goes,
and has a letter; olle had to move at once; samir, who never asks, was asked how it goes as well."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from community.core.db import session, transaction
from community.moving import listing, preparing
from community.moving.models import Move
from community.moving.prepared_models import FarewellLetter
from community.notices import laying
from community.notices.models import OwnCard
from tests.moving.preparing import has_moved_before, letter, on_her_way
from tests.world import CAST, World

UNKNOWN = 4711
MOVERS = ("amina", "johanna", "vera", "unknown")
LINES = ("aminas", "unknown")
LETTERS = ("johannas", "unknown")
CARDS = ("johannas", "samirs", "unknown")
KEPT = ("tuva", "unknown")
MOVES = ("olles", "aminas", "unknown")
TARGETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("preparing.shared", "preparing.start"), MOVERS),
    **dict.fromkeys((f"preparing.{step}" for step in ("line", "tick", "remove")), LINES),
    **dict.fromkeys(("preparing.write_letter", "preparing.take_back"), MOVERS),
    **dict.fromkeys(("preparing.letter", "home.tell_of_letter"), LETTERS),
    "preparing.let_go": KEPT,
    "preparing.adult": MOVES,
    "cards.answer": CARDS,
}


def somebody_prepares(world: World) -> dict[str, Any]:
    """The part of the scene that is about them."""
    amina = world.viewer("amina")
    move = session().scalar(select(Move).where(Move.member_id == amina.id, Move.is_open.is_(True)))
    assert move is not None
    preparing.wish(amina, move, letters=True)
    sudden = {"aminas": move.id, "olles": on_her_way(world, "olle", 0, "sudden", letters=False)}
    line = listing.add(world.viewer("amina"), world.id("amina"), "hyra en bil")
    written = letter(world, "sara", "amina", "hej då Amina")
    johannas = has_moved_before(world, "johanna", "sara", "hej då Johanna")
    with transaction():
        for who in ("johanna", "samir"):
            laying.lay(world.id(who), "farewell", johannas)
    cards = dict(session().execute(select(OwnCard.member_id, OwnCard.id)).all())
    owners = {"johannas": "johanna", "samirs": "samir"}
    return {
        "sudden": sudden,
        "lines": {"aminas": line.id},
        "letters": {"aminas": written.id, "johannas": _letter_to(world, "johanna")},
        "cards": {name: cards[world.id(who)] for name, who in owners.items()},
    }


def _letter_to(world: World, who: str) -> int:
    found = session().scalar(select(FarewellLetter).where(FarewellLetter.to_id == world.id(who)))
    assert found is not None and session().get(Move, found.move_id) is not None
    return found.id


def values(scene: Any, world: World, endpoint: str, target: str) -> dict[str, Any]:
    """What stands in an address."""
    kinds: dict[tuple[str, ...], tuple[str, Any]] = {
        LINES: ("line_id", scene.lines),
        LETTERS: ("letter_id", scene.letters),
        CARDS: ("card_id", scene.cards),
        MOVES: ("move_id", scene.sudden),
    }
    if TARGETS[endpoint] in kinds:
        name, found = kinds[TARGETS[endpoint]]
        return {name: found.get(target, UNKNOWN)}
    return {"member_id": world.id(target) if target in CAST else UNKNOWN}


def fields(world: World, endpoint: str) -> dict[str, Any] | None:
    """A form anybody who may would send; None for what is none of these."""
    return {
        "preparing.shared": {"line": "en rad till"},
        "preparing.line": {"line": "hyra en bil", "note": "ring först", "link": "", "version": 1},
        "preparing.tick": {"do": "done"},
        "preparing.people": {"to_id": world.id("sara")},
        "preparing.wishes": {"letters": "yes"},
        "preparing.write_letter": {"text": "hej då"},
        "preparing.adult": {"adult_id": world.id("sara")},
        "home.tell_of_letter": {"reason": "unkind", "words": ""},
        "cards.answer": {"do": "no"},
    }.get(endpoint)
