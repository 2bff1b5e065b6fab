"""The job that lets through what waited only for somebody to be there, when nobody has decided within the hour.

Clean words of somebody 16 or 17, or of a grown-up who is known here: no list heard anything in them, and the rule, as
this home has it now, would publish them. They have waited for an hour during which those who may let them through
worked without a gap; what a home chose to read first waits, whoever works. They stay on the list of what is read after.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from community.acts import record
from community.core import clock
from community.core.db import session, transaction
from community.core.jobs import Due, Job
from community.core.policy import can
from community.members.queries import viewer_now
from community.notices import actions as notices
from community.rota.cover import HOST, OnShift, gaps
from community.rota.queries import shifts_between
from community.safety import cases, publishing
from community.safety.gate import Outcome, screen
from community.safety.models import Case
from community.spaces.models import Space
from community.spaces.rules import WRITE
from community.streams import gating, placing
from community.streams.models import Piece, Stream
from community.streams.promises import AFTER

MOST = 200


def _due(now: datetime) -> Iterable[Due]:
    """Texts that are due, by when they were last written. Two queries while something waits, else one."""
    waits = (Case.state == "open") & (Case.lane == "hosts") & (Case.since <= now - AFTER)
    written = func.coalesce(Piece.edited_at, Piece.written_at)
    rows = session().execute(
        select(Piece, Stream, Space)
        .join(Case, Case.piece_id == Piece.id)
        .join(Stream, Stream.id == Piece.stream_id)
        .join(Space, Space.id == Stream.space_id)
        .where(
            waits,
            Piece.state == "held",
            Piece.held_why.in_(publishing.FOR_COVER),
            written <= now - AFTER,
        )
        .order_by(Case.since)
        .limit(MOST)
    )
    found = rows.all()
    shifts = shifts_between(now - AFTER, now) if found else []
    return [
        Due(str(piece.id), _written_at(piece) + AFTER)
        for piece, stream, space in found
        if _covered(stream, space, shifts, now) and _may_stand(piece, stream, space, shifts, now)
    ]


def _written_at(piece: Piece) -> datetime:
    return piece.edited_at or piece.written_at


def _let_through(due: Due) -> None:
    """Looked at once more under the piece's own lock: somebody may have decided, or changed it, meanwhile."""
    with transaction() as s:
        piece = s.get(Piece, int(due.what), with_for_update={"key_share": True}, populate_existing=True)
        if piece is None or piece.state != "held" or _written_at(piece) + AFTER != due.due_at:
            return
        stream = s.get_one(Stream, piece.stream_id)
        now = clock.now()
        if not _may_stand(piece, stream, s.get_one(Space, stream.space_id), shifts_between(now - AFTER, now), now):
            return
        case = cases.open_case_of(gating.target_of(piece))
        piece.check_at = now
        placing.publish_held(piece, piece.author_id)
        notices.tell_published(piece, by_id=0)
        if case is not None:
            cases.close_case(case, None, "published")
        record.record(None, "published", piece.author_id, case_id=case.id if case else None, piece_id=piece.id)


def _may_stand(piece: Piece, stream: Stream, space: Space, shifts: list[OnShift], now: datetime) -> bool:
    """Whether its author may still write there, no list hears anything, the rule would publish it now, and those who
    may let it through have worked for the whole hour."""
    author = viewer_now(piece.author_id)
    if author is None or piece.held_why not in publishing.FOR_COVER or not can(author, WRITE, space):
        return False
    facts = gating.facts_at(author, space, stream.house_id)
    verdict = screen(gating.words_of(piece.title, piece.note, piece.text), gating.surface_of(piece.kind, stream), facts)
    # Of a child a host has worked all the time, of a grown-up anybody, as far as this home lets that be enough.
    whose = publishing.lets_through(facts.writer, facts.place, facts.table)
    these = shifts if whose == "night" else [one for one in shifts if one.role == HOST]
    clean = verdict.outcome is Outcome.PUBLISH and not verdict.hits
    return whose is not None and clean and _covered(stream, space, these, now)


def _covered(stream: Stream, space: Space, shifts: list[OnShift], now: datetime) -> bool:
    """Whether these shifts leave no gap in the last hour, of the place's house."""
    return not gaps(shifts, gating.house_of_place(space, stream.house_id), now - AFTER, now)


JOB = Job("waited an hour", _due, _let_through)
