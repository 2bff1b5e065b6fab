"""Incident mode: one switch makes everything read-only for everybody, and every page says why in words of staff.

Reading, help, telling staff, objecting and one's own data stay open. It is read with whoever asks (`Viewer.incident`),
in a question that is asked anyway, so it holds for the very next request or event in every process.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from community.core import audit, clock, text
from community.core.announcements import announce
from community.core.db import new_id, session, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import rules
from community.members.for_everybody import pass_the_gate
from community.members.models import Incident, Member
from community.members.people import Viewer

LONGEST_WORDS = 300
LONGEST_WHY = 300
LINES = 20  # of history on the page


@dataclass(frozen=True)
class IncidentView:
    """One time of it: what everybody read, why, who and when. No name: the server's own command line."""

    words: dict[str, str]
    why: str
    by: str | None
    at: datetime
    ended_by: str | None
    ended_at: datetime | None
    ended_why: str | None


def start(actor: Any, words_sv: str, words_en: str, why: str) -> None:
    """Make everything read-only. `why` is for staff, the words are for everybody; no names belong in either. Raises
    NotAllowed, Invalid by field, Conflict where it is on already."""
    require(actor, rules.SWITCH_INCIDENT)
    given = {"words_sv": words_sv, "words_en": words_en, "why": why}
    _check(given, {"words_sv": LONGEST_WORDS, "words_en": LONGEST_WORDS, "why": LONGEST_WHY})
    for field in ("words_sv", "words_en"):
        _pass_the_gate(actor, given[field], field)
    row = Incident(id=new_id(), is_open=True, started_by=actor.id, started_at=clock.now(), **given)
    try:
        with transaction() as s:
            audit.append(actor.id, "incident.started", f"incident:{row.id}", reason=why)
            s.add(row)
            s.flush()
            announce("everybody", "incident:changed")
    except IntegrityError as error:
        raise Conflict(_l("Everything is read-only already. Somebody was faster.")) from error


def end(actor: Any, why: str) -> None:
    """Open everything for writing again. Raises NotAllowed, Invalid by field, Conflict where it is over already."""
    require(actor, rules.SWITCH_INCIDENT)
    _check({"why": why}, {"why": LONGEST_WHY})
    with transaction() as s:
        over = {"is_open": None, "ended_by": actor.id, "ended_at": clock.now(), "ended_why": why}
        found = s.scalar(update(Incident).where(Incident.is_open.is_(True)).values(**over).returning(Incident.id))
        if found is None:
            raise Conflict(_l("Everybody can write again already. Somebody was faster."))
        audit.append(actor.id, "incident.ended", f"incident:{found}", reason=why)
        announce("everybody", "incident:changed")


def history_for(viewer: Any) -> list[IncidentView]:
    """The last times, the newest first. One query. Raises NotAllowed."""
    require(viewer, rules.SWITCH_INCIDENT)
    starter, ender = aliased(Member), aliased(Member)
    rows = session().execute(
        select(Incident, starter.display_name, ender.display_name)
        .outerjoin(starter, starter.id == Incident.started_by)
        .outerjoin(ender, ender.id == Incident.ended_by)
        .order_by(Incident.started_at.desc(), Incident.id.desc())
        .limit(LINES)
    )
    return [
        IncidentView(
            words={"sv": row.words_sv, "en": row.words_en},
            why=row.why,
            by=by,
            at=row.started_at,
            ended_by=ended_by,
            ended_at=row.ended_at,
            ended_why=row.ended_why,
        )
        for row, by, ended_by in rows
    ]


def _pass_the_gate(actor: Any, words: str, field: str) -> None:
    """What everybody reads is screened like all texts; what the server's command line says is its keeper's."""
    if not isinstance(actor, Viewer):
        return
    pass_the_gate(actor, words, field)


def _check(given: dict[str, str], longest: dict[str, int]) -> None:
    for field, value in given.items():
        if not text.says_something(value):
            raise Invalid(_l("Write something here first."), field=field)
        if len(value) > longest[field]:
            raise Invalid(_l("That is too long. At most %(max)s characters fit here.", max=longest[field]), field=field)
