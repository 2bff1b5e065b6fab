"""What rows, cells and refusals of the publishing table are called on pages."""

from __future__ import annotations

from typing import Any, NamedTuple

from community.core.i18n import lazy as _l
from community.safety.publishing import (
    ADULTS,
    AMONG_ADULTS,
    CHECK,
    COVERS,
    HOLD,
    MINORS,
    PUBLISH,
    START,
    WHERE_MINORS_READ,
    Key,
    Table,
    bounds,
    is_allowed,
)

STEPS: dict[str, Any] = {
    PUBLISH: _l("Shown at once"),
    CHECK: _l("Shown at once, read after"),
    HOLD: _l("Read first"),
}
MARKS = {PUBLISH: "check", CHECK: "eye", HOLD: "hourglass"}
WHO_WORKS: dict[str, Any] = {
    "host": _l("A host works"),
    "night_own_house": _l("Somebody is awake, own house"),
    "night": _l("Somebody is awake, elsewhere"),
    "none": _l("Nobody works"),
}
WHERE: dict[str, Any] = {MINORS: _l("Where children read too"), ADULTS: _l("Where adults alone read")}


class Part(NamedTuple):
    """A row of the table as pages name it."""

    slug: str
    where: str
    row: str

    @property
    def title(self) -> Any:
        return TITLES[self.row]


TITLES: dict[str, Any] = {
    "under 16": _l("Under 16"),
    "under 16, trusted": _l("Under 16, with a yes from staff"),
    "16-17": _l("16 or 17"),
    "adult, first posts": _l("Adult, first posts"),
    "adult": _l("Adult"),
}
_SLUGS = {
    "under 16": "under-16",
    "under 16, trusted": "under-16-with-a-yes",
    "16-17": "16-17",
    "adult, first posts": "first-posts",
    "adult": "adult",
}
PARTS: dict[str, Part] = {
    part.slug: part
    for part in (
        *(Part(_SLUGS[row], MINORS, row) for row in WHERE_MINORS_READ),
        *(Part(f"among-adults-{_SLUGS[row]}", ADULTS, row) for row in AMONG_ADULTS),
    )
}

FIGURES: dict[str, Any] = {
    "first_posts": _l("First posts of an adult nobody here knows"),
    "young_posts": _l("Posts let through before a yes counts, under 16"),
}
ABOUT_FIGURES: dict[str, Any] = {
    "first_posts": _l("So many posts count as first posts. The next one does not."),
    "young_posts": _l("After so many, a yes from one of staff counts, and what comes next is read after."),
}


def about(part: Part, table: Table) -> Any | None:
    """Who is in a row, where its name does not say it."""
    if part.row == "adult, first posts":
        return _l("The first %(num)s, unless whoever invited them knows them.", num=table.first_posts)
    if part.row == "under 16, trusted":
        return _l("Once %(num)s posts were let through and one of staff has said yes.", num=table.young_posts)
    return None


def can_change(part: Part) -> bool:
    """Whether any cell of a row could say something else than it must."""
    return any(len(allowed(Key(part.where, part.row, cover))) > 1 for cover in COVERS)


def allowed(key: Key) -> list[str]:
    """The steps a cell may hold, the loosest first."""
    return [step for step in STEPS if is_allowed(key, step)]


def refusal(key: Key, step: str) -> Any | None:
    """Why a cell may not hold a step, None where it may. Raises KeyError for a cell there is not."""
    if step not in STEPS:
        return _l("Choose one of these.")
    if is_allowed(key, step):
        return None
    cell = {"who": WHO_WORKS[key.cover], "step": STEPS[step], "start": STEPS[START.step(key)]}
    if key.row == "adult, first posts":
        return _l(
            "%(who)s: “%(step)s” is not safe here. Where children read, somebody reads what an adult nobody knows"
            " writes, at least after.",
            **cell,
        )
    if key.row == "adult":
        return _l(
            "%(who)s: “%(step)s” is not safe here. Where children read, what is written while nobody works is read at"
            " least after.",
            **cell,
        )
    return _l(
        "%(who)s: “%(step)s” is not safe here. What somebody under 18 writes is never shown more freely than in the"
        " start value: “%(start)s”.",
        **cell,
    )


def out_of_bounds(figure: str, number: int | None) -> Any | None:
    """Why a figure may not be this number, None where it may."""
    least, most = bounds(figure)
    if number is not None and least <= number <= most:
        return None
    return _l("Write a number from %(least)s to %(most)s.", least=least, most=most)
