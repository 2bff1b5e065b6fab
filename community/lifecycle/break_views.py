"""My break: what it means, for how long, and ending it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.core import answers, web
from community.core.policy import require
from community.lifecycle import taking_break
from community.lifecycle import turn_rules as rules
from community.lifecycle.turn_forms import BreakForm

pages = Blueprint("breaks", __name__)


@pages.route("/me/break", methods=["GET", "POST"])
@web.behind_pin
def own() -> Any:
    """Take a break from Hearth, or give it another end."""
    viewer = web.viewer()
    require(viewer, rules.TAKE_BREAK, viewer.id)
    form = BreakForm()
    context = {"until": taking_break.own_break(viewer), "ended": "ended" in request.args}
    if request.method != "POST":
        return render_template("break.html", form=form, **context)

    def work() -> Any:
        taking_break.take_break(viewer, form.length.data)
        return answers.go(url_for("breaks.own"))

    return answers.form_answer(form, work, "break.html", "break.html", **context)


@pages.post("/me/break/end")
@web.behind_pin
def end() -> Any:
    """I am back."""
    taking_break.end_break(web.viewer())
    return answers.go(url_for("breaks.own", ended=1))
