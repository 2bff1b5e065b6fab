"""The words for telling staff, and for whoever waits for them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from community.core import clock, i18n
from community.core.db import session
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.reports.queries import reads_by
from community.safety.models import Case
from community.streams.models import Piece

REASONS = {
    "worried": _l("I'm worried about someone"),
    "unkind": _l("Someone is being mean"),
    "unwanted": _l("Someone wants something I don't"),
    "private": _l("Too private (picture, number, address)"),
    "staff": _l("Someone who works here"),
    "other": _l("Something else"),
}


def hour_of(moment: datetime) -> str:
    """'07:30' within a day from now, else with the day."""
    if moment - clock.now() < timedelta(hours=24):
        return f"{clock.local(moment):%H:%M}"
    return i18n.short_time(moment)


def hidden_until(piece: Piece) -> str:
    """What the author of a piece reads that a rule has hidden. The hour is counted from when it began to wait, so it
    does not run away; when it has passed, that is said. Two queries."""
    waits = select(Case).where(Case.target == f"piece:{piece.id}", Case.lane == "hosts", Case.state == "open")
    case = session().scalar(waits)
    promised = reads_by(case.house_id, case.since) if case is not None else None
    if promised is None:
        return _("It is hidden until a host has looked. Nothing is decided.")
    if promised <= clock.now():
        return _("It is hidden until a host has looked. It takes longer than usual. Nothing is decided.")
    return _(
        "It is hidden until a host has looked, at the latest %(time)s. Nothing is decided.", time=hour_of(promised)
    )
