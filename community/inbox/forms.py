"""What is sent to the team, by it, and about its inboxes."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Regexp
from wtforms.widgets import HiddenInput

from community.core.forms import AtMost, Filled, Form, Prose, offered
from community.core.i18n import lazy as _l
from community.core.text import LONGEST_MESSAGE
from community.inbox.actions import DOES
from community.inbox.models import LONGEST_NOTE
from community.streams.forms import CLIENT_ID, Picked


def _version() -> IntegerField:
    return IntegerField(validators=[InputRequired()], widget=HiddenInput())


class ToTeamForm(Form):
    """A message, either way."""

    text = Prose(validators=[Filled(), AtMost(LONGEST_MESSAGE)])
    client_id = CLIENT_ID
    picked = Picked()
    quote = HiddenField(validators=[Regexp(r"\A[0-9]{0,16}\Z", message=_l("That can't be quoted."))])

    @property
    def first_error(self) -> Any:
        """What is wrong, in a sentence, for an answer without a form."""
        return next(iter([*self.form_errors, *(said for found in self.errors.values() for said in found)]), None)


class DoForm(Form):
    """One press. `version`: of the inbox as it stood on the page."""

    do = RadioField(choices=offered((one, one) for one in DOES), validators=[InputRequired()])
    version = _version()


class InboxHandForm(Form):
    to_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose somebody from the list."))])
    note = Prose(validators=[AtMost(LONGEST_NOTE)])
    version = _version()
