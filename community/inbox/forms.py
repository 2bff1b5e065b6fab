"""What staff send about an inbox. What is said in it is a message like any other (`streams/forms.py`)."""

from __future__ import annotations

from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from community.core.forms import AtMost, Form, Prose, offered
from community.core.i18n import lazy as _l
from community.inbox.actions import DOES
from community.inbox.models import LONGEST_NOTE


def _version() -> IntegerField:
    return IntegerField(validators=[InputRequired()], widget=HiddenInput())


class DoForm(Form):
    """One press. `version`: of the inbox as it stood on the page."""

    do = RadioField(choices=offered((one, one) for one in DOES), validators=[InputRequired()])
    version = _version()


class InboxHandForm(Form):
    to_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose somebody from the list."))])
    note = Prose(validators=[AtMost(LONGEST_NOTE)])
    version = _version()
