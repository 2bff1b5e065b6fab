"""Who may put up a picture of herself, who sees it, and who looks at it first."""

from __future__ import annotations

from typing import Any, NamedTuple

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Viewer
from community.members.rules import writing_refused
from community.photos.models import Portrait

WAITS, SHOWN, CLAIMED = "waits", "shown", "claimed"


class Likeness(NamedTuple):
    """A portrait as it stands for somebody. `there`: she may see whose page; `protected`: whoever it shows has a
    protected identity."""

    portrait: Portrait
    there: bool = False
    protected: bool = False


_HIDDEN = _l("This picture is not for you to see.")


def _may_see(actor: Any, likeness: Likeness) -> Refusal | None:
    portrait = likeness.portrait
    if portrait.member_id == actor.id:
        return None
    if likeness.protected or portrait.member_id in actor.excluded_ids:
        return _HIDDEN
    if portrait.state == SHOWN:
        return None if likeness.there else _HIDDEN
    return None if is_host(actor) else _HIDDEN


def is_host(actor: Viewer) -> bool:
    """Whether the actor looks at pictures first."""
    return actor.is_staff and "moderator" in actor.duties


def _may_put_up(actor: Any, _thing: Any) -> Refusal | None:
    if actor.protected:
        return _l("With a protected identity nothing of you is shown in pictures, so none can be put up. Ask staff.")
    return writing_refused(actor)


def _own(actor: Any, portrait: Portrait) -> Refusal | None:
    return None if portrait.member_id == actor.id else _l("Only whoever put it up can change that.")


def _may_decide(actor: Any, portrait: Portrait) -> Refusal | None:
    if not is_host(actor):
        return _l("This is for hosts.")
    if actor.id in (portrait.member_id, portrait.claimed_by):
        return _l("It is about yourself, so somebody else decides.")
    return None


def _may_claim(actor: Any, portrait: Portrait) -> Refusal | None:
    if portrait.member_id == actor.id:
        return _l("You put it up yourself: you can take it away.")
    return None


SEE = Rule(
    "portrait.see",
    "Whoever may see the page of the person, once it stands: when a host has said yes, of those who work here at once. "
    "Before that, and while somebody says that she is in it: herself and hosts. Never of a protected identity, and "
    "nobody who is kept apart from her.",
    _may_see,
)
PUT_UP = Rule("portrait.put_up", "Whoever may write, of herself; nobody with a protected identity.", _may_put_up)
OWN = Rule("portrait.own", "The person herself: taking it away.", _own)
DECIDE = Rule("portrait.decide", "Hosts: letting it stand, taking it away; never about themselves.", _may_decide)
CLAIM = Rule("portrait.claim", "Whoever sees it, but herself.", _may_claim)

ALL = (SEE, PUT_UP, OWN, DECIDE, CLAIM)
