"""Pages of who reads first: the table, one row or the figures to change, back to the start values, the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.core import answers, web
from community.core.errors import Conflict, NotFound
from community.core.policy import can, require
from community.members.people import Viewer
from community.publishing import actions, forms, queries, rules, words
from community.publishing.queries import Now
from community.safety.publishing import START, changes_in

pages = Blueprint("publishing", __name__)


@pages.get("/publishing")
def index() -> Any:
    """The table as it holds, what is changed in it, and the newest changes."""
    viewer = web.viewer()
    now = queries.now_for(viewer)
    return render_template(
        "publishing.html",
        rows=queries.rows_of(viewer, now.table),
        figures=queries.figures_of(viewer, now.table),
        history=queries.history_for(viewer, limit=queries.NEWEST),
        older=now.version > queries.NEWEST,
        is_changed=bool(changes_in(now.table)),
        may_change=can(viewer, rules.CHANGE),
        saved="saved" in request.args,
        table=now.table,
        words=words,
    )


@pages.get("/publishing/history")
def history() -> Any:
    """Every change, fifty to a page."""
    viewer = web.viewer()
    before = request.args.get("before", type=int)
    found = queries.history_for(viewer, before=before)
    older = found[-1].version if found and found[-1].version > 1 else None
    return render_template("publishing_history.html", history=found, older=older, words=words)


@pages.route("/publishing/<name>", methods=["GET", "POST"])
def change(name: str) -> Any:
    """Change one row."""
    viewer = web.viewer()
    require(viewer, rules.CHANGE)
    part = words.PARTS.get(name)
    if part is None or not words.can_change(part):
        raise NotFound
    now = queries.now_for(viewer)
    row = queries.row_of(viewer, part, now.table)
    form = forms.RowForm(**_begins(), version=now.version, **{cell.cover: cell.step for cell in row.cells})
    form.part = part

    def work() -> Any:
        actions.change_row(viewer, part, form.steps, reason=form.reason.data, version=form.version.data)
        return answers.go(url_for("publishing.index", saved=1))

    def context(fresh: Now) -> dict[str, Any]:
        return {"row": queries.row_of(viewer, part, fresh.table), "table": fresh.table, "words": words}

    return _answered(viewer, form, work, "publishing_change.html", context, now)


@pages.route("/publishing/figures", methods=["GET", "POST"])
def figures() -> Any:
    """Change how many posts are counted."""
    viewer = web.viewer()
    require(viewer, rules.CHANGE)
    now = queries.now_for(viewer)
    standing = {one.name: one.number for one in queries.figures_of(viewer, now.table)}
    form = forms.FiguresForm(**_begins(), version=now.version, **standing)

    def work() -> Any:
        actions.change_figures(viewer, form.figures, reason=form.reason.data, version=form.version.data)
        return answers.go(url_for("publishing.index", saved=1))

    def context(fresh: Now) -> dict[str, Any]:
        return {"figures": queries.figures_of(viewer, fresh.table), "words": words}

    return _answered(viewer, form, work, "publishing_figures.html", context, now)


@pages.route("/publishing/start", methods=["GET", "POST"])
def set_back() -> Any:
    """Let all of it be as Hearth came."""
    viewer = web.viewer()
    require(viewer, rules.CHANGE)
    now = queries.now_for(viewer)
    form = forms.WhyForm(**_begins(), version=now.version)

    def work() -> Any:
        actions.set_back(viewer, reason=form.reason.data, version=form.version.data)
        return answers.go(url_for("publishing.index", saved=1))

    def context(fresh: Now) -> dict[str, Any]:
        return {"lines": queries.lines_between(fresh.table, START), "words": words}

    return _answered(viewer, form, work, "publishing_start.html", context, now)


def _begins() -> dict[str, Any]:
    """How a form begins: with what was sent, or with what stands."""
    return {} if request.method == "POST" else {"formdata": None}


def _answered(
    viewer: Viewer,
    form: forms.WhyForm,
    work: Callable[[], Any],
    page: str,
    context: Callable[[Now], dict[str, Any]],
    now: Now,
) -> Any:
    """The form, or what became of it. When the table was changed meanwhile: 409, who changed what, what holds now, and
    what was chosen; saving once more is then a choice."""
    if request.method != "POST":
        return render_template(page, form=form, meanwhile=(), **context(now))

    def guarded() -> Any:
        try:
            return work()
        except Conflict as conflict:
            form.add_error(conflict)
            meanwhile = queries.since(viewer, form.version.data)
            form.version.data, form.version.raw_data = conflict.facts["version"], None
            fresh = queries.now_for(viewer)
            return answers.render(page, page, 409, form=form, meanwhile=meanwhile, **context(fresh))

    return answers.form_answer(form, guarded, page, page, meanwhile=(), **context(now))
