"""Blocking: two people meet nothing of each other, and whoever was blocked is not told. Open lines follow by
themselves, as with every exclusion (`core/live.py: sweep`)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, select

from community.core import clock
from community.core.db import add_once, session, transaction
from community.core.policy import require
from community.members import connecting, named, rules
from community.members.models import Exclusion
from community.members.people import AuthorView, Viewer
from community.members.queries import authors


def block(actor: Viewer, member_id: int) -> None:
    """Keep somebody and oneself apart from now on. Twice is once. Nothing of it is in the audit chain: it is nobody's
    business but hers. Raises NotFound, NotAllowed."""
    if is_blocked(actor, member_id):
        return
    with transaction():
        require(actor, rules.BLOCK, named.person_for(actor, member_id))
        low, high = sorted((actor.id, member_id))
        add_once(Exclusion(low_id=low, high_id=high, kind="block", made_by=actor.id, made_at=clock.now()))
        connecting.end_between(low, high)


def take_back(actor: Viewer, member_id: int) -> None:
    """Take back one's own block. Whatever else stands between the two stays, and nothing says so."""
    require(actor, rules.CHANGE_OWN, actor.id)
    low, high = sorted((actor.id, member_id))
    with transaction() as s:
        s.execute(delete(Exclusion).where(_own(actor), Exclusion.low_id == low, Exclusion.high_id == high))


def is_blocked(viewer: Viewer, member_id: int) -> bool:
    """Whether the viewer has blocked somebody herself."""
    low, high = sorted((viewer.id, member_id))
    found = select(Exclusion.id).where(_own(viewer), Exclusion.low_id == low, Exclusion.high_id == high)
    return session().scalar(found) is not None


def blocked_by(viewer: Viewer) -> list[AuthorView]:
    """Whom the viewer has blocked, by name. Two queries."""
    rows = session().execute(select(Exclusion.low_id, Exclusion.high_id).where(_own(viewer)))
    found = authors(high if low == viewer.id else low for low, high in rows)
    return sorted(found.values(), key=lambda person: person.name.casefold())


def _own(viewer: Viewer) -> ColumnElement[bool]:
    return (Exclusion.kind == "block") & (Exclusion.made_by == viewer.id)
