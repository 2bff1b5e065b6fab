"""What those who answer for staff send: a list to take along, incident mode."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional, StopValidation

from community.core.forms import AtMost, Filled, Form, Line, Prose, offered
from community.core.i18n import lazy as _l
from community.members.incident import LONGEST_WHY, LONGEST_WORDS
from community.openness import words
from community.openness.queries import Filters

CHOOSE = InputRequired(_l("Choose one of these."))


class ADay:
    """A day within reach; the field's own error is said in our words."""

    def __call__(self, form: Any, field: Any) -> None:
        sent = bool(field.raw_data and field.raw_data[0])
        found: date | None = field.data
        if sent and (found is None or not 2000 <= found.year <= 2200):
            field.errors[:] = []
            field.raw_data = None  # a browser takes nothing but a day into such a field
            raise StopValidation(_l("Choose a day."))


class FilterForm(Form):
    """What of the chain is asked for. Everything may stay empty."""

    who = IntegerField(validators=[Optional()])
    group = SelectField(choices=offered([("", _l("Everything")), *words.GROUPS.items()]), default="")
    whom = Line(validators=[AtMost(80)])
    from_on = DateField(validators=[ADay(), Optional()])
    to_on = DateField(validators=[ADay(), Optional()])

    @property
    def filters(self) -> Filters:
        return Filters(
            who=self.who.data or None,
            group=self.group.data or "",
            whom=self.whom.data or "",
            from_on=self.from_on.data,
            to_on=self.to_on.data,
        )


class ExportForm(FilterForm):
    form = RadioField(choices=offered([("csv", "CSV"), ("json", "JSON")]), validators=[CHOOSE], default="csv")
    reason = Line(validators=[Filled(_l("Say why. It stands in the list itself.")), AtMost(LONGEST_WHY)])


class StartForm(Form):
    words_sv = Prose(validators=[Filled(), AtMost(LONGEST_WORDS)])
    words_en = Prose(validators=[Filled(), AtMost(LONGEST_WORDS)])
    why = Line(validators=[Filled(), AtMost(LONGEST_WHY)])


class EndForm(Form):
    why = Line(validators=[Filled(), AtMost(LONGEST_WHY)])
