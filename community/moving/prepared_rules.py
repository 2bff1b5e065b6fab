"""Who may do what with what somebody on her way prepares. Whom a letter, a list or a move is there for at all is asked
by the queries that find them."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer
from community.members.rules import writing_refused


def shares_list(actor: Any, owner_id: int) -> bool:
    """Whether a list is the actor's as well: her own, or that of somebody whose contact she is today."""
    if actor.id == owner_id:
        return True
    return owner_id in actor.key_worker_of and owner_id not in actor.excluded_ids


def names_adults(actor: Any, house_id: int) -> bool:
    """Whether the actor says who is there for somebody who had to move: a house manager of that house."""
    return (
        isinstance(actor, Viewer)
        and actor.is_staff
        and "house_manager" in actor.duties
        and actor.house_id == house_id
        and not actor.suspended
    )


def _may_share(actor: Any, owner_id: int) -> Refusal | None:
    return None if shares_list(actor, owner_id) else _l("This list belongs to somebody else.")


def _own(actor: Any, member_id: int) -> Refusal | None:
    return None if actor.id == member_id else _l("This belongs to one person alone.")


def _may_name(actor: Any, house_id: int) -> Refusal | None:
    return None if names_adults(actor, house_id) else _l("A house manager of that house looks after this.")


def _may_write(actor: Any, _thing: Any) -> Refusal | None:
    return writing_refused(actor)


SHARE_LIST = Rule(
    "move.list",
    "The list of what is to be put in order before a move: whoever moves, and her contact of the day. Both add, change "
    "and tick. A house manager reads nothing of it.",
    _may_share,
)
KEEP_OWN = Rule(
    "move.prepare", "Whoever moves: whom she wants to keep, whether she wants letters, and whether she is asked.", _own
)
WRITE_LETTER = Rule(
    "letter.write",
    "Those who live or work in her house, and to whom she might write anyway; never anybody kept apart from her. "
    "Unless paused, closed out, or while everything is read-only.",
    _may_write,
)
TAKE_BACK_LETTER = Rule("letter.take_back", "Whoever wrote it, until it is opened. Always.", _own)
OPEN_LETTER = Rule("letter.open", "Whoever it is for, from the day of the move on.", _own)
NAME_ADULT = Rule("move.adult", "House managers of the house somebody had to move from at once.", _may_name)

ALL = (SHARE_LIST, KEEP_OWN, WRITE_LETTER, TAKE_BACK_LETTER, OPEN_LETTER, NAME_ADULT)
