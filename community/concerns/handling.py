"""What those who work here do with a concern: read it, take it, write down what was done, hand it over, close it.

Every one of these is a step with its moment and a line of the audit chain (subject `concern:<id>`, never whose it is or
whom it is about). Taken has a clock; only a step of whoever took it winds it up again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update

from community.concerns import calls, chain, providers, queries, rules
from community.concerns.models import OUTCOMES, Call, Concern, ConcernStep, DutyPhone
from community.core import audit, clock, crypto, outbox
from community.core.db import session, transaction
from community.core.errors import Conflict, Gone, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer, Visitor

MINUTES = (2, 5, 10, 20, 30)
WITH_HER = ("came", "wrote", "called")
STEPS = (*WITH_HER, "tried", "note")
TOLD_WORDS = ("wrote", "note")  # these are nothing without words


def open_one(actor: Viewer, concern_id: int) -> Concern:
    """Read it; that it was read is written down, and the first time each it is a step she sees. Raises NotFound."""
    with transaction() as s:
        concern = _locked(actor, concern_id)
        require(actor, rules.LIST)
        seen = (ConcernStep.concern_id == concern.id) & (ConcernStep.by_id == actor.id) & (ConcernStep.what == "opened")
        if concern.state != "closed" and s.scalar(select(ConcernStep.id).where(seen).limit(1)) is None:
            concern.opened_at = concern.opened_at or clock.now()
            calls.step(concern, actor.id, "opened")
            calls.changed(concern)
        audit.append(actor.id, "concern.opened", f"concern:{concern.id}")
        return concern


def take(actor: Viewer, concern_id: int, how: str, minutes: int | None = None) -> None:
    """ "I take it", and how she hears of it. Taking what one has already changes nothing. Raises NotFound, NotAllowed,
    Conflict with who was faster, Invalid by field."""
    if how not in ("come", "write", "call"):
        raise Invalid(_l("Choose one of these."), field="how")
    if how == "come" and minutes not in MINUTES:
        raise Invalid(_l("Say in how many minutes."), field="minutes")
    with transaction():
        concern = _locked(actor, concern_id)
        require(actor, rules.TAKE, concern)
        if concern.state == "taken" and concern.taken_by == actor.id and concern.handed_to is None:
            return
        _refuse_second(concern, actor.id)
        _taken(concern, actor.id, how=how, **({"minutes": minutes} if how == "come" else {}))
        audit.append(actor.id, "concern.taken", f"concern:{concern.id}")


def log(actor: Viewer, concern_id: int, what: str, words: str = "") -> None:
    """Write down what was done. "wrote" is read by her, "note" by colleagues. Raises NotFound, NotAllowed, Invalid by
    field."""
    if what not in STEPS:
        raise Invalid(_l("Choose one of these."), field="what")
    if what in TOLD_WORDS and not words.strip():
        raise Invalid(_l("Write something here first."), field="words")
    with transaction() as s:
        concern = _locked(actor, concern_id)
        require(actor, rules.STEP, concern)
        calls.step(concern, actor.id, what, words)
        concern.step_due_at = clock.now() + (chain.WITH_HER if what in WITH_HER else chain.clock_of(concern))
        s.flush()
        audit.append(actor.id, "concern.step", f"concern:{concern.id}", what=what)
        calls.changed(concern)


def hand_over(actor: Viewer, concern_id: int, to_id: int) -> None:
    """To a named colleague, who is told by every channel. Until she takes it, it stays with whoever has it. Raises
    NotFound, NotAllowed, Invalid by field."""
    with transaction() as s:
        concern = _locked(actor, concern_id)
        require(actor, rules.STEP, concern)
        if to_id not in dict(queries.colleagues_for(actor, concern)):
            raise Invalid(_l("Choose somebody from the list."), field="to_id")
        concern.handed_to, concern.step_due_at = to_id, clock.now() + chain.clock_of(concern)
        _ask_anew(concern, to_id)
        calls.step(concern, actor.id, "handed", member=to_id)
        calls.call_one(concern, to_id, "handed", clock.now())
        s.flush()
        audit.append(actor.id, "concern.handed", f"concern:{concern.id}")
        calls.changed(concern)


def close(actor: Viewer, concern_id: int, outcome: str, words: str) -> None:
    """It is over: how, in words for those who read it later. Raises NotFound, NotAllowed, Invalid by field."""
    if outcome not in OUTCOMES:
        raise Invalid(_l("Choose one of these."), field="outcome")
    if not words.strip():
        raise Invalid(_l("Write how it ended, for whoever reads this later."), field="words")
    with transaction() as s:
        concern = _locked(actor, concern_id)
        require(actor, rules.STEP, concern)
        calls.step(concern, actor.id, "closed", words, outcome=outcome)
        concern.state, concern.outcome = "closed", outcome
        concern.closed_at, concern.closed_by, concern.step_due_at = clock.now(), actor.id, None
        s.flush()
        audit.append(actor.id, "concern.closed", f"concern:{concern.id}", outcome=outcome)
        calls.changed(concern)


def note_copy(actor: Viewer, concern_id: int, reason: str) -> Concern:
    """Before a copy is made: why, in the audit chain, and all leads are told. Raises NotFound, NotAllowed, Invalid."""
    if not reason.strip():
        raise Invalid(_l("Say why. All safety leads read it."), field="reason")
    with transaction() as s:
        concern = _locked(actor, concern_id)
        require(actor, rules.PACK, concern)
        step = calls.step(concern, actor.id, "pack", reason)
        s.flush()
        audit.append(actor.id, "concern.pack", f"concern:{concern.id}", reason=reason)
        for lead in queries.leads_of(actor, concern):
            found = providers.address_of(lead)
            if found is not None and lead != actor.id:
                cause = f"concern_pack:{step.id}"
                outbox.post(
                    "concern.pack",
                    found.address,
                    cause=cause,
                    language=found.language,
                    good_for=calls.LINK_FOR,
                    concern=concern.id,
                )
        calls.changed(concern)
        return concern


def keep_number(actor: Viewer, phone: str) -> None:
    """Where she is rung up; empty takes it away. Raises NotAllowed."""
    require(actor, rules.LIST)
    with transaction() as s:
        s.execute(delete(DutyPhone).where(DutyPhone.member_id == actor.id))
        if phone:
            sealed = crypto.seal(phone, f"duty_phone:{actor.id}:phone")
            s.add(DutyPhone(member_id=actor.id, phone_sealed=sealed, changed_at=clock.now()))
        s.flush()


def call_for(visitor: Visitor, token: str) -> Call:
    """The call a link belongs to, while the link does something. Raises Gone."""
    assert visitor.address is not None
    found = session().scalar(
        select(Call)
        .where(Call.token_hash == calls.link_of(token), calls.usable(clock.now()))
        .execution_options(populate_existing=True)
    )
    concern = session().get(Concern, found.concern_id, populate_existing=True) if found is not None else None
    if found is None or concern is None or not _still_asked(concern, found):
        raise Gone
    return found


def answer(visitor: Visitor, token: str, what: str) -> Call:
    """ "I take it" or "I can't, next": the one thing a link does, once. Raises Gone, Invalid."""
    if what not in ("take", "cannot"):
        raise Invalid
    with transaction() as s:
        call = call_for(visitor, token)
        concern = s.scalars(
            select(Concern)
            .where(Concern.id == call.concern_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()
        if not _still_asked(concern, call):
            raise Gone
        if what == "take":
            _taken(concern, call.member_id, by="link")
        else:
            calls.step(concern, call.member_id, "cannot")
            if concern.handed_to is not None and concern.handed_to == call.member_id:
                concern.handed_to = None
        s.execute(_calls_of(concern, call.who).values(answered_at=clock.now(), answer=what, next_try_at=None))
        s.expire_all()
        audit.append(
            call.member_id, f"concern.{'taken' if what == 'take' else 'cannot'}", f"concern:{concern.id}", by="link"
        )
        if what == "cannot":
            calls.advance(concern.id)
        calls.changed(concern)
        return call


def cannot(actor: Viewer, concern_id: int) -> None:
    """ "I can't, next", on the page. Raises NotFound, NotAllowed, Conflict (it is taken)."""
    with transaction() as s:
        concern = _locked(actor, concern_id)
        require(actor, rules.TAKE, concern)
        _refuse_second(concern, actor.id)
        calls.step(concern, actor.id, "cannot")
        if concern.handed_to == actor.id:
            concern.handed_to = None
        who = f"member:{actor.id}"
        s.execute(_calls_of(concern, who).values(answered_at=clock.now(), answer="cannot", next_try_at=None))
        s.flush()
        audit.append(actor.id, "concern.cannot", f"concern:{concern.id}")
        s.expire_all()
        calls.advance(concern.id)
        calls.changed(concern)


def _locked(actor: Viewer, concern_id: int) -> Concern:
    session().execute(select(Concern.id).where(Concern.id == concern_id).with_for_update())
    return queries.concern_for(actor, concern_id)


def _refuse_second(concern: Concern, member_id: int) -> None:
    """Two who press at once: the second one sees who was first."""
    if concern.state == "taken" and concern.handed_to != member_id:
        raise Conflict(_l("Somebody else has taken it already. You see below who."))


def _taken(concern: Concern, member_id: int | None, **facts: Any) -> None:
    now = clock.now()
    calls.step(concern, member_id, "taken", **facts)
    concern.state, concern.taken_by, concern.taken_by_independent = "taken", member_id, member_id is None
    concern.first_taken_at = concern.first_taken_at or now
    concern.handed_to, concern.lapsed_by = None, None
    # Whoever is outside has no page to write steps on; an hour later the others are told again.
    concern.step_due_at = now + (chain.WITH_HER if member_id is None else chain.clock_of(concern))
    session().execute(
        _calls_of(concern, f"member:{member_id}").values(answered_at=now, answer="take", next_try_at=None)
    )
    session().flush()
    calls.changed(concern)


def _calls_of(concern: Concern, who: str) -> Any:
    return update(Call).where(Call.concern_id == concern.id, Call.who == who, Call.answered_at.is_(None))


def _ask_anew(concern: Concern, member_id: int) -> None:
    """A colleague who was told before is told once more: what she was told with counts as answered."""
    session().execute(_calls_of(concern, f"member:{member_id}").values(answered_at=clock.now(), answer=None))
    concern.chain_round += 1
    session().flush()


def _still_asked(concern: Concern, call: Call) -> bool:
    """Whether an answer to this call changes anything: nobody has it, or it is handed to just her, and she still works
    here, may act, and may know of it. Else a link kept by somebody who is gone would stop the chain."""
    if call.member_id is not None:
        may_act = call.member_id in chain.people_now(concern.house_id, clock.now()).others
        if not may_act or call.member_id in calls.kept_from(concern) | chain.apart_from(concern.member_id):
            return False
    return concern.state == "open" or (
        concern.state == "taken" and concern.handed_to is not None and concern.handed_to == call.member_id
    )
