"""The forms of a memory book. Her words in it go to nobody but her."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, SelectField

from community.book.actions import LONGEST_CAPTION, LONGEST_DEDICATION, LONGEST_TITLE
from community.core import text
from community.core.forms import AtMost, Filled, Form, Line, Prose, Sent, offered
from community.core.i18n import lazy as _l

LANGUAGES = offered([("sv", "Svenska"), ("en", "English")])


class BookForm(Form):
    """What a book is called, whom it is for, in which language it speaks."""

    title = Line(validators=[Filled(), AtMost(LONGEST_TITLE)])
    dedication = Prose(validators=[AtMost(LONGEST_DEDICATION)])
    lang = RadioField(choices=LANGUAGES)


class AddForm(Form):
    """One thing a list offers."""

    key = HiddenField()


class AllForm(Form):
    """Everything of one kind and year."""

    kind = HiddenField()
    year = HiddenField()


class WordsForm(Form):
    """What somebody answered to a post of hers."""

    piece_id = HiddenField()


class PageForm(Form):
    """A page of her own words. `item`: the one that is changed."""

    heading = Line(validators=[AtMost(text.LONGEST_TITLE)])
    text = Prose(validators=[AtMost(text.LONGEST_PIECE)])
    item = HiddenField()


class CaptionForm(Form):
    """What stands below one thing."""

    caption = Line(validators=[Sent(), AtMost(LONGEST_CAPTION)])


class MoveForm(Form):
    """Earlier, later, or in front of another thing, by its number."""

    to = HiddenField()


class AskForm(Form):
    """About which words somebody is to be asked."""

    kind = HiddenField()
    ref_id = HiddenField()
    book_id = HiddenField()
    of = HiddenField()


class AnswerForm(Form):
    """Yes with my name, yes without it, or no."""

    answer = HiddenField()


class FileForm(Form):
    """To print, or for the screen."""

    form = RadioField(
        choices=offered(
            [("pdf", _l("To print: a small book as PDF")), ("zip", _l("For the screen: opens without the internet"))]
        )
    )


class LookForm(Form):
    """What to choose from: of one year, with a word in it."""

    kind = HiddenField()
    year = SelectField()
    q = Line()
