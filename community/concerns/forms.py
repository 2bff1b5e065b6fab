"""What people send when they need somebody, and whoever comes."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional, Regexp
from wtforms.widgets import HiddenInput

from community.concerns import words as said
from community.concerns.handling import MINUTES
from community.core.forms import AtMost, Filled, Form, Line, Prose, Secret, offered
from community.core.i18n import lazy as _l

LONGEST = 4000
UNSAID = 0  # "I don't want to say"
ONE_TRY = Regexp(r"\A[A-Za-z0-9-]{8,40}\Z", message=_l("Load the page again before you send."))


class DoorForm(Form):
    """Words may be left out: a press is enough. `about`: whom of staff, on the third door alone."""

    client_id = HiddenField(validators=[InputRequired(_l("Load the page again before you send.")), ONE_TRY])
    words = Prose(validators=[AtMost(LONGEST)])
    how = RadioField(choices=offered(said.HOWS.items()), default="write")
    phone = Line(validators=[AtMost(40)])


class StaffDoorForm(DoorForm):
    about = SelectField(coerce=int, default=UNSAID)
    urgent = BooleanField()


class HowForm(Form):
    how = RadioField(choices=offered(said.HOWS.items()), validators=[InputRequired(_l("Choose one of these."))])
    phone = Line(validators=[AtMost(40)])


class MoreForm(Form):
    client_id = HiddenField(validators=[InputRequired(_l("Load the page again before you send.")), ONE_TRY])
    words = Prose(validators=[Filled(), AtMost(LONGEST)])


class NamedForm(Form):
    member_id = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    may = HiddenField(validators=[Regexp(r"\A(yes|no)\Z")])


class TakeForm(Form):
    how = RadioField(choices=offered(said.I_DO.items()), validators=[InputRequired(_l("Choose one of these."))])
    minutes = SelectField(
        coerce=int,
        choices=offered([(n, _l("in %(num)s minutes", num=n)) for n in MINUTES]),
        default=5,
        validators=[Optional()],
    )


class StepForm(Form):
    what = RadioField(choices=offered(said.DONE.items()), validators=[InputRequired(_l("Choose one of these."))])
    words = Prose(validators=[AtMost(LONGEST)])


class HandForm(Form):
    to_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose somebody from the list."))])


class CloseForm(Form):
    outcome = RadioField(choices=offered(said.OUTCOMES.items()), validators=[InputRequired(_l("Choose one of these."))])
    words = Prose(validators=[Filled(_l("Write how it ended, for whoever reads this later.")), AtMost(LONGEST)])


class PackForm(Form):
    reason = Line(validators=[Filled(_l("Say why. All safety leads read it.")), AtMost(200)])
    password = Secret(validators=[Filled(_l("Choose a password for the file.")), AtMost(128)])


class NumberForm(Form):
    """An empty number takes it away, so that it must be told from a form without one."""

    sent = HiddenField(default="number", validators=[InputRequired()])
    phone = Line(validators=[AtMost(40)])


class AnswerForm(Form):
    do = HiddenField(validators=[Regexp(r"\A(take|cannot)\Z")])
