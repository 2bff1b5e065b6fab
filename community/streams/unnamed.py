"""What is written without a name: how its author is shown, and when it takes its place.

The moment is chosen by chance, so that nobody can tell from it who was writing just then. Two such pieces look alike:
nothing shown of one leads to another.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from community.core.i18n import _
from community.members.people import AuthorView

SOONEST, LATEST = 5, 30  # minutes
LANGUAGE = "sv"
"""Of a text whose words do not tell: the home's, because her own would say something of her."""


def moment_after(now: datetime) -> datetime:
    """A whole minute by chance, 5 to 30 minutes from now."""
    next_minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return next_minute + timedelta(minutes=SOONEST + secrets.randbelow(LATEST - SOONEST))


def author_of(kind: str) -> AuthorView:
    """Who is shown beside a piece of this kind that has no name, in the language of the page."""
    name = _("Someone in the group") if kind == "opening" else _("The one who asked")
    return AuthorView(0, name, "someone", None, "f")
