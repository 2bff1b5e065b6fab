"""Pages of the directory: looking for people, and standing in it oneself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.core import answers, paging, text, web
from community.core.forms import offered
from community.core.i18n import lazy as _l
from community.core.text import LONGEST_NAME
from community.directory import actions, queries
from community.directory.forms import EntryForm, LookForm
from community.directory.queries import Asked
from community.members.forms import Press
from community.members.people import Viewer
from community.members.queries import houses

pages = Blueprint("directory", __name__)

MINE = 1


@pages.get("/people")
def index() -> Any:
    """Those who want to be found: by name, house and years."""
    viewer = web.viewer()
    form = _look(viewer)
    when = form.when.data or 0
    asked = Asked(form.q.data or "", form.house.data or None, when if when > MINE else None, when == MINE)
    found = queries.page_for(viewer, asked, paging.whole_number(request.args.get("after", "")))
    listed = queries.own_entry(viewer) is not None
    return answers.render("people.html", "parts/people_list.html", form=form, asked=asked, found=found, listed=listed)


@pages.route("/me/directory", methods=["GET", "POST"])
@web.behind_pin
@web.read_while_closed
def own() -> Any:
    """Whether I stand in it, and how much of me."""
    viewer, entry = web.viewer(), None
    form = EntryForm()
    if request.method != "POST":
        entry = queries.own_entry(viewer)
        form = EntryForm(
            formdata=None,
            picture=entry is not None and entry.shows_picture,
            house=entry is not None and entry.shows_house,
            years=entry is not None and entry.shows_years,
        )
        return render_template("directory.html", form=form, **_own(viewer), saved="saved" in request.args)

    def work() -> Any:
        actions.open_entry(viewer, picture=form.picture.data, house=form.house.data, years=form.years.data)
        return answers.go(url_for("directory.own", saved=1))

    return answers.form_answer(form, work, "directory.html", "directory.html", **_own(viewer))


@pages.post("/me/directory/close")
@web.behind_pin
@web.while_closed
def close() -> Any:
    """Out of it, in one step."""
    form = Press()
    if not form.validate():
        return render_template("directory.html", form=EntryForm(formdata=None), **_own(web.viewer())), 422
    actions.close_entry(web.viewer())
    return answers.go(url_for("directory.own"))


def _own(viewer: Viewer) -> dict[str, Any]:
    return {"listed": queries.own_entry(viewer) is not None, "me": queries.own_view(viewer)}


def _look(viewer: Viewer) -> LookForm:
    """What the address asks for; what nobody offered is as if it were not there."""
    form = LookForm(formdata=None, q=text.tidy_line(request.args.get("q", "")[:LONGEST_NAME]))
    some = [(house.id, house.name) for house in houses(viewer)]
    form.house.choices = offered([(0, _l("All houses")), *some])
    years = [(year, str(year)) for year in queries.years_for(viewer)]
    mine = [(MINE, _l("My years"))] if viewer.kind != "staff" else []
    form.when.choices = offered([(0, _l("All years")), *mine, *years])
    for field in (form.house, form.when):
        asked = paging.whole_number(request.args.get(field.name, "")) or 0
        field.data = asked if asked in [choice.value for choice in field.choices] else 0
    return form
