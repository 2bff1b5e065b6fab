"""People by name: whoever is a member today, as somebody else may meet her."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from sqlalchemy import select

from community.core import clock
from community.core.db import session
from community.core.errors import NotFound
from community.members.models import Member, MembershipPeriod
from community.members.people import AuthorView, Named, Viewer
from community.members.queries import band_of


def person_for(viewer: Viewer, member_id: int) -> Named:
    """A member who is here and whom the viewer is not kept apart from; herself, too. Raises NotFound."""
    found = _named(_here().where(Member.id == member_id))
    if member_id in viewer.excluded_ids or member_id not in found:
        raise NotFound
    return found[member_id]


def others(viewer: Viewer) -> list[Named]:
    """Everybody who is here, but herself and those she is kept apart from. One query."""
    return [person for id_, person in _named(_here()).items() if id_ != viewer.id and id_ not in viewer.excluded_ids]


def called_now(ids: Iterable[int]) -> dict[int, Named]:
    """Those among these who are here, as they are called now; the same for every reader. One query."""
    wanted = set(ids)
    return _named(_here().where(Member.id.in_(wanted))) if wanted else {}


def _here() -> Any:
    return (
        select(Member, MembershipPeriod.kind, MembershipPeriod.house_id, MembershipPeriod.from_on)
        .join(MembershipPeriod, MembershipPeriod.member_id == Member.id)
        .where(Member.left_at.is_(None), MembershipPeriod.holds_on(clock.today()))
        .order_by(MembershipPeriod.from_on, MembershipPeriod.id)
    )


def _named(statement: Any) -> dict[int, Named]:
    """By id; of several current periods the newest counts."""
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
        for member, kind, house_id, since in session().execute(statement)
    }
