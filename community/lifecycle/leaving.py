"""Leaving: she asks for it, has thirty days to change her mind, and then it is done, all of it or nothing of a turn.

Nobody chooses for her: the only actor is the member herself, and after her the calendar. During the thirty days she is
a member as before.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, or_, select, update

from community.book import asking as book
from community.concerns.models import Concern
from community.core import audit, clock, crypto, erasures, jobs, loop, outbox, schema
from community.core.db import new_id, session, transaction
from community.core.erasing import Leaver
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.lifecycle import erasing, leaving_rules
from community.members import erasing as members
from community.members import fresh
from community.members.models import Member
from community.members.people import Viewer
from community.moving.models import CHOICES, Departure
from community.photos import erasing as photos
from community.recovery.queries import confirmed_address
from community.reports import actions as reports
from community.reports.models import Report
from community.safety.models import Case
from community.streams import erasing as streams
from community.streams.models import Piece

DAYS = 30
AT_HOUR = 4  # of the night after the last of them, at home
REMINDED = timedelta(days=3)  # before


@dataclass(frozen=True)
class OpenMatter:
    """Something of hers that staff have not finished, as she knows of it herself: what it is, since when, and until
    when it stays (None: nobody knows yet)."""

    kind: str
    since: date
    until: date | None


def due_after(asked_at: datetime) -> datetime:
    """When it is done: thirty whole days later, in the night."""
    return clock.start_of(clock.local(asked_at).date() + timedelta(days=DAYS + 1)) + timedelta(hours=AT_HOUR)


def leave(actor: Viewer, choice: str) -> Departure:
    """Ask to leave, with what becomes of what she wrote. Asked again with another choice, that one holds; the day
    stays. Raises NotFresh, Invalid (`choice`), NotAllowed."""
    require(actor, leaving_rules.LEAVE, actor.id)
    fresh.require(actor)
    if choice not in CHOICES:
        raise Invalid(_l("Choose what becomes of what you wrote."), field="choice")
    with transaction() as s:
        s.execute(select(Member.id).where(Member.id == actor.id).with_for_update())
        row = _open_of(actor.id)
        if row is None:
            now = clock.now()
            row = Departure(
                id=new_id(), member_id=actor.id, choice=choice, asked_at=now, due_at=due_after(now), is_open=True
            )
            s.add(row)
            _write_to_her(row, "asked", good_for=REMINDED)
        row.choice = choice
        s.execute(update(Member).where(Member.id == actor.id).values(leaving_at=row.due_at))
        audit.append(actor.id, "leaving.asked", f"member:{actor.id}")
        s.flush()
        return row


def stay(actor: Viewer) -> None:
    """She has changed her mind. Twice changes nothing. Raises Conflict once it is being done: from when her number
    stands on the list of the erased."""
    require(actor, leaving_rules.STAY, actor.id)
    with transaction() as s:
        s.execute(select(Member.id).where(Member.id == actor.id).with_for_update())
        row = _open_of(actor.id)
        if members.is_gone(actor.id) or actor.id in {known.member for known in erasures.read()}:
            raise Conflict
        if row is None:
            return
        row.is_open, row.taken_back_at = None, clock.now()
        s.execute(update(Member).where(Member.id == actor.id).values(leaving_at=None))
        audit.append(actor.id, "leaving.taken_back", f"member:{actor.id}")


def own(viewer: Viewer) -> Departure | None:
    """That the viewer leaves, and how; None where she does not. One query, none for most."""
    return _open_of(viewer.id) if viewer.leaving_at is not None else None


def open_matters(viewer: Viewer) -> list[OpenMatter]:
    """What the viewer has begun herself and staff have not finished, or finished lately: what belongs to it stays
    sealed until then. Nothing she has not begun: a page must not tell her that there is something. Two queries."""
    calls = select(Concern).where(Concern.member_id == viewer.id, Concern.severity.in_(("talk", "urgent")))
    told = select(Report.at, Case.state, Case.closed_at).join(Case, Case.id == Report.case_id)
    rows = [("call", one.sent_at, one.state, one.closed_at) for one in session().scalars(calls)]
    rows += [("told", *one) for one in session().execute(told.where(Report.by_id == viewer.id))]
    found = [
        OpenMatter(kind, _day(since), _day(closed_at + reports.KEPT) if state == "closed" and closed_at else None)
        for kind, since, state, closed_at in rows
    ]
    still = [one for one in found if one.until is None or one.until > clock.today()]
    return sorted(still, key=lambda one: one.since, reverse=True)


def holds(member_id: int) -> bool:
    """Whether something about somebody's safety is open in which what she wrote, or who she is, may matter: a call of
    hers, a case of the safety leads, one that alerts, one somebody told staff of. Three queries at most; for the job
    alone, no page shows it."""
    hers = select(Piece.id).where(Piece.author_id == member_id)
    call = or_(Concern.member_id == member_id, Concern.piece_id.in_(hers))
    about = or_(Case.member_id == member_id, Case.piece_id.in_(hers))
    told = exists().where(Report.case_id == Case.id)
    grave = or_(Case.lane == "leads", Case.alert_at.is_not(None), told)
    told_of = exists().where(Report.case_id == Case.id, Report.about_id == member_id)
    wanted = (
        select(Concern.id).where(call, Concern.state != "closed"),
        select(Case.id).where(about, grave, Case.state == "open"),
        select(Case.id).where(told_of, Case.state == "open"),
    )
    return any(session().scalar(one.limit(1)) is not None for one in wanted)


def let_go(departure_id: int) -> None:
    """Her thirty days are over. One transaction: from then on she is no member, her sessions are closed, what she takes
    along is shown to nobody. Her number is on the list of the erased before. Called again it changes nothing."""
    with transaction() as s:
        row = s.get(Departure, departure_id, with_for_update=True, populate_existing=True)
        if row is None or row.is_open is None or row.due_at > clock.now():
            return
        now = clock.now()
        erasures.note(erasures.Erasure(row.member_id, row.choice, now.isoformat()))
        leaver = Leaver(row.member_id, row.choice, now)
        held = holds(row.member_id)
        streams.let_go(leaver)
        photos.let_go(leaver)
        book.let_go(leaver)
        name = members.close_account(leaver)
        row.gone_at, row.is_open = now, None
        row.name_sealed = crypto.seal(name, f"departure:{row.id}:name") if held and row.choice != "named" else None
        audit.append(None, "member.left", f"member:{row.member_id}", departure=row.id)


def finish(departure_id: int) -> bool:
    """Take away what is left of somebody who has left, table by table. Whether nothing is. Asked again after that it
    changes nothing."""
    row = session().get(Departure, departure_id, populate_existing=True)
    if row is None or row.gone_at is None or row.erased_at is not None:
        return True
    done = erasing.erase(Leaver(row.member_id, row.choice, row.gone_at), held=holds(row.member_id))
    if done:
        with transaction() as s:
            ended = update(Departure).where(Departure.id == departure_id, Departure.erased_at.is_(None))
            s.execute(ended.values(erased_at=clock.now(), name_sealed=None))
            audit.append(None, "member.erased", f"member:{row.member_id}", departure=departure_id)
    return done


def replay(known: Iterable[erasures.Erasure]) -> int:
    """After an older copy of the database was put back: whoever was erased since is erased there again. Returns how
    many were."""
    count = 0
    for erasure in known:
        if members.is_gone(erasure.member):
            continue
        with transaction() as s:
            row = _open_of(erasure.member) or Departure(
                id=new_id(), member_id=erasure.member, choice=erasure.choice, asked_at=clock.now(), is_open=True
            )
            row.choice, row.due_at = erasure.choice, min(clock.now(), row.due_at or clock.now())
            s.add(row)
        let_go(row.id)
        finish(row.id)
        count += 1
    return count


def letter_facts(facts: dict[str, Any]) -> Departure | None:
    """The departure a letter is about, while it can still be taken back, and by her."""
    asked = select(Departure).join(Member, Member.id == Departure.member_id)
    still = Departure.is_open.is_(True) & Member.remembered_at.is_(None)
    return session().scalar(asked.where(Departure.id == facts["departure"], still))


def _day(moment: datetime) -> date:
    return clock.local(moment).date()


def _open_of(member_id: int) -> Departure | None:
    mine = select(Departure).where(Departure.member_id == member_id, Departure.is_open.is_(True))
    return session().scalar(mine.execution_options(populate_existing=True))


def _write_to_her(row: Departure, what: str, good_for: timedelta) -> None:
    """A letter that says only that something about her account is under way; where she has a confirmed address."""
    to = confirmed_address(row.member_id)
    if to is not None:
        cause = f"departure:{row.id}:{what}"
        outbox.post("leaving", to.address, cause=cause, language=to.language, good_for=good_for, departure=row.id)


def _due(now: datetime) -> list[jobs.Due]:
    """Those whose day has come, and what is left of those who have left, each night."""
    over = select(Departure.id, Departure.due_at).where(Departure.is_open.is_(True), Departure.due_at <= now)
    found = [jobs.Due(str(id_), due_at) for id_, due_at in session().execute(over)]
    for night in jobs.daily(now, AT_HOUR):
        left = select(Departure.id).where(Departure.gone_at < night.due_at, Departure.erased_at.is_(None))
        found += [jobs.Due(str(id_), night.due_at) for id_ in session().scalars(left)]
    return found


def carry_out(departure_id: int) -> None:
    """Both turns, as far as they may go by now."""
    let_go(departure_id)
    finish(departure_id)


def _do(due: jobs.Due) -> None:
    """In a server a process of its own does it: of somebody who wrote much it is a second of work or two, which would
    hold up everybody's requests."""
    if not loop.GREEN:
        carry_out(int(due.what))
        return
    command = [sys.executable, "-m", "flask", "member", "carry-out", due.what]
    done = subprocess.run(command, cwd=schema.ROOT, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError("somebody's leaving was not carried out; it is tried again")


def _soon(now: datetime) -> list[jobs.Due]:
    """Whose last days have begun."""
    coming = Departure.is_open.is_(True) & (Departure.due_at <= now + REMINDED) & (Departure.due_at > now)
    rows = session().execute(select(Departure.id, Departure.due_at).where(coming))
    return [jobs.Due(str(id_), due_at - REMINDED) for id_, due_at in rows]


def _remind(due: jobs.Due) -> None:
    row = session().get(Departure, int(due.what), populate_existing=True)
    if row is not None and row.is_open:
        _write_to_her(row, "soon", good_for=REMINDED)


JOBS = (
    jobs.Job("leaving soon", _soon, _remind),
    jobs.Job("leaving", _due, _do, outside=True, lease=timedelta(minutes=30)),
)
