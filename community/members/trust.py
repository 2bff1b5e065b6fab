"""What staff say of a member's posts, so that they need not wait: who is known, and whose are read after they stand."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, select, update

from community.core import audit, clock
from community.core.db import new_id, session, transaction
from community.core.policy import require
from community.members import rules
from community.members.models import Trust
from community.members.people import UNDER_16, Named, Viewer
from community.safety import house_table, publishing

KNOWN, YOUNG = "known", "young"


def holds(member_id: int, kind: str) -> ColumnElement[bool]:
    """The condition for what has been said of a member and holds."""
    return exists().where(Trust.member_id == member_id, Trust.kind == kind, Trust.ended_at.is_(None))


def is_trusted(viewer: Viewer, person: Named) -> bool | None:
    """Whether a child's posts are read after they stand, for staff who may say so; None for everybody else and of
    anybody older."""
    if person.age_band != UNDER_16 or not rules.may_trust(viewer, person):
        return None
    return bool(session().scalar(select(holds(person.id, YOUNG))))


class Yes(NamedTuple):
    """What a yes to a child's posts does in this home: from how many posts on, and whether it does anything."""

    posts: int
    counts: bool


def what_a_yes_does(viewer: Viewer) -> Yes:
    """As the publishing table holds for the viewer's home now."""
    table = house_table.as_of(viewer.table_mark)
    return Yes(table.young_posts, table.minors["under 16, trusted"].host != publishing.HOLD)


def give(actor: Viewer, person: Named) -> None:
    """Say that a child's posts may stand at once and are read after, once as many were let through as the publishing
    table counts, under a host. Saying it twice changes nothing."""
    require(actor, rules.TRUST, person)
    with transaction() as s:
        if s.scalar(select(holds(person.id, YOUNG))):
            return
        s.add(Trust(id=new_id(), member_id=person.id, kind=YOUNG, given_by=actor.id, given_at=clock.now()))
        s.flush()
        audit.append(actor.id, "trust.given", f"member:{person.id}")


def end(actor: Viewer, person: Named) -> None:
    """From now on a child's posts are read first again. Ending what does not hold changes nothing."""
    require(actor, rules.TRUST, person)
    with transaction() as s:
        open_ones = (Trust.member_id == person.id) & (Trust.kind == YOUNG) & Trust.ended_at.is_(None)
        ended = update(Trust).where(open_ones).values(ended_at=clock.now(), ended_by=actor.id)
        if s.execute(ended).rowcount:  # type: ignore[attr-defined]
            audit.append(actor.id, "trust.ended", f"member:{person.id}")


def note_known(member_id: int, inviter_id: int | None) -> None:
    """Whoever invited a member knows her. Inside the transaction in which she joins."""
    with transaction() as s:
        s.add(Trust(id=new_id(), member_id=member_id, kind=KNOWN, given_by=inviter_id, given_at=clock.now()))
        s.flush()
