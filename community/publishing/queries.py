"""The publishing table as staff see it, and every change of it in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from community.core.db import session
from community.core.policy import require
from community.members import queries as members
from community.members.people import Viewer
from community.publishing import rules, words
from community.safety import publishing
from community.safety.models import PublishingChange
from community.safety.publishing import COVERS, MOST, START, Key, Table, all_cells

NEWEST = 5  # changes on the page of the table
PAGE = 50
MANY = 2**31  # whoever sends a larger number made it up


@dataclass(frozen=True)
class CellView:
    """What follows while somebody works (`cover`), and what the start value is."""

    cover: str
    step: str
    start: str
    allowed: list[str]

    @property
    def changed(self) -> bool:
        return self.step != self.start


@dataclass(frozen=True)
class RowView:
    """A row with its cells. `open`: something in it may be changed; `uneven`: it lets more through unread while fewer
    people work."""

    part: words.Part
    cells: list[CellView]
    open: bool
    uneven: bool

    @property
    def changed(self) -> bool:
        return any(cell.changed for cell in self.cells)

    @property
    def alike(self) -> bool:
        """Whether nothing in it depends on who works, and nothing was changed: one line says all of it."""
        return not self.changed and len({cell.step for cell in self.cells}) == 1


@dataclass(frozen=True)
class FigureView:
    name: str
    number: int
    start: int

    @property
    def changed(self) -> bool:
        return self.number != self.start


@dataclass(frozen=True)
class LineView:
    """One thing a change changed: a cell (`part`, `cover`) or a figure; values as steps or numbers."""

    part: words.Part | None
    cover: str
    before: str | int
    after: str | int


@dataclass(frozen=True)
class ChangeView:
    """A line of history. `to_start`: all of it is as Hearth came from then on."""

    version: int
    lines: list[LineView]
    reason: str
    at: datetime
    who: str
    to_start: bool


@dataclass(frozen=True)
class Now:
    """The table as it holds, and by which version it is called."""

    version: int
    table: Table


def now_for(viewer: Viewer) -> Now:
    """The table as its newest change left it."""
    require(viewer, rules.READ)
    row = session().scalars(select(PublishingChange).order_by(PublishingChange.version.desc()).limit(1)).first()
    return Now(row.version, publishing.changed(row.says)) if row is not None else Now(0, START)


def rows_of(viewer: Viewer, table: Table) -> dict[str, list[RowView]]:
    """The rows of a table, by where they are about."""
    require(viewer, rules.READ)
    found: dict[str, list[RowView]] = {where: [] for where in words.WHERE}
    for part in words.PARTS.values():
        found[part.where].append(row_of(viewer, part, table))
    return found


def row_of(viewer: Viewer, part: words.Part, table: Table) -> RowView:
    """One row of a table."""
    require(viewer, rules.READ)
    named = [Key(part.where, part.row, cover) for cover in COVERS]
    cells = [CellView(key.cover, table.step(key), START.step(key), words.allowed(key)) for key in named]
    uneven = publishing.is_uneven(publishing.Cell(*(cell.step for cell in cells)))
    return RowView(part, cells, words.can_change(part), uneven)


def figures_of(viewer: Viewer, table: Table) -> list[FigureView]:
    """The two figures of a table."""
    require(viewer, rules.READ)
    return [FigureView(name, getattr(table, name), getattr(START, name)) for name in MOST]


def history_for(viewer: Viewer, *, before: int | None = None, limit: int = PAGE) -> list[ChangeView]:
    """What was changed, the newest first, older than a version where one is given. Three questions."""
    require(viewer, rules.READ)
    newest = select(PublishingChange).order_by(PublishingChange.version.desc()).limit(limit + 1)
    if before is not None:
        newest = newest.where(PublishingChange.version < min(max(before, 0), MANY))
    rows = list(session().scalars(newest))
    return _views(rows, limit)


def since(viewer: Viewer, version: int) -> list[ChangeView]:
    """What was changed after a version, the newest first: whoever worked with that version is told."""
    require(viewer, rules.READ)
    version = min(max(version, 0), MANY)
    later = select(PublishingChange).where(PublishingChange.version >= version)
    rows = list(session().scalars(later.order_by(PublishingChange.version.desc()).limit(PAGE + 1)))
    return _views(rows, min(PAGE, sum(row.version > version for row in rows)))


def lines_between(before: Table, after: Table) -> list[LineView]:
    """What stands otherwise in a table than in an earlier one, in the order of the table. Pure."""
    parts = {(part.where, part.row): part for part in words.PARTS.values()}
    cells = [
        LineView(parts[key.where, key.row], key.cover, before.step(key), after.step(key))
        for key in all_cells()
        if before.step(key) != after.step(key)
    ]
    figures = [(name, getattr(before, name), getattr(after, name)) for name in MOST]
    return [*cells, *(LineView(None, name, then, now) for name, then, now in figures if then != now)]


def _views(rows: list[PublishingChange], shown: int) -> list[ChangeView]:
    """The first of these rows (the newest first), each against the one before it, which is there as well or is none."""
    people = members.authors(row.by_id for row in rows[:shown])
    tables = [*(publishing.changed(row.says) for row in rows), START]
    pairs: Iterable[Any] = zip(rows[:shown], tables, tables[1:], strict=False)
    return [
        ChangeView(row.version, lines_between(then, now), row.reason, row.at, people[row.by_id].name, not row.says)
        for row, now, then in pairs
    ]
