"""The sentences about acts: what was done, why, by which rule of the house, and what stays open. Plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from community.acts.models import STANDING, Act
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.safety.reasons import REASONS as TEXT_REASONS

REASONS: dict[str, Any] = {
    "unkind": _l("What was written hurt somebody."),
    "joke": _l("It was meant as a joke, but not for the one it was about."),
    "details": _l("Names, numbers or addresses were shared."),
    "private": _l("Something private about somebody was told."),
    "spread": _l("What others write here was passed on."),
    "quarrel": _l("There is a quarrel that needs a rest."),
    "unsafe": _l("Somebody did not feel safe."),
    "other": _l("Something else. Say it in your own words."),
}
RULE_OF = {"unkind": 0, "joke": 4, "details": 2, "private": 3, "spread": 1, "quarrel": 0, "unsafe": 0}
TEXT_RULE_OF = {"private": 2, "others": 3, "unkind": 0, "unsafe": 0}
"""Which sentence of the house rules a reason comes from: of limits, and of what was done to a text."""

LENGTHS: dict[str, dict[str, tuple[Any, timedelta | None]]] = {
    "cooled_off": {
        "30m": (_l("30 minutes"), timedelta(minutes=30)),
        "2h": (_l("2 hours"), timedelta(hours=2)),
        "24h": (_l("24 hours"), timedelta(hours=24)),
    },
    "paused": {
        "1d": (_l("1 day"), timedelta(days=1)),
        "3d": (_l("3 days"), timedelta(days=3)),
        "7d": (_l("7 days"), timedelta(days=7)),
        "14d": (_l("14 days"), timedelta(days=14)),
    },
    "suspended": {
        "24h": (_l("24 hours"), timedelta(hours=24)),
        "3d": (_l("3 days"), timedelta(days=3)),
        "7d": (_l("7 days"), timedelta(days=7)),
        "30d": (_l("30 days"), timedelta(days=30)),
        "none": (_l("without an end (two people decide)"), None),
    },
}

VERBS: dict[str, Any] = {
    "cooled_off": _l("Short break in one channel"),
    "paused": _l("Read only"),
    "suspended": _l("Close for now"),
}

MEANS: dict[str, Any] = {
    "cooled_off": _l("They write nothing in that channel until then. They read it, and write in all the others."),
    "paused": _l("They read everything and write nothing until then. Open pages stay open."),
    "suspended": _l("They see nothing of the group until then. Open pages close within two seconds."),
}

ROLES: dict[str, Any] = {
    "safeguarding_lead": _l("safety lead"),
    "house_manager": _l("house manager"),
    "moderator": _l("host"),
}
"""As whom somebody decides, the strongest first."""


def title(act: Act, channel: str | None) -> str:
    """What was done, for the one it was done to."""
    if act.kind == "cooled_off":
        return _("Short break in %(channel)s", channel=channel) if channel else _("Short break in one channel")
    said = {
        "paused": _("Read only"),
        "suspended": _("Closed for now"),
        "lifted": _("Open again"),
        "shown_again": _("Shown again"),
        "returned": _("Your text was sent back"),
        "hidden": _("Your text was hidden"),
        "removed": _("Your text was taken away"),
        "published": _("Your text is shown"),
        "rewrite": _("You were asked for other words"),
        "heads_up": _("Your text got a heads-up"),
        "noted": _("A note about you"),
        "cooled": _("Your post takes no replies for a while"),
        "locked": _("Your post takes no more replies"),
        "unmasked": _("Somebody found out that you wrote it"),
    }
    return said.get(act.kind, _("Something of yours was changed"))


def reason(act: Act) -> str | None:
    """Why, as the list says it; None where it was said in own words alone."""
    if act.kind == "unmasked" and act.reason == "life":
        return _("Somebody's life or health could have been at risk.")
    said = REASONS if act.kind in STANDING else TEXT_REASONS
    return str(said[act.reason]) if act.reason in said and act.reason != "other" else None


def house_rule(act: Act, sentences: Sequence[str]) -> str | None:
    """The sentence of the house rules it comes from; `sentences`: those in force."""
    number = (RULE_OF if act.kind in STANDING else TEXT_RULE_OF).get(act.reason or "")
    return sentences[number] if number is not None else None
