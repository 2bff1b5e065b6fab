"""What the letter says. It tells neither what this place is nor what is under way, only that there is time."""

from __future__ import annotations

from typing import Any

from flask import current_app

from community.core import clock
from community.core.i18n import _, calendar_day
from community.core.outbox import Words, Writer
from community.lifecycle import leaving


def _leaving(facts: dict[str, Any], _secret: str | None) -> Words | None:
    row = leaving.letter_facts(facts)
    if row is None:
        return None
    settings = current_app.config["SETTINGS"]
    body = _(
        "Hi,\n\nsomething about your account is done on %(day)s. Until then you can take it back: sign in, and you see "
        "it at once.\n\n%(url)s\n\nWas that not you? Then sign in today, and change your password.",
        day=calendar_day(clock.local(row.due_at).date()),
        url=settings.root,
    )
    return Words(_("About your account"), f"{body}\n\n{settings.community_name}\n")


WRITERS: dict[str, Writer] = {"leaving": _leaving}
