"""What every form shares: text is tidied, limits answer with a sentence by the field, and nothing unasked gets in.

CSRF is checked before any view (web.py); a form here only reads fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from community.core import text
from community.core.errors import AppError, Invalid
from community.core.i18n import lazy as _l
from community.core.i18n import number

ALWAYS_ALLOWED = {"csrf_token", "next", "carried"}


class Form(FlaskForm):
    """A form that refuses fields it does not have and fields sent twice (nobody assigns what was not offered)."""

    takes_files: frozenset[str] = frozenset()

    class Meta(FlaskForm.Meta):
        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Fields come from forms alone: as JSON they would be of any type, and pass `validate` unseen."""
            return super().wrap_formdata(form, request.form if request.is_json and formdata is not None else formdata)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        unasked = set(request.form) - set(self._fields) - ALWAYS_ALLOWED
        doubled = [name for name in request.form if len(request.form.getlist(name)) > 1]
        if unasked or doubled or set(request.files) - self.takes_files:
            self.form_errors.append(_l("The form came with fields it does not have. Load the page and try again."))
            return False
        return bool(valid)

    def add_error(self, error: AppError) -> None:
        """Put an action's refusal where it belongs: by its field, else above the form."""
        if error.field in self._fields:
            field = self._fields[error.field]
            field.errors = [*field.errors, error.sentence]
        else:
            self.form_errors.append(error.sentence)


def offered(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """What a field lets one choose from, as pairs of value and words."""
    return [SelectChoice(value, words) for value, words in pairs]


def tidied(tidy: Callable[[str], str]) -> Callable[[str | None], str]:
    """A WTForms filter around `tidy`; what it refuses becomes an error by the field."""

    def apply(raw: str | None) -> str:
        try:
            return tidy(raw or "")
        except Invalid as error:
            raise ValueError(error.sentence) from error

    return apply


class Line(StringField):
    """One line of text."""

    def __init__(self, *args: Any, filters: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, filters=[tidied(text.tidy_line), *filters], **kwargs)


class Prose(TextAreaField):
    """Several lines of text."""

    def __init__(self, *args: Any, filters: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, filters=[tidied(text.tidy), *filters], **kwargs)


class Secret(StringField):
    """A password: kept exactly as typed, never shown again."""

    def _value(self) -> str:
        return ""


class Filled:
    """Something a person can see was typed. A field that was not sent at all was not."""

    field_flags = {"required": True}

    def __init__(self, message: Any = None) -> None:
        self.message = message or _l("Write something here first.")

    def __call__(self, form: Any, field: Any) -> None:
        if not field.raw_data or not text.says_something(str(field.data or "")):
            raise ValidationError(self.message)


class Sent:
    """The field came, also with nothing in it: the form is one of ours."""

    def __call__(self, form: Any, field: Any) -> None:
        if not field.raw_data:
            raise ValidationError(_l("The form came with fields it does not have. Load the page and try again."))


class AtMost:
    """No more than `longest` characters. The browser is not told: it would cut off what is pasted without a word."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, form: Any, field: Any) -> None:
        if len(field.data or "") > self.longest:
            raise ValidationError(
                _l("That is too long. At most %(max)s characters fit here.", max=number(self.longest))
            )
