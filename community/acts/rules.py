"""Who may limit somebody, end a limit, object, and answer an objection. Nobody decides about herself, and nobody
answers an objection to what she decided."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

from community.acts.models import FREE, Act
from community.core import clock
from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer
from community.members.rules import standing_refused

HOST, LEAD, MANAGER = "moderator", "safeguarding_lead", "house_manager"
LEADS = frozenset({LEAD, MANAGER})
DECIDERS = LEADS | {HOST}
HOST_CLOSES = timedelta(hours=24)  # for how long a host closes Hearth to somebody alone
OBJECT_WITHIN = timedelta(days=30)


class Person(Protocol):
    """Whom a step is about."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def house_id(self) -> int: ...


class Step(NamedTuple):
    """A limit: its kind, on whom, for how long (None: without an end). `shared`: in a channel for all houses."""

    kind: str
    person: Person
    length: timedelta | None = HOST_CLOSES
    shared: bool = False


class Asked(NamedTuple):
    """A closing without an end that one of staff asked for."""

    person: Person
    by_id: int | None
    by_lead: bool


class Objection(NamedTuple):
    """An objection as the rule needs it. `deciders`: who had a part in what it is about; `house_id` None: of all."""

    member_id: int
    deciders: frozenset[int]
    lane: str
    house_id: int | None


def decides(actor: Any) -> bool:
    """Whether somebody holds a duty that decides about others at all."""
    return isinstance(actor, Viewer) and actor.is_staff and bool(DECIDERS & actor.duties)


def knows_house(actor: Viewer, person: Person) -> bool:
    """Whether what was decided about a person is the actor's to know: of her own house, of whoever has moved out, and
    of everybody where she manages houses."""
    return MANAGER in actor.duties or person.kind == "alumnus" or person.house_id == actor.house_id


def handles(actor: Viewer, objection: Objection) -> bool:
    """Whether an objection is there for one of staff at all."""
    if LEADS & actor.duties:
        return True
    return objection.lane != "leads" and objection.house_id in (None, actor.house_id)


def _may_look(actor: Any, person: Any) -> Refusal | None:
    """`person` None asks about the page at all."""
    if not decides(actor):
        return _l("Hosts, safety leads and house managers decide about this. Tell one of them what you saw.")
    if person is None:
        return None
    if person.id == actor.id:
        return _l("Nobody decides about herself. Ask somebody else who works here.")
    if person.kind == "staff" and MANAGER not in actor.duties:
        return _l("About somebody who works here a house manager decides.")
    return None


def _may_step(actor: Any, step: Step) -> Refusal | None:
    refused = _may_look(actor, step.person) or standing_refused(actor)
    if refused is not None or MANAGER in actor.duties:
        return refused
    if not (step.kind == "cooled_off" and step.shared) and not knows_house(actor, step.person):
        return _l("Hosts and safety leads of that house decide about this. Call them, or a house manager.")
    too_long = step.length is None or step.length > HOST_CLOSES
    if step.kind == "suspended" and too_long and not LEADS & actor.duties:
        return _l("A host closes Hearth to somebody for at most 24 hours. For longer ask a safety lead.")
    return None


def _may_confirm(actor: Any, asked: Asked) -> Refusal | None:
    refused = _may_look(actor, asked.person) or standing_refused(actor)
    if refused is not None:
        return refused
    if asked.by_id == actor.id:
        return _l("You asked for this yourself. Somebody else says yes to it.")
    if not LEADS & actor.duties:
        return _l("Safety leads and house managers say yes to a closing without an end.")
    if not asked.by_lead and LEAD not in actor.duties:
        return _l("One of the two has to be a safety lead.")
    return None


def _own(actor: Any, member_id: int) -> Refusal | None:
    return None if actor.id == member_id else _l("This is for the one whom it is about.")


def _may_object(actor: Any, act: Act) -> Refusal | None:
    if act.member_id != actor.id:
        return _l("This is for the one whom it is about.")
    if act.kind in FREE or act.undone_at is not None:
        return _l("This limits nothing for you any more.")
    return None if clock.now() <= last_moment(act) else _l("That was more than 30 days ago. Staff still listen to you.")


def last_moment(act: Act) -> datetime:
    """Until when one may object to an act."""
    return act.at + OBJECT_WITHIN


def _may_decide(actor: Any, objection: Objection | None) -> Refusal | None:
    """`objection` None asks about answering at all."""
    if not decides(actor):
        return _l("Hosts, safety leads and house managers answer this.")
    if objection is None:
        return None
    if objection.member_id == actor.id:
        return _l("Somebody else reads and answers what you wrote. You see it on your own page.")
    if actor.id in objection.deciders:
        return _l("You decided this yourself. Somebody else reads what was written about it.")
    return standing_refused(actor) if handles(actor, objection) else _l("Somebody else answers this.")


LOOK = Rule(
    "standing.see",
    "Hosts, safety leads and house managers, of everybody but themselves; of whoever works here, house managers.",
    _may_look,
)
STEP = Rule(
    "standing.limit",
    "Hosts (closing: at most 24 hours) and safety leads: those who live at their own house and whoever has moved out; "
    "a short break in a channel for all houses: every member. House managers: everybody, and they alone those who work "
    "here. Nobody herself.",
    _may_step,
)
LIFT = Rule("standing.lift", "Whoever could have set the limit. Nobody her own.", _may_step)
CONFIRM = Rule(
    "standing.confirm",
    "Safety leads and house managers, of any house, but not who asked for it; one of the two is a safety lead.",
    _may_confirm,
)
OWN = Rule("act.own", "The member whom it is about.", _own)
OBJECT = Rule("appeal.write", "The member whom the act limits, for 30 days, once.", _may_object)
DECIDE = Rule(
    "appeal.decide",
    "Hosts of the house it belongs to, safety leads and house managers; the latter two alone where a lead decided or "
    "it is about somebody who works here. Never who had a part in the decision, never about herself.",
    _may_decide,
)

ALL = (LOOK, STEP, LIFT, CONFIRM, OWN, OBJECT, DECIDE)
