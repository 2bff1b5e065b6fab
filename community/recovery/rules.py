"""Who may let somebody back in, and who may stop it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer, Visitor
from community.members.rules import COMMAND_LINE, private_side_open, standing_refused

SETTLES = frozenset({"house_manager", "safeguarding_lead"})


@dataclass(frozen=True)
class Target:
    """Somebody who needs a way in. `stopped_by` are the makers of the one that was stopped last, None when none was
    or it is settled."""

    id: int
    kind: str
    house_id: int
    stopped_makers: frozenset[int] | None = None


@dataclass(frozen=True)
class Holder:
    """Somebody at a device or address that was a member's before a way in was made for her. Made by queries only."""

    way_in_id: int
    member_id: int
    how: str
    id: None = None


def _anybody_outside(actor: Any, _thing: Any) -> Refusal | None:
    return None if isinstance(actor, Visitor) else _l("You are signed in already.")


def _staff(actor: Any, _thing: Any) -> Refusal | None:
    if not isinstance(actor, Viewer) or not actor.is_staff:
        return _l("Staff help others back in. Ask somebody who works at your house.")
    return standing_refused(actor)


def _may_make(actor: Any, target: Target) -> Refusal | None:
    if actor is COMMAND_LINE:
        return None
    refused = _staff(actor, None)
    if refused is not None:
        return refused
    if target.id == actor.id:
        return _l("You can't make a way in for yourself. Ask a house manager.")
    if target.stopped_makers is not None:
        return _may_settle(actor, target)
    if "house_manager" in actor.duties:
        return None
    if target.kind == "staff":
        return _l("A house manager helps those who work here. Ask one.")
    if target.house_id == actor.house_id or target.id in actor.key_worker_of:
        return None
    return _l("Staff at that house can do this, or a house manager. Ask one of them.")


def _may_settle(actor: Viewer, target: Target) -> Refusal | None:
    if not actor.duties & SETTLES:
        return _l("The last one was stopped. Now a house manager or the safety lead has to meet the person first.")
    if actor.id in (target.stopped_makers or ()):
        return _l("You were part of the one that was stopped. Somebody else has to meet the person now.")
    return None


def _may_confirm(actor: Any, thing: Any) -> Refusal | None:
    """`thing` is (request, target)."""
    request, target = thing
    refused = _may_make(actor, target)
    if refused is not None:
        return refused
    if request.checked_by == actor.id:
        return _l("You checked this yourself, so a second person has to confirm it. Ask somebody on your shift.")
    return None


def _may_handle(actor: Any, request: Any) -> Refusal | None:
    refused = _staff(actor, None)
    if refused is not None:
        return refused
    if request.member_id == actor.id:
        return _l("This is about you, so others answer it.")
    if "house_manager" in actor.duties or (request.house_id is not None and request.house_id == actor.house_id):
        return None
    return _l("Staff at that house can do this, or a house manager. Ask one of them.")


def _may_withdraw(actor: Any, way_in: Any) -> Refusal | None:
    refused = _staff(actor, None)
    if refused is not None or "house_manager" in actor.duties or actor.id in (way_in.made_by, way_in.checked_by):
        return refused
    return _l("Whoever made it takes it back, or a house manager.")


def _may_vouch(actor: Any, vouch: Any) -> Refusal | None:
    return None if vouch.member_id == actor.id else _l("Somebody else is asked here.")


def _may_stop(actor: Any, way_in: Any) -> Refusal | None:
    if isinstance(actor, Holder) and actor.way_in_id == way_in.id:
        return None
    return _l("Only a device or address from before can stop it.")


def _own_address(actor: Any, member_id: int) -> Refusal | None:
    if actor.id != member_id:
        return _l("Only the person herself can do that.")
    return None if private_side_open(actor) else _l("This opens again later. You got help to come in.")


ASK = Rule("recovery.ask", "Anybody who is not signed in.", _anybody_outside)
USE_LINK = Rule("recovery.use", "Anybody who is not signed in, with a link that still works.", _anybody_outside)
SEE_REQUESTS = Rule("recovery.list", "Staff who may write.", _staff)
HANDLE = Rule(
    "recovery.handle",
    "House managers: every request. Other staff: requests of their own house. Nobody: her own.",
    _may_handle,
)
MAKE_LINK = Rule(
    "recovery.make",
    "House managers: anybody but themselves. Other staff: those of their own house and those they are the contact of, "
    "nobody who works here. After a stop: a house manager or safety lead who had no part in what was stopped.",
    _may_make,
)
CONFIRM = Rule("recovery.confirm", "Whoever may make the link and did not do the checking.", _may_confirm)
WITHDRAW_LINK = Rule("recovery.withdraw", "Whoever made or checked it, and house managers.", _may_withdraw)
VOUCH = Rule("recovery.vouch", "The member who was asked.", _may_vouch)
STOP = Rule(
    "recovery.stop",
    "Whoever holds a device that was signed in before the link was made, or the confirmed address, for a day.",
    _may_stop,
)
CHANGE_EMAIL = Rule(
    "email.change", "The member herself, but not within 24 hours after somebody helped her back in.", _own_address
)

CONFIRM_EMAIL = Rule("email.confirm", "Anybody with the link of the letter.", _anybody_outside)

ALL = (
    CONFIRM_EMAIL, ASK, USE_LINK, SEE_REQUESTS, HANDLE, MAKE_LINK, CONFIRM, WITHDRAW_LINK, VOUCH, STOP, CHANGE_EMAIL,
)  # fmt: skip
