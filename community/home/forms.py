"""What people send from pages that mix rooms."""

from __future__ import annotations

from wtforms import HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, Optional

from community.core.forms import AtMost, Filled, Form, Line, Prose, offered
from community.core.i18n import lazy as _l
from community.core.text import LONGEST_ABOUT
from community.members.forms import ProfileForm
from community.streams.muting import LONGEST_WORD


class LetGoForm(Form):
    back = HiddenField()


class OwnPageForm(ProfileForm):
    about = Prose(validators=[AtMost(LONGEST_ABOUT)])
    tells_year = RadioField(choices=offered([("no", "no"), ("yes", "yes")]), validators=[Optional()], default="no")


class CheckedForm(Form):
    """`until`: the newest that was on the page; `house_id`: of what is said to one house alone."""

    until = HiddenField(validators=[InputRequired()])
    house_id = IntegerField(validators=[Optional()])


class MutedWordForm(Form):
    word = Line(validators=[Filled(_l("Write the word you want to mute.")), AtMost(LONGEST_WORD)])
