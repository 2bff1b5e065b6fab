"""What people send from pages that mix rooms."""

from __future__ import annotations

from wtforms import HiddenField

from community.core.forms import Form


class LetGoForm(Form):
    back = HiddenField()
