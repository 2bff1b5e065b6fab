"""What people send to manage channels and to pin."""

from __future__ import annotations

from wtforms import BooleanField, DateField, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from community.channels import words
from community.core.forms import AtMost, Filled, Form, Line, offered
from community.core.i18n import lazy as _l
from community.spaces.models import AUDIENCES, COLOURS, KINDS, LONGEST_ABOUT, LONGEST_NAME, WRITERS

CHOOSE = InputRequired(_l("Choose one of these."))


def _choice(field: str, values: tuple[str, ...], default: str) -> RadioField:
    pairs = [(value, words.VALUES[field][value]) for value in values]
    return RadioField(choices=offered(pairs), validators=[CHOOSE], default=default)


class ChannelForm(Form):
    """`sure` names the readers a manager said yes to, where there are to be fewer."""

    name_sv = Line(validators=[Filled(), AtMost(LONGEST_NAME)])
    name_en = Line(validators=[Filled(), AtMost(LONGEST_NAME)])
    about_sv = Line(validators=[AtMost(LONGEST_ABOUT)])
    about_en = Line(validators=[AtMost(LONGEST_ABOUT)])
    kind = _choice("kind", KINDS, "talk")
    audience = _choice("audience", AUDIENCES, "all")
    writers = _choice("writers", WRITERS, "readers")
    asks_whom = BooleanField()
    colour = _choice("colour", COLOURS, "green")
    version = IntegerField(validators=[InputRequired()], default=0, widget=HiddenInput())
    sure = StringField(validators=[AtMost(20)])


class MoveForm(Form):
    way = RadioField(choices=offered([("up", _l("Up")), ("down", _l("Down"))]), validators=[CHOOSE])


class PinPostForm(Form):
    in_channel = BooleanField()
    on_home = BooleanField()
    until_on = DateField(validators=[InputRequired(_l("Choose the last day it is to stand there."))])


class BackForm(Form):
    """Where the reader was."""

    back = RadioField(choices=offered([("home", "home"), ("channel", "channel")]), validators=[CHOOSE])
