"""Taking a case, writing notes for each other, handing over, being busy, and undoing: what does not decide anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_, update

from community.acts.models import Act
from community.core import audit, clock
from community.core.db import add_once, after_commit, session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer
from community.moderation import deciding, queries, rules
from community.moderation.words import BUSY
from community.rota import working
from community.rota.models import Busy
from community.safety import cases
from community.safety.models import HARM, Case, CaseStep
from community.streams.models import Piece

LONGEST_NOTE = 1000
UNDO_TIME = timedelta(seconds=10)
ON_THE_WAY = timedelta(seconds=3)  # a press in the last second still has to arrive


def claim(actor: Viewer, case_id: int) -> Case:
    """Take a case: one conditional update, so that of two who press at once one has it. Taking one's own again is a
    step. Raises NotAllowed, NotFound, Conflict with who has it."""
    require(actor, rules.HANDLE)
    now = clock.now()
    with transaction() as s:
        case = queries.case_for(actor, case_id)
        require(actor, rules.DECIDE, queries.matter_of(actor, case, queries.steps_of(actor, [case])[case.id]))
        free = or_(
            Case.claimed_by.is_(None), Case.claimed_by == actor.id, Case.step_at <= queries.lapsed_before(case, now)
        )
        mine = update(Case).where(Case.id == case.id, Case.state == "open", free)
        taken = s.execute(mine.values(claimed_by=actor.id, claimed_at=now, step_at=now))
        s.refresh(case)
        if not taken.rowcount:  # type: ignore[attr-defined]
            raise deciding.overtaken(actor, case)
        _step(actor, case, "claimed")
        return case


def release(actor: Viewer, case_id: int) -> Case:
    """Let a case go that one has taken; whoever has not changes nothing."""
    require(actor, rules.HANDLE)
    with transaction():
        case = queries.case_for(actor, case_id, lock=True)
        if case.claimed_by == actor.id and case.state == "open":
            case.claimed_by = case.claimed_at = case.step_at = None
            _step(actor, case, "released")
        return case


def write_note(actor: Viewer, case_id: int, words: str) -> CaseStep:
    """Write something for the colleagues; it is kept sealed and stays when a claim lapses. Raises Invalid (`words`)."""
    require(actor, rules.HANDLE)
    if not words.strip():
        raise Invalid(_l("Write something here first."), field="words")
    if len(words) > LONGEST_NOTE:
        sentence = _l("That is too long. At most %(max)s characters fit here.", max=LONGEST_NOTE)
        raise Invalid(sentence, field="words")
    with transaction():
        case = queries.case_for(actor, case_id, lock=True)
        return _step(actor, case, "note", words.strip())


def hand_over(actor: Viewer, case_id: int, to_id: int) -> CaseStep:
    """Give a case to a named colleague who may know of it; she has it from now. Raises Invalid (`member_id`), Conflict
    when somebody else has it, or it is closed."""
    require(actor, rules.HANDLE)
    with transaction() as s:
        case = queries.case_for(actor, case_id, lock=True)
        if case.state != "open" or queries.holder_of(case) not in (None, actor.id):
            raise deciding.overtaken(actor, case)
        # Nobody chooses who judges her.
        require(actor, rules.DECIDE, queries.matter_of(actor, case, queries.steps_of(actor, [case])[case.id]))
        if to_id not in dict(queries.colleagues_for(actor, case)):
            raise Invalid(_l("Choose a colleague from the list."), field="member_id")
        was = case.claimed_by
        case.claimed_by, case.claimed_at, case.step_at = to_id, clock.now(), clock.now()
        s.flush()
        return _step(actor, case, "handed", to=to_id, was=was)


def be_busy(actor: Viewer, minutes: int) -> None:
    """What comes new goes to one's back-up first, until then. 0: back again. Raises Invalid (`minutes`)."""
    require(actor, rules.HANDLE)
    if minutes and minutes not in BUSY:
        raise Invalid(_l("Choose one of these."), field="minutes")
    now = clock.now()
    with transaction() as s:
        s.execute(delete(Busy).where(Busy.member_id == actor.id))
        if minutes:
            add_once(Busy(member_id=actor.id, since=now, until=now + timedelta(minutes=minutes)))
        audit.append(actor.id, "review.busy", f"member:{actor.id}", minutes=minutes)
        after_commit(working.forget)  # what is promised counts with it


def _step(actor: Viewer, case: Case, what: str, note: str | None = None, **facts: Any) -> CaseStep:
    """A step in the case's history and its line of the audit chain, which holds no word of a note."""
    audit.append(actor.id, f"review.{what}", f"case:{case.id}")
    return cases.note_step(case, actor.id, what, note, **facts)


def undo(actor: Viewer, step_id: int) -> Case:
    """Take back one's own last step within ten seconds: everything is as it was before it. Raises NotFound, NotAllowed
    for somebody else's step or too late, Conflict when something came in between."""
    require(actor, rules.HANDLE)
    with transaction() as s:
        found = queries.step_for(actor, step_id)
        case = queries.case_for(actor, found.case_id, lock=True)
        if found.by_id != actor.id:
            raise NotAllowed(_l("Whoever did it can undo it."))
        if clock.now() - found.at > UNDO_TIME + ON_THE_WAY:
            raise NotAllowed(_l("Ten seconds are over. You can still decide the other way."))
        steps = queries.steps_of(actor, [case])[case.id]
        if found.what == "undone" or any(step.at > found.at or step.facts.get("of") == found.id for step in steps):
            raise Conflict(_l("Something came in between. Look once more."))
        _reverse(actor, case, found)
        cases.note_step(case, actor.id, "undone", of=found.id)
        audit.append(actor.id, "review.undone", f"case:{case.id}", step=found.id)
        s.flush()
        return case


def _reverse(actor: Viewer, case: Case, step: CaseStep) -> None:
    if step.what in ("claimed", "handed"):
        case.claimed_by = step.facts.get("was") if step.what == "handed" else None
        if case.claimed_by is None:
            case.claimed_at = case.step_at = None
        return
    if step.what == "note":
        step.note_sealed = None
        return
    if step.what == "released":
        case.claimed_by, case.claimed_at, case.step_at = actor.id, clock.now(), clock.now()
        return
    if step.facts.get("final"):
        raise NotAllowed(_l("This can't be undone. You can still decide the other way."))
    if case.state == "closed":
        if cases.open_case_of(case.target, case.lane) is not None:
            raise Conflict(_l("Something came in between. Look once more."))
        case.state, case.closed_by, case.closed_at, case.outcome = "open", None, None, None
        if case.harm >= HARM:  # closing had stilled its alarm
            case.alert_at = clock.now()
    act = session().get(Act, step.facts["act"]) if "act" in step.facts else None
    if act is not None:
        act.undone_at, act.undone_by = clock.now(), actor.id
    if case.piece_id is not None and "do" in step.facts:
        piece = session().get(Piece, case.piece_id, with_for_update={"key_share": True}, populate_existing=True)
        if piece is None:
            raise NotFound
        deciding.reverse(actor, piece, step.facts)
