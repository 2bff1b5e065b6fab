"""A member with something of hers in every table that can hold it: one row a table, read off the schema, so that a new
table is in it by itself. Every text says `CANARY`."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Date, String, Table, Text, insert, select

from community.core import crypto
from community.core.db import session, transaction
from community.core.model_base import UtcDateTime, new_id
from community.tables import METADATA
from tests.world import NOW, TODAY, World

CANARY = "cnr-of-her-life"
NOT_FILLED = {
    "member": "she is there",
    "departure": "she makes it herself",
    "chat_present": "of a process, for a minute",
    "piece": "she writes it",
    "audit_line": "the chain is written by acts alone",
    "audit_head": "no member",
    "stream_event": "her pieces have them",
}


def member_keys(table: Table) -> list[str]:
    """The columns of a table that hold a member's number."""
    named = {"member_id", "by_id", "author_id", "actor_id", "member_ids"}
    keyed = {c.name for c in table.columns if any(key.target_fullname == "member.id" for key in c.foreign_keys)}
    return sorted(keyed | (named & {c.name for c in table.columns}))


def fill(world: World, name: str, only: Collection[str] | None = None) -> None:
    """One row in every table with a member's number (or in these alone), all of them hers."""
    member_id = world.id(name)
    own = world.piece(f"own-{name}")
    known = {"piece": own.id, "stream": own.stream_id, "house": world.house("Linden"), "thread": own.stream_id}
    known |= {"space": world.space("vardagsrummet"), "member": member_id}
    with transaction() as s:
        for table in METADATA.sorted_tables:
            if (member_keys(table) or table.name in ("waiting_edit", "piece_told")) and table.name not in NOT_FILLED:
                if only is not None and table.name not in only:
                    continue
                row = {c.name: _value(table, c, known, world, member_id) for c in table.columns}
                _mend(table, row, member_id, world)
                if not _is_there(table, row):
                    s.execute(insert(table), row)
                    s.flush()
                key = next(iter(table.primary_key.columns)).name
                known.setdefault(table.name, row[key])


def _is_there(table: Table, row: dict[str, Any]) -> bool:
    key = [column == row[column.name] for column in table.primary_key.columns]
    return session().execute(select(table).where(*key)).first() is not None


def _value(table: Table, column: Column[Any], known: dict[str, Any], world: World, member_id: int) -> Any:
    for key in column.foreign_keys:
        return known.get(key.target_fullname.split(".")[0])
    words = _allowed(table, column.name)
    kind = column.type
    if words:
        return words[0]
    if column.name == "what":
        return "of our list"
    if isinstance(kind, String | Text):
        if column.name.endswith("_hash") or column.unique:
            return f"{CANARY}-{member_id}"[: getattr(kind, "length", None) or 60]
        return CANARY[: kind.length or 60] if (kind.length or 60) < 200 else CANARY
    if isinstance(kind, Boolean):
        return None if column.name == "is_open" else False
    if isinstance(kind, UtcDateTime):
        return NOW
    if isinstance(kind, Date):
        return TODAY
    if isinstance(kind, JSON):
        return []
    if column.name == "piece_id":
        return known["piece"]
    if column.name in ("by_id", "actor_id", "about_id"):
        return member_id
    return new_id() if column.primary_key else 1


def _allowed(table: Table, column: str) -> list[str]:
    for check in table.constraints:
        said = str(check.sqltext) if isinstance(check, CheckConstraint) else ""
        if said.startswith(f"{column} IN"):
            return re.findall(r"'([^']+)'", said)
    return []


def _mend(table: Table, row: dict[str, Any], member_id: int, world: World) -> None:
    """What a rule of the table asks beside."""
    other = world.id("birgitta")
    low, high = sorted((member_id, other))
    if "low_id" in row:
        row |= {"low_id": low, "high_id": high}
    if table.name == "handover":
        row["accepted_by"] = other
    if table.name == "two_person_turn":
        row["answered_by"] = other
    if table.name == "work_end":
        row["successor_id"] = other
    if table.name == "shift":
        row |= {"back_up_id": other, "ends_at": NOW + timedelta(hours=1)}
    if table.name == "list_phrase":
        row["added_by"] = member_id
    if table.name == "muted_person":
        row["muted_id"] = other
    if table.name == "review_case":
        row |= {"state": "closed", "closed_at": NOW, "target": "piece:1", "outcome": "fine"}
    if table.name == "concern":
        row |= {"state": "closed", "closed_at": NOW}
    if table.name == "email_address":
        row |= {
            "address_sealed": crypto.seal(f"{CANARY}@example.org", f"email_address:{row['id']}:address"),
            "confirmed_at": None,
        }
    if table.name in ("my_data_export", "book_file"):
        row |= {"file": None, "key_sealed": None}
    if table.name == "chat_room":
        row["standing_in"] = None
    if table.name == "pin":
        row |= {"on_home": True}
    if table.name == "sign_in_session":
        row |= {"ended_at": NOW}
    if table.name == "sanction":
        row |= {"ends_at": NOW, "starts_at": NOW}
