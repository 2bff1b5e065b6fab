"""Separations as those who decide about them read them. For everybody else they do not exist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select

from community.core import clock, crypto
from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import can, require
from community.members import named
from community.members.people import AuthorView, Named, Viewer
from community.members.queries import authors
from community.members.separation_models import Separation
from community.separations import rules
from community.separations.rules import Pair

SHOWN_FOR = timedelta(days=90)  # how long an ended one stands in the list
LONGEST_REVIEW = timedelta(days=365)
USUAL_REVIEW = timedelta(days=90)  # what is offered
LATEST = 200


@dataclass(frozen=True)
class SeparationView:
    """One of them. `people`: as they are called now, also who has left. Why it was made and why it ended are sealed."""

    row: Separation
    people: tuple[AuthorView, AuthorView]
    made_by: str
    reason: str
    ended_why: str

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def due(self) -> bool:
        """Whether it is time to look again."""
        return self.row.is_open is True and self.row.review_on <= clock.today()


def list_for(viewer: Viewer) -> list[SeparationView]:
    """Those that hold, what has to be looked at first, then those that ended lately. Raises NotAllowed. Three
    queries."""
    require(viewer, rules.SEE)
    lately = or_(Separation.is_open.is_(True), Separation.ended_at > clock.now() - SHOWN_FOR)
    rows = session().scalars(select(Separation).where(lately).order_by(Separation.review_on).limit(LATEST)).all()
    houses = _houses(rows)
    seen = [row for row in rows if _sees(viewer, row, houses)]
    return _views(sorted(seen, key=lambda row: (not row.is_open, row.review_on, row.id)))


def one_for(viewer: Viewer, separation_id: int) -> SeparationView:
    """One of them. Raises NotAllowed, NotFound. Three queries."""
    require(viewer, rules.SEE)
    row = session().get(Separation, separation_id, populate_existing=True)
    if row is None or not _sees(viewer, row, _houses([row])):
        raise NotFound
    return _views([row])[0]


def open_between(viewer: Viewer, ids: Iterable[int]) -> Separation | None:
    """The one that holds between two people the viewer may decide about; None where none does. One query."""
    require(viewer, rules.SEE)
    low, high = sorted(ids)
    pair = (Separation.low_id == low) & (Separation.high_id == high) & Separation.is_open.is_(True)
    return session().scalar(select(Separation).where(pair).execution_options(populate_existing=True))


def people_for(viewer: Viewer) -> list[Named]:
    """Whom she can choose from, by name. Raises NotAllowed. One query."""
    require(viewer, rules.SEE)
    return sorted(named.others(viewer), key=lambda person: person.name.casefold())


def two_for(viewer: Viewer, one_id: int, other_id: int) -> tuple[Named, Named]:
    """Two people she has chosen. Raises NotFound for whoever is gone, or kept apart from her. Two queries."""
    require(viewer, rules.SEE)
    return named.person_for(viewer, one_id), named.person_for(viewer, other_id)


def waiting_for(viewer: Viewer) -> int:
    """How many are to be looked at again. One query, two more where there are any; none for whoever does not decide."""
    if not can(viewer, rules.SEE):
        return 0
    due = (Separation.is_open.is_(True)) & (Separation.review_on <= clock.today())
    rows = session().scalars(select(Separation).where(due).limit(LATEST)).all()
    houses = _houses(rows) if rows else {}
    return sum(_sees(viewer, row, houses) for row in rows)


def due_on(day: date) -> list[Separation]:
    """Those that hold, whose day has come, and of which nobody was told yet; for the job that tells."""
    due = (Separation.is_open.is_(True)) & (Separation.review_on <= day) & Separation.review_told_at.is_(None)
    return list(session().scalars(select(Separation).where(due).with_for_update()))


def sealed(row: Separation, column: str, words: str) -> str:
    """Words as the row keeps them."""
    return crypto.seal(words, f"separation:{row.id}:{column}")


def pair_in(row: Separation) -> Pair:
    """The two of a row, for its rule. One query."""
    return Pair(frozenset((row.low_id, row.high_id)), frozenset(_houses([row]).values()))


def _sees(viewer: Viewer, row: Separation, houses: dict[int, int]) -> bool:
    ids = frozenset((row.low_id, row.high_id))
    if viewer.excluded_ids & ids:
        return False
    return can(viewer, rules.SEE, Pair(ids, frozenset(houses[one] for one in ids if one in houses)))


def _houses(rows: Sequence[Separation]) -> dict[int, int]:
    people = named.called_now({one for row in rows for one in (row.low_id, row.high_id)})
    return {id_: person.house_id for id_, person in people.items()}


def _views(rows: Sequence[Separation]) -> list[SeparationView]:
    people = authors({one for row in rows for one in (row.low_id, row.high_id, row.made_by)})
    return [
        SeparationView(
            row,
            (people[row.low_id], people[row.high_id]),
            people[row.made_by].name,
            _unsealed(row, "reason", row.reason_sealed),
            _unsealed(row, "ended_why", row.ended_why_sealed),
        )
        for row in rows
    ]


def _unsealed(row: Separation, column: str, kept: str | None) -> str:
    return crypto.unseal(kept, f"separation:{row.id}:{column}") if kept else ""
