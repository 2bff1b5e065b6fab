"""Limits on what a member may do: a short break, read only, closed for now; and ending them.

Each is a `Sanction`, its act with a reason, and its audit line, in one transaction. Open sockets of whoever is closed
out end with the commit; who may not write any more is refused at her next word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from community.acts import rules, steps, words
from community.acts.models import Act, ForGood
from community.acts.record import record, words_of
from community.core import audit, clock
from community.core.announcements import announce
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.models import Member, Sanction
from community.members.people import Viewer
from community.safety.models import Case
from community.streams.models import Piece

UNTIL_TWO = timedelta(hours=72)  # how long a closing holds while it waits for a second yes


@dataclass(frozen=True)
class Wish:
    """A limit as it is asked for. `length` is a key of `words.LENGTHS`; `seen` what the page knew."""

    kind: str
    length: str
    reason: str
    words: str
    seen: int
    space_id: int | None = None
    case_id: int | None = None


def take_step(actor: Viewer, member_id: int, wish: Wish) -> Act:
    """Limit what a member may do. Without an end it holds for 72 hours until a second person says yes as well.

    Raises NotFound, NotAllowed, Invalid by field, and Conflict where somebody decided about her meanwhile.
    """
    with transaction() as s:
        page = steps.steps_for(actor, member_id)
        space = page.channel(wish.space_id) if wish.kind == "cooled_off" else None
        length = words.LENGTHS[wish.kind][wish.length][1]
        require(actor, rules.STEP, rules.Step(wish.kind, page.person, length, space is not None and space.shared))
        if wish.reason == "other" and not wish.words.strip():
            raise Invalid(_l("Say it in your own words. Whoever it concerns reads it."), field="words")
        _nothing_new(member_id, wish.seen)
        now = clock.now()
        limit = Sanction(member_id=member_id, kind=wish.kind, starts_at=now, given_by=actor.id)
        limit.space_id = space.id if space is not None else None
        limit.ends_at = now + (length or UNTIL_TWO)
        s.add(limit)
        s.flush()
        act = record(
            actor,
            wish.kind,
            member_id,
            reason=wish.reason,
            words=wish.words,
            case_id=_case(wish.case_id, member_id),
            space_id=limit.space_id,
            until=limit.ends_at,
            sanction_id=limit.id,
        )
        if length is None:
            s.add(ForGood(act_id=act.id, asked_at=now))
            s.flush()
            audit.append(actor.id, "standing.asked_for_good", f"member:{member_id}", reason=wish.reason, act_id=act.id)
        if wish.kind == "suspended":
            announce(f"member:{member_id}", "member:closed", member=member_id)
        return act


def confirm(actor: Viewer, member_id: int, act_id: int, *, seen: int) -> Act:
    """The second yes: from now on the closing has no end. Raises NotFound, NotAllowed, Conflict."""
    with transaction() as s:
        page = steps.steps_for(actor, member_id)
        waiting = next((one for one in page.waiting if one.act.id == act_id), None)
        if waiting is None:
            raise NotFound
        require(actor, rules.CONFIRM, waiting.asked)
        _nothing_new(member_id, seen)
        row = s.get_one(ForGood, act_id, populate_existing=True)
        row.confirmed_by, row.confirmed_at = actor.id, clock.now()
        limit = s.get_one(Sanction, waiting.act.sanction_id, populate_existing=True)
        limit.ends_at = None
        s.flush()
        first = waiting.act
        confirmed = record(
            actor,
            "suspended",
            member_id,
            reason=first.reason,
            words=words_of(first) or "",
            case_id=first.case_id,
            sanction_id=limit.id,
        )
        announce(f"member:{member_id}", "member:closed", member=member_id)
        return confirmed


def lift(actor: Viewer, member_id: int, act_id: int, *, seen: int) -> Act:
    """End a limit before its time. Raises NotFound, NotAllowed, Conflict."""
    with transaction() as s:
        page = steps.steps_for(actor, member_id)
        held = next((one for one in page.limits if one.act.id == act_id), None)
        if held is None:
            raise NotFound
        require(actor, rules.LIFT, held.step)
        _nothing_new(member_id, seen)
        limit = s.get_one(Sanction, held.act.sanction_id, populate_existing=True)
        limit.ends_at = clock.now()
        s.flush()
        return record(actor, "lifted", member_id, space_id=limit.space_id, sanction_id=limit.id)


def _nothing_new(member_id: int, seen: int) -> None:
    """Two who decide about one person take turns, and the second one sees first what the first one did."""
    session().execute(select(Member.id).where(Member.id == member_id).with_for_update(key_share=True))
    if steps.decided_about(member_id) != seen:
        raise Conflict(_l("Somebody decided about this meanwhile. Look at what holds now, then decide."))


def _case(case_id: int | None, member_id: int) -> int | None:
    """What a step comes from, where it is about the same member. Raises Invalid."""
    if case_id is None:
        return None
    # Whose a text without a name is, is in no case; were it, this would tell whoever tries one member after the other.
    nameless = select(Piece.id).where(Piece.id == Case.piece_id, Piece.unnamed).correlate(Case).exists()
    here = select(func.count()).where(Case.id == case_id, Case.member_id == member_id, ~nameless)
    found = session().scalar(here)
    if not found:
        raise Invalid(_l("The form came with fields it does not have. Load the page and try again."))
    return case_id
