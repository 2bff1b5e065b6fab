"""The same for programs: data.json. Keys are the columns' own names and are described in it, and so are
the reasons why something is not given; moments are UTC."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from community.my_data import reasons, words
from community.my_data.gathering import Gathered
from community.my_data.tables import TABLES

FORMAT = 2


def written(found: Gathered, language: str) -> str:
    """Everything as JSON; the keys described in one language."""
    return json.dumps(_whole(found, language), default=_plainly, ensure_ascii=False, indent=1)


def _whole(found: Gathered, language: str) -> dict[str, Any]:
    used = {name for rows in found.tables.values() for row in rows for name in row}
    return {
        "about": {
            "format": FORMAT,
            "name": found.name,
            "made_at": found.made_at,
            "language": language,
            "keys": {name: words.key(name) for name in sorted(used)},
            "reasons": {one.key: str(one.words) for one in reasons.ALL},
            "not_given": {name: kept.why.key for name, kept in TABLES.items() if kept.gives is None and kept.why},
            "left_out": {
                name: {column: why.key for column, why in kept.leaves.items()}
                for name, kept in TABLES.items()
                if kept.gives and kept.leaves
            },
        },
        "tables": found.tables,
        "conversations": [
            {"kind": one.kind, "name": one.name, "messages": one.messages} for one in found.conversations
        ],
        "elsewhere": found.elsewhere,
    }


def _plainly(value: Any) -> str:
    """Days, and moments as aware UTC, in ISO form. Raises TypeError for what has no plain form."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
