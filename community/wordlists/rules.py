"""Who reads the lists, who changes them, and who says that something was heard wrongly."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.rules import oversees, standing_refused

STAFF = _l("Staff look after the word lists. Tell one of them if a word was taken wrongly.")


def _may_read(actor: Any, _thing: Any) -> Refusal | None:
    return None if actor.is_staff else STAFF


def _may_change(actor: Any, _thing: Any) -> Refusal | None:
    if not oversees(actor):
        return _l("Safeguarding leads and house managers change the word lists. Tell one of them what you would like.")
    return standing_refused(actor)


def _may_judge(actor: Any, heard: Any) -> Refusal | None:
    """`heard` has member_id."""
    if not actor.is_staff:
        return STAFF
    if heard.member_id == actor.id:
        return _l("Somebody else decides about what you wrote.")
    return standing_refused(actor)


READ = Rule("lists.read", "Staff.", _may_read)
CHANGE = Rule("lists.change", "Safeguarding leads and house managers who may write.", _may_change)
JUDGE = Rule("lists.judge", "Staff who may write, about what somebody else wrote.", _may_judge)

ALL = (READ, CHANGE, JUDGE)
