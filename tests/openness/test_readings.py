"""What staff read of somebody's private words is an act, and she sees it: who, what, when and why."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import Invalid, NotAllowed
from community.members import readings
from community.members.models import Reading
from community.openness import words
from community.streams import actions
from tests.client import Browser, words_of
from tests.world import World

Browsers = Callable[..., Browser]
COMMUNITY = Path(__file__).parents[2] / "community"


def lines(act: str) -> list[AuditLine]:
    return list(session().scalars(select(AuditLine).where(AuditLine.act == act)))


def test_earlier_words_are_read_with_a_reason_and_their_writer_sees_it(world: World, browser: Browsers) -> None:
    piece = world.piece("own-amina")
    actions.edit_piece(world.viewer("amina"), piece.id, version=1, body="andra ord", title=None)
    sara, amina = browser("sara"), browser("amina")
    asked = sara.get(f"/pieces/{piece.id}/history")
    assert "words of own-amina" not in asked.text and "Varför behöver du läsa det?" in asked.text
    assert lines("history.opened") == [] and "Ingen har läst något" in amina.get("/me/read").text
    assert "words of own-amina" not in sara.get(f"/pieces/{piece.id}/history?why=because").text
    assert "words of own-amina" in sara.get(f"/pieces/{piece.id}/history?why=report").text
    line = lines("history.opened")[0]
    assert (line.actor_id, line.subject, line.reason) == (world.id("sara"), f"piece:{piece.id}", "report")
    page = words_of(amina.get("/me/read"))
    assert "Vad en text av dig sa innan du ändrade den Sara läste. Varför: Någon har sagt till om det" in page
    assert "Sara läste" not in words_of(browser("tuva").get("/me/read"))


def test_nothing_is_given_that_is_not_noted(world: World) -> None:
    amina = world.id("amina")
    with pytest.raises(Invalid):
        readings.opened(world.viewer("sara"), "held", "piece:1", amina, lambda: "words")
    for name in ("tuva", "amina"):
        with pytest.raises(NotAllowed):
            readings.opened(world.viewer(name), "held", "piece:1", amina, lambda: "words", reason="worry")

    def breaks() -> str:
        raise LookupError

    with pytest.raises(LookupError):
        readings.opened(world.viewer("sara"), "held", "piece:1", amina, breaks, reason="worry")
    assert lines("held.opened") == [] and session().scalars(select(Reading)).all() == []
    words_read = readings.opened(world.viewer("sara"), "held", "piece:1", amina, lambda: "words", why="hon lät ledsen")
    assert words_read == "words" and lines("held.opened")[0].reason == "own words"
    row = session().scalars(select(Reading)).one()
    assert row.why_sealed and "ledsen" not in row.why_sealed
    assert readings.of_mine(world.viewer("amina"))[0].why == "hon lät ledsen"


def test_every_reading_of_the_code_is_told_in_words() -> None:
    """Every `opened(...)` names something that she is told in words, and whose line stands in the list."""
    named = set()
    for path in COMMUNITY.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            func = call.func
            if isinstance(func, ast.Attribute) and func.attr == "opened" and len(call.args) > 4:
                named.add(str(getattr(call.args[1], "value", "")))
    assert named >= {"history", "way_in", "who"}
    assert named <= set(readings.WHAT)
    assert {f"{what}.opened" for what in readings.WHAT} <= set(words.DONE)
