"""What people send in a chat."""

from __future__ import annotations

from typing import Any

from wtforms import DateTimeLocalField, HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, Regexp
from wtforms.widgets import HiddenInput

from community.chat.models import LONGEST_NAME, SLOW
from community.core.forms import AtMost, Filled, Form, Line, Prose, offered
from community.core.i18n import lazy as _l
from community.core.paging import whole_number
from community.core.text import LONGEST_MESSAGE
from community.rota.forms import AnHour
from community.streams.forms import CLIENT_ID, Picked


class MessageForm(Form):
    """`quote` is the message it answers."""

    text = Prose(validators=[Filled(), AtMost(LONGEST_MESSAGE)])
    picked = Picked()
    client_id = CLIENT_ID
    quote = HiddenField(validators=[Regexp(r"\A[0-9]{0,16}\Z", message=_l("That can't be quoted."))])

    @property
    def quote_id(self) -> int | None:
        return whole_number(self.quote.data or "")

    @property
    def first_error(self) -> Any:
        """What is wrong, in a sentence, for an answer without a form."""
        return next(iter([*self.form_errors, *(said for found in self.errors.values() for said in found)]), None)


class SlowForm(Form):
    seconds = RadioField(coerce=int, choices=offered((seconds, str(seconds)) for seconds in SLOW))


class HostedForm(Form):
    """A chat for an evening; `space_id`: for whom."""

    name_sv = Line(validators=[Filled(), AtMost(LONGEST_NAME)])
    name_en = Line(validators=[Filled(), AtMost(LONGEST_NAME)])
    space_id = RadioField(coerce=int, validators=[InputRequired(_l("Choose one of these."))])
    opens_at = DateTimeLocalField(validators=[AnHour()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    closes_at = DateTimeLocalField(validators=[AnHour()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    version = IntegerField(validators=[InputRequired()], default=0, widget=HiddenInput())
