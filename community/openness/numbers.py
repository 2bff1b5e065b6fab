"""Numbers for everybody: how often staff stepped in this month and last quarter, and how soon they decided.

Nobody is to be found in them. A number under five is "fewer than 5", every other one a step of five ("5 to 9"), all in
the same way, none is the sum of others shown; they end at the last midnight, so that nothing that happens today moves
them. A matter of the safety leads counts once it is closed, in no number before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import and_, func, or_, select

from community.acts.models import Act, Appeal
from community.core import clock
from community.core.db import session
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.members.people import Viewer
from community.safety.cases import OF_TELLING
from community.safety.models import Case

FEW = STEP = 5
KEPT = timedelta(hours=1)

ACTS: dict[str, tuple[str, ...]] = {
    "hidden": ("hidden", "removed"),
    "returned": ("returned",),
    "cooled_off": ("cooled_off",),
    "paused": ("paused",),
    "suspended": ("suspended",),
}
WORDS: dict[str, Any] = {
    "told": _l("Things somebody told staff about"),
    "hidden": _l("Texts hidden or taken away"),
    "returned": _l("Texts sent back"),
    "cooled_off": _l("Short breaks"),
    "paused": _l("Reading only for a while"),
    "suspended": _l("Closed for now"),
    "appeals": _l("Times somebody said “this is wrong”"),
    "right": _l("Of those, they were right"),
    "time": _l("Half of all decisions took at most"),
}


@dataclass(frozen=True)
class Stretch:
    """A month or a quarter: `figures` by name, in the order they are read. `to` is not counted."""

    name: str
    start: date
    end: date
    figures: list[tuple[str, str]]


@dataclass(frozen=True)
class Counted:
    """What was counted in one stretch, before anything is rounded. `minutes` None: too few decisions to say."""

    numbers: dict[str, int]
    minutes: int | None


_counted: tuple[datetime, date, list[Counted]] | None = None


def numbers_for(viewer: Viewer) -> list[Stretch]:
    """This month and last quarter, for every member alike. Six queries once an hour in a process, else none."""
    assert viewer.id
    global _counted
    now, today = clock.now(), clock.today()
    if _counted is None or _counted[1] != today or not _counted[0] <= now < _counted[0] + KEPT:
        _counted = (now, today, [count(start, end) for _name, start, end in _stretches(today)])
    return [
        Stretch(name, start, end - timedelta(days=1), _figures(counted))
        for (name, start, end), counted in zip(_stretches(today), _counted[2], strict=True)
    ]


def forget() -> None:
    """Count anew at the next page."""
    global _counted
    _counted = None


def count(start: date, end: date) -> Counted:
    """What happened from the first day until before the last one. Three queries."""
    since, until = clock.start_of(start), clock.start_of(end)
    numbers = {"told": 0, **dict.fromkeys(ACTS, 0), **_appeals(since, until)}
    for kind, how_many in session().execute(_acts(since, until)):
        for name, kinds in ACTS.items():
            numbers[name] += how_many if kind in kinds else 0
    took = []
    for lane, reasons, began, closed_at in session().execute(_cases(since, until)):
        counts_at = closed_at if lane == "leads" else began  # before, whoever it is about could read that it is there
        if counts_at is not None and since <= counts_at < until and OF_TELLING.intersection(reasons):
            numbers["told"] += 1
        if closed_at is not None and since <= closed_at < until:
            took.append((closed_at - began).total_seconds() / 60)
    return Counted(numbers, round(median(took)) if len(took) >= FEW else None)


def rounded(number: int) -> str:
    """'fewer than 5', '5 to 9', '10 to 14'."""
    if number < FEW:
        return _("fewer than %(num)s", num=FEW)
    low = number - number % STEP
    return _("%(low)s to %(high)s", low=low, high=low + STEP - 1)


def in_words(minutes: int | None) -> str:
    """'10 minutes', '2 hours', '3 days', rounded up."""
    if minutes is None:
        return _("too few to say")
    if minutes <= 60:
        return _("%(num)s minutes", num=max(10, -(-minutes // 10) * 10))
    if minutes <= 48 * 60:
        return _("%(num)s hours", num=-(-minutes // 60))
    return _("%(num)s days", num=-(-minutes // (24 * 60)))


def _figures(counted: Counted) -> list[tuple[str, str]]:
    said = {**{name: rounded(number) for name, number in counted.numbers.items()}, "time": in_words(counted.minutes)}
    return [(str(words), said[name]) for name, words in WORDS.items()]


def _stretches(today: date) -> list[tuple[str, date, date]]:
    """This month up to last midnight, and the last whole quarter: they share no day."""
    month = today.replace(day=1)
    quarter = month.replace(month=today.month - (today.month - 1) % 3)
    last = (quarter - timedelta(days=1)).replace(day=1)
    last = last.replace(month=last.month - 2)
    return [(_("This month"), month, today), (_("Last quarter"), last, quarter)]


def _acts(since: datetime, until: datetime) -> Any:
    """Acts that stand or once stood for longer than the seconds in which a slip is taken back, each counted at its
    moment; of a matter of the safety leads at the moment that was closed."""
    slip = and_(Act.undone_at.is_not(None), Act.undone_by == Act.by_id)
    counts_at = func.coalesce(Case.closed_at, Act.at)
    lead = Case.lane == "leads"
    when = or_(
        and_(or_(Case.id.is_(None), ~lead), Act.at >= since, Act.at < until),
        and_(lead, Case.state == "closed", counts_at >= since, counts_at < until),
    )
    kinds = [kind for kinds in ACTS.values() for kind in kinds]
    wanted = select(Act.kind, func.count()).outerjoin(Case, Case.id == Act.case_id)
    return wanted.where(Act.kind.in_(kinds), ~slip, when).group_by(Act.kind)


def _cases(since: datetime, until: datetime) -> Any:
    touched = or_(and_(Case.since >= since, Case.since < until), and_(Case.closed_at >= since, Case.closed_at < until))
    return select(Case.lane, Case.reasons, Case.since, Case.closed_at).where(touched)


def _appeals(since: datetime, until: datetime) -> dict[str, int]:
    """How many were answered, and how many of those were right."""
    answered = select(Appeal.right, func.count()).where(Appeal.decided_at >= since, Appeal.decided_at < until)
    found: dict[bool | None, int] = dict(session().execute(answered.group_by(Appeal.right)).all())
    return {"appeals": sum(found.values()), "right": found.get(True, 0)}
