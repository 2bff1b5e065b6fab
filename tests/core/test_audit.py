"""The chain: every line bound to the one before, no line changed or taken away."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from community.core import audit
from community.core.audit import START, AuditHead, AuditLine
from community.core.db import session, transaction
from community.members import actions
from community.members.rules import COMMAND_LINE
from tests.world import World


def _lines() -> list[AuditLine]:
    return list(session().scalars(select(AuditLine).order_by(AuditLine.n)))


def test_the_chain_holds_from_its_first_line_to_its_head(world: World) -> None:
    actions.suspend(COMMAND_LINE, "tuva")
    actions.restore(COMMAND_LINE, "tuva")
    lines, previous = _lines(), START
    assert len(lines) > 20
    assert [line.n for line in lines] == list(range(1, len(lines) + 1))
    for line in lines:
        assert line.hash == audit.chained(previous, line), line.n
        previous = line.hash
    head = session().get_one(AuditHead, 1)
    assert (head.n, head.hash) == (len(lines), previous)
    assert [line.act for line in lines[-2:]] == ["member.suspended", "member.restored"]


def test_a_line_is_written_with_its_act_or_not_at_all(world: World) -> None:
    before = len(_lines())
    with pytest.raises(ZeroDivisionError), transaction():
        audit.append(None, "x", "member:1")
        raise ZeroDivisionError
    assert len(_lines()) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_line SET act = 'x' WHERE n = 1",
        "DELETE FROM audit_line WHERE n = 1",
        "TRUNCATE audit_line",
        "INSERT OR REPLACE INTO audit_line SELECT n, at, actor_id, 'x', subject, reason, facts, hash"
        " FROM audit_line WHERE n = 1",
        "UPDATE audit_head SET n = n - 1",
        "UPDATE audit_head SET n = n + 2",
        "UPDATE audit_head SET id = 2",
        "DELETE FROM audit_head",
        "TRUNCATE audit_head",
        "INSERT OR REPLACE INTO audit_head SELECT 1, 1, hash FROM audit_head",
    ],
)
def test_the_database_itself_refuses(world: World, rolled_back: Any, database_kind: str, statement: str) -> None:
    only = {"TRUNCATE": "postgresql", "INSERT": "sqlite"}.get(statement.split()[0])
    if only not in (None, database_kind):
        return  # a statement the other database does not know
    with pytest.raises(DatabaseError, match="append-only"), rolled_back.begin_nested():
        rolled_back.execute(text(statement))
    assert _lines()[0].act == "invitation.made"


def test_lines_hold_no_words_of_people(world: World) -> None:
    told = " ".join(f"{line.subject} {line.reason} {line.facts}" for line in _lines()).lower()
    assert "words of" not in told
    assert "amina" not in told
