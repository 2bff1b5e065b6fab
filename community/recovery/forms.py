"""What people send when they can't get in, and staff when they help."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NoneOf

from community.core.forms import AtMost, Filled, Form, Line, Prose, Secret, offered
from community.core.i18n import lazy as _l

NOBODY = 0  # nobody is chosen before somebody is: a slip must not let the wrong person in

SOMEBODY = NoneOf([NOBODY], _l("Choose somebody from the list."))


def people(pairs: Iterable[tuple[int, str]]) -> list[SelectChoice]:
    """People to choose from, with nobody first."""
    return offered([(NOBODY, _l("Choose")), *pairs])


class ByMailForm(Form):
    said = Line(validators=[Filled(_l("Write your name or your address.")), AtMost(254)])


class AskForm(Form):
    name = Line(validators=[Filled(_l("Write the name you had here.")), AtMost(80)])
    years = Line(validators=[AtMost(200)])
    phone = Line(validators=[Filled(_l("Write a number we can call, with its area code.")), AtMost(40)])
    words = Prose(validators=[AtMost(1000)])


class LinkForm(Form):
    secret = Line(validators=[Filled(_l("Write what was read to you.")), AtMost(80)])


class NewPasswordForm(Form):
    password = Secret(validators=[Filled(_l("Choose a password."))])


class EmailForm(Form):
    address = Line(validators=[Filled(_l("Write your address.")), AtMost(254)])


class PersonForm(Form):
    member_id = SelectField(coerce=int, default=NOBODY, validators=[SOMEBODY])


class CheckForm(Form):
    spoke_with = Line(validators=[Filled(_l("Write who knew the person.")), AtMost(200)])


class AskMembersForm(Form):
    first_id = SelectField(coerce=int, default=NOBODY, validators=[SOMEBODY])
    second_id = SelectField(coerce=int, default=NOBODY, validators=[SOMEBODY])


class ConfirmForm(Form):
    by_mail = BooleanField()


class RefuseForm(Form):
    reason = Line(validators=[Filled(_l("Write why, in a few words.")), AtMost(500)])


class VouchForm(Form):
    answer = RadioField(choices=offered([("yes", "yes"), ("no", "no")]), validators=[InputRequired()])
