"""What is sent to plan a move, and what whoever moves says herself."""

from __future__ import annotations

from wtforms import DateField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from community.core.forms import Filled, Form, Prose, offered
from community.core.i18n import lazy as _l
from community.streams.forms import CLIENT_ID

CHOOSE = InputRequired(_l("Choose one of these."))
DAY = InputRequired(_l("Choose a day."))
KINDS = (
    ("planned", _l("Planned: to a place of their own, or somewhere else")),
    ("other_home", _l("To another home")),
    ("sudden", _l("Sudden: nothing is announced, and it may be today")),
)
ELSEWHERE = 0


class MoveForm(Form):
    """A day, what kind of move, and where to: one of our houses, or elsewhere."""

    moves_on = DateField(validators=[DAY])
    kind = RadioField(choices=offered(KINDS), validators=[CHOOSE])
    to_house_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose another house from the list."))])


class ChangeMoveForm(MoveForm):
    """The same, of a move that stands. `version`: as the page had it."""

    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class CancelMoveForm(Form):
    """Calling it off."""

    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class MoveInForm(Form):
    """The day from which on somebody lives here again."""

    from_on = DateField(validators=[DAY])


class ContactForm(Form):
    """Whether her contact stays hers."""

    keeps = RadioField(choices=offered((("yes", _l("Yes")), ("no", _l("No")))), validators=[CHOOSE])


class ByNameForm(Form):
    """What is to stand by her name."""

    year = RadioField(choices=offered((("no", _l("Has lived here")), ("yes", _l("And the year")))), validators=[CHOOSE])


class FarewellForm(Form):
    """Her words, and who reads them."""

    text = Prose(validators=[Filled()])
    whom = RadioField(validators=[InputRequired(_l("Choose who reads it: your house, or everyone."))])
    client_id = CLIENT_ID
