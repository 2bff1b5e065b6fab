"""Who may take a break, and who of staff decides about the turns of somebody's life here."""

from __future__ import annotations

from typing import Any, NamedTuple

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer
from community.members.rules import oversees, standing_refused


def _may_take_break(actor: Any, member_id: int) -> Refusal | None:
    if actor.id != member_id:
        return _l("Only the person herself can do that.")
    if isinstance(actor, Viewer) and actor.is_staff:
        return _l("You work here. Ask a house manager to take your shifts off the rota.")
    return None


def _self(actor: Any, member_id: int) -> Refusal | None:
    return None if actor.id == member_id else _l("Only the person herself can do that.")


def _may_see(actor: Any, _thing: Any) -> Refusal | None:
    if not oversees(actor):
        return _l("House managers and safety leads look after this. Ask one of them.")
    return standing_refused(actor)


def _manager(actor: Any) -> Refusal | None:
    refused = _may_see(actor, None)
    if refused is None and "house_manager" not in actor.duties:
        return _l("House managers decide about this. Call one of them.")
    return refused


def _may_end_work(actor: Any, person: Any) -> Refusal | None:
    """`person` has is_staff."""
    refused = _manager(actor)
    if refused is None and not person.is_staff:
        return _l("This is for those who work here alone.")
    return refused


def _may_say_goodbye(actor: Any, member_id: int) -> Refusal | None:
    refused = _self(actor, member_id)
    if refused is None and not actor.is_staff:
        return _l("This is for those who work here alone.")
    return refused


class Asked(NamedTuple):
    """A turn that waits for a second person: who asked, and whether a safety lead did."""

    kind: str
    member_id: int
    asked_by: int
    by_lead: bool


def _may_start_work(actor: Any, person: Any) -> Refusal | None:
    """`person` has id and is_staff."""
    refused = _manager(actor)
    if refused is None and person.is_staff:
        return _l("This person works here already.")
    return refused


def _may_remember(actor: Any, person: Any) -> Refusal | None:
    """`person` has id."""
    refused = _may_see(actor, None)
    if refused is None and person.id == actor.id:
        return _l("Nobody decides about herself. Ask somebody else who works here.")
    return refused


def _may_second(actor: Any, asked: Asked) -> Refusal | None:
    refused = _may_see(actor, None)
    if refused is not None:
        return refused
    if actor.id == asked.asked_by:
        return _l("You asked for this yourself. A second person decides.")
    if actor.id == asked.member_id:
        return _l("Nobody decides about herself. Ask somebody else who works here.")
    if asked.kind not in ("remember", "bring_back"):
        return None
    pair = "safeguarding_lead" in actor.duties or asked.by_lead
    return None if pair else _l("One of the two is a safety lead. Ask one of them.")


def _may_take_back(actor: Any, asked: Asked) -> Refusal | None:
    return None if actor.id == asked.asked_by else _l("Whoever asked for it takes it back.")


def _may_rename(actor: Any, person: Any) -> Refusal | None:
    """`person` has id: with her, and at her wish. Her own name is changed under Me."""
    refused = _manager(actor)
    if refused is None and person.id == actor.id:
        return _l("You change your own name under Me.")
    return refused


TAKE_BREAK = Rule("break.take", "The member herself, unless she works here.", _may_take_break)
END_BREAK = Rule("break.end", "The member herself, at any time.", _self)
SEE_MEMBERSHIP = Rule("membership.see", "House managers and safety leads.", _may_see)
END_WORK = Rule(
    "work.end", "House managers, of whoever works here, themselves too; never without a successor.", _may_end_work
)
SAY_GOODBYE = Rule(
    "work.goodbye", "Whoever works here, for the day she leaves: to those whose contact she is.", _may_say_goodbye
)
READ_CONTACT = Rule(
    "contact.own", "The member herself: who her contact is from now on, and that she wants another.", _self
)
START_WORK = Rule(
    "work.begin",
    "House managers, of adults who do not work here; where she has private contacts a second person decides.",
    _may_start_work,
)
REMEMBER = Rule("remembrance.ask", "House managers and safety leads; never about themselves.", _may_remember)
BRING_BACK = Rule(
    "remembrance.undo", "House managers and safety leads, of somebody whom we remember by mistake.", _may_remember
)
SECOND = Rule(
    "turn.second",
    "A house manager or safety lead who did not ask, never about herself; for remembrance, and for taking it back, one "
    "of the two is a lead.",
    _may_second,
)
TAKE_BACK = Rule("turn.take_back", "Whoever asked for it, until a second person has decided.", _may_take_back)
RENAME = Rule("member.rename", "House managers, with the member and at her wish.", _may_rename)

ALL = (
    TAKE_BREAK,
    END_BREAK,
    SEE_MEMBERSHIP,
    END_WORK,
    SAY_GOODBYE,
    READ_CONTACT,
    START_WORK,
    REMEMBER,
    BRING_BACK,
    SECOND,
    TAKE_BACK,
    RENAME,
)
