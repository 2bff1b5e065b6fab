"""What people send about pieces."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, Length, Regexp
from wtforms.widgets import HiddenInput

from community.core.forms import AtMost, Filled, Form, Line, Prose, Sent, offered
from community.core.i18n import lazy as _l
from community.core.paging import whole_number
from community.core.text import LONGEST_MESSAGE, LONGEST_NOTE, LONGEST_PIECE, LONGEST_TITLE
from community.streams.keeping import CLEAR
from community.streams.models import CHOICES, REACTIONS

ONE_TRY = r"\A[A-Za-z0-9-]{8,36}\Z"
"""The name of one try to send something: sent twice, it is stored once."""
CLIENT_ID = HiddenField(
    validators=[
        InputRequired(_l("Load the page again before you send.")),
        Regexp(ONE_TRY, message=_l("Load the page again before you send.")),
    ]
)


class Picked(HiddenField):
    """Whom one chose from the list that `@` offers: numbers with commas between. It only tells people of one name
    apart, so what is no number is left out."""

    @property
    def ids(self) -> frozenset[int]:
        numbers = (whole_number(part) for part in str(self.data or "").split(",", 100)[:100])
        return frozenset(number for number in numbers if number is not None)


class PieceForm(Form):
    """What every form for something one says has: the text, whom it names, and a heads-up that folds it."""

    text = Prose(validators=[Filled(), AtMost(LONGEST_PIECE)])
    picked = Picked()
    note = Line(validators=[AtMost(LONGEST_NOTE)])


class EditForm(PieceForm):
    """What has pictures needs no words: the action says which has."""

    text = Prose(validators=[Sent(), AtMost(LONGEST_PIECE)])
    title = Line(validators=[AtMost(LONGEST_TITLE)])
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class MessageForm(Form):
    """What one says in a chat or a talk. `quote` is the message it answers."""

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


class ReactForm(Form):
    kind = RadioField(choices=offered((kind, kind) for kind in REACTIONS))


class ChoiceForm(Form):
    choice = RadioField(choices=offered((choice, choice) for choice in (*CHOICES, CLEAR)))


class ReadForm(Form):
    nr = IntegerField(validators=[InputRequired(_l("Say up to where."))])


class DraftForm(Form):
    place = HiddenField(validators=[InputRequired(), Regexp(r"\A(new|reply:[0-9]{1,16})\Z")])
    fields = HiddenField(validators=[InputRequired(), Length(max=40_000)])
