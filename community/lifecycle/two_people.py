"""Turns that take two people: starting to work here where she has private contacts, and remembrance. One of staff asks
with a reason, a second one decides; both stand in the audit chain, the reasons sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from community.core import audit, clock, crypto, i18n, text
from community.core.db import new_id, session, transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import can, refusal, require
from community.lifecycle import turn_rules as rules
from community.members import named
from community.members.people import Named, Viewer
from community.members.queries import authors, viewer_now
from community.members.rules import is_lead
from community.turns.models import TwoPersonTurn

LONGEST_WHY = 500
MOST = 50


@dataclass(frozen=True)
class TurnView:
    """One asking, for those who decide. `refused`: why the viewer may not answer it."""

    row: TwoPersonTurn
    person: Named
    asker: str
    why: str
    may_answer: bool
    may_take_back: bool
    refused: object

    @property
    def day(self) -> str:
        return i18n.calendar_day(self.row.from_on) if self.row.from_on is not None else ""


def ask(actor: Viewer, person: Named, kind: str, why: str, house_id: int | None, from_on: date | None) -> TwoPersonTurn:
    """Write down what waits for a second person; inside the transaction of what asked. Raises Invalid by field, and
    Conflict where it waits already."""
    require(actor, rules.SEE_MEMBERSHIP)
    row = TwoPersonTurn(id=new_id(), member_id=person.id, kind=kind, state="asked", is_open=True)
    row.house_id, row.from_on, row.asked_by, row.asked_at = house_id, from_on, actor.id, clock.now()
    row.why_sealed = crypto.seal(checked(why), f"two_person_turn:{row.id}:why")
    try:
        with transaction() as s:
            s.add(row)
            s.flush()
    except IntegrityError as error:
        raise Conflict(_l("This waits for a second person already.")) from error
    return row


def settle(actor: Viewer, row: TwoPersonTurn, state: str, answer: str = "") -> None:
    """The second person has decided, or the asker has taken it back; inside that transaction, which has asked."""
    require(actor, rules.SEE_MEMBERSHIP)
    row.state, row.is_open, row.answered_at = state, None, clock.now()
    if state != "withdrawn":
        row.answered_by = actor.id
    if answer:
        row.answer_sealed = crypto.seal(checked(answer, "answer"), f"two_person_turn:{row.id}:answer")
    session().flush()


def turn_for(actor: Viewer, turn_id: int) -> tuple[TwoPersonTurn, rules.Asked]:
    """One that waits, kept from others until the transaction ends, and what the rule needs of it. Raises NotAllowed,
    NotFound, Conflict where somebody has answered."""
    require(actor, rules.SEE_MEMBERSHIP)
    row = session().get(TwoPersonTurn, turn_id, with_for_update=True, populate_existing=True)
    if row is None or row.member_id in actor.excluded_ids:
        raise NotFound
    if not row.is_open:
        raise Conflict(_l("Somebody has answered this already."))
    return row, _asked(row)


def waiting_for(viewer: Viewer, member_id: int | None = None) -> list[TurnView]:
    """What waits for a second person, about one member or all, the oldest first. Raises NotAllowed."""
    require(viewer, rules.SEE_MEMBERSHIP)
    waits = select(TwoPersonTurn).where(TwoPersonTurn.is_open.is_(True))
    if member_id is not None:
        waits = waits.where(TwoPersonTurn.member_id == member_id)
    rows = list(session().scalars(waits.order_by(TwoPersonTurn.asked_at, TwoPersonTurn.id).limit(MOST)))
    rows = [row for row in rows if row.member_id not in viewer.excluded_ids]
    people, askers = named.called_ever({row.member_id for row in rows}), authors({row.asked_by for row in rows})
    return [
        TurnView(
            row,
            people[row.member_id],
            askers[row.asked_by].name,
            crypto.unseal(row.why_sealed, f"two_person_turn:{row.id}:why"),
            can(viewer, rules.SECOND, _asked(row)),
            can(viewer, rules.TAKE_BACK, _asked(row)),
            refusal(viewer, rules.SECOND, _asked(row)),
        )
        for row in rows
        if row.member_id in people
    ]


def about(viewer: Viewer, turn_id: int) -> tuple[int, str]:
    """Whom an asking is about, and its kind. Raises NotAllowed, NotFound."""
    require(viewer, rules.SEE_MEMBERSHIP)
    row = session().get(TwoPersonTurn, turn_id)
    if row is None or row.member_id in viewer.excluded_ids:
        raise NotFound
    return row.member_id, row.kind


def checked(why: str, field: str = "why") -> str:
    """Words that say something and fit. Raises Invalid by field."""
    if not text.says_something(why):
        raise Invalid(_l("Write something here first."), field=field)
    text.at_most(why, LONGEST_WHY, field)
    return why.strip()


def _asked(row: TwoPersonTurn) -> rules.Asked:
    return rules.Asked(row.kind, row.member_id, row.asked_by, _leads(row.asked_by))


def _leads(member_id: int) -> bool:
    viewer = viewer_now(member_id)
    return viewer is not None and is_lead(viewer)


def refuse(actor: Viewer, turn_id: int, answer: str) -> None:
    """The second person says no, and why. Raises NotFound, NotAllowed, Conflict, Invalid by field."""
    with transaction():
        row, asked = turn_for(actor, turn_id)
        require(actor, rules.SECOND, asked)
        settle(actor, row, "refused", checked(answer, "answer"))
        audit.append(actor.id, "turn.refused", f"member:{row.member_id}", reason="own words", turn=row.kind)


def withdraw(actor: Viewer, turn_id: int) -> None:
    """Whoever asked takes it back. Raises NotFound, NotAllowed, Conflict."""
    with transaction():
        row, asked = turn_for(actor, turn_id)
        require(actor, rules.TAKE_BACK, asked)
        settle(actor, row, "withdrawn")
        audit.append(actor.id, "turn.withdrawn", f"member:{row.member_id}", turn=row.kind)
