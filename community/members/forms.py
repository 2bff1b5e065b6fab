"""What people send when they come in and change things about themselves."""

from __future__ import annotations

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from community.core.forms import AtMost, Filled, Form, Line, Secret, offered
from community.core.i18n import lazy as _l
from community.core.text import LONGEST_NAME

AVATARS = tuple(f"a{number:02d}" for number in range(1, 25))
COLOURS = ("a", "b", "c", "d", "e", "f")


class SignInForm(Form):
    name = Line(validators=[Filled(_l("Write your name.")), AtMost(80)])
    password = Secret(validators=[Filled(_l("Write your password."))])
    keep = BooleanField()


class ConfirmForm(Form):
    password = Secret(validators=[Filled(_l("Write your password."))])


class CodeForm(Form):
    code = Line(validators=[Filled(_l("Write the code you got.")), AtMost(40)])


class ProfileForm(Form):
    display_name = Line(validators=[Filled(_l("Write the name you want to go by here.")), AtMost(LONGEST_NAME)])
    avatar = RadioField(choices=offered((key, key) for key in AVATARS), validators=[Optional()], default="a01")
    colour = RadioField(choices=offered((key, key) for key in COLOURS), validators=[Optional()], default="a")


class JoinForm(ProfileForm):
    password = Secret(validators=[Filled(_l("Choose a password."))])
    language = RadioField(choices=offered([("sv", "Svenska"), ("en", "English")]), default="sv")
    accept_rules = BooleanField(validators=[InputRequired(_l("Read the house rules and tick the box."))])


class RulesForm(Form):
    accept_rules = BooleanField(validators=[InputRequired(_l("Read the house rules and tick the box."))])


class LanguageForm(Form):
    lang = RadioField(choices=offered([("sv", "Svenska"), ("en", "English")]))


class InviteForm(Form):
    kind = RadioField(
        choices=offered(
            [("resident", _l("Lives here")), ("alumnus", _l("Has lived here")), ("staff", _l("Works here"))]
        ),
        default="resident",
    )
    house_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose a house from the list."))])
    display_name = Line(validators=[AtMost(LONGEST_NAME)])
    birth_date = DateField(validators=[Optional()])
    adult_checked = BooleanField()
    key_worker_id = SelectField(coerce=int, default=0)
    language = RadioField(choices=offered([("sv", "Svenska"), ("en", "English")]), default="sv")


class Press(Form):
    """A button and nothing else."""


class ReadMarkForm(Form):
    nr = IntegerField(validators=[InputRequired()])
