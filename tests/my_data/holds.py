"""Where the schema holds a member's number: columns with a key to her, and columns that hold one without a key."""

from __future__ import annotations

from sqlalchemy import JSON, Column, String, Table, Text

from community.tables import METADATA

WITHOUT_A_KEY = ("ids", "facts", "figures", "member_ids", "target", "subject", "who", "cause", "room", "what")
"""Names of columns of words, or of several values, that may hold one among other things."""

OTHER_NUMBERS = {
    "act_id",
    "book_id",
    "case_id",
    "client_id",
    "credential_id",
    "exclusion_id",
    "file_id",
    "house_id",
    "letter_id",
    "opening_id",
    "piece_id",
    "process_id",
    "quote_id",
    "ref_id",
    "request_id",
    "sanction_id",
    "space_id",
    "way_in_id",
}
"""Numbers without a key that are of something else than a member. Whoever adds a column says here, or in
`my_data/tables.py`, what it is."""

OTHER_WORDS = {
    ("case_step", "what"),
    ("concern_step", "what"),
    ("inbox_step", "what"),
    ("reading", "what"),
    ("audit_line", "cause"),
    ("book_item", "what"),
}
"""Columns with such a name that hold words of ours alone."""


def member_columns(table: Table) -> set[str]:
    """The columns of a table in which a member's number may stand."""
    return {column.name for column in table.columns if _holds_one(table, column)}


def columns_of(name: str) -> set[str]:
    return {column.name for column in METADATA.tables[name].columns}


def _holds_one(table: Table, column: Column[object]) -> bool:
    if column.foreign_keys:
        return any(key.target_fullname == "member.id" for key in column.foreign_keys)
    if (table.name, column.name) == ("member", "id"):
        return True
    if isinstance(column.type, JSON | String | Text):
        return column.name in WITHOUT_A_KEY and (table.name, column.name) not in OTHER_WORDS
    numbers = column.name.endswith(("_id", "_ids", "_by")) or column.name in ("by", "author", "member")
    return numbers and column.name not in OTHER_NUMBERS
