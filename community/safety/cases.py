"""What waits for somebody who works here. Every floor may open a case; the rooms above read and close them.

One open case for a target: a second reason joins it, raises its harm where it is worse, and starts no new waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from community.core import clock, crypto
from community.core.announcements import announce
from community.core.db import add_once, after_commit, new_id, session, transaction
from community.safety.gate import WORD, Grade, Verdict
from community.safety.models import HARM, LIFE, LOOK, PLAIN, Case, CaseKeptFrom, CaseStep

OF_WORDS = frozenset({"word", "profile", "letter", "appeal"})
"""Reasons which alert, where they do, because of what a member wrote. A telling never has one of them."""
OF_TELLING = frozenset({"report", "person"})
"""Reasons of what somebody told staff of."""

_told: Callable[[int], None] | None = None


def alerts_go_to(told: Callable[[int], None]) -> None:
    """Once per process: what is told, right after the commit, that a case may not wait. It finds the case by itself as
    well, so that nothing is lost when this process dies first."""
    global _told
    _told = told


def open_case(
    target: str,
    reason: str,
    *,
    harm: int,
    by_id: int | None = None,
    member_id: int | None = None,
    piece_id: int | None = None,
    space_id: int | None = None,
    house_id: int | None = None,
    lane: str = "hosts",
    alert: bool = False,
    kept_from: Iterable[int] = (),
    **facts: Any,
) -> Case:
    """Let something wait for a person, in the transaction of its cause. `by_id`: whose act it came from; None: a rule.
    `alert`: it may not wait for the next reader. `facts` of the step are ids and numbers, never words."""
    now = clock.now()
    with transaction():
        found = open_case_of(target, lane)
        if found is None:
            fresh = Case(
                id=new_id(),
                target=target,
                lane=lane,
                reasons=[],
                harm=harm,
                member_id=member_id,
                piece_id=piece_id,
                space_id=space_id,
                house_id=house_id,
                since=now,
                changed_at=now,
            )
            add_once(fresh)
            found = open_case_of(target, lane)
            assert found is not None  # whoever was first made it
        found.reasons = list(dict.fromkeys([*found.reasons, reason]))
        found.harm = max(found.harm, harm)
        # A telling that joins does not put off when somebody is called; new words that alert are a new alert.
        if alert and (found.alert_at is None or reason in OF_WORDS):
            found.alert_at, case_id = now, found.id
            after_commit(lambda: _told(case_id) if _told is not None else None)
        for one in set(kept_from):
            add_once(CaseKeptFrom(case_id=found.id, member_id=one))
        note_step(found, by_id, reason, **facts)
        return found


def harm_of(verdict: Verdict, *, asks: bool = False) -> int:
    """How much harm may come of letting a text wait that the gate has judged. `asks`: somebody asks for support in it,
    so it comes before others that wait."""
    if verdict.alert:
        return LIFE if verdict.grade is Grade.INTENT else HARM
    return LOOK if asks or verdict.why == WORD or verdict.grade is Grade.HEAVY else PLAIN


def open_case_of(target: str, lane: str = "hosts") -> Case | None:
    """The open case of a target, kept from others until the transaction ends."""
    open_one = select(Case).where(Case.target == target, Case.lane == lane, Case.state == "open")
    return session().scalar(open_one.with_for_update().execution_options(populate_existing=True))


def told_of(piece_id: int) -> bool:
    """Whether somebody has told staff of a piece and nobody has decided yet. One query."""
    reasons = session().scalars(select(Case.reasons).where(Case.piece_id == piece_id, Case.state == "open"))
    return any("report" in found for found in reasons)


def note_step(case: Case, by_id: int | None, what: str, note: str | None = None, **facts: Any) -> CaseStep:
    """Write one step down, raise the version, and let open lists know. Inside the caller's transaction. `note` is
    kept sealed."""
    now = clock.now()
    with transaction() as s:
        step = CaseStep(id=new_id(), case_id=case.id, by_id=by_id, what=what, facts=facts, at=now)
        if note:
            step.note_sealed = crypto.seal(note, f"case_step:{step.id}:note")
        s.add(step)
        case.version, case.changed_at = (case.version or 0) + 1, now
        if by_id is not None and case.claimed_by == by_id:
            case.step_at = now
        s.flush()
        announce("review", "review:changed", case=case.id)
        return step


def close_case(case: Case, by_id: int | None, outcome: str, **facts: Any) -> CaseStep:
    """Nothing waits here any more. Inside the caller's transaction. Returns the step that says so."""
    with transaction() as s:
        case.state, case.closed_by, case.closed_at, case.outcome = "closed", by_id, clock.now(), outcome
        case.alert_at = None
        s.flush()
        return note_step(case, by_id, outcome, **facts)


def note_of(step: CaseStep) -> str | None:
    """What one of staff wrote at a step."""
    return crypto.unseal(step.note_sealed, f"case_step:{step.id}:note") if step.note_sealed else None
