"""Is a copy of the database whole? Asked of every backup before it is sealed, and after it was restored."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, inspect, select, text

from community.core import anchors, crypto, snapshots


class Unsound(Exception):
    """The copy is not whole; the message is a sentence that says where."""


def check(line: Connection, revision: str, counts: Mapping[str, int] | None) -> None:
    """SQLite's own word on the file, the schema, the number of rows in each table, and every sealed column opened.

    Raises Unsound. `counts` None: they are not compared.
    """
    if line.dialect.name == "sqlite":
        said = [row[0] for row in line.execute(text("PRAGMA integrity_check"))]
        if said != ["ok"] or line.execute(text("PRAGMA foreign_key_check")).first() is not None:
            raise Unsound("SQLite does not find the database whole.")
    if snapshots.revision_of(line) != revision:
        raise Unsound("The schema is not the one the backup tells of.")
    if counts is not None:
        found = snapshots.counts_of(line)
        wrong = sorted(name for name in {*found, *counts} if found.get(name) != counts.get(name))
        if wrong:
            raise Unsound(f"The number of rows is not the one the backup tells of: {', '.join(wrong)}.")
    open_sealed(line)


def chain_fault(line: Connection, anchor_folder: Path) -> str:
    """What is wrong with the audit chain, '' for nothing."""
    verdict = anchors.verify(anchor_folder, line)
    if verdict.bad is not None:
        return f"Line {verdict.bad} of the audit chain {verdict.fault}."
    return f"The audit chain is whole, but {verdict.fault}." if verdict.fault else ""


def open_sealed(line: Connection) -> None:
    """Every column named `sealed` or `*_sealed`, every row, by the rule of `crypto.seal`; of a row with several keys
    they stand one after the other. Raises Unsound."""
    inspector = inspect(line)
    for name in sorted(inspector.get_table_names()):
        sealed = [str(c["name"]) for c in inspector.get_columns(name) if str(c["name"]).endswith("sealed")]
        if not sealed:
            continue
        table = Table(name, MetaData(), autoload_with=line)
        keys = list(table.primary_key.columns)
        rows = line.execute(select(*keys, *(table.c[column] for column in sealed)))
        for row in rows:
            place = ":".join(map(str, (name, *row[: len(keys)])))
            for column, value in zip(sealed, row[len(keys) :], strict=True):
                _open(name, place, column, value)


def _open(table: str, place: str, column: str, value: str | None) -> None:
    if not value:  # emptied, or never written
        return
    try:
        crypto.unseal(value, f"{place}:{column.removesuffix('_sealed')}")
    except (crypto.Unsealable, ValueError) as error:
        raise Unsound(f"A sealed {table}.{column} can't be opened with the keys at hand.") from error
