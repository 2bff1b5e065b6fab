"""What a member says of her new contact: that she has read it, or that she would rather have somebody else."""

from __future__ import annotations

from sqlalchemy import update

from community.core import clock
from community.core.db import session, transaction
from community.core.errors import Conflict
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.inbox import actions as inbox
from community.lifecycle import membership
from community.lifecycle import turn_rules as rules
from community.members.models import Duty, Member
from community.members.people import Viewer
from community.streams.actions import Said
from community.turns.models import NewContact


def answer(actor: Viewer, *, other: bool) -> NewContact:
    """She has read it. `other`: whoever it is now is it no more, that minute, and the team reads her wish in its inbox.
    Twice is once. Raises Conflict where there is nothing to answer."""
    require(actor, rules.READ_CONTACT, actor.id)
    found = membership.contact_for(actor)
    if found is None:
        raise Conflict(_l("Nothing has changed about your contact."))
    with transaction() as s:
        row = s.get_one(NewContact, found.row.id, with_for_update=True, populate_existing=True)
        row.seen_at = row.seen_at or clock.now()
        s.execute(update(Member).where(Member.id == actor.id).values(new_contact_id=None))
        if other and row.declined_at is None:
            row.declined_at = clock.now()
            _end(actor, row)
            inbox.write(actor, Said(_("I would like somebody else as my contact."), f"contact-{row.id}"))
        s.flush()
        return row


def _end(actor: Viewer, row: NewContact) -> None:
    if row.to_id is None:
        return
    holds = (Duty.member_id == row.to_id) & (Duty.kind == "key_worker") & (Duty.resident_id == actor.id)
    holds &= Duty.holds_on(clock.today())
    session().execute(update(Duty).where(holds).values(to_on=clock.today()))
