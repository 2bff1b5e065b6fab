"""People who can't get in, for the matrix: requests, a link, somebody who is asked, an address that waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from community.core import clock, crypto
from community.core.db import session, transaction
from community.members.people import Visitor
from community.recovery import links, requests
from community.recovery.models import EmailAddress, Request, Vouch
from tests.world import World

SECRET = "e" * 43


def somebody_lost(world: World) -> dict[str, Any]:
    """The part of the scene that is about coming back in."""
    made = links.make_for(world.viewer("sara"), world.id("ivan"))
    waiting = {place: _asks(name) for place, name in (("solglantan", "Johanna"), ("linden", "Kim"), ("nobodys", "Ada"))}
    sara, birgitta = world.viewer("sara"), world.viewer("birgitta")
    requests.choose_person(sara, waiting["solglantan"], world.id("johanna"))
    requests.check(sara, waiting["solglantan"], "Tuva")
    requests.choose_person(birgitta, waiting["linden"], world.id("kim"))
    requests.ask_members(birgitta, waiting["linden"], world.id("tuva"), world.id("amina"))
    _address(world.id("samir"))
    asked = session().scalar(select(Vouch.id).where(Vouch.member_id == world.id("tuva")))
    return {"way_in": made, "requests": waiting, "vouch": asked, "email_secret": SECRET}


def _asks(name: str) -> int:
    before = set(session().scalars(select(Request.id)))
    requests.ask(Visitor("192.0.2.1"), name=name, years="", phone="070-123 45 67", words="", language="sv")
    return int(next(iter(set(session().scalars(select(Request.id))) - before)))


def _address(member_id: int) -> None:
    now = clock.now()
    with transaction() as s:
        s.add(
            EmailAddress(
                member_id=member_id,
                address_sealed="-",
                address_hash="-",
                link_hash=crypto.fingerprint(SECRET),
                made_at=now,
                expires_at=now + timedelta(hours=24),
            )
        )
        s.flush()
