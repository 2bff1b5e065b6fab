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
from community.members.people import AuthorView, Named, Viewer, shown_as
from community.members.queries import COLUMNS, band_of, kind_now


def person_for(viewer: Viewer, member_id: int) -> Named:
    """A member who is here and whom the viewer is not kept apart from; herself, too. Raises NotFound."""
    found = _named(session().execute(_here().where(Member.id == member_id)))
    if member_id in viewer.excluded_ids or member_id not in found:
        raise NotFound
    return found[member_id]


def others(viewer: Viewer) -> list[Named]:
    """Everybody who is here, but herself and those she is kept apart from. One query."""
    hidden = {viewer.id, *viewer.excluded_ids}
    return [person for id_, person in _named(session().execute(_here())).items() if id_ not in hidden]


def called_now(ids: Iterable[int]) -> dict[int, Named]:
    """Those among these who are here, as they are called now; the same for every reader. One query."""
    wanted = set(ids)
    return _named(session().execute(_here().where(Member.id.in_(wanted)))) if wanted else {}


def met(
    author_ids: Iterable[int], named_ids: Collection[int], at_hand: Mapping[int, Any] | None = None
) -> tuple[dict[int, AuthorView], dict[int, Named]]:
    """How authors are shown, and those among `named_ids` who are here; the same for every reader. `at_hand`: rows of
    some of them (see `queries.remember`). One query, none where all are at hand."""
    wanted, at_hand = set(author_ids), at_hand or {}
    found = {id_: at_hand[id_] for id_ in wanted.union(named_ids) if id_ in at_hand}
    missing = wanted.union(named_ids) - found.keys()
    if missing:
        rows = (
            select(*COLUMNS)
            .outerjoin(
                MembershipPeriod, (MembershipPeriod.member_id == Member.id) & MembershipPeriod.holds_on(clock.today())
            )
            .where(Member.id.in_(missing))
            .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
        )
        found.update({row.id: row for row in session().execute(rows)})
    today = clock.today()
    called = _named(row for id_ in named_ids if (row := found.get(id_)) is not None and _is_here(row, today))
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


def _author(row: Any, today: date) -> AuthorView:
    kind = kind_now(row, today)
    return shown_as(row.id, row.display_name, kind, row.avatar, row.colour, _is_here(row, today))


def _named(rows: Iterable[Any]) -> dict[int, Named]:
    """By id; of several current periods the newest counts, which comes last."""
    today = clock.today()
    return {
        row.id: Named(
            row.id,
            row.kind,
            row.house_id,
            partial(band_of, row, today),
            AuthorView(row.id, row.display_name, row.kind, row.avatar, row.colour),
            row.protected,
            row.from_on,
        )
        for row in rows
    }
