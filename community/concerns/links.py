"""The link a call carries: it shows two buttons, and pressing one of them is the one thing it can do. Works without
signing in; tells nothing of whom it is about."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.concerns import forms, handling, queries
from community.core import web
from community.core.errors import Invalid
from community.members.entry import visitor
from community.safety import outside

pages = Blueprint("concern_links", __name__)


@pages.route("/answer/<token>", methods=["GET", "POST"])
@web.always_open
@web.before_unlock
@web.never_carried
@web.shown_when_gone("answer_gone.html")
def answer(token: str) -> Any:
    """ "I take it" or "I can't, next"."""
    call = handling.call_for(visitor(), token)
    if request.method != "POST":
        return render_template("answer.html", token=token, outside=call.member_id is None)
    form = forms.AnswerForm()
    if not form.validate():
        raise Invalid
    taken = form.do.data == "take"
    done = handling.answer(visitor(), token, form.do.data)
    hers = done.member_id is None  # the person's outside
    reach = queries.reach_of(visitor(), done) if taken and hers else None
    there = None if hers else url_for("concern_desk.one", concern_id=done.concern_id)
    return render_template("answer_done.html", taken=taken, there=there, reach=reach, independent=outside.by_letter())
