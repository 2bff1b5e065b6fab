"""What somebody answers on a private card. Most of it changes nothing and reaches nobody. That she would like a call,
or a farewell after all, goes into her inbox with the team as her own message, and waits there like any other. A
farewell she wants later is asked about again after a month, until she has begun one or says no."""

from __future__ import annotations

from community.core.db import transaction
from community.core.errors import Invalid
from community.core.i18n import in_language
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.inbox import actions as inbox
from community.members.people import Viewer
from community.moving import check_ins
from community.notices import laying
from community.notices.cards import card_for
from community.notices.rules import KEEP_OWN
from community.streams.actions import Said

DOES = {
    "check_in": ("fine", "call", "no"),
    "farewell": ("yes", "later", "no"),
    "letters": ("no",),
    "picture": ("no",),
    "portrait": ("no",),
    "book_words": ("no",),
    "book": ("no",),
    "welcome": ("no",),
}
TO_TEAM = {
    ("check_in", "call"): _l("I'd like a call."),
    ("farewell", "yes"): _l("I'd like a farewell after all."),
}
"""What she says to the team by one press, in her own language."""


def answer(actor: Viewer, card_id: int, do: str) -> bool:
    """One press on a card of one's own. Returns whether the team has heard of it. What was pressed twice, or after the
    card has gone, is done once. Raises NotFound, Invalid."""
    card = card_for(actor, card_id)
    require(actor, KEEP_OWN, card.member_id)
    if do not in DOES[card.kind]:
        raise Invalid
    with transaction():
        if card.kind == "check_in":
            check_ins.answer(actor, card.about_id, do)
        words = TO_TEAM.get((card.kind, do))
        tells = words is not None and not actor.is_staff
        if tells:
            with in_language(actor.language):
                inbox.write(actor, Said(str(words), f"card-{card.id}-{int(card.at.timestamp())}"))
        comes_again = card.kind == "farewell" and do in ("yes", "later")
        (laying.put_off if comes_again else laying.put_away)(actor, card.id)
        return tells
