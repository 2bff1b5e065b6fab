"""Who may ask for help (everybody), and who of staff may do what with it."""

from __future__ import annotations

from typing import Any

from community.concerns.models import Concern
from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer


def _anybody(_actor: Any, _thing: Any) -> Refusal | None:
    return None


def _own(actor: Any, concern: Any) -> Refusal | None:
    return None if concern.member_id == actor.id else _l("Only the person herself can do that.")


def _staff(actor: Any, _thing: Any) -> Refusal | None:
    if not isinstance(actor, Viewer) or not actor.is_staff:
        return _l("This is for those who work here. Help now says whom you can reach.")
    return None


def _lead(actor: Any, _thing: Any) -> Refusal | None:
    refused = _staff(actor, None)
    if refused is None and "safeguarding_lead" not in actor.duties:
        return _l("Safety leads take copies. Ask one of them.")
    return refused


def _open(actor: Any, concern: Any) -> Refusal | None:
    """Whoever sees it; that is the business of queries."""
    refused = _staff(actor, None)
    if refused is None and concern.state == "closed":
        return _l("This is closed.")
    return refused


def _taker(actor: Any, concern: Concern) -> Refusal | None:
    refused = _open(actor, concern)
    if refused is None and concern.taken_by != actor.id:
        return _l("Take it first. Then everybody knows that it is you.")
    return refused


ASK = Rule("help.ask", "Everybody who is signed in, whatever her standing. Never limited.", _anybody)
OWN = Rule("help.change", "The member herself.", _own)
LIST = Rule(
    "concern.list", "Whoever works here: those she was called to; safety leads all but what goes past them.", _staff
)
TAKE = Rule("concern.take", "Whoever works here and sees it: safety leads and those who were called.", _open)
STEP = Rule("concern.step", "Whoever has taken it.", _taker)
PACK = Rule("concern.pack", "Safety leads who see it, with a reason.", _lead)

ALL = (ASK, OWN, LIST, TAKE, STEP, PACK)
