"""Who may begin a talk, and what one may do to it. Who may write there is asked where words are written
(`streams/rules.py: TALK_ON`), so that no room can go past it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from community.acts.rules import LEAD, decides
from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.contact import REFUSAL
from community.members.rules import standing_refused, writing_refused

TO_TEAM = _l("Staff and others don't write to each other alone here. Write to the team together, or use Help now.")


@dataclass(frozen=True)
class Together:
    """Whether every two of some people may write to each other, and whether somebody who works here and somebody who
    does not are among them."""

    lawful: bool
    with_staff: bool = False


def _may_begin(actor: Any, together: Together) -> Refusal | None:
    refused = writing_refused(actor)
    if refused is not None:
        return refused
    if together.with_staff:
        return TO_TEAM
    return None if together.lawful else REFUSAL


def _may_change(actor: Any, stands_there: bool) -> Refusal | None:
    return writing_refused(actor) if stands_there else REFUSAL


def _may_say_no(_actor: Any, hers: bool) -> Refusal | None:
    return None if hers else REFUSAL


def _may_open_more(actor: Any, holds_it: bool) -> Refusal | None:
    if not decides(actor):
        return _l("The hosts look after this.")
    if not holds_it:
        return _l("Take it first. Only whoever has taken it opens more of a talk.")
    return standing_refused(actor)


def _may_end_bridge(actor: Any, _thing: Any) -> Refusal | None:
    if not actor.is_staff or LEAD not in actor.duties:
        return _l("Safety leads look after this.")
    return standing_refused(actor)


BEGIN = Rule(
    "talk.begin",
    "Whoever may write, with people every two of whom may write to each other (see the contact rule). Staff and others "
    "never: they write in the team's inbox.",
    _may_begin,
)
CHANGE = Rule("talk.change", "Whoever stands in a group and may write: its name.", _may_change)
GO = Rule("talk.leave", "Whoever stands in a talk or was asked: leave it, or say no. Always.", _may_say_no)
OPEN_MORE = Rule(
    "talk.open_more",
    "Whoever decides about a message that staff were told of, and has taken it: more of that talk than the eleven "
    "messages, with a reason of her own that those in it read.",
    _may_open_more,
)
END_BRIDGE = Rule(
    "talk.end_bridge", "Safety leads: what two keep who wrote to each other as minors, with a reason.", _may_end_bridge
)

ALL = (BEGIN, CHANGE, GO, OPEN_MORE, END_BRIDGE)
