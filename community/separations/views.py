"""Pages on which staff keep two people apart: the list, choosing two, what will look odd, deciding, ending."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.core import answers, clock, i18n, paging, web
from community.core.errors import Invalid
from community.core.forms import offered
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.separations import actions, forms, queries, rules
from community.separations.odd import open_odd

pages = Blueprint("separations", __name__)


@pages.get("/separations")
def index() -> Any:
    """Whom staff keep apart, and what is to be looked at again."""
    views = queries.list_for(web.viewer())
    return render_template("separations.html", views=views, short=forms.SHORT, calendar_day=i18n.calendar_day)


@pages.get("/separations/new")
def new() -> Any:
    """Choose two; with both chosen, what will look odd, and deciding."""
    viewer = web.viewer()
    one_id, other_id = (paging.whole_number(request.args.get(name, "")) or 0 for name in ("one_id", "other_id"))
    form = forms.TwoForm(formdata=None, one_id=one_id, other_id=other_id)
    people = [(0, _l("Choose somebody")), *((one.id, one.name) for one in queries.people_for(viewer))]
    form.one_id.choices = form.other_id.choices = offered(people)
    if not one_id or not other_id:
        return render_template("separation_new.html", form=form)
    if one_id == other_id:
        form.add_error(Invalid(_l("Choose two different people."), field="other_id"))
        return render_template("separation_new.html", form=form), 422
    known = _known(one_id, other_id)
    if known is not None:
        return answers.go(url_for("separations.one", separation_id=known))
    made = forms.SeparateForm(
        formdata=None, one_id=one_id, other_id=other_id, review_on=clock.today() + queries.USUAL_REVIEW
    )
    return render_template("separation_make.html", form=made, **_two(one_id, other_id))


@pages.post("/separations/new")
def make() -> Any:
    """Keep them apart from now on. Where somebody was quicker: what holds now."""
    form, viewer = forms.SeparateForm(), web.viewer()
    one_id, other_id = form.one_id.data or 0, form.other_id.data or 0
    if one_id == other_id:
        require(viewer, rules.SEE)
        raise Invalid(_l("Choose two different people."))

    def work() -> Any:
        row = actions.keep_apart(
            viewer,
            one_id,
            other_id,
            level=form.level.data,
            reason=form.reason.data,
            review_on=form.review_on.data,
        )
        return answers.go(url_for("separations.one", separation_id=row.id))

    known = _known(one_id, other_id)
    if known is not None:
        return render_template("separation.html", **_page(known, conflict=actions.ALREADY)), 409
    page = "separation_make.html"
    return answers.form_answer(form, work, page, page, **_two(one_id, other_id))


@pages.get("/separations/<int:separation_id>")
def one(separation_id: int) -> Any:
    """One of them: who, how far, why, and until when."""
    return render_template("separation.html", **_page(separation_id))


@pages.post("/separations/<int:separation_id>/again")
def again(separation_id: int) -> Any:
    """Look at it again: keep it, or change how far."""
    form = forms.AgainForm()
    context = _page(separation_id, again=form)

    def work() -> Any:
        actions.change(
            web.viewer(),
            separation_id,
            level=form.level.data,
            reason=form.reason.data,
            review_on=form.review_on.data,
            version=form.version.data,
        )
        return answers.go(url_for("separations.one", separation_id=separation_id))

    return answers.form_answer(form, work, "separation.html", "separation.html", **context)


@pages.post("/separations/<int:separation_id>/end")
def end(separation_id: int) -> Any:
    """They may meet again."""
    form = forms.TogetherForm()
    context = _page(separation_id, ending=form)

    def work() -> Any:
        actions.end(web.viewer(), separation_id, form.why.data, version=form.version.data)
        return answers.go(url_for("separations.index"))

    return answers.form_answer(form, work, "separation.html", "separation.html", **context)


def _known(one_id: int, other_id: int) -> int | None:
    """The one that holds between two the viewer may decide about."""
    viewer = web.viewer()
    require(viewer, rules.SEE, rules.pair_of(queries.two_for(viewer, one_id, other_id)))
    row = queries.open_between(viewer, (one_id, other_id))
    return row.id if row is not None else None


def _two(one_id: int, other_id: int) -> dict[str, Any]:
    """`look`: what will look odd, asked (and noted) only where the page is drawn."""
    viewer = web.viewer()
    two = queries.two_for(viewer, one_id, other_id)
    return {"two": two, "look": partial(open_odd, viewer, *two), **_until()}


def _page(separation_id: int, **given: Any) -> dict[str, Any]:
    """What the page of one shows; `given`: the form that was sent, so that only that one is filled in."""
    view = queries.one_for(web.viewer(), separation_id)
    version = view.row.version
    return {
        "view": view,
        "short": forms.SHORT,
        "again": forms.AgainForm(
            formdata=None,
            version=version,
            level=view.row.level,
            reason=view.reason,
            review_on=max(view.row.review_on, clock.today() + queries.USUAL_REVIEW),
        ),
        "ending": forms.TogetherForm(formdata=None, version=version),
        "calendar_day": i18n.calendar_day,
        **_until(),
        **given,
    }


def _until() -> dict[str, str]:
    return {"latest": (clock.today() + queries.LONGEST_REVIEW).isoformat()}
