"""What staff send about the queue."""

from __future__ import annotations

from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from community.acts.record import LONGEST_WORDS
from community.core.forms import AtMost, Filled, Form, Line, Prose, offered
from community.core.i18n import lazy as _l
from community.moderation.actions import LONGEST_NOTE
from community.moderation.words import BUSY, HOURS
from community.safety.reasons import IN_SHORT

LONGEST_KEY = 400
CHOOSE = InputRequired(_l("Choose one of these."))


class DecideForm(Form):
    """`version`: what stood on the page. `reason` or `words`, whatever the decision needs."""

    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    reason = RadioField(choices=offered(IN_SHORT.items()), validators=[Optional()])
    words = Prose(validators=[AtMost(LONGEST_WORDS)])
    hours = RadioField(choices=offered(HOURS.items()), coerce=int, default=1, validators=[Optional()])


class CaseNoteForm(Form):
    words = Prose(validators=[Filled(), AtMost(LONGEST_NOTE)])


class NotThisForm(Form):
    """What a list heard (`key`), and whether it was meant so."""

    key = Line(validators=[InputRequired(), AtMost(LONGEST_KEY)], widget=HiddenInput())
    right = RadioField(choices=offered([("y", ""), ("n", "")]), validators=[InputRequired()])


class HandOverForm(Form):
    member_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose a colleague from the list."))])


class BusyForm(Form):
    """0: back again."""

    minutes = RadioField(
        choices=offered([(0, _l("I am back")), *BUSY.items()]), coerce=int, validators=[CHOOSE], default=30
    )
