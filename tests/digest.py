"""Everything the database holds, in one value: to show that something changed nothing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from community.tables import METADATA

# What is written beside an answer and says nothing about people's things; a page that shows what somebody wrote notes
# that it was read, also where a step on it was refused.
BESIDE = {"announcement", "audit_line", "audit_head", "reading"}
SEEN = ("sign_in_session", "last_seen_at")


def digest(connection: Connection, *, ignoring: tuple[str, ...] = ()) -> dict[str, Any]:
    """Every row of every table, sorted; a dictionary, so that a difference can be read."""
    return {
        table.name: sorted(map(repr, connection.execute(select(*_columns(table)))))
        for table in METADATA.sorted_tables
        if table.name not in BESIDE and table.name not in ignoring
    }


def _columns(table: Any) -> list[Any]:
    return [column for column in table.columns if (table.name, column.name) != SEEN]
