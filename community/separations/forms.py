"""What those who decide send."""

from __future__ import annotations

from wtforms import DateField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from community.core.forms import AtMost, Filled, Form, Prose, offered
from community.core.i18n import lazy as _l

LONGEST_WORDS = 1000
LEVELS = (
    ("total", _l("They meet nothing of each other, anywhere")),
    ("private", _l("They can't write to each other in private; all else stays")),
    ("chat", _l("They don't meet in chats; all else stays")),
)
SHORT = {
    "total": _l("nothing of each other"),
    "private": _l("no private messages"),
    "chat": _l("not together in chats"),
}


class TwoForm(Form):
    """Whom it is about; 0: nobody chosen yet."""

    one_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose somebody from the list."))])
    other_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose somebody from the list."))])


class LevelForm(Form):
    level = RadioField(choices=offered(LEVELS), validators=[InputRequired(_l("Choose one of these."))])
    reason = Prose(validators=[Filled(_l("Say why.")), AtMost(LONGEST_WORDS)])
    review_on = DateField(validators=[Optional()])


class SeparateForm(LevelForm):
    one_id = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    other_id = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class AgainForm(LevelForm):
    """`version`: as it stood on the page."""

    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class TogetherForm(Form):
    why = Prose(validators=[Filled(_l("Say why.")), AtMost(LONGEST_WORDS)])
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())
