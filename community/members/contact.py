"""Who may write to whom in private: one predicate, one table (product 1.11). Age decides, not kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from community.members.people import ADULT
from community.members.rules import NO_CONTACT

REFUSAL = NO_CONTACT


class Contact(StrEnum):
    """How two people may write in private."""

    NONE = "none"
    SCREENED = "screened"
    APPROVED = "approved"
    TEAM_INBOX = "team inbox"
    BOTH_AGREE = "both agree"
    TEAM_VISIBLE = "team visible"
    OPEN = "open"


@dataclass(frozen=True)
class Stay:
    """Days lived in a house: from `from_on` (counted) to `to_on` (not counted, None: still there)."""

    house_id: int
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class Party:
    """What the rule needs to know of one person."""

    id: int
    age_band: str
    staff: bool
    stays: tuple[Stay, ...] = ()
    protected: bool = False
    left: bool = False


def may_contact(a: Party, b: Party, *, excluded: bool = False, approved: bool = False, bridge: bool = False) -> Contact:
    """The cell of the table for `a` and `b`; the same whichever comes first.

    `approved`: a safety lead approved this pair; `bridge`: they wrote to each other as minors and the birthday
    bridge holds. Both are arguments because their rows come with membership.
    """
    if a.id == b.id or excluded or a.left or b.left:
        return Contact.NONE
    if a.staff or b.staff:
        return _with_staff(a, b)
    if a.protected or b.protected:
        return Contact.NONE
    minors = [party for party in (a, b) if party.age_band != ADULT]
    if not minors:
        return Contact.BOTH_AGREE
    if len(minors) == 2:
        return Contact.SCREENED if lived_together(a, b) else Contact.NONE
    if approved:
        return Contact.APPROVED
    return Contact.SCREENED if bridge else Contact.NONE


def _with_staff(a: Party, b: Party) -> Contact:
    """Staff never write to a minor alone: that belongs to the team inbox."""
    if a.staff and b.staff:
        return Contact.OPEN
    other = b if a.staff else a
    return Contact.TEAM_VISIBLE if other.age_band == ADULT else Contact.TEAM_INBOX


def lived_together(a: Party, b: Party) -> bool:
    """Whether the two lived in one house at the same time, now or before."""
    return any(mine.house_id == theirs.house_id and _overlap(mine, theirs) for mine in a.stays for theirs in b.stays)


def _overlap(one: Stay, other: Stay) -> bool:
    starts = max(one.from_on, other.from_on)
    return all(stay.to_on is None or starts < stay.to_on for stay in (one, other))
