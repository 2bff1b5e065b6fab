"""Approved connections: a minor and an adult who does not work here write to each other only so. Reading them, and what
ends them by itself; what people do about them is in `connecting.py`.

Nothing here tells an adult what a minor has answered: until a safety lead has decided, all an adult sees is her own
wish, or a minor's who asked for her first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal, or_, select

from community.core import clock, crypto
from community.core.db import session
from community.core.errors import NotFound
from community.core.i18n import lazy as _l
from community.core.policy import can, require
from community.members import named, rules
from community.members.models import Connection, Exclusion
from community.members.people import Named, Viewer
from community.members.queries import NO_MOMENT, years_of

GRACE = timedelta(days=30)  # after the day of review, until it lapses
SHOWN_FOR = timedelta(days=90)  # how long a wish stands without an answer, and what is over is still shown
LONGEST_REVIEW = timedelta(days=365)
LONGEST_WORDS = 1000
LATEST = 100
AT_ONCE = 50
WHY_ENDED = {
    "self": _l("One of you ended it."),
    "lead": _l("A safety lead ended it."),
    "lapsed": _l("Nobody looked at it again in time, so it ended."),
    "grown_up": _l("You are both grown up. You need nobody's yes any more."),
}
"""As the two read it. A block and a separation are told as what one of the two did, so that nobody learns of them."""


@dataclass(frozen=True)
class OwnView:
    """A connection as one of the two sees it. `step`: mine (she asked, and hears of it only if something comes of it),
    theirs (the other asked for her), waiting (both did), approved, refused, ended."""

    id: int
    step: str
    name: str
    said_at: datetime | None
    decided_by: str | None
    reason: str
    review_on: date | None
    why: str


@dataclass(frozen=True)
class DeskView:
    """A connection as safety leads see it; `minor` None: whom an adult means, nobody has said yet. `wishes`: what each
    wrote, who, when and in what words."""

    row: Connection
    minor: Named | None
    adult: Named | None
    about: str
    wishes: tuple[tuple[Named | None, datetime, str], ...]
    decided_by: str | None
    reason: str
    may_decide: bool
    ages: tuple[int | None, int | None] = (None, None)  # in years, where the birth date is known; on its own page alone

    @property
    def due(self) -> bool:
        """Whether it is time to look at an approved one again."""
        day = self.row.review_on
        return self.row.state == "approved" and day is not None and day <= clock.today()

    @property
    def lapses_on(self) -> date | None:
        """The day on which it ends where nobody has looked at it again."""
        return self.row.review_on + GRACE if self.row.review_on is not None else None


def approved_with(one: int) -> frozenset[int]:
    """With whom a safety lead's yes joins somebody now: not ended, not lapsed, and nothing keeps them apart. One
    query."""
    hers = or_(Connection.minor_id == one, Connection.adult_id == one)
    found = select(Connection.minor_id, Connection.adult_id).where(hers, *_holds(clock.today()), ~_kept_apart())
    return frozenset(other for pair in session().execute(found) for other in pair if other and other != one)


def approved_among(ids: Collection[int]) -> Any:
    """The query for those of these people whom a yes joins now: 'approved', the one, the other, nothing."""
    there = Connection.minor_id.in_(ids) & Connection.adult_id.in_(ids)
    found = select(literal("approved"), Connection.minor_id, Connection.adult_id, NO_MOMENT)
    return found.where(there, *_holds(clock.today()), ~_kept_apart())


def own_for(viewer: Viewer) -> list[OwnView]:
    """The viewer's own, newest first: what she asked for, what she is asked, what holds and what is over. Nothing of
    people she is kept apart from, and nothing that would tell her what the other one answered. Two queries."""
    mine = or_(Connection.minor_id == viewer.id, Connection.adult_id == viewer.id)
    rows = session().scalars(select(Connection).where(mine).order_by(Connection.id.desc()).limit(LATEST)).all()
    ids = {one for row in rows for one in (row.minor_id, row.adult_id, row.decided_by) if one}
    people = named.called_now(ids - viewer.excluded_ids)
    views = [_own(viewer, row, people) for row in sorted(rows, key=_newest, reverse=True)]
    return [view for view in views if view is not None]


def asked_of(viewer: Viewer) -> int:
    """How many wait for the viewer's own word. One query; none for staff."""
    return 0 if viewer.is_staff else sum(one.step == "theirs" for one in own_for(viewer))


def own_one(viewer: Viewer, connection_id: int, *steps: str) -> Connection:
    """One of the viewer's own, as long as it stands on her page, and at one of `steps`. Raises NotFound."""
    steps = steps or ("theirs", "mine", "waiting", "approved")
    if connection_id not in {view.id for view in own_for(viewer) if view.step in steps}:
        raise NotFound
    return session().get_one(Connection, connection_id, populate_existing=True)


def desk_for(viewer: Viewer) -> list[DeskView]:
    """What safety leads look after: first what waits for them, the longest first, then what holds. Raises NotAllowed.
    Two queries."""
    require(viewer, rules.DECIDE_CONNECTION)
    rows = session().scalars(select(Connection).where(Connection.is_open.is_(True)).limit(LATEST)).all()
    views = _desk(viewer, rows)
    return sorted(views, key=lambda view: (not _waits(view.row), view.row.review_on or date.max, _newest(view.row)))


def waiting_for(viewer: Viewer) -> int:
    """How many wait for a safety lead's word. One query; none for anybody else."""
    if not can(viewer, rules.DECIDE_CONNECTION):
        return 0
    hers = waits(near=near_to(viewer), hidden=viewer.excluded_ids, today=clock.today())
    rows = session().scalars(select(Connection).where(*hers))
    return sum(can(viewer, rules.DECIDE_CONNECTION, row) for row in rows)


def near_to(viewer: Viewer) -> frozenset[int]:
    """About whom a safety lead does not decide: herself, and whose key worker she is."""
    return viewer.key_worker_of | {viewer.id}


def waits(*, near: Any, hidden: Any, today: Any) -> list[ColumnElement[bool]]:
    """The conditions for what waits for a safety lead: about nobody she is too close to (`near`: herself, and whose key
    worker she is) or kept apart from (`hidden`). Values, or parameters for them."""
    either = [Connection.adult_id, func.coalesce(Connection.minor_id, 0)]
    return [
        Connection.is_open.is_(True),
        _waiting(today),
        *(one.not_in(near) for one in either),
        *(one.not_in(hidden) for one in either),
    ]


def one_for(viewer: Viewer, connection_id: int) -> DeskView:
    """One connection for a safety lead, with the ages of the two. Raises NotAllowed, NotFound. At most four queries."""
    require(viewer, rules.DECIDE_CONNECTION)
    row = session().get(Connection, connection_id, populate_existing=True)
    views = _desk(viewer, [row] if row is not None else [])
    if row is None or not views:
        raise NotFound
    return replace(views[0], ages=(years_of(row.minor_id), years_of(row.adult_id)))


def minors_for(viewer: Viewer) -> list[Named]:
    """Whom an adult may have meant, by name, for a safety lead. Raises NotAllowed. One query."""
    require(viewer, rules.DECIDE_CONNECTION)
    found = [one for one in named.others(viewer) if not one.is_staff and not one.protected and one.is_minor]
    return sorted(found, key=lambda one: one.name.casefold())


def sealed(row: Connection, column: str, words: str) -> str | None:
    """Words as they are kept in a column; None where there are none."""
    return crypto.seal(words, f"connection:{row.id}:{column}") if words else None


def words_of(row: Connection, column: str) -> str:
    """What is kept there."""
    kept = getattr(row, f"{column}_sealed")
    return crypto.unseal(kept, f"connection:{row.id}:{column}") if kept else ""


def over(now: datetime) -> list[tuple[Connection, str]]:
    """Open ones that have ended by themselves, and why: nobody looked again in time, something keeps the two apart, or
    it needs nobody's yes any more. For the job."""
    today = clock.local(now).date()
    rows = session().scalars(select(Connection).where(Connection.is_open.is_(True))).all()
    apart = set(session().scalars(select(Connection.id).where(Connection.is_open.is_(True), _kept_apart())))
    people = named.called_now({one for row in rows for one in (row.minor_id, row.adult_id) if one})
    return [(row, why) for row in rows if (why := _why_over(row, people, apart, today)) is not None]


def _why_over(row: Connection, people: dict[int, Named], apart: set[int], today: date) -> str | None:
    if row.id in apart:
        return "self"
    adult, minor = people.get(row.adult_id), people.get(row.minor_id or 0)
    if adult is None or (row.minor_id is not None and minor is None):
        return "self"
    if minor is not None and not rules.may_connect(minor, adult):
        return "grown_up" if minor.age_band == adult.age_band else "self"
    lapsed = row.state == "approved" and row.review_on is not None and row.review_on + GRACE <= today
    forgotten = row.state == "asked" and _newest(row) < clock.now() - SHOWN_FOR
    return "lapsed" if lapsed or forgotten else None


def to_review(today: date) -> Sequence[Connection]:
    """Approved ones whose day of review has come, of which the leads have not been told. For the job."""
    told = Connection.review_told_at.is_(None)
    statement = select(Connection).where(Connection.state == "approved", Connection.review_on <= today, told)
    return session().scalars(statement.limit(AT_ONCE)).all()


def _holds(today: date) -> list[ColumnElement[bool]]:
    return [Connection.state == "approved", Connection.review_on > today - GRACE]


def _kept_apart() -> ColumnElement[bool]:
    low = (Exclusion.low_id == Connection.minor_id) & (Exclusion.high_id == Connection.adult_id)
    high = (Exclusion.low_id == Connection.adult_id) & (Exclusion.high_id == Connection.minor_id)
    return exists().where(or_(low, high)).correlate(Connection)


def _waiting(today: Any) -> ColumnElement[bool]:
    unknown = (Connection.state == "asked") & Connection.minor_id.is_(None)
    again = (Connection.state == "approved") & (Connection.review_on <= today)
    return or_(Connection.state == "waiting", unknown, again)


def _waits(row: Connection) -> bool:
    again = row.state == "approved" and row.review_on is not None and row.review_on <= clock.today()
    return row.state == "waiting" or (row.state == "asked" and row.minor_id is None) or again


def _hidden(viewer: Viewer, row: Connection) -> bool:
    return bool(viewer.excluded_ids & {row.minor_id, row.adult_id})


def _newest(row: Connection) -> datetime:
    moments: Iterable[datetime | None] = (row.minor_said_at, row.adult_said_at, row.decided_at, row.ended_at)
    return max(at for at in moments if at is not None)


def _own(viewer: Viewer, row: Connection, people: dict[int, Named]) -> OwnView | None:
    """None where it is not there for her: she is kept apart from the other, who is gone, or it is not hers to know."""
    is_minor = viewer.id == row.minor_id
    other = people.get((row.adult_id if is_minor else row.minor_id) or 0)
    hers, theirs = (row.minor_said_at, row.adult_said_at) if is_minor else (row.adult_said_at, row.minor_said_at)
    by_name = not is_minor and row.about_sealed is not None and row.decided_at is None
    name = words_of(row, "about") if by_name else other.name if other is not None else ""
    step = row.state if row.decided_at is not None else _undecided(row, hers is not None, theirs is not None, by_name)
    if not name or step is None or (not row.is_open and _newest(row) < clock.now() - SHOWN_FOR):
        return None
    lead = people.get(row.decided_by or 0)
    said = words_of(row, "reason") if step == "refused" else ""
    why = WHY_ENDED.get(row.ended_why or "", WHY_ENDED["self"]) if step == "ended" else ""
    first = lead.author.first_name if lead is not None else None
    return OwnView(row.id, step, name, hers or theirs, first, said, row.review_on, str(why))


def _undecided(row: Connection, hers: bool, theirs: bool, by_name: bool) -> str | None:
    """How it stands for one of the two before a lead has decided. Nobody is told of a no: what the other one refused
    looks as if it still waited."""
    if hers:
        return "waiting" if theirs and not by_name else "mine"
    return "theirs" if theirs and row.is_open else None


def _desk(viewer: Viewer, rows: Iterable[Connection]) -> list[DeskView]:
    rows = [row for row in rows if not _hidden(viewer, row)]
    people = named.called_now({one for row in rows for one in (row.minor_id, row.adult_id, row.decided_by) if one})
    return [_desk_one(viewer, row, people) for row in rows]


def _desk_one(viewer: Viewer, row: Connection, people: dict[int, Named]) -> DeskView:
    minor, adult, lead = (people.get(one or 0) for one in (row.minor_id, row.adult_id, row.decided_by))
    sides = ((minor, row.minor_said_at, "minor_words"), (adult, row.adult_said_at, "adult_words"))
    wishes = tuple((who, at, words_of(row, column)) for who, at, column in sides if at is not None)
    may, about = can(viewer, rules.DECIDE_CONNECTION, row), words_of(row, "about")
    name = lead.name if lead is not None else None
    return DeskView(row, minor, adult, about, wishes, name, words_of(row, "reason"), may)
