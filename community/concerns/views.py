"""What a member meets: the doors behind Help now, and how far it is. Open to her whatever her standing."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, render_template, request, session, url_for

from community.concerns import actions, forms, queries, words
from community.concerns.actions import Wish
from community.core import answers, web
from community.core.errors import Invalid
from community.core.forms import offered
from community.core.i18n import _, short_time
from community.members import queries as members
from community.members.people import Viewer

pages = Blueprint("concerns", __name__)

DOORS = ("talk", "urgent", "staff")
KEPT = "concern"
"""Where the cookie remembers her last one, so that Help now leads back to it without asking the database."""


@pages.route("/help/<any(talk, urgent, staff):door>", methods=["GET", "POST"])
@web.before_rules
def door(door: str) -> Any:
    """Ask for somebody: who is told, what she wants to say, how she is reached."""
    viewer = web.viewer()
    form = _form(viewer, door)
    context = {"door": door, **_context(viewer, door)}
    if request.method != "POST":
        form.client_id.data = secrets.token_hex(16)
        return render_template("help_door.html", form=form, **context)

    def work() -> Any:
        concern_id = actions.ask(viewer, _wish(form, door), form.client_id.data)
        session[KEPT] = concern_id
        return answers.go(url_for("concerns.status", concern_id=concern_id))

    return answers.form_answer(form, work, "help_door.html", "parts/help_ask.html", **context)


@pages.get("/help/<int:concern_id>")
@web.before_rules
def status(concern_id: int) -> Any:
    """How far it is: who is told, who comes. Also for the open page, which looks again by itself."""
    return answers.render("help_status.html", "parts/concern_live.html", **_page(web.viewer(), concern_id))


@pages.post("/help/<int:concern_id>/how")
@web.before_rules
def how(concern_id: int) -> Any:
    """How she wants to be reached; also asked on the help card."""
    viewer = web.viewer()
    queries.own_for(viewer, concern_id)
    form = _how(viewer, forms.HowForm())

    def work() -> Any:
        actions.choose_how(viewer, concern_id, form.how.data, form.phone.data)
        session[KEPT] = concern_id
        return answers.go(url_for("concerns.status", concern_id=concern_id))

    return _answered(viewer, concern_id, form, work, how_form=form)


@pages.post("/help/<int:concern_id>/more")
@web.before_rules
def more(concern_id: int) -> Any:
    """More words."""
    viewer = web.viewer()
    queries.own_for(viewer, concern_id)
    form = forms.MoreForm()

    def work() -> Any:
        there = actions.write_more(viewer, concern_id, form.words.data, form.client_id.data)
        session[KEPT] = there
        return answers.go(url_for("concerns.status", concern_id=there))

    return _answered(viewer, concern_id, form, work, more_form=form)


@pages.post("/help/<int:concern_id>/named")
@web.before_rules
def named(concern_id: int) -> Any:
    """Whether somebody her words name may read them."""
    viewer = web.viewer()
    queries.own_for(viewer, concern_id)
    form = forms.NamedForm()
    if not form.validate():
        raise Invalid
    actions.let_read(viewer, concern_id, form.member_id.data, form.may.data == "yes")
    return answers.go(url_for("concerns.status", concern_id=concern_id))


def _answered(viewer: Viewer, concern_id: int, form: Any, work: Any, **given: Any) -> Any:
    context = _page(viewer, concern_id, **given)
    return answers.form_answer(form, work, "help_status.html", "help_status.html", **context)


def _page(viewer: Viewer, concern_id: int, **given: Any) -> dict[str, Any]:
    """How far it is, with both forms empty but the one that is given."""
    view = queries.status_of(viewer, queries.own_for(viewer, concern_id))
    return {
        "view": view,
        "more_form": forms.MoreForm(formdata=None, client_id=secrets.token_hex(16)),
        "how_form": _how(viewer, forms.HowForm(formdata=None, how=view.concern.how)),
        **given,
        **_shown(viewer),
    }


def _shown(viewer: Viewer) -> dict[str, Any]:
    return {
        "sentence": lambda step: words.sentence(step, mine=True),
        "and_so_on": words.and_so_on,
        "hows": words.HOWS,
        "alumnus": viewer.kind == "alumnus",
    }


def _form(viewer: Viewer, door: str) -> Any:
    form = forms.StaffDoorForm() if door == "staff" else forms.DoorForm()
    _how(viewer, form)
    if door == "staff":
        staff = [pair for pair in members.staff_choices(viewer) if pair[0] != viewer.id]
        form.about.choices = offered([(forms.UNSAID, _("I don't want to say")), *staff])
    if door == "urgent" and request.method != "POST":
        form.how.data = actions.ways_for(viewer)[1]  # somebody comes, or calls where nobody can come
    return form


def _how(viewer: Viewer, form: Any) -> Any:
    form.how.choices = offered([(way, words.HOWS[way]) for way in actions.ways_for(viewer)])
    return form


def _wish(form: Any, door: str) -> Wish:
    about: frozenset[int] | None = None
    severity = door
    if door == "staff":
        about = frozenset({form.about.data} - {forms.UNSAID})
        severity = "urgent" if form.urgent.data else "talk"
    return Wish(severity, form.words.data, form.how.data or "write", form.phone.data, about)


def _context(viewer: Viewer, door: str) -> dict[str, Any]:
    severity = "talk" if door == "staff" else door
    return {
        "told": queries.told_first(viewer, severity, about=door == "staff"),
        "and_so_on": words.and_so_on,
        "answer_time": queries.answer_time(viewer),
        "answers_from": short_time(again) if (again := queries.answers_from(viewer)) else None,
        "alumnus": viewer.kind == "alumnus",
        "mine": queries.own_open(viewer),
    }
