"""What becomes of a text no list stops: the rule of product 3.2 as one table, and nothing else.

Who writes, who can read it there, and who works now decide together. A cell says what follows. `START` is what Hearth
comes with; a home changes it (`publishing/`), never looser than `LOOSEST`. All of it is pure: the table is given, and
`tests/safety/test_publishing.py` walks every cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

PUBLISH, CHECK, HOLD = "publish", "check", "hold"
"""It stands at once; it stands and somebody reads it after; somebody reads it first."""
STEPS = (PUBLISH, CHECK, HOLD)
"""From the loosest to the strictest."""

FIRST_POSTS = 3
"""So many posts of an adult nobody here knows are read first."""
YOUNG_POSTS = 10
"""So many posts of somebody under 16 are let through before one of staff may say that hers are read after."""

YOUNG, FIRST, HOUSE, HOST_ASLEEP, NOBODY = "young", "first", "house", "no host", "nobody"
"""Why a text waits: she is under 16; nobody here knows her yet; this home reads first what is written there; no host
works just now; nobody does."""
FOR_COVER = (HOST_ASLEEP, NOBODY)
"""Those that wait only for somebody to be there."""

MINORS, ADULTS = "minors", "adults"
"""Where children read too; where adults alone do."""


class Cell(NamedTuple):
    """What follows under a host; under awake staff alone, in the writer's own house and elsewhere; under nobody."""

    host: str
    night_own_house: str
    night: str
    none: str


COVERS = Cell._fields
WHERE_MINORS_READ = {
    "under 16": Cell(HOLD, HOLD, HOLD, HOLD),
    "under 16, trusted": Cell(CHECK, HOLD, HOLD, HOLD),
    "16-17": Cell(CHECK, CHECK, HOLD, HOLD),
    "adult, first posts": Cell(HOLD, HOLD, HOLD, HOLD),
    "adult": Cell(PUBLISH, PUBLISH, PUBLISH, HOLD),
}
AMONG_ADULTS = {
    "adult, first posts": Cell(CHECK, CHECK, CHECK, CHECK),
    "adult": Cell(PUBLISH, PUBLISH, PUBLISH, PUBLISH),
}
NEVER_THERE = Cell(HOLD, HOLD, HOLD, HOLD)
"""A child where adults alone read: nobody can be there, and if somebody is, somebody reads it first."""


class Writer(NamedTuple):
    """What the rule asks of whoever writes. `passed`: posts of hers that were let through; `trusted`: one of staff has
    said that a child's may be read after; `known`: whoever invited an adult knows her."""

    kind: str
    age_band: str
    passed: int = 0
    trusted: bool = False
    known: bool = False


class Place(NamedTuple):
    """What the rule asks of where it is said: whether adults alone read there, whether it is the writer's own house's,
    and its cover (host, night, none)."""

    adults_only: bool
    own_house: bool
    cover: str


class Key(NamedTuple):
    """Names one cell: where, whose row, and who works."""

    where: str
    row: str
    cover: str

    def __str__(self) -> str:
        return "/".join(self)


@dataclass(frozen=True)
class Table:
    """The whole rule: a cell for every writer and place, and its two figures."""

    minors: Mapping[str, Cell]
    adults: Mapping[str, Cell]
    first_posts: int
    young_posts: int

    def row_of(self, writer: Writer) -> str:
        """The row somebody is in."""
        if writer.age_band == "adult":
            return "adult" if writer.known or writer.passed >= self.first_posts else "adult, first posts"
        if writer.age_band == "16-17":
            return "16-17"
        return "under 16, trusted" if writer.trusted and writer.passed >= self.young_posts else "under 16"

    def cell_of(self, writer: Writer, place: Place) -> Cell:
        """What follows for somebody in a place, whoever works."""
        return (self.adults if place.adults_only else self.minors).get(self.row_of(writer), NEVER_THERE)

    def step(self, key: Key) -> str:
        """What one cell says. Raises KeyError for a cell there is not."""
        rows = {MINORS: self.minors, ADULTS: self.adults}[key.where]
        if key.cover not in COVERS:
            raise KeyError(key)
        return str(getattr(rows[key.row], key.cover))

    @property
    def most_counted(self) -> int:
        """So many posts of somebody say all this table asks about how many there are."""
        return max(self.first_posts, self.young_posts)

    @property
    def adults_need_cover(self) -> bool:
        """Whether who works makes a difference where adults alone read."""
        return any(len(set(cell)) > 1 for cell in self.adults.values())


START = Table(WHERE_MINORS_READ, AMONG_ADULTS, FIRST_POSTS, YOUNG_POSTS)
"""What Hearth comes with."""
LOOSEST = Table(
    {
        **WHERE_MINORS_READ,
        "adult, first posts": Cell(CHECK, HOLD, HOLD, HOLD),  # unread by night only where somebody knows her
        "adult": Cell(PUBLISH, PUBLISH, PUBLISH, CHECK),
    },
    dict.fromkeys(AMONG_ADULTS, Cell(PUBLISH, PUBLISH, PUBLISH, PUBLISH)),
    first_posts=1,
    young_posts=YOUNG_POSTS,
)
"""No home's table is looser than this in any cell, nor counts fewer posts."""
MOST = {"first_posts": 50, "young_posts": 200}
"""More posts than so many would be a rule nobody gets past."""

Changes = Mapping[str, str | int]
"""What a table says otherwise than `START`: a step by the name of its cell, a number by the name of its figure."""


def all_cells() -> Iterator[Key]:
    """Every cell there is, in the order of the table."""
    for where, rows in ((MINORS, WHERE_MINORS_READ), (ADULTS, AMONG_ADULTS)):
        yield from (Key(where, row, cover) for row in rows for cover in COVERS)


def is_looser(step: str, than: str) -> bool:
    """Whether a step lets more through unread than another."""
    return STEPS.index(step) < STEPS.index(than)


def is_allowed(key: Key, step: str) -> bool:
    """Whether a home may put this step into a cell. Raises KeyError and ValueError for what there is not."""
    return not is_looser(step, LOOSEST.step(key))


def is_uneven(cell: Cell) -> bool:
    """Whether a cell lets more through unread while fewer people work: allowed, and seldom meant."""
    return any(is_looser(fewer, more) for more, fewer in pairwise(cell))


def bounds(figure: str) -> tuple[int, int]:
    """The least and the most a figure may be. Raises KeyError for one there is not."""
    most = MOST[figure]
    return getattr(LOOSEST, figure), most


def changed(changes: Changes) -> Table:
    """The start values with a home's changes. Whatever is not allowed (a looser cell, a figure out of its bounds, a
    cell there is not) is as though it had not been said, so that no stored row makes the rule unsafe."""
    rows: dict[str, dict[str, Cell]] = {MINORS: dict(WHERE_MINORS_READ), ADULTS: dict(AMONG_ADULTS)}
    for key in all_cells():
        step = changes.get(str(key))
        if step in STEPS and is_allowed(key, str(step)):
            rows[key.where][key.row] = rows[key.where][key.row]._replace(**{key.cover: step})
    figures = {figure: getattr(START, figure) for figure in MOST}
    for figure in figures:
        number, (least, most) = changes.get(figure), bounds(figure)
        if isinstance(number, int) and least <= number <= most:
            figures[figure] = number
    return Table(rows[MINORS], rows[ADULTS], **figures)


def changes_in(table: Table) -> dict[str, str | int]:
    """What a table says otherwise than the start values: what `changed` makes it from."""
    cells: dict[str, str | int] = {
        str(key): table.step(key) for key in all_cells() if table.step(key) != START.step(key)
    }
    return cells | {one: getattr(table, one) for one in MOST if getattr(table, one) != getattr(START, one)}


def decide(writer: Writer, place: Place, table: Table = START) -> tuple[str, str | None]:
    """What becomes of a text, and why where it waits. Staff publish."""
    if writer.kind == "staff":
        return PUBLISH, None
    cell = table.cell_of(writer, place)
    step = getattr(cell, _column(place))
    return step, _why(table.row_of(writer), cell, place) if step == HOLD else None


def lets_through(writer: Writer, place: Place, table: Table = START) -> str | None:
    """Whose working for an hour lets a clean text through that waited only for somebody to be there: "host", or "night"
    (anybody; of a grown-up alone, and where that is enough to stand); None where a person reads it, whoever works."""
    cell = table.cell_of(writer, place)
    if cell.host == HOLD:
        return None
    night = cell.night_own_house if place.own_house else cell.night
    return "night" if writer.age_band == "adult" and night != HOLD else "host"


def _column(place: Place) -> str:
    if place.cover == "night":
        return "night_own_house" if place.own_house else "night"
    return "host" if place.cover == "host" else "none"


def _why(row: str, cell: Cell, place: Place) -> str:
    """Whoever is told that nobody works must get her turn when somebody does; so a text that would wait under a host
    too says why, and an unknown adult's always waits for a reader."""
    if row == "adult, first posts":
        return FIRST
    if cell.host == HOLD:
        return HOUSE if row == "adult" or (row == "16-17" and cell is not NEVER_THERE) else YOUNG
    return NOBODY if place.cover not in ("host", "night") else HOST_ASLEEP
