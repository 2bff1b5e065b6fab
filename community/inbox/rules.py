"""Who may write to the team, answer for it, and look after its inboxes. Who reads one follows from its stream."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer
from community.members.rules import NO_CONTACT, standing_refused


def _may_write(actor: Any, _thing: Any) -> Refusal | None:
    return _l("You work here. Open the inbox of your house.") if actor.is_staff else None


def _may_see(actor: Any, _thing: Any) -> Refusal | None:
    if isinstance(actor, Viewer) and actor.is_staff:
        return None
    return _l("Those who work here read this. Under Me you find “Write to the team”.")


def _may_answer(actor: Any, inbox: Any) -> Refusal | None:
    """`inbox` has house_id. What she found through a query is of her house, and of nobody she is kept apart from."""
    refused = _may_see(actor, None)
    if refused is None and inbox.house_id != actor.house_id:
        return _l("Those who work at that house answer here.")
    return refused or standing_refused(actor)


def _may_begin(actor: Any, person: Any) -> Refusal | None:
    """`person`: a Named she is not kept apart from."""
    refused = _may_see(actor, None)
    if refused is None and (person.is_staff or person.house_id != actor.house_id):
        return _l(
            "You write to those who live at your house, and who lived there last. Ask a colleague of the other one."
        )
    if refused is None and person.id in actor.not_private_ids:
        return NO_CONTACT
    return refused or standing_refused(actor)


WRITE = Rule(
    "inbox.write",
    "Whoever does not work here: always, whatever her standing, also while everything is read-only.",
    _may_write,
)
SEE = Rule(
    "team.see", "Whoever works here: the inboxes of her own house, but of those she is kept apart from.", _may_see
)
ANSWER = Rule("team.answer", "Staff of the house, unless paused or closed out.", _may_answer)
KEEP = Rule("team.keep", "Staff of the house: taking one, handing it over, closing and opening it.", _may_answer)
BEGIN = Rule("team.begin", "Staff, to those who live at their house or lived there last.", _may_begin)

ALL = (WRITE, SEE, ANSWER, KEEP, BEGIN)
