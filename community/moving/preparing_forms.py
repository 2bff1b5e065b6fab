"""What somebody on her way sends, and who writes her a letter."""

from __future__ import annotations

import re

from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput

from community.core.forms import AtMost, Filled, Form, Line, Prose, offered
from community.core.i18n import lazy as _l
from community.moving.checklist import LONGEST_LINE, LONGEST_NOTE
from community.moving.letters import LONGEST_LETTER

THREAD = re.compile(r"/t/(\d{1,19})(?:[/?#]|$)")
CHOOSE = _l("Choose one of these.")


class NewLineForm(Form):
    line = Line(validators=[Filled(), AtMost(LONGEST_LINE)])


class LineForm(Form):
    """`link`: the address of a post here, as one copies it."""

    line = Line(validators=[Filled(), AtMost(LONGEST_LINE)])
    note = Prose(validators=[AtMost(LONGEST_NOTE)])
    link = Line(validators=[AtMost(300)])
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())

    def validate_link(self, field: Line) -> None:
        if field.data and self.stream_id is None:
            raise ValidationError(_l("Open the post, copy its address, and put it here."))

    @property
    def stream_id(self) -> int | None:
        """The thread the address leads to; None where it leads to none."""
        found = THREAD.search(self.link.data or "")
        return int(found.group(1)) if found and int(found.group(1)) < 2**63 else None


class TickForm(Form):
    do = RadioField(choices=offered((one, one) for one in ("done", "open")), validators=[InputRequired()])


class KeepForm(Form):
    to_id = IntegerField(validators=[InputRequired(CHOOSE)])


class MoveWishForm(Form):
    """One or both, as the page asks."""

    letters = RadioField(choices=offered((one, one) for one in ("yes", "no")), validators=[Optional()])
    asks = RadioField(choices=offered((one, one) for one in ("yes", "no")), validators=[Optional()])


class LetterForm(Form):
    text = Prose(validators=[Filled(), AtMost(LONGEST_LETTER)])


class AdultForm(Form):
    adult_id = SelectField(coerce=int, validators=[InputRequired(CHOOSE)])
