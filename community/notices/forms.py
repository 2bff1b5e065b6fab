"""What people send about notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired

from community.core.forms import Form, offered
from community.core.i18n import lazy as _l
from community.notices.models import SPACE_WISHES
from community.spaces.queries import SpaceView

SPACE_WORDS = {
    "all": _l("Everything that concerns me"),
    "mentions": _l("Only when somebody mentions me"),
    "nothing": _l("Nothing"),
}


class ReadAllForm(Form):
    """`until`: the newest that was on the page."""

    until = HiddenField(validators=[InputRequired()])


class WishesForm(Form):
    """A tick for each kind and channel, named after both."""

    reply_app = BooleanField()
    reply_mail = BooleanField()
    reaction_app = BooleanField()
    reaction_mail = BooleanField()
    mention_app = BooleanField()
    mention_mail = BooleanField()
    published_app = BooleanField()
    published_mail = BooleanField()
    message_app = BooleanField()
    message_mail = BooleanField()
    letters = BooleanField()
    quiet = BooleanField()


def wishes_form(places: Sequence[SpaceView], **values: Any) -> WishesForm:
    """The form of somebody who reads these channels, with one choice for each of them (`space_<id>`)."""
    choices = offered((wish, SPACE_WORDS[wish]) for wish in SPACE_WISHES)
    fields = {
        f"space_{place.id}": SelectField(place.name, choices=choices, validators=[InputRequired()]) for place in places
    }
    made: WishesForm = type("WishesForm", (WishesForm,), fields)(**values)
    return made
