"""How the queue speaks: why something waits, what can be done, and what was done."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l
from community.members.people import SIXTEEN_17, UNDER_16

WORRY, TOLD, FIRST, APPEALS = "worry", "told", "first", "appeals"
CHIPS: dict[str, Any] = {
    WORRY: _l("Worry"),
    TOLD: _l("Told"),
    FIRST: _l("First posts"),
    APPEALS: _l("Appeals"),
}

WHY: dict[str, Any] = {
    "held": _l("waits to be read"),
    "word": _l("the word list heard something"),
    "check": _l("read it after"),
    "report": _l("told to staff"),
    "person": _l("about a person"),
    "profile": _l("words about oneself"),
    "letter": _l("a letter for the day somebody moves"),
    "appeal": _l("this is wrong"),
    "support": _l("asks for support"),
    "unmasked": _l("a name was found out"),
    "way_in": _l("made a way in for somebody who has told staff of her"),
    "apart": _l("two who are kept apart: look again"),
    "bridge": _l("two who write to each other: one turns 18"),
    "changed": _l("its author changed what it says"),
}

STATES: dict[str, Any] = {
    "held": _l("waits for a host"),
    "delayed": _l("waits for its minute"),
    "published": _l("everybody there sees it"),
    "change": _l("a change of it waits for a host"),
    "hidden": _l("hidden"),
    "returned": _l("sent back"),
    "removed": _l("taken back"),
}

AGES: dict[str, Any] = {UNDER_16: _l("under 16"), SIXTEEN_17: _l("16–17")}
LIST_NAMES: dict[str, Any] = {
    "refuse": _l("refused word"),
    "hold": _l("held word"),
    "check": _l("word to check"),
    "alert": _l("alert"),
    "heavy": _l("heavy words"),
    "intent": _l("speaks of harm"),
    "personal": _l("personal information"),
}

DO: dict[str, Any] = {
    "publish": _l("Publish"),
    "show": _l("Show it again"),
    "fine": _l("Fine"),
    "back": _l("Send back"),
    "hide": _l("Hide"),
    "remove": _l("Take away"),
    "rewrite": _l("Ask to rewrite"),
    "heads-up": _l("Give a heads-up"),
    "cool": _l("Let the thread rest"),
    "lock": _l("Close the thread"),
    "unlock": _l("Open the thread again"),
    "member-note": _l("Note about the person"),
}
ICONS = {
    "publish": "check",
    "show": "eye",
    "fine": "check",
    "back": "undo-2",
    "hide": "eye-off",
    "remove": "trash-2",
    "rewrite": "pencil",
    "heads-up": "info",
    "cool": "hourglass",
    "lock": "lock",
    "unlock": "lock-keyhole",
    "member-note": "user-round",
}

DONE: dict[str, Any] = {
    "published": _l("published it"),
    "shown_again": _l("showed it again"),
    "fine": _l("found it fine"),
    "returned": _l("sent it back"),
    "hidden": _l("hid it"),
    "removed": _l("took it away"),
    "rewrite": _l("asked for other words"),
    "heads_up": _l("gave a heads-up"),
    "cooled": _l("let the thread rest"),
    "locked": _l("closed the thread"),
    "lifted": _l("opened the thread again"),
    "noted": _l("wrote a note about the person"),
    "claimed": _l("took it"),
    "released": _l("let it go"),
    "note": _l("wrote a note"),
    "handed": _l("handed it over"),
    "undone": _l("undid the last step"),
}
"""Steps of staff, as a colleague reads them after a name."""

HOURS: dict[int, Any] = {1: _l("1 hour"), 4: _l("4 hours"), 24: _l("a day")}
BUSY: dict[int, Any] = {15: _l("15 minutes"), 30: _l("half an hour"), 60: _l("an hour"), 120: _l("2 hours")}
