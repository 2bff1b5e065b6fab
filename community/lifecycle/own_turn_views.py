"""Pages of a member's own about turns: when she leaves work, and when her contact does."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.core import answers, web
from community.core.policy import require
from community.lifecycle import leaving_work, membership, new_contact
from community.lifecycle import turn_forms as forms
from community.lifecycle import turn_rules as rules

pages = Blueprint("own_turns", __name__)


@pages.route("/me/goodbye", methods=["GET", "POST"])
@web.behind_pin
def goodbye() -> Any:
    """When I leave work: from when, who takes over, and my goodbye to those whose contact I am."""
    viewer = web.viewer()
    require(viewer, rules.SAY_GOODBYE, viewer.id)
    leaving = membership.own_leaving(viewer)
    form = forms.GoodbyeForm(note=leaving.note if leaving is not None else "")
    context = {"leaving": leaving, "saved": "saved" in request.args}
    if request.method != "POST":
        return render_template("goodbye.html", form=form, **context)

    def work() -> Any:
        leaving_work.say_goodbye(viewer, form.note.data or "")
        return answers.go(url_for("own_turns.goodbye", saved=1))

    return answers.form_answer(form, work, "goodbye.html", "goodbye.html", **context)


@pages.route("/me/contact", methods=["GET", "POST"])
@web.behind_pin
def contact() -> Any:
    """My contact works here no more: who it is now, and whether I want somebody else."""
    viewer, form = web.viewer(), forms.ContactForm()
    context = {"contact": membership.contact_for(viewer)}
    if request.method != "POST":
        return render_template("new_contact.html", form=form, **context)

    def work() -> Any:
        new_contact.answer(viewer, other=form.answer.data == "other")
        return answers.go(url_for("own_turns.contact"))

    return answers.form_answer(form, work, "new_contact.html", "new_contact.html", **context)
