"""What is sent about a break, and about the turns of somebody's life here."""

from __future__ import annotations

from wtforms import RadioField
from wtforms.validators import InputRequired

from community.core.forms import Form, offered
from community.core.i18n import lazy as _l
from community.lifecycle.taking_break import LENGTHS

CHOOSE = InputRequired(_l("Choose one of these."))


class BreakForm(Form):
    """For how long."""

    length = RadioField(choices=offered((key, said) for key, (said, _length) in LENGTHS.items()), validators=[CHOOSE])
