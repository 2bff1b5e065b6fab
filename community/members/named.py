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
from community.members.people import AuthorView, Named, Viewer
from community.members.queries import authors, band_of, kind_after


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
    wanted = set(ids)
    found = _ever(wanted) if wanted else {}
    return {id_: person for id_, person in found.items() if not person.has_left}


def met(author_ids: Iterable[int], named_ids: Collection[int]) -> tuple[dict[int, AuthorView], dict[int, Named]]:
    """How authors are shown, and those among `named_ids` whose name stands in texts; the same for every reader. One
    query."""
    wanted = set(author_ids)
    if not named_ids:
        return authors(wanted), {}
    found = _ever(wanted.union(named_ids))
    called = {id_: found[id_] for id_ in named_ids if id_ in found and not found[id_].has_left}
    return {id_: person.author for id_, person in found.items()}, called


def _ever(ids: Collection[int]) -> dict[int, Named]:
    today = clock.today()
    rows = session().execute(
        select(Member, MembershipPeriod)
        .outerjoin(MembershipPeriod, (MembershipPeriod.member_id == Member.id) & (MembershipPeriod.from_on <= today))
        .where(Member.id.in_(ids))
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )
    found: dict[int, Named] = {}
    for member, period in rows:
        here = period is not None and (period.to_on is None or period.to_on > today) and member.left_at is None
        if here or member.id not in found or not found[member.id].author.here:
            found[member.id] = _called(member, period, here=here)
    return found


def _called(member: Member, period: MembershipPeriod | None, *, here: bool) -> Named:
    kind = period.kind if period is not None else None
    if kind is None or not here:
        kind = kind_after(kind, gone=member.left_at, remembered=member.remembered_at)
    stands = here or member.remembered_at is not None or kind == "ex_staff"
    look = (member.display_name, kind, member.avatar, member.colour)
    return Named(
        member.id,
        kind,
        period.house_id if period is not None else 0,
        partial(band_of, member, clock.today()),
        AuthorView(member.id, *look, here=here, remembered=member.remembered_at is not None),
        member.protected,
        period.from_on if period is not None else clock.today(),
        not stands,
    )


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
