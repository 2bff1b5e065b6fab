"""What a member says about being found, and what she looks for."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import AnyOf, InputRequired, Optional

from community.core.forms import AtMost, Form, Line
from community.core.text import LONGEST_NAME


class EntryForm(Form):
    """Each is a choice of its own. `sent` tells a form without a tick from no form at all."""

    sent = HiddenField(default="entry", validators=[InputRequired(), AnyOf(["entry"])])
    picture = BooleanField()
    house = BooleanField()
    years = BooleanField()


class LookForm(Form):
    """In the address; `when`: 0 any time, 1 when I lived there, else a year."""

    q = Line(validators=[AtMost(LONGEST_NAME)])
    house = SelectField(coerce=int, validators=[Optional()], default=0)
    when = SelectField(coerce=int, validators=[Optional()], default=0)
