"""What people send about memories. When something was are three fields that work without JavaScript."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import AnyOf, InputRequired

from community.core import clock
from community.core.errors import Invalid
from community.core.forms import AtMost, Filled, Form, Line, Prose, Sent, offered
from community.core.i18n import lazy as _l
from community.core.paging import whole_number
from community.core.text import LONGEST_NOTE, LONGEST_PIECE, LONGEST_TITLE
from community.memories import happened
from community.memories.happened import Happened, Impossible, from_parts
from community.memories.models import KINDS
from community.memories.words import KIND_WORDS, WRONG, part_choices
from community.photos.sending import FILES, Photos
from community.streams.forms import CLIENT_ID, Picked


class WhenFields:
    """A year, what of it, and a day of a month; all empty: nobody says when it was."""

    year = StringField(validators=[AtMost(30)])
    part = SelectField(default="", choices=offered((part, part) for part in happened.PARTS))
    day = StringField(validators=[AtMost(30)])

    def offer_parts(self: Any) -> None:
        """The words of the parts in the language of the page."""
        self.part.choices = offered(part_choices())

    def happened(self: Any) -> Happened | None:
        """What they say. Raises Invalid by field."""
        year, part, day = (self.year.data or "").strip(), self.part.data or "", (self.day.data or "").strip()
        if not (year or part or day):
            return None
        try:
            if not year:
                raise Impossible("year", happened.NO_YEAR)
            if day and whole_number(day) is None:
                raise Impossible("day", happened.DAY)
            number = whole_number(day) if day else None
            return from_parts(whole_number(year) or 0, part, number, clock.today())
        except Impossible as wrong:
            raise Invalid(WRONG[wrong.why], field=wrong.field) from wrong


def as_fields(when: Happened | None) -> dict[str, str]:
    """What was said, for the same fields."""
    if when is None:
        return {}
    return {"year": str(when.year), "part": when.part, "day": str(when.day or "")}


class WhenForm(WhenFields, Form):
    year = StringField(validators=[Sent(), AtMost(30)])


class AlbumForm(WhenFields, Form):
    """`place`: a space and whom there, as 'space:all' or 'space:house'."""

    client_id = CLIENT_ID
    title = Line(validators=[Filled(_l("Give the album a name first.")), AtMost(LONGEST_TITLE)])
    text = Prose(validators=[AtMost(LONGEST_PIECE)])
    picked = Picked()
    kind = RadioField(
        choices=offered((kind, KIND_WORDS[kind]) for kind in KINDS),
        validators=[InputRequired(_l("Choose what it is of."))],
    )
    place = SelectField(validators=[InputRequired(_l("Choose a channel."))])


class AddForm(WhenFields, Form):
    client_id = CLIENT_ID
    text = Prose(validators=[AtMost(LONGEST_PIECE)])
    picked = Picked()
    note = Line(validators=[AtMost(LONGEST_NOTE)])
    photos = Photos()
    takes_files = FILES


class BackForm(Form):
    back = HiddenField(validators=[AnyOf(("home", "today"))])


class LookBackForm(Form):
    wanted = HiddenField(validators=[InputRequired(), AnyOf(("yes", "no"))])
