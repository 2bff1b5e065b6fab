"""Who may see and change the rota, and hand over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer
from community.members.rules import standing_refused

AROUND = timedelta(hours=2)  # how long after a shift one still signs, and before it already accepts


def _staff(actor: Any, _thing: Any) -> Refusal | None:
    if not isinstance(actor, Viewer) or not actor.is_staff:
        return _l("The rota is for those who work here. Help now says whom you can reach.")
    return None


def _manager(actor: Any, _thing: Any) -> Refusal | None:
    refused = _staff(actor, None)
    if refused is not None:
        return refused
    if "house_manager" not in actor.duties:
        return _l("House managers make the rota. Tell one of them what needs changing.")
    return standing_refused(actor)


def _may_sign(actor: Any, on_duty: Any) -> Refusal | None:
    """`on_duty`: whether a shift of hers at the house runs now or ended a moment ago."""
    refused = _staff(actor, None)
    if refused is not None:
        return refused
    return None if on_duty else _l("Whoever works this shift signs. You are not on the rota here now.")


def _may_accept(actor: Any, found: Any) -> Refusal | None:
    """`found`: the handover (its row or as it is shown), and whether a shift of hers there runs now or begins soon."""
    handover, on_duty = found
    refused = _staff(actor, None)
    if refused is not None:
        return refused
    if handover.signed_by == actor.id:
        return _l("You signed this yourself. Whoever comes after you accepts it.")
    return None if on_duty else _l("Whoever works the next shift accepts. You are not on the rota here now.")


SEE = Rule("rota.see", "Whoever works here.", _staff)
CHANGE = Rule("rota.change", "House managers, for every house.", _manager)
SIGN = Rule(
    "handover.sign", "Whoever works here and has a shift at the house now, or had until two hours ago.", _may_sign
)
ACCEPT = Rule(
    "handover.accept",
    "Whoever works here and has a shift at the house now or within two hours, and did not sign it herself.",
    _may_accept,
)

ALL = (SEE, CHANGE, SIGN, ACCEPT)
