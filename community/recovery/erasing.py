"""What this room does when a member has left: no way leads back in, and no letter goes to her."""

from __future__ import annotations

from sqlalchemy import delete, or_, select, update

from community.core import crypto, outbox
from community.core.db import transaction
from community.core.erasing import Leaver, rows
from community.recovery.models import EmailAddress, Request, Vouch, WayIn

ways_in = rows(WayIn.member_id)


def addresses(leaver: Leaver) -> bool:
    """Her addresses, and every letter to one of them, sent or not."""
    with transaction() as s:
        for row in s.scalars(select(EmailAddress).where(EmailAddress.member_id == leaver.id)):
            outbox.forget(crypto.unseal(row.address_sealed, f"email_address:{row.id}:address"))
        s.execute(delete(EmailAddress).where(EmailAddress.member_id == leaver.id))
    return True


def requests(leaver: Leaver) -> bool:
    """What she wrote when she could not get in."""
    with transaction() as s:
        hers = list(s.scalars(select(Request.id).where(Request.member_id == leaver.id)))
        s.execute(delete(Vouch).where(Vouch.request_id.in_(hers)))
        s.execute(update(WayIn).where(WayIn.request_id.in_(hers)).values(request_id=None))
        under = or_(Request.id.in_(hers), Request.first_id.in_(hers))
        s.execute(delete(Request).where(under, Request.first_id.is_not(None)))
        s.execute(delete(Request).where(Request.id.in_(hers)))
    return True


vouches = rows(Vouch.member_id)
