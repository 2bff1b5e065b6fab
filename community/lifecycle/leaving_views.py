"""Leaving: what she reads before, her choice, and the way back for thirty days."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from wtforms import RadioField

from community.core import answers, clock, web
from community.core.forms import Form, offered
from community.core.i18n import lazy as _l
from community.core.policy import refusal
from community.lifecycle import erasing, held, leaving, leaving_rules
from community.members import fresh

pages = Blueprint("leaving", __name__)

CHOICES = (
    ("named", _l("It stays, with my name")),
    ("nameless", _l("It stays, without my name: “A member who left” stands there")),
    ("removed", _l("It goes: an empty place stays, so that answers of others keep theirs")),
)


class LeaveForm(Form):
    """What becomes of what she wrote. Nothing is chosen for her."""

    choice = RadioField(choices=offered(CHOICES), validate_choice=False)


@pages.route("/me/leave", methods=["GET", "POST"])
@web.private_side
@web.while_closed
def leave() -> Any:
    """What goes, what stays and until when; then her choice, behind a fresh password."""
    viewer = web.viewer()
    under_way = leaving.own(viewer)
    form = LeaveForm(choice=under_way.choice if under_way else None)
    context = {
        "under_way": under_way,
        "stays": erasing.told_to_stay(),
        "open_matters": leaving.open_matters(viewer),
        "refused": refusal(viewer, leaving_rules.LEAVE, viewer.id),
        "due": clock.local(leaving.due_after(clock.now())).date(),
        "data_url": _data_url(),
    }

    def work() -> Any:
        fresh.require(viewer)
        leaving.leave(viewer, form.choice.data or "")
        return answers.go(url_for("leaving.leave"))

    if request.method == "POST":
        return answers.form_answer(form, work, "leave.html", "leave.html", **context)
    return render_template("leave.html", form=form, **context)


@pages.post("/me/leave/stay")
@web.behind_pin
@web.while_closed
def stay() -> Any:
    """She stays."""
    leaving.stay(web.viewer())
    return answers.go(url_for("home.me", saved=1))


@pages.get("/left")
def open_matters() -> Any:
    """Who has left while something about somebody's safety is open; no names."""
    return render_template("left_open.html", people=held.held_for(web.viewer()), shown=None)


@pages.post("/left/<int:departure_id>")
@web.never_carried
def name(departure_id: int) -> Any:
    """Who it was, in this answer alone."""
    shown = held.open_name(web.viewer(), departure_id)
    return render_template("left_open.html", people=held.held_for(web.viewer()), shown=shown)


def _data_url() -> str | None:
    """Where she takes her things along, where that is offered."""
    adapter = current_app.url_map.bind("unused.invalid")
    return "/me/data" if adapter.test("/me/data", method="GET") else None
