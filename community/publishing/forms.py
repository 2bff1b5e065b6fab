"""What staff send about who reads first."""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from community.core import text
from community.core.forms import AtMost, Form, Line, offered
from community.core.i18n import lazy as _l
from community.publishing import words
from community.safety.models import LONGEST_REASON
from community.safety.publishing import COVERS, Key

CHOOSE = _l("Choose one of these.")


class _Why:
    """A reason is there; its own sentence, because whoever reads the history later has nothing else."""

    field_flags = {"required": True}

    def __call__(self, _form: Any, field: Any) -> None:
        if not text.says_something(str(field.data or "")):
            raise ValidationError(_l("Say why, so that others understand it later."))


def _step() -> RadioField:
    return RadioField(choices=offered(words.STEPS.items()), validators=[InputRequired(CHOOSE)], validate_choice=False)


class _Whole(IntegerField):
    """A number within what a figure may be; anything else is told the same sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        raw = valuelist[0].strip() if valuelist else ""
        self.data = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None

    def pre_validate(self, form: Any) -> None:
        refused = words.out_of_bounds(self.name, self.data)
        if refused is not None:
            raise ValidationError(refused)


class WhyForm(Form):
    """Why, and which version somebody looked at."""

    reason = Line(validators=[_Why(), AtMost(LONGEST_REASON)])
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class RowForm(WhyForm):
    """The cells of one row, each refused by itself. `part` is said by whoever makes the form."""

    host = _step()
    night_own_house = _step()
    night = _step()
    none = _step()
    part: words.Part

    @property
    def steps(self) -> dict[str, str]:
        return {cover: self[cover].data for cover in COVERS}

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        for cover, step in self.steps.items():
            refused = words.refusal(Key(self.part.where, self.part.row, cover), step or "")
            if refused is not None and not self[cover].errors:
                self[cover].errors = [refused]
                sound = False
        return sound


class FiguresForm(WhyForm):
    first_posts = _Whole()
    young_posts = _Whole()

    @property
    def figures(self) -> dict[str, int]:
        return {name: self[name].data for name in words.FIGURES}
