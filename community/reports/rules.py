"""Who may tell staff, and who reads what was told."""

from __future__ import annotations

from typing import Any

from community.acts.cases import Place, sees
from community.acts.rules import LEAD
from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule


def _may_tell(actor: Any, about_id: int | None) -> Refusal | None:
    """Nobody's standing keeps her from it."""
    if about_id is not None and about_id == actor.id:
        return _l("This is about yourself. If you need somebody, press Help now, or tell us without choosing anybody.")
    return None


def _own(actor: Any, by_id: int) -> Refusal | None:
    return None if actor.id == by_id else _l("This is for whoever told it.")


def _may_read(actor: Any, place: Place) -> Refusal | None:
    """What was told about her own words is not hers to read, in whatever lane."""
    reads = sees(actor, place) and place.member_id != actor.id
    return None if reads else _l("This is for those who decide about it.")


def _may_name(actor: Any, place: Place) -> Refusal | None:
    refused = _may_read(actor, place)
    if refused is not None or LEAD in actor.duties:
        return refused
    return _l("Only the safety lead sees who told of it.")


TELL = Rule(
    "told.make",
    "Every member, also on a break, paused or closed out; not about herself or what she wrote.",
    _may_tell,
)
KEEP_OWN = Rule("told.own", "Whoever told it.", _own)
READ = Rule(
    "told.read",
    "Whoever has it in the queue (review.see); nobody what is about herself.",
    _may_read,
)
NAME = Rule("told.who", "Safety leads who may read it, each time written down in the audit chain.", _may_name)

ALL = (TELL, KEEP_OWN, READ, NAME)
