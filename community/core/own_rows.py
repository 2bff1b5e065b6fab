"""A row as plain values, for whoever takes along what is kept about her: columns by their names, sealed ones opened."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import inspect

from community.core import crypto

Row = dict[str, Any]
END = "_sealed"


def plain(row: Any, *leaves: str, **instead: Any) -> Row:
    """The columns of a row but those in `leaves`; a sealed one opened, under its name without `_sealed`. `instead` are
    values in the place of what is stored (a name for a number), and what stands beside the columns. Raises Unsealable.
    """
    key = ":".join(str(part) for part in inspect(row).identity)
    found = {}
    for column in row.__table__.columns:
        if column.name not in leaves and told_as(column.name) not in instead:
            found[told_as(column.name)] = _opened(row, key, column.name)
    return {**found, **instead}


def plain_all(rows: Collection[Any], *leaves: str) -> list[Row]:
    """The same of several, as they are."""
    return [plain(row, *leaves) for row in rows]


def told_as(column: str) -> str:
    """What a column is called where it is told."""
    return column.removesuffix(END)


def _opened(row: Any, key: str, column: str) -> Any:
    value = getattr(row, column)
    if value is None or not column.endswith(END):
        return value
    return crypto.unseal(value, f"{row.__tablename__}:{key}:{told_as(column)}")
