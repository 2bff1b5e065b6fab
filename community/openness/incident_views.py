"""Incident mode: the page that switches it, and the line every page shows while it lasts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from community.core import answers, live, web
from community.core.policy import require
from community.members import incident
from community.members.people import Viewer
from community.members.rules import SWITCH_INCIDENT
from community.openness import forms

pages = Blueprint("incident", __name__)


@pages.route("/incident", methods=["GET", "POST"])
def switch() -> Any:
    """Make everything read-only, in words for everybody; or see that it is."""
    viewer = web.viewer()
    require(viewer, SWITCH_INCIDENT)
    form = forms.StartForm()
    if not form.is_submitted():
        return render_template("incident.html", **_page(viewer))

    def work() -> Any:
        incident.start(viewer, form.words_sv.data, form.words_en.data, form.why.data)
        return answers.go(url_for("incident.switch"))

    return answers.form_answer(form, work, "incident.html", "incident.html", **_page(viewer, starting=form))


@pages.post("/incident/end")
def end() -> Any:
    """Let everybody write again."""
    viewer = web.viewer()
    require(viewer, SWITCH_INCIDENT)
    form = forms.EndForm()

    def work() -> Any:
        incident.end(viewer, form.why.data)
        return answers.go(url_for("incident.switch"))

    return answers.form_answer(form, work, "incident.html", "incident.html", **_page(viewer, ending=form))


@pages.get("/incident/bar")
@web.before_rules
@web.beside_pages
def bar() -> Any:
    """The line itself, for open pages that were told it changed."""
    return render_template("parts/incident_bar.html", viewer=web.viewer())


def bring_change(_ids: dict[str, Any]) -> None:
    """Every open page looks whether everything is read-only now."""
    live.tell_everybody("incident:changed")


def _page(viewer: Viewer, **given: forms.Form) -> dict[str, Any]:
    blank = {"starting": forms.StartForm(formdata=None), "ending": forms.EndForm(formdata=None)}
    return {"history": incident.history_for(viewer), "on": viewer.incident is not None, **blank, **given}
