"""What follows at once when staff are told: by a rule (hiding.py), until a person has decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from community.acts import record
from community.core import clock
from community.core.db import session
from community.members import named
from community.members.people import Named, Viewer
from community.reports import hiding, standstill
from community.reports.hiding import Facts
from community.reports.models import Report
from community.rota import queries as rota
from community.safety.cases import note_step, open_case
from community.safety.models import HARM, LIFE, Case
from community.spaces.models import Space
from community.streams import gating, mentions, moderating
from community.streams.models import Piece, Stream


@dataclass(frozen=True)
class Telling:
    """Somebody has just told of something. `piece`: what may be hidden; `about`: its author, or the person; `by_minor`:
    a minor tells of an adult."""

    actor: Viewer
    report: Report
    case: Case
    piece: Piece | None
    about: Named | None
    by_minor: bool


def follow(told: Telling) -> None:
    """Hide, keep apart, let only read: what the rules say. Inside the transaction of the telling."""
    if told.piece is not None and told.report.reason != "worried" and _hides(told, told.piece):
        _hide(told, told.piece)
    if told.about is None:
        return
    # Of what stands without a name: who vanishes with it, or may only read then, would be known to have written it.
    nameless = select(Piece.unnamed).where(Piece.id == told.report.piece_id)
    if told.report.reason == "unwanted" and told.by_minor and not session().scalar(nameless):
        note_step(told.case, None, "apart", by_rule=1)
        standstill.keep_apart(told.case, told.actor.id, told.about.id)
    _pause(told.about)


def _hide(told: Telling, piece: Piece) -> None:
    told.report.hid = True
    moderating.hide(None, piece)
    note_step(told.case, None, "hidden", by_rule=1)
    record.record(None, "hidden", piece.author_id, case_id=told.case.id, piece_id=piece.id)


def _hides(told: Telling, piece: Piece) -> bool:
    if piece.state != "published":
        return False
    against = (Report.target == f"piece:{piece.id}") & (Report.reason != "worried")
    waits = select(func.count(Report.by_id.distinct())).join(Case, Case.id == Report.case_id)
    began = hiding.night_began(clock.now())
    stream = session().get_one(Stream, piece.stream_id)
    house_id = gating.house_of_place(session().get_one(Space, stream.space_id), stream.house_id)
    facts = Facts(
        reporters=session().scalar(waits.where(against, Case.state == "open")) or 0,
        cover=rota.cover_at(house_id).kind,
        minor=_concerns_a_minor(piece),
        minor_on_adult=told.by_minor,
        spared=_is_spared(piece),
        hidden_tonight=_hidden_since(told.actor, began) if began else None,
    )
    return hiding.hides(facts)


def _concerns_a_minor(piece: Piece) -> bool:
    """Whether its author, or whom it names or quotes, is under 18."""
    quoted = session().scalar(select(Piece.author_id).where(Piece.id == piece.quote_id)) if piece.quote_id else None
    people = named.called_now({piece.author_id, *mentions.ids_for(piece), *([quoted] if quoted else [])})
    return any(person.is_minor for person in people.values())


def _is_spared(piece: Piece) -> bool:
    """A life may be at stake in it, or a host has found it fine as it stands."""
    for case in session().scalars(select(Case).where(Case.piece_id == piece.id)):
        if case.state == "open" and case.harm >= LIFE:
            return True
        if case.outcome == "fine" and case.closed_at and (piece.edited_at is None or piece.edited_at <= case.closed_at):
            return True
    return False


def _hidden_since(actor: Viewer, moment: datetime) -> int:
    mine = (Report.by_id == actor.id) & Report.hid & (Report.at >= moment)
    return session().scalar(select(func.count(Report.target.distinct())).where(mine)) or 0


def _pause(about: Named) -> None:
    """Three different members told of three different things of hers, and nobody has decided yet. What stands without a
    name does not count."""
    waits = select(Report.by_id, Report.target).join(Case, Case.id == Report.case_id)
    waits = waits.outerjoin(Piece, Piece.id == Report.piece_id).where(
        Report.about_id == about.id,
        Report.reason != "worried",
        ~Report.grouped,
        Case.state == "open",
        Piece.unnamed.is_not(True),
    )
    if not hiding.pauses([(who, what) for who, what in session().execute(waits)]) or standstill.only_reads(about.id):
        return
    case = open_case(f"member:{about.id}", "person", harm=HARM, member_id=about.id, house_id=about.house_id, pause=1)
    standstill.let_only_read(case, about.id)
