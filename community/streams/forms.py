"""What people send about pieces."""

from __future__ import annotations

from wtforms import HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, Length, Regexp
from wtforms.widgets import HiddenInput

from community.core.forms import AtMost, Filled, Form, Line, Prose, offered
from community.core.i18n import lazy as _l
from community.core.text import LONGEST_NOTE, LONGEST_PIECE, LONGEST_TITLE
from community.streams.keeping import CLEAR
from community.streams.models import CHOICES, REACTIONS


class PieceForm(Form):
    """What every form for something one says has: the text, and a heads-up that folds it."""

    text = Prose(validators=[Filled(), AtMost(LONGEST_PIECE)])
    note = Line(validators=[AtMost(LONGEST_NOTE)])


class EditForm(PieceForm):
    title = Line(validators=[AtMost(LONGEST_TITLE)])
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class ReactForm(Form):
    kind = RadioField(choices=offered((kind, kind) for kind in REACTIONS))


class ChoiceForm(Form):
    choice = RadioField(choices=offered((choice, choice) for choice in (*CHOICES, CLEAR)))


class ReadForm(Form):
    nr = IntegerField(validators=[InputRequired(_l("Say up to where."))])


class DraftForm(Form):
    place = HiddenField(validators=[InputRequired(), Regexp(r"\A(new|reply:[0-9]{1,16})\Z")])
    fields = HiddenField(validators=[InputRequired(), Length(max=40_000)])
