"""Many signed-in people at once, without three hundred passwords: members and session rows put in by a command."""

from __future__ import annotations

import json
import sys

from tests.live.house import House, run_quietly

_MAKE = """
import json, secrets, sys
import config
from community.app import create_app
from community.core import clock
from community.core.db import transaction
from community.members import actions
from community.members.house_rules import FIRST
from community.members.models import House, Member, MembershipPeriod
from sqlalchemy import select

app = create_app(config.load())
cookies = []
with app.app_context():
    with transaction() as s:
        house = s.scalar(select(House.id).limit(1))
        for number in range(int(sys.argv[1])):
            member = Member(
                sign_in_name=f"crowd{number}", display_name=f"Crowd {number}", password_hash="none",
                language="sv" if number % 2 else "en", colour="a", adult_checked_at=clock.now(),
                rules_version=FIRST, joined_at=clock.now(), hello_asked=2,
            )
            s.add(member)
            s.flush()
            s.add(MembershipPeriod(member_id=member.id, kind="resident", house_id=house, from_on=clock.today()))
            s.flush()
            token = actions.open_session(member.id, kept=True)
            cookies.append({"_user_id": token, "_fresh": True})
    sign = app.session_interface.get_signing_serializer(app).dumps
    print(json.dumps([sign(cookie) for cookie in cookies]))
"""


def crowd(house: House, size: int) -> list[dict[str, str]]:
    """The cookies of `size` new members who are signed in."""
    made = run_quietly([sys.executable, "-c", _MAKE, str(size)], house.server.env)
    return [{"sid": value} for value in json.loads(made.splitlines()[-1])]
