"""People by name: whoever is a member today, as somebody else may meet her."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import select

from community.core import clock
from community.core.db import session
from community.core.errors import NotFound
from community.members.models import Member, MembershipPeriod
from community.members.people import AuthorView, Named, Viewer, kind_after, shown_as
from community.members.queries import COLUMNS, band_of, kind_now, portrait_of


def person_for(viewer: Viewer, member_id: int) -> Named:
    """A member who is here and whom the viewer is not kept apart from; herself, too. Raises NotFound."""
    found = _named(session().execute(_here().where(Member.id == member_id)))
    if member_id in viewer.excluded_ids or member_id not in found:
        raise NotFound
    return found[member_id]


def person_or_remembered(viewer: Viewer, member_id: int) -> Named:
    """The same, or somebody whom we remember. Raises NotFound."""
    found = called_ever([member_id]).get(member_id)
    if found is None or member_id in viewer.excluded_ids or not (found.author.here or found.author.remembered):
        raise NotFound
    return found


def person_here_or_before(viewer: Viewer, member_id: int) -> Named:
    """The same, or somebody who worked here. Raises NotFound."""
    found = called_ever([member_id]).get(member_id)
    if found is None or member_id in viewer.excluded_ids or found.author.remembered:
        raise NotFound
    return found


def others(viewer: Viewer) -> list[Named]:
    """Everybody who is here, but herself and those she is kept apart from. One query."""
    hidden = {viewer.id, *viewer.excluded_ids}
    return [person for id_, person in _named(session().execute(_here())).items() if id_ not in hidden]


def called_now(ids: Iterable[int]) -> dict[int, Named]:
    """Those among these who are here, as they are called now; the same for every reader. One query."""
    wanted = set(ids)
    return _named(session().execute(_here().where(Member.id.in_(wanted)))) if wanted else {}


def called_ever(ids: Iterable[int]) -> dict[int, Named]:
    """Those among these whose name still stands in texts: who is here, who worked here, whom we remember; not who has
    left. The same for every reader. One query."""
    wanted, today = set(ids), clock.today()
    rows = _ever(wanted) if wanted else {}
    return {id_: _called(row, today) for id_, row in rows.items() if _stands(row, today)}


def met(
    author_ids: Iterable[int], named_ids: Collection[int], at_hand: Mapping[int, Any] | None = None
) -> tuple[dict[int, AuthorView], dict[int, Named]]:
    """How authors are shown, and those among `named_ids` whose name stands in texts; the same for every reader.
    `at_hand`: rows of some of them (see `queries.remember`). One query, none where all are at hand."""
    wanted, at_hand = set(author_ids), at_hand or {}
    found = {id_: at_hand[id_] for id_ in wanted.union(named_ids) if id_ in at_hand}
    missing = wanted.union(named_ids) - found.keys()
    if missing:
        found.update(_ever(missing))
    today = clock.today()
    called = {id_: _called(found[id_], today) for id_ in named_ids if id_ in found and _stands(found[id_], today)}
    return {id_: _author(found[id_], today) for id_ in wanted}, called


def at_hand(viewer: Viewer) -> Mapping[int, Any]:
    """The rows `queries.remember` has kept for the viewer in this request or event."""
    found: Mapping[int, Any] = viewer.known.get("people", {})
    return found


def shown_at_hand(viewer: Viewer, ids: Iterable[int]) -> dict[int, AuthorView]:
    """How those of these people are shown whom the viewer is not kept apart from, herself left out. No query: of people
    who are at hand."""
    today, rows, hidden = clock.today(), at_hand(viewer), {viewer.id, *viewer.excluded_ids}
    return {id_: _author(rows[id_], today) for id_ in ids if id_ not in hidden}


def _here() -> Any:
    return (
        select(*COLUMNS)
        .join(MembershipPeriod, MembershipPeriod.member_id == Member.id)
        .where(Member.left_at.is_(None), MembershipPeriod.holds_on(clock.today()))
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )


def _is_here(row: Any, today: date) -> bool:
    return row.left_at is None and kind_now(row, today) is not None


def _ever(ids: Collection[int]) -> dict[int, Any]:
    """A row of each of these people: of the newest period that holds, else of the last."""
    today = clock.today()
    begun = (MembershipPeriod.member_id == Member.id) & (MembershipPeriod.from_on <= today)
    rows = select(*COLUMNS).outerjoin(MembershipPeriod, begun).where(Member.id.in_(ids))
    found: dict[int, Any] = {}
    for row in session().execute(rows.order_by(MembershipPeriod.from_on, MembershipPeriod.id)):
        if row.id not in found or kind_now(row, today) is not None:
            found[row.id] = row
    return found


def _kind(row: Any, today: date) -> str:
    if _is_here(row, today):
        return str(row.kind)
    return kind_after(row.kind, gone=row.left_at, remembered=row.remembered_at)


def _stands(row: Any, today: date) -> bool:
    """Whether her name stands in texts."""
    return _is_here(row, today) or row.remembered_at is not None or _kind(row, today) == "ex_staff"


def _author(row: Any, today: date) -> AuthorView:
    look = (row.display_name, _kind(row, today), row.avatar, row.colour)
    here, remembered = _is_here(row, today), row.remembered_at is not None
    return shown_as(row.id, *look, here=here, remembered=remembered, portrait=portrait_of(row))


def _called(row: Any, today: date) -> Named:
    author = _author(row, today)
    since = row.from_on if row.from_on is not None else today
    return Named(row.id, author.kind, row.house_id or 0, partial(band_of, row, today), author, row.protected, since)


def _named(rows: Iterable[Any]) -> dict[int, Named]:
    """By id; of several current periods the newest counts, which comes last."""
    today = clock.today()
    return {row.id: _called(row, today) for row in rows}
