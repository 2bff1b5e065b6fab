"""A row of every table for two people, made from the schema alone, with a word of its own in every column of words: so
whatever table is added later is asked the same two questions. Hers must be in her file; the other one's must not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Date, DateTime, String, Table, Text, insert, select

from community.core import crypto
from community.core.db import new_id, session, transaction
from community.core.model_base import UtcDateTime
from community.my_data.tables import TABLES
from community.spaces.models import Space
from community.tables import METADATA
from tests.world import NOW, TODAY, World

THERE = {"member", "house", "space", "clock_offset", "audit_head", "audit_line", "announcement", "outbox_letter"}
"""Tables every world has rows of, or whose rows mean something to everybody at once; asked in tests of their own."""
FOR_ALL = {"rules_version", "publishing_change", "incident", "list_change", "spent_challenge"}
BY_NAME = {"talk": "named", "talk_opened": "named", "stream_member": "named", "inbox": "team", "inbox_step": "team"}
SHORTEST = 8
OPEN = ("ended_at", "closed_at", "undone_at")

GIVEN: dict[tuple[str, str], Any] = {
    ("act", "kind"): "paused",
    ("concern_step", "what"): "answer",
    ("concern_step", "facts"): {},
    ("piece", "nr"): 1,
    ("piece", "state"): "published",
    ("piece", "kind"): "message",
    ("stream", "kind"): "thread",
    ("stream", "listed"): True,
    ("stream_member", "state"): "in",
    ("connection", "state"): "asked",
    ("sanction", "kind"): "cooled_off",
    ("way_in_request", "state"): "done",
    ("handover", "figures"): {},
    ("report", "target"): "told:1",
    ("heard", "keys"): ["ozq"],
}
JSON_SEALED = {"draft": lambda word: json.dumps({"text": word}), "muted_words": lambda word: json.dumps([word])}


class Filled:
    """Rows of `mine` and of `theirs`. `words[code]` is whose word it is, and where it stands."""

    def __init__(self, world: World, mine: str, theirs: str) -> None:
        self.world, self.words = world, dict[str, tuple[str, str, str]]()
        self.ids = {"m": world.id(mine), "o": world.id(theirs)}
        self.keys: dict[tuple[str, str], Any] = {}
        self._stranger = world.id("ivan")
        self.house = world.viewer(mine).house_id
        with transaction() as s:
            for table in METADATA.sorted_tables:
                if table.name not in THERE | FOR_ALL:
                    for whose in ("m", "o"):
                        s.execute(insert(table).values(self._row(table, whose)))
            s.flush()

    def of(self, whose: str) -> Iterator[tuple[str, str, str]]:
        """(word, table, column) of one of the two."""
        return ((code, table, column) for code, (owner, table, column) in self.words.items() if owner == whose)

    def _row(self, table: Table, whose: str) -> dict[str, Any]:
        row = {column.name: self._value(table, column, whose) for column in table.columns if not column.computed}
        row.update(self._fits(table.name, whose))
        key = ":".join(str(row[column.name]) for column in table.primary_key)
        if len(table.primary_key) == 1:
            self.keys[table.name, whose] = row[next(iter(table.primary_key)).name]
        for name, value in row.items():
            if name.endswith("sealed") and value is not None:
                plain = JSON_SEALED.get(table.name, str)(value)
                row[name] = crypto.seal(plain, f"{table.name}:{key}:{name.removesuffix('_sealed')}")
        return row

    def _fits(self, name: str, whose: str) -> dict[str, Any]:
        """What the constraints of a table ask for that no single column tells."""
        own, other = self.ids[whose], self.ids["o" if whose == "m" else "m"]
        pair = sorted((own, self._stranger if whose == "m" else other))
        if name == "exclusion":
            return {"low_id": pair[0], "high_id": pair[1], "kind": "block", "made_by": own}
        if name in ("stream_bridge", "separation"):
            return {"low_id": min(own, other), "high_id": max(own, other)}
        if name == "connection":
            return {"minor_id": own, "adult_id": self._stranger}
        if name == "pin":
            return {"in_channel": True}
        if name == "chat_room":
            return {"standing_in": None}
        if name == "talk":
            return {"low_id": None, "high_id": None}
        if name == "shift":
            return {"back_up_id": None, "ends_at": NOW.replace(hour=23)}
        if name == "handover":
            return {"accepted_by": None}
        if name == "standstill":
            return {"exclusion_id": None, "sanction_id": 5}
        return {}

    def _value(self, table: Table, column: Column[Any], whose: str) -> Any:
        kept, place = TABLES[table.name], (table.name, column.name)
        if place in GIVEN:
            return GIVEN[place]
        if (keys := list(column.foreign_keys)) and keys[0].target_fullname != "member.id":
            return self._parent(table.name, keys[0].column.table.name, column, whose)
        if column.name in kept.hers:
            return self.ids[whose]
        if column.name in {*kept.did, *kept.apart} and not isinstance(column.type, JSON | String | Text):
            return self.ids["o" if whose == "m" else "m"]
        return self._plain(table, column, whose)

    def _parent(self, table: str, parent: str, column: Column[Any], whose: str) -> Any:
        if parent == "house":
            return self.house
        if parent == "space":
            return self.world.space("vardagsrummet")
        if parent == "stream" and table in BY_NAME:
            return self._stream(BY_NAME[table], whose)
        if parent == table:
            return None
        if table == "told_piece":  # what one told of is somebody else's, and not there any more
            return self.keys[parent, "o" if whose == "m" else "m"]
        return self.keys[parent, whose]

    def _stream(self, audience: str, whose: str) -> int:
        """A stream read by name, one for each of the two."""
        if (audience, whose) not in self.keys:
            space_id = session().scalar(select(Space.id).where(Space.audience == audience))
            values = {"id": new_id(), "kind": {"named": "talk", "team": "inbox"}[audience], "space_id": space_id}
            figures = {"seq": 0, "last_nr": 0, "active_at": NOW, "listed": False, "gentle": False, "topics": 0}
            session().execute(insert(METADATA.tables["stream"]).values(**values, **figures, house_id=None))
            self.keys[audience, whose] = values["id"]
        return int(self.keys[audience, whose])

    def _plain(self, table: Table, column: Column[Any], whose: str) -> Any:
        kind = column.type
        if isinstance(kind, UtcDateTime | DateTime):
            return None if column.nullable and column.name in OPEN else NOW
        if isinstance(kind, Date):
            return TODAY
        if isinstance(kind, Boolean):
            return None if column.nullable else False
        if isinstance(kind, JSON):
            return []
        if isinstance(kind, String | Text):
            return _allowed(table, column) or self._word(table, column, whose)
        return new_id() if column.primary_key else 1 if not column.nullable else None

    def _word(self, table: Table, column: Column[Any], whose: str) -> str:
        length = getattr(column.type, "length", None) or 1000
        if length < SHORTEST:
            return "sv"
        code = f"{whose}zq{len(self.words):05d}"
        self.words[code] = (whose, table.name, column.name)
        return code


def _allowed(table: Table, column: Column[Any]) -> str | None:
    """The first of the words a constraint allows, where one does."""
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            found = re.fullmatch(rf"{column.name} IN \((.*)\)", str(constraint.sqltext))
            if found:
                return re.findall(r"'([^']*)'", found[1])[0]
    return None
