"""Who reads the publishing table, and who changes it: whoever changes the word lists."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer
from community.members.rules import oversees, standing_refused


def _may_read(actor: Any, _thing: Any) -> Refusal | None:
    if isinstance(actor, Viewer) and actor.is_staff:
        return None
    return _l("Those who work here look after who reads first. Ask one of them.")


def _may_change(actor: Any, _thing: Any) -> Refusal | None:
    if not oversees(actor):
        return _l("Safeguarding leads and house managers change who reads first. Tell one of them what you would like.")
    return standing_refused(actor)


READ = Rule("publishing.read", "Staff.", _may_read)
CHANGE = Rule("publishing.change", "Safeguarding leads and house managers who may write.", _may_change)

ALL = (READ, CHANGE)
