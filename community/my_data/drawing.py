"""The pages of the file: plain HTML that opens from anywhere without a line and without script, one page a chapter,
more where it is long. Every word in them is escaped; nothing in them leads to anything outside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_datetime
from flask import current_app

from community.core import clock, i18n
from community.core.i18n import _
from community.core.own_rows import Row
from community.my_data import how_long, words
from community.my_data.chapters import CHAPTERS, Chapter
from community.my_data.gathering import Conversation, Gathered

ON_A_PAGE = 200
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Entry:
    """A row as it is read: `texts` are pairs of label and words in full, `facts` pairs of label and value; `picture`:
    where the picture lies that it is about."""

    texts: list[tuple[str, str]]
    facts: list[tuple[str, str]]
    lang: str | None
    picture: str | None = None
    alt: str = ""


@dataclass(frozen=True)
class Part:
    """A table, or a conversation, as far as it stands on one page; `more`: the page after it."""

    title: str
    count: int
    entries: list[Entry]
    messages: list[Row]
    more: str | None


def pages(found: Gathered, community: str) -> Iterator[tuple[str, str]]:
    """Each page with its name, in the language of whoever asked."""
    counts = {chapter.key: _count(chapter, found) for chapter in CHAPTERS}
    there = [chapter for chapter in CHAPTERS if counts[chapter.key] or not chapter.at_work]
    shell: dict[str, Any] = {"lang": i18n.language(), "community": community, "name": found.name}
    shell |= {"made_at": moment(found.made_at), "chapters": there, "moment": moment}
    yield "index.html", _drawn("my_data/index.html", counts=counts, here="", **shell)
    for chapter in there:
        for name, parts in _pages_of(chapter, found):
            lead = chapter.about if name == f"{chapter.key}.html" else ""
            page = {"chapter": chapter, "parts": parts, "lead": lead, "here": chapter.key}
            page["kept"] = how_long.of(chapter.tables)
            yield name, _drawn("my_data/chapter.html", **page, **shell)
    elsewhere = [(words_of_place(place), count) for place, count in found.elsewhere.items()]
    yield "missing.html", _drawn("my_data/missing.html", elsewhere=elsewhere, here="missing", **shell)
    keys = [(name, words.key(name)) for name in sorted({*words.LABELS, *words.NUMBERS})]
    yield "keys.html", _drawn("my_data/keys.html", keys=keys, here="keys", **shell)


def moment(at: datetime) -> str:
    """A moment in full: whoever reads it may do so in many years."""
    return str(format_datetime(clock.local(at).replace(tzinfo=None), "d MMM y HH:mm", locale=i18n.language()))


def words_of_place(place: str) -> str:
    """'act.by_id' as it stands in a list."""
    table, _dot, column = place.partition(".")
    return f"{table}: {words.key(column) or column}"


def entry(row: Row) -> Entry:
    """A row as it is read: what is long in full, what is a number of the machine not at all."""
    texts, facts = [], []
    for name, value in row.items():
        label = words.LABELS.get(name)
        if value is None or value == "" or label is None or (name in words.UNLESS_SO and not value):
            continue
        if name in words.LONG and isinstance(value, str):
            texts.append(("" if name == "text" else str(label), _UNSAFE.sub("", value)))
        else:
            facts.append((str(label), _shown(name, value)))
    return Entry(texts, facts, row.get("lang"), row.get("file"), row.get("alt") or "")


def _drawn(template: str, **values: Any) -> str:
    """Without what pages of the house know of their reader and their address."""
    return str(current_app.jinja_env.get_template(template).render(**values))


def _shown(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return str(format_date(value, "d MMM y", locale=i18n.language()))
    if isinstance(value, dict):
        return "\n".join(str(one) for one in value.values())
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return _UNSAFE.sub("", words.value(name, value) or str(value))


def _count(chapter: Chapter, found: Gathered) -> int:
    messages = sum(len(one.messages) for one in found.conversations) if chapter.conversations else 0
    return sum(len(found.tables[table]) for table in chapter.tables) + messages


def _pages_of(chapter: Chapter, found: Gathered) -> Iterator[tuple[str, list[Part]]]:
    """The first page has the beginning of everything, each further one the going on of one thing."""
    first: list[Part] = []
    further: list[tuple[str, list[Part]]] = []
    if chapter.conversations:
        for nr, talk in enumerate(found.conversations, 1):
            first.append(_conversation(talk, f"{talk.kind}-{nr}", further))
    for table, title in chapter.tables.items():
        if rows := found.tables[table]:
            first.append(_table(str(title), rows, table, further))
    yield f"{chapter.key}.html", first
    yield from further


def _table(title: str, rows: Sequence[Row], name: str, further: list[tuple[str, list[Part]]]) -> Part:
    made = []
    for page, at in enumerate(range(0, len(rows), ON_A_PAGE), 1):
        last = at + ON_A_PAGE >= len(rows)
        entries = [entry(row) for row in rows[at : at + ON_A_PAGE]]
        made.append(Part(title, len(rows), entries, [], None if last else f"{name}-{page + 1}.html"))
    further += [(f"{name}-{page}.html", [part]) for page, part in enumerate(made[1:], 2)]
    return made[0]


def _conversation(talk: Conversation, name: str, further: list[tuple[str, list[Part]]]) -> Part:
    title = talk.name if talk.kind == "talk" else _("The team at %(house)s", house=talk.name)
    if not talk.messages:
        return Part(title, 0, [], [], None)
    made = []
    for page, at in enumerate(range(0, len(talk.messages), ON_A_PAGE), 1):
        last = at + ON_A_PAGE >= len(talk.messages)
        told = [_message(row) for row in talk.messages[at : at + ON_A_PAGE]]
        made.append(Part(title, len(talk.messages), [], told, None if last else f"{name}-{page + 1}.html"))
    further += [(f"{name}-{page}.html", [part]) for page, part in enumerate(made[1:], 2)]
    return made[0]


def _message(row: Row) -> Row:
    gone = _("Taken back.") if row["state"] == "removed" else _("Hidden.") if row["state"] == "hidden" else ""
    return {**row, "text": _UNSAFE.sub("", row["text"]), "gone": gone if not row["text"] else ""}
