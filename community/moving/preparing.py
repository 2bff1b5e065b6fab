"""What somebody on her way decides for herself, and who is named to be there for her."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from community.core import audit, clock
from community.core.db import add_once, session, transaction
from community.core.errors import Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer
from community.moving import prepared
from community.moving import prepared_rules as rules
from community.moving.models import Move
from community.moving.prepared_models import KeptPerson, MoveWish, NamedAdult


def keep(actor: Viewer, other_id: int) -> None:
    """She wants to keep somebody she is offered. The other is not told; it opens nothing. Raises NotFound."""
    require(actor, rules.KEEP_OWN, actor.id)
    if other_id not in {one.id for one in prepared.offered_to(actor)}:
        if other_id in {one.person.id for one in prepared.kept_for(actor)}:
            return
        raise NotFound
    with transaction():
        add_once(KeptPerson(member_id=actor.id, other_id=other_id, at=clock.now()))


def let_go(actor: Viewer, other_id: int) -> None:
    """Somebody is no longer on her page. Twice is once."""
    require(actor, rules.KEEP_OWN, actor.id)
    with transaction() as s:
        s.execute(delete(KeptPerson).where(KeptPerson.member_id == actor.id, KeptPerson.other_id == other_id))


def wish(actor: Viewer, move: Move, *, letters: bool | None = None, asks: bool | None = None) -> MoveWish:
    """Whether she wants letters, and whether she is asked how it goes; None leaves it as it is. A no to letters shuts
    the box for new ones; those that lie in it stay. Raises NotAllowed."""
    require(actor, rules.KEEP_OWN, move.member_id)
    with transaction() as s:
        if s.get(MoveWish, move.id) is None:
            add_once(MoveWish(move_id=move.id, member_id=actor.id, changed_at=clock.now()))
        row = s.get_one(MoveWish, move.id, with_for_update=True, populate_existing=True)
        row.letters = row.letters if letters is None else letters
        row.asks = row.asks if asks is None else asks
        row.changed_at = clock.now()
        s.flush()
        return row


def name_adult(actor: Viewer, move_id: int, adult_id: int) -> NamedAdult:
    """One of staff is there for somebody who had to move at once, by name, for 30 days from the day of the move. Named
    anew, the one before is not any more. Raises NotFound, Invalid by field."""
    desk = prepared.adult_desk_for(actor, move_id)
    require(actor, rules.NAME_ADULT, desk.move.house_id)
    if adult_id not in {one.id for one in desk.choices}:
        raise Invalid(_l("Choose somebody from the list."), field="adult_id")
    with transaction() as s:
        given = {"adult_id": adult_id, "named_by": actor.id, "named_at": clock.now()}
        until = desk.move.moves_on + timedelta(days=prepared.REACHABLE_DAYS)
        add_once(NamedAdult(move_id=move_id, member_id=desk.member.id, until_on=until, **given))
        row = session().get_one(NamedAdult, move_id, with_for_update=True, populate_existing=True)
        row.adult_id, row.named_by, row.named_at, row.until_on = adult_id, actor.id, clock.now(), until
        s.flush()
        audit.append(actor.id, "move.adult_named", f"move:{move_id}", whom=desk.member.id, to=adult_id)
        return row
