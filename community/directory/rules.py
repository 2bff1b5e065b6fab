"""Who stands in the directory, and who says so."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Named, Viewer
from community.members.rules import incident_refused


def lists(viewer: Viewer, person: Named) -> bool:
    """Whether somebody who wants to be found is listed for this viewer: a child only for those who live in her house
    now and who work there, everybody else for every member. Whom the viewer is kept apart from is not asked here."""
    if not person.is_minor:
        return True
    at_home = viewer.kind in ("resident", "staff") and viewer.house_id == person.house_id
    return at_home and person.kind == "resident"


def _herself(actor: Any, member_id: int) -> Refusal | None:
    return None if actor.id == member_id else _l("Only the person herself can do that.")


def _may_open(actor: Any, member_id: int) -> Refusal | None:
    return _herself(actor, member_id) or incident_refused(actor)


OPEN = Rule("directory.open", "The member herself, except while everything is read-only.", _may_open)
CLOSE = Rule("directory.close", "The member herself, always.", _herself)

ALL = (OPEN, CLOSE)
