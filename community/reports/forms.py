"""What members send when they tell staff."""

from __future__ import annotations

from wtforms import BooleanField, IntegerField, RadioField
from wtforms.validators import InputRequired, Optional

from community.core.forms import AtMost, Filled, Form, Prose, offered
from community.core.i18n import lazy as _l
from community.reports.actions import LONGEST_WORDS
from community.reports.words import REASONS

CHOOSE = InputRequired(_l("Choose one of these."))


class TellForm(Form):
    """One press on a reason sends it. `staff_id`: asked beside "someone who works here"."""

    reason = RadioField(choices=offered(REASONS.items()), validators=[CHOOSE])
    words = Prose(validators=[AtMost(LONGEST_WORDS)])
    block = BooleanField()
    staff_id = IntegerField(validators=[Optional()])


class MoreForm(Form):
    """Something to add."""

    words = Prose(validators=[Filled(), AtMost(LONGEST_WORDS)])
