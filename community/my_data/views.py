"""Pages: everything that is kept about me, to take along."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, url_for

from community.core import answers, i18n, web
from community.members import fresh
from community.members.people import Viewer
from community.my_data import actions, forms, queries
from community.my_data.chapters import CHAPTERS

pages = Blueprint("my_data", __name__)


@pages.get("/me/data")
@web.private_side
@web.before_rules
def own() -> Any:
    """What there is, how far it is, fetching it. Alone it is what an open page asks for when something changed."""
    viewer = web.viewer()
    form = forms.TakeForm(formdata=None, lang=i18n.language())
    context = _context(viewer)
    if not answers.wants_part():
        actions.note_seen(viewer)
    return answers.render("my_data.html", "parts/my_data_state.html", form=form, **context)


@pages.post("/me/data")
@web.private_side
@web.before_rules
@web.waits_for_room
def begin() -> Any:
    """Make it, in one language. While one is under way the page shows how far that is."""
    viewer = web.viewer()
    form = forms.TakeForm()

    def work() -> Any:
        actions.begin(viewer, form.lang.data)
        return answers.go(url_for("my_data.own"))

    return answers.form_answer(form, work, "my_data.html", "parts/my_data_state.html", **_context(viewer))


@pages.get("/me/data/<int:export_id>/file")
@web.private_side
@web.before_rules
@web.shown_when_gone("my_data_gone.html")
def file(export_id: int) -> Any:
    """The file itself, for its owner alone. Behind the password: asked for again, the page is where one goes on."""
    viewer = web.viewer()
    queries.own_for(viewer, export_id)
    if not fresh.is_fresh(viewer):
        return redirect(url_for("members.confirm", next=url_for("my_data.own")))
    found = queries.file_for(viewer, export_id)
    actions.note_seen(viewer)
    response = Response(found.pieces, mimetype="application/zip", direct_passthrough=True)
    response.content_length = found.size
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


@pages.post("/me/data/<int:export_id>/remove")
@web.private_side
@web.before_rules
def remove(export_id: int) -> Any:
    """Away with the file, or with what is under way."""
    actions.remove(web.viewer(), export_id)
    return answers.go(url_for("my_data.own"))


def _context(viewer: Viewer) -> dict[str, Any]:
    latest = queries.latest_for(viewer)
    ready = latest if latest is not None and latest.state == "ready" else queries.ready_for(viewer)
    return {
        "latest": latest,
        "ready": ready,
        "chapters": CHAPTERS,
        "is_fresh": fresh.is_fresh(viewer),
        "moment_words": i18n.short_time,
        "size_words": _size,
    }


def _size(count: int) -> str:
    """'820 KB', '3.4 MB'."""
    if count < 1_000_000:
        return f"{max(1, count // 1000)} KB"
    return f"{i18n.decimal(count / 1_000_000)} MB"
