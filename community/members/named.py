"""People by name: whoever is a member today, as somebody else may meet her."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

from sqlalchemy import select

from community.core import clock
from community.core.db import session
from community.core.errors import NotFound
from community.members.models import Member, MembershipPeriod
from community.members.people import AuthorView, Named, Viewer, somebody_gone
from community.members.queries import authors, band_of


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


def met(author_ids: Iterable[int], named_ids: Collection[int]) -> tuple[dict[int, AuthorView], dict[int, Named]]:
    """How authors are shown, and those among `named_ids` who are here; the same for every reader. One query."""
    wanted = set(author_ids)
    if not named_ids:
        return authors(wanted), {}
    rows = (
        select(Member, MembershipPeriod.kind, MembershipPeriod.house_id, MembershipPeriod.from_on)
        .outerjoin(
            MembershipPeriod, (MembershipPeriod.member_id == Member.id) & MembershipPeriod.holds_on(clock.today())
        )
        .where(Member.id.in_(wanted.union(named_ids)))
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )
    found = {row.Member.id: row for row in session().execute(rows)}
    here = {id_: row for id_, row in found.items() if row.kind is not None and row.Member.left_at is None}
    called = _named(here[id_] for id_ in named_ids if id_ in here)
    people = {id_: person.author for id_, person in _named(here.values()).items()}
    for id_, row in found.items():
        if id_ not in here:
            kind, member = row.kind or "alumnus", row.Member
            shown = AuthorView(id_, member.display_name, kind, member.avatar, member.colour, here=False)
            people[id_] = shown if shown.name else somebody_gone()
    return people, called


def _here() -> Any:
    return (
        select(Member, MembershipPeriod.kind, MembershipPeriod.house_id, MembershipPeriod.from_on)
        .join(MembershipPeriod, MembershipPeriod.member_id == Member.id)
        .where(Member.left_at.is_(None), MembershipPeriod.holds_on(clock.today()))
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )


def _named(rows: Iterable[Any]) -> dict[int, Named]:
    """By id; of several current periods the newest counts, which comes last."""
    today = clock.today()
    return {
        member.id: Named(
            member.id,
            kind,
            house_id,
            partial(band_of, member, today),
            AuthorView(member.id, member.display_name, kind, member.avatar, member.colour),
            member.protected,
            since,
        )
        for member, kind, house_id, since in rows
    }
