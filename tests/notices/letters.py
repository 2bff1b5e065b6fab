"""Letters as they are asked for, written and carried: wishes, addresses, and a day's post."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage

from flask import Flask

from community.core import clock, crypto, jobs, outbox
from community.core.db import new_id, transaction
from community.home import notice_letters
from community.notices import actions
from community.notices.actions import Wishes
from community.notices.models import CHANNELS, KINDS
from community.recovery.emails import address_hash
from community.recovery.models import EmailAddress
from tests.world import NOW, World

Inbox = list[EmailMessage]
HALF_HOUR = timedelta(minutes=30)
DAY = datetime(2026, 3, 14, 13, 0, tzinfo=NOW.tzinfo)


def wants(world: World, who: str, *, quiet: bool = False, letters: bool = True) -> None:
    kinds = {(kind, channel): kind != "reaction" for kind in KINDS for channel in CHANNELS}
    actions.save_wishes(world.viewer(who), Wishes(kinds, letters, quiet))


def has_address(world: World, who: str, *, confirmed: bool = True) -> None:
    id_, address = new_id(), f"{who}@example.com"
    with transaction() as s:
        s.add(
            EmailAddress(
                id=id_,
                member_id=world.id(who),
                address_sealed=crypto.seal(address, f"email_address:{id_}:address"),
                address_hash=address_hash(address),
                link_hash=str(id_),
                made_at=NOW,
                expires_at=NOW + timedelta(days=1),
                confirmed_at=NOW if confirmed else None,
            )
        )
        s.flush()


def post_day(app: Flask, moment: datetime) -> None:
    """What a server does by itself, at a moment."""
    with clock.at(moment), app.app_context():
        jobs.run_due(notice_letters.JOBS)
        outbox.deliver()
