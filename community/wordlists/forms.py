"""What staff send about the word lists."""

from __future__ import annotations

from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from community.core import text
from community.core.forms import AtMost, Filled, Form, Line, Prose, offered
from community.core.i18n import lazy as _l
from community.safety.word_lists import ACTIONS
from community.wordlists import words
from community.wordlists.models import LONGEST_KEY, LONGEST_PHRASE, LONGEST_REASON

CHOOSE = InputRequired(_l("Choose one of these."))


def _version() -> IntegerField:
    return IntegerField(validators=[InputRequired()], widget=HiddenInput())


class TryForm(Form):
    """A text to test; it goes nowhere."""

    text = Prose(validators=[Filled(), AtMost(text.LONGEST_PIECE)])
    age_band = RadioField(choices=offered(words.BANDS.items()), validators=[CHOOSE], default="16-17")


class PhraseForm(Form):
    phrase = Line(validators=[Filled(), AtMost(LONGEST_PHRASE)])
    action = RadioField(
        choices=offered((action, words.LISTS[action]) for action in ACTIONS), validators=[CHOOSE], default="check"
    )
    language = RadioField(
        choices=offered([("sv", _l("Swedish")), ("en", _l("English"))]), validators=[CHOOSE], default="sv"
    )
    reason = Line(validators=[Filled(), AtMost(LONGEST_REASON)])
    version = _version()


class ChangeForm(Form):
    """One entry, and what is to become of it."""

    key = StringField(validators=[InputRequired(), AtMost(LONGEST_KEY)], widget=HiddenInput())
    do = RadioField(choices=offered([(one, one) for one in ("off", "on", "remove", "keep")]), validators=[CHOOSE])
    reason = Line(validators=[Filled(), AtMost(LONGEST_REASON)])
    version = _version()
