"""Why something is not in the file: a key that stays the same for programs, and words for whoever reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from community.core.i18n import lazy as _l


@dataclass(frozen=True, eq=False)
class Reason:
    """`key` is not changed any more once a file had it."""

    key: str
    words: Any


SECRET = Reason(
    "secret", _l("It opens a door or proves who somebody is; a copy would open it for whoever has the file.")
)
DERIVED = Reason("derived", _l("It follows from what is given beside it, or is given there under another name."))
SIDES = Reason("sides", _l("Of the two sides yours is given, as your words; the other is somebody else's."))
COLLEAGUES = Reason(
    "colleagues",
    _l("What those who work here write and note for each other while they decide; what came of it is given."),
)
TELLS = Reason("told", _l("Who decided stands with what staff did about you, where you are told it by first name."))
OTHERS = Reason("others", _l("Somebody else's words or choice; it is theirs."))
ABOUT_HER = Reason("about_you", _l("Somebody else said it of you, or to keep you away; who did is never told."))
HOUSE = Reason("house", _l("How the house is run: it tells of no member but who changed it."))
WORK = Reason("work", _l("What you did here at work belongs to those it is about."))
MACHINE = Reason("machine", _l("The machine's own work, without words; it goes by itself."))
SEALED = Reason("sealed", _l("A letter to you is given once you have opened it; before that nobody reads it."))
CHAIN = Reason(
    "chain",
    _l("The chain of what staff did holds numbers and keyed hashes alone, and a line taken out would break it."),
)
LISTS = Reason("lists", _l("Which entries of the word lists it was would tell how to go round them."))
REMEMBERED = Reason("remembered", _l("Nobody opens the file of somebody whom we remember."))
APART = Reason("apart", _l("What staff decided about two people; neither of the two is ever told of it."))
PLACE = Reason("place", _l("A place for words; where yours are stands beside each."))
BIRTHDAY = Reason(
    "birthday",
    _l("A note for safety leads when one of two turns 18; it would tell one the birthday of the other."),
)
EVENTS = Reason("events", _l("That something changed, in numbers; what you did stands with your words."))
NOBODYS = Reason("nobodys", _l("A name somebody typed who is not signed in: nobody's yet, and gone within minutes."))
PRESENT = Reason("present", _l("Who has a chat open just now; it stands for a minute after she has gone."))
READERS = Reason("readers", _l("The lines of who read it are given in full."))
UNMASKED = Reason(
    "unmasked",
    _l("That staff saw who wrote without a name stands with what staff did, and with who read what of yours."),
)
ALL = (
    *(SECRET, DERIVED, SIDES, COLLEAGUES, TELLS, OTHERS, ABOUT_HER, HOUSE, WORK, MACHINE, SEALED, CHAIN, LISTS),
    *(REMEMBERED, APART, PLACE, BIRTHDAY, EVENTS, NOBODYS, PRESENT, READERS, UNMASKED),
)
