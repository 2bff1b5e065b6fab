"""Who may look at what staff did, and take a list of it along."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.rules import oversees


def _overseeing(actor: Any, _thing: Any) -> Refusal | None:
    if oversees(actor):
        return None
    return _l("House managers and safety leads read this. What staff did about you stands under Me.")


READ_AUDIT = Rule(
    "audit.read",
    "House managers, of their own house and what belongs to all; safety leads. Nobody what is kept from her.",
    _overseeing,
)
EXPORT_AUDIT = Rule(
    "audit.export", "The same people, with a reason, a fresh password and a line of its own.", _overseeing
)

ALL = (READ_AUDIT, EXPORT_AUDIT)
