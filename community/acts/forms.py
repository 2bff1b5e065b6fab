"""What is sent to limit somebody, to object, and to answer an objection."""

from __future__ import annotations

from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired
from wtforms.validators import Optional as May
from wtforms.widgets import HiddenInput

from community.acts import words
from community.acts.record import LONGEST_WORDS
from community.core.forms import AtMost, Filled, Form, Prose, offered
from community.core.i18n import lazy as _l

CHOOSE = InputRequired(_l("Choose one of these."))


def _seen() -> IntegerField:
    return IntegerField(validators=[InputRequired()], widget=HiddenInput())


class StepForm(Form):
    """A limit. `seen`: how much had been decided about her when the page was made; `case_id`: what it comes from."""

    space_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose a channel from the list."))])
    length = RadioField(validators=[CHOOSE])
    reason = RadioField(choices=offered(words.REASONS.items()), validators=[CHOOSE])
    words = Prose(validators=[AtMost(LONGEST_WORDS)])
    case_id = IntegerField(validators=[May()], widget=HiddenInput())
    seen = _seen()


class SeenForm(Form):
    """One press, for what stood on the page."""

    seen = _seen()


class ObjectForm(Form):
    words = Prose(validators=[Filled(_l("Say why. One sentence is enough.")), AtMost(LONGEST_WORDS)])


class DecideForm(Form):
    """`version`: of the case as it stood on the page."""

    right = RadioField(choices=offered([("yes", ""), ("no", "")]), validators=[CHOOSE])
    answer = Prose(validators=[AtMost(LONGEST_WORDS)])
    version = _seen()
