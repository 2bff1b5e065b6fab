"""What is sealed is sealed to its place: by that rule a copy of the database is opened, so every room keeps it."""

from __future__ import annotations

import re
from pathlib import Path

import community
from community import tables
from community.core.db import Base

SOURCE = "\n".join(path.read_text() for path in Path(community.__file__).parent.rglob("*.py"))


def test_every_sealed_column_has_a_place_that_begins_with_its_table_and_ends_with_its_name() -> None:
    assert tables.__doc__  # all of them are known
    wrong = []
    for table in Base.metadata.sorted_tables:
        for column in (one.name for one in table.columns if one.name.endswith("sealed")):
            name = column.removesuffix("_sealed")
            written = rf'"{table.name}:\{{[^"]+\}}:(?:{name}|\{{\w+\}})"'
            if not re.search(written, SOURCE):
                wrong.append(f"{table.name}.{column}")
    assert wrong == []
