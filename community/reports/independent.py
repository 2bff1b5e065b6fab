"""The letter to the person outside, who hears of it when nobody who works here may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import current_app

from community.core import i18n, outbox
from community.core.db import session
from community.core.i18n import _
from community.core.outbox import Words, Writer
from community.safety import outside
from community.safety.models import Case

GOOD_FOR = timedelta(days=30)


def tell(case: Case) -> None:
    """Let her know, in the transaction of its cause: that there is something, and nothing else. One letter a case."""
    person = outside.by_letter()
    if person is not None and person.address:
        outbox.post(
            "told.independent",
            person.address,
            cause=f"told:{case.id}",
            language=i18n.DEFAULT,
            good_for=GOOD_FOR,
            case=case.id,
        )


def _letter(facts: dict[str, Any], _secret: str | None) -> Words | None:
    case = session().get(Case, facts["case"])
    if case is None or case.state != "open":
        return None
    body = _(
        "Hi,\n\nsomebody has told us of something that those who usually read it must not decide about, so it comes to "
        "you. We agreed that you would be asked in such a case. Please ring today. Its number is %(number)s.",
        number=case.id,
    )
    return Words(_("Something needs you today"), f"{body}\n\n{current_app.config['SETTINGS'].community_name}\n")


WRITERS: dict[str, Writer] = {"told.independent": _letter}
