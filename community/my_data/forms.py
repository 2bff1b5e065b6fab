"""The form that asks for one's data."""

from __future__ import annotations

from wtforms import RadioField

from community.core.forms import Form, offered
from community.core.i18n import lazy as _l


class TakeForm(Form):
    """In which language the pages are to be."""

    lang = RadioField(choices=offered([("sv", _l("Swedish")), ("en", _l("English"))]))
