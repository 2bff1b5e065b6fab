"""What people send to change the rota and to hand over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import DateField, DateTimeLocalField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from community.core.forms import AtMost, Form, Line, offered
from community.core.i18n import lazy as _l
from community.rota.words import ROLES

NOBODY = 0
EVERY_HOUSE = 0


class AnHour:
    """A day and an hour that can be."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        found: datetime | None = field.data
        if found is None or not 2000 <= found.year <= 2200:
            field.errors[:] = []
            raise ValidationError(_l("Choose a day and an hour."))


class ShiftForm(Form):
    """`house_id` 0: for all houses."""

    house_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose a house from the list."))])
    member_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose who works."))])
    role = RadioField(
        choices=offered(ROLES.items()), validators=[InputRequired(_l("Choose one of these."))], default="staff"
    )
    starts_at = DateTimeLocalField(validators=[AnHour()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    ends_at = DateTimeLocalField(validators=[AnHour()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    back_up_id = SelectField(coerce=int, default=NOBODY)
    version = IntegerField(validators=[InputRequired()], default=0, widget=HiddenInput())


class RepeatForm(Form):
    """Which week of which house."""

    house_id = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    week = DateField(validators=[InputRequired()], widget=HiddenInput())


class SignForm(Form):
    """`seen`: the figures that stood on the page."""

    seen = Line(validators=[InputRequired(), AtMost(80)], widget=HiddenInput())
