"""Opening, changing and ending a chat for an evening."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.chat import forms, hosting, queries, rules
from community.chat.hosting import Wish
from community.core import answers, clock, i18n, web
from community.core.errors import Conflict
from community.core.forms import offered
from community.core.policy import require
from community.members.people import Viewer
from community.rota.actions import at_home
from community.spaces import queries as spaces

pages = Blueprint("hosting", __name__)

USUAL_HOUR, USUAL = 19, timedelta(hours=2)


@pages.route("/chat/new", methods=["GET", "POST"])
def open_new() -> Any:
    """Open a chat for an evening."""
    viewer = web.viewer()
    require(viewer, rules.OPEN)
    if request.method != "POST":
        return render_template("chat_hosted.html", form=_offering(viewer, _empty(viewer)), chat=None)
    form = _offering(viewer, forms.HostedForm())

    def work() -> Any:
        stream = hosting.open_chat(viewer, _wish(form))
        return answers.go(url_for("chat.room", stream_id=stream.id))

    return answers.form_answer(form, work, "chat_hosted.html", "chat_hosted.html", chat=None)


@pages.route("/chat/<int:stream_id>/change", methods=["GET", "POST"])
def change(stream_id: int) -> Any:
    """Change it before it begins."""
    viewer = web.viewer()
    found = queries.room_for(viewer, stream_id)
    require(viewer, rules.CHANGE, found)
    if request.method != "POST":
        form = forms.HostedForm(formdata=None, **_values(hosting.wish_of(found)), version=found.room.version)
        return render_template("chat_hosted.html", form=_offering(viewer, form, found.space.id), chat=found)
    form = _offering(viewer, forms.HostedForm(), found.space.id)

    def work() -> Any:
        try:
            hosting.change_chat(viewer, stream_id, _wish(form), version=form.version.data)
        except Conflict as conflict:
            form.version.data, form.version.raw_data = conflict.facts["version"], None  # saving now is a choice
            theirs = _theirs(viewer, conflict.facts["now"])
            return answers.render("chat_hosted.html", "chat_hosted.html", 409, form=form, chat=found, theirs=theirs)
        return answers.go(url_for("chat.room", stream_id=stream_id))

    return answers.form_answer(form, work, "chat_hosted.html", "chat_hosted.html", chat=found)


@pages.post("/chat/<int:stream_id>/end")
def end(stream_id: int) -> Any:
    """End it now, or call it off."""
    viewer = web.viewer()
    hosting.end_chat(viewer, stream_id)
    return answers.go(url_for("chat.room", stream_id=stream_id))


def _offering(viewer: Viewer, form: forms.HostedForm, now_in: int | None = None) -> forms.HostedForm:
    """With the channels to choose from, and who reads each."""
    readers, lang = spaces.Readers(viewer), i18n.language()
    form.space_id.choices = offered(
        (space.id, f"{space.name(lang)}. {readers.sentence(space)}") for space in hosting.places(viewer, now_in)
    )
    return form


def _empty(viewer: Viewer) -> forms.HostedForm:
    """This evening at seven, or at the next full hour."""
    wall = clock.local(clock.now()).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    begins = max(wall.replace(hour=USUAL_HOUR), wall + timedelta(hours=1))
    first = next(iter(hosting.places(viewer)), None)
    given = {"opens_at": begins, "closes_at": begins + USUAL, "space_id": first.id if first else None}
    return forms.HostedForm(formdata=None, **given)


def _wish(form: forms.HostedForm) -> Wish:
    names = (form.name_sv.data, form.name_en.data)
    return Wish(*names, form.space_id.data, at_home(form.opens_at.data), at_home(form.closes_at.data))


def _values(wish: Wish) -> dict[str, Any]:
    return {**asdict(wish), "opens_at": _on_the_wall(wish.opens_at), "closes_at": _on_the_wall(wish.closes_at)}


def _on_the_wall(at: datetime) -> datetime:
    return clock.local(at).replace(tzinfo=None)


def _theirs(viewer: Viewer, wish: Wish) -> str:
    """What stands there now, in one line."""
    lang = i18n.language()
    place = next((space.name(lang) for space in spaces.readable(viewer) if space.id == wish.space_id), "")
    begins, ends = clock.local(wish.opens_at), clock.local(wish.closes_at)
    name = wish.name_sv if lang == "sv" else wish.name_en
    return f"{name}, {place}, {i18n.short_day(begins.date())} {begins:%H:%M}–{ends:%H:%M}"
