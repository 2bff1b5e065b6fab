"""What things are called on pages, and each step as a sentence."""

from __future__ import annotations

from typing import Any

from community.concerns.queries import StepView
from community.core.i18n import _, plural
from community.core.i18n import lazy as _l

HOWS: dict[str, Any] = {"write": _l("Write to me"), "come": _l("Come to me"), "call": _l("Call me")}
WISHES: dict[str, Any] = {
    "write": _l("Wants an answer in writing."),
    "come": _l("Wants somebody to come."),
    "call": _l("Wants to be called."),
}
I_DO: dict[str, Any] = {"come": _l("I come"), "write": _l("I write"), "call": _l("I call")}
DONE: dict[str, Any] = {
    "came": _l("I am there now"),
    "called": _l("I called, we spoke"),
    "wrote": _l("I write (it is read on the other side)"),
    "tried": _l("I tried and reached nobody"),
    "note": _l("A note for colleagues"),
}
OUTCOMES: dict[str, Any] = {
    "talked": _l("We talked, all is well for now"),
    "safe": _l("Safe, and not alone"),
    "outside": _l("Others have taken over (112, hospital, social emergency)"),
    "follow_up": _l("Somebody goes on with it tomorrow"),
    "mistake": _l("It was a mistake"),
}
SEVERITIES: dict[str, Any] = {
    "urgent": _l("Urgent"),
    "talk": _l("Wants to talk"),
    "words": _l("Words that worry"),
    "unread": _l("Waits unread"),
}
CHANNELS: dict[str, Any] = {"app": _l("here"), "mail": _l("e-mail"), "sms": _l("SMS"), "voice": _l("phone")}


def sentence(step: StepView, *, mine: bool) -> str:
    """A step as a sentence; `mine`: for the member herself."""
    who = step.who or _("Somebody outside")
    if step.what == "taken":
        return _taken(step, who)
    fixed = {
        "sent": _("Sent."),
        "more": _("You wrote more.") if mine else _("More was written."),
        "how": _("You chose how.") if mine else _("How: %(how)s", how=HOWS.get(step.how or "", "")),
        "opened": _("%(who)s has opened it.", who=who),
        "cannot": _("%(who)s can't just now. The next one is told.", who=who),
        "lapsed": _("Nothing more from %(who)s. The next one is told.", who=step.whom or _("whoever had it")),
        "handed": _("%(who)s asks %(whom)s to go on.", who=who, whom=step.whom or ""),
        "came": _("%(who)s is with you.", who=who) if mine else _("%(who)s is there.", who=who),
        "called": _("%(who)s called, you spoke.", who=who) if mine else _("%(who)s called, and they spoke.", who=who),
        "wrote": _("%(who)s writes:", who=who),
        "tried": _("%(who)s tried and did not reach you.", who=who)
        if mine
        else _("%(who)s tried and reached nobody.", who=who),
        "note": _("%(who)s noted:", who=who),
        "pack": _("%(who)s took a copy:", who=who),
        "closed": _("%(who)s has closed this.", who=who),
        "decided": _("What you wrote was read in the queue.") if mine else _("Decided in the queue."),
    }
    return fixed[step.what]


def _taken(step: StepView, who: str) -> str:
    if step.how == "come":
        return plural(
            "%(who)s has read it and comes in %(num)s minute.",
            "%(who)s has read it and comes in %(num)s minutes.",
            step.minutes or 0,
            who=who,
        )
    if step.how == "write":
        return _("%(who)s has read it and writes here.", who=who)
    if step.how == "call":
        return _("%(who)s has read it and calls.", who=who)
    return _("%(who)s has taken it.", who=who)


def and_so_on(names: list[str]) -> str:
    """'Lars', 'Lars and Sara', 'Lars, Sara and Karin'."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s", first=", ".join(names[:-1]), last=names[-1])
