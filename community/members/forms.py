"""What people send when they come in and change things about themselves."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput, TextArea

from community.core.forms import AtMost, Filled, Form, Line, Prose, Secret, Sent, offered
from community.core.i18n import LANGUAGES
from community.core.i18n import lazy as _l
from community.core.text import LONGEST_NAME
from community.members.connections import LONGEST_WORDS
from community.members.house_rules import LONGEST_SENTENCE, LONGEST_WHY, SEVEN, Sentence

AVATARS = tuple(f"a{number:02d}" for number in range(1, 25))
CHOOSE = _l("Choose one of these.")
COLOURS = ("a", "b", "c", "d", "e", "f")


class SignInForm(Form):
    name = Line(validators=[Filled(_l("Write your name.")), AtMost(80)])
    password = Secret(validators=[Filled(_l("Write your password."))])
    keep = BooleanField()


class ConfirmForm(Form):
    password = Secret(validators=[Filled(_l("Write your password."))])


class SecondStepForm(Form):
    """One of the two."""

    code = Line(validators=[AtMost(20)])
    recovery = Line(validators=[AtMost(40)])

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and not self.code.data and not self.recovery.data:
            self.code.errors = [_l("Write the code.")]
            return False
        return valid


class SetUpForm(Form):
    code = Line(validators=[Filled(_l("Write the code.")), AtMost(20)])


class RecoverForm(Form):
    name = Line(validators=[Filled(_l("Write your name.")), AtMost(80)])
    code = Line(validators=[Filled(_l("Write one of your recovery codes.")), AtMost(40)])


class NewPasswordForm(Form):
    password = Secret(validators=[Filled(_l("Choose a password."))])


class PasskeyForm(Form):
    name = Line(validators=[Filled(_l("Give it a name, such as the device it is on.")), AtMost(60)])
    credential = Secret(validators=[AtMost(20_000)])


class RenameForm(Form):
    name = Line(validators=[Filled(_l("Give it a name, such as the device it is on.")), AtMost(60)])


class PasskeySignInForm(Form):
    credential = Secret(validators=[AtMost(20_000)])
    keep = BooleanField()


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
    keep = BooleanField()
    rules_seen = IntegerField(validators=[Optional()], widget=HiddenInput())
    read_in = RadioField(choices=offered([("sv", "Svenska"), ("en", "English")]), validators=[Optional()])


class RulesForm(Form):
    accept_rules = BooleanField(validators=[InputRequired(_l("Read the house rules and tick the box."))])
    version = IntegerField(validators=[Optional()], widget=HiddenInput())


class ChangeRulesForm(Form):
    """The seven sentences and why, in both languages; `sv_1` to `en_7` stand below."""

    why_sv = Line(validators=[Filled(), AtMost(LONGEST_WHY)], widget=TextArea())
    why_en = Line(validators=[Filled(), AtMost(LONGEST_WHY)], widget=TextArea())
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    do = RadioField(choices=offered([("preview", ""), ("change", ""), ("publish", "")]), default="preview")

    @property
    def sentences(self) -> list[Sentence]:
        return [{lang: self[f"{lang}_{number}"].data for lang in LANGUAGES} for number in range(1, SEVEN + 1)]

    @property
    def why(self) -> dict[str, str]:
        return {"sv": self.why_sv.data, "en": self.why_en.data}


for _number in range(1, SEVEN + 1):
    for _lang in LANGUAGES:
        _line = Line(validators=[Filled(), AtMost(LONGEST_SENTENCE)], widget=TextArea())
        setattr(ChangeRulesForm, f"{_lang}_{_number}", _line)


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
    known = BooleanField()
    key_worker_id = SelectField(coerce=int, default=0)
    language = RadioField(choices=offered([("sv", "Svenska"), ("en", "English")]), default="sv")


class Press(Form):
    """A button and nothing else."""


class ReadMarkForm(Form):
    nr = IntegerField(validators=[InputRequired()])


class PinForm(Form):
    pin = Line(validators=[Filled(_l("Write your PIN.")), AtMost(40)])


class TabletForm(Form):
    """An empty PIN keeps the one there is."""

    pin = Line(validators=[AtMost(40)])


class PasswordForm(Form):
    old_password = Secret(validators=[Filled(_l("Write your password."))])
    password = Secret(validators=[Filled(_l("Choose a password."))])


class SettingsForm(Form):
    lang = RadioField(choices=offered([("sv", "Svenska"), ("en", "English")]), validators=[InputRequired(CHOOSE)])
    text_size = RadioField(
        choices=offered([("normal", _l("Normal")), ("larger", _l("Larger")), ("largest", _l("Largest"))]),
        validators=[InputRequired(CHOOSE)],
    )
    theme = RadioField(
        choices=offered([("device", _l("As on the device")), ("light", _l("Light")), ("dark", _l("Dark"))]),
        validators=[InputRequired(CHOOSE)],
    )
    calm = BooleanField()
    saver = BooleanField()
    notes_open = BooleanField()
    shown_here = BooleanField()


class WishForm(Form):
    """Why somebody would like to keep in touch."""

    words = Prose(validators=[Sent(), AtMost(LONGEST_WORDS)])


class RequestForm(WishForm):
    """`about`: whom an adult means, as she calls her."""

    about = Line(validators=[Filled(), AtMost(LONGEST_NAME)])


class PassOnForm(Form):
    """Whom a safety lead asks; 0: nobody."""

    to_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose somebody from the list."))])
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class DecideConnectionForm(Form):
    """A yes needs a day, both need a reason. `version`: as it stood on the page."""

    answer = RadioField(
        choices=offered([("yes", ""), ("no", "")]), validators=[InputRequired(_l("Choose one of these."))]
    )
    reason = Prose(validators=[Filled(_l("Say why.")), AtMost(LONGEST_WORDS)])
    review_on = DateField(validators=[Optional()])
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class StopForm(Form):
    stop_reason = Prose(validators=[Filled(_l("Say why.")), AtMost(LONGEST_WORDS)])
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())
