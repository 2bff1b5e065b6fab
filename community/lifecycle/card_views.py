"""Answering a private card. It stands on the landing page and above one's notices, and is a form like any other."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for
from wtforms import StringField
from wtforms.validators import InputRequired

from community.core import answers, web
from community.core.errors import Invalid
from community.core.forms import Form
from community.lifecycle import own_cards

pages = Blueprint("cards", __name__)


class CardForm(Form):
    """One press."""

    do = StringField(validators=[InputRequired()])


@pages.post("/cards/<int:card_id>")
def answer(card_id: int) -> Any:
    """One press. Where the team hears of it, the page goes to her inbox, where she sees what she said."""
    form = CardForm()
    if not form.validate():
        raise Invalid
    told = own_cards.answer(web.viewer(), card_id, form.do.data)
    return answers.go(url_for("inbox.mine") if told else url_for("home.feed"))
