"""What staff send about a text without a name."""

from __future__ import annotations

from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from community.core.forms import AtMost, Filled, Form, Prose, offered
from community.core.i18n import lazy as _l
from community.moderation.unmasking import LONGEST_WHY


class WhoForm(Form):
    why = Prose(validators=[Filled(_l("Say why. Whoever wrote it reads this.")), AtMost(LONGEST_WHY)])
    alone = BooleanField()


class SecondForm(Form):
    """Yes needs no words, no does."""

    answer = RadioField(
        choices=offered([("yes", _l("Yes, find out")), ("no", _l("No"))]),
        validators=[InputRequired(_l("Choose one of these."))],
    )
    answer_why = Prose(validators=[AtMost(LONGEST_WHY)])


class JudgeForm(Form):
    right = RadioField(
        choices=offered([("yes", _l("It was right")), ("no", _l("It was not"))]),
        validators=[InputRequired(_l("Choose one of these."))],
    )
    judged_why = Prose(validators=[Filled(), AtMost(LONGEST_WHY)])
