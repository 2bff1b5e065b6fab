"""Who reviews, and who may decide what: nobody about her own words, her own report, or against her own decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from community.acts.rules import decides
from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.rules import standing_refused


@dataclass(frozen=True)
class Matter:
    """Who stands close to a case: whom it is about, who told staff of it, and whose decision is objected to."""

    about_id: int | None = None
    told_by: frozenset[int] = frozenset()
    decided_by: int | None = None


def _may_see(actor: Any, _thing: Any) -> Refusal | None:
    return None if decides(actor) else _l("The hosts look after this.")


def _may_handle(actor: Any, _thing: Any) -> Refusal | None:
    refused = _may_see(actor, None)
    return refused if refused is not None else standing_refused(actor)


def _may_decide(actor: Any, matter: Matter) -> Refusal | None:
    refused = _may_handle(actor, None)
    if refused is not None:
        return refused
    if matter.about_id == actor.id:
        return _l("This is about you, or what you wrote. Somebody else decides.")
    if actor.id in matter.told_by:
        return _l("You told staff about this yourself. Somebody else decides.")
    if matter.decided_by == actor.id:
        return _l("This is about a decision of yours. Somebody else answers.")
    return None


SEE = Rule(
    "review.see",
    "Hosts: what belongs to their house or to all. Safeguarding leads: every house. What is about somebody who works "
    "here: safeguarding leads and house managers alone, and never whom it is about or who stands beside her. "
    "Objections: house managers too.",
    _may_see,
)
HANDLE = Rule("review.handle", "Whoever reviews and may write: take it, write a note, hand over, be busy.", _may_handle)
DECIDE = Rule(
    "review.decide",
    "Whoever reviews and may write; nobody about herself or her own words, what she told staff of, or against her own "
    "decision.",
    _may_decide,
)

ALL = (SEE, HANDLE, DECIDE)
