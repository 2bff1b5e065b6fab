"""What `/design` shows of who is in a chat, and of opening one for an evening."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from community.chat.forms import HostedForm
from community.chat.here import FIRST, Here
from community.core import clock
from community.core.forms import offered
from community.core.i18n import lazy as _l
from community.members.people import AuthorView

LONG = "Maximiliana-Alexandria af Klingenspoor"
SARA = AuthorView(91, "Sara", "staff", "a24", "a")
PEOPLE = (
    SARA,
    AuthorView(92, "Amina", "resident", "a01", "b"),
    AuthorView(93, LONG, "alumnus", None, "e"),
    AuthorView(94, "نور", "resident", "a06", "f"),
)
FULL = Here((PEOPLE * 3)[:FIRST], 31)


def samples() -> dict[str, Any]:
    """Nobody, one, some, more than are named; a chat for an evening as it is being opened, sound and not."""
    return {
        "here_states": [Here((), 0), Here((SARA,), 1), Here(PEOPLE, len(PEOPLE)), FULL],
        "here_typing": [_l("{one} is writing").format(one=LONG), _l("several are writing")],
        "hosted_forms": [_form("sound"), _form("not")],
    }


def _form(prefix: str) -> HostedForm:
    begins = clock.local(clock.now()).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    names = {"name_sv": "Spelkväll", "name_en": "Games night"}
    hours = {"opens_at": begins, "closes_at": begins + timedelta(hours=2)}
    form = HostedForm(formdata=None, prefix=f"hosted-{prefix}", **names, **hours, space_id=1)
    form.space_id.choices = offered([(1, f"Vardagsrummet. {_l('Who reads it: staff.')}"), (2, LONG)])
    if prefix == "not":
        form.name_en.errors = [_l("There is a word in it that can't be used here. Choose another.")]
        form.closes_at.errors = [_l("That is too long: at most 12 hours.")]
    return form
