"""What those who work here meet: the concerns they were called to, one of them, and what they do with it."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, render_template, request, send_file, url_for

from community.concerns import forms, handling, pack, queries, rules, waiting, words
from community.concerns.models import Concern
from community.core import answers, clock, web
from community.core.errors import AppError, NotFound
from community.core.forms import offered
from community.core.i18n import lazy as _l
from community.core.policy import can, refusal, require
from community.members import passwords
from community.members.people import Viewer

pages = Blueprint("concern_desk", __name__)


@pages.get("/concerns")
def mine() -> Any:
    """Those that are open and I may know of, and where I am rung up."""
    viewer = web.viewer()
    require(viewer, rules.LIST)
    form = forms.NumberForm(formdata=None, phone=queries.number_of(viewer))
    return render_template("concerns.html", form=form, **_lists(viewer))


@pages.get("/concerns/bar")
def bar() -> Any:
    """The bar at the top of every page, for a page that was told that something has changed."""
    viewer = web.viewer()
    require(viewer, rules.LIST)
    waiting.forget()
    return render_template("parts/needed.html", needed=waiting.needed(viewer))


@pages.post("/concerns/number")
def number() -> Any:
    """Where I am rung up."""
    viewer = web.viewer()
    require(viewer, rules.LIST)
    form = forms.NumberForm()

    def work() -> Any:
        handling.keep_number(viewer, form.phone.data)
        return answers.go(url_for("concern_desk.mine"))

    return answers.form_answer(form, work, "concerns.html", "concerns.html", **_lists(viewer))


@pages.get("/concerns/<int:concern_id>")
def one(concern_id: int) -> Any:
    """One of them. That it is read is written down."""
    viewer = web.viewer()
    concern = handling.open_one(viewer, concern_id)
    return render_template("concern.html", **_page(viewer, concern))


@pages.post("/concerns/<int:concern_id>/take")
def take(concern_id: int) -> Any:
    """I take it."""
    form = forms.TakeForm()
    return _done(
        concern_id,
        form,
        "take_form",
        lambda viewer: handling.take(viewer, concern_id, form.how.data, form.minutes.data),
    )


@pages.post("/concerns/<int:concern_id>/cannot")
def cannot(concern_id: int) -> Any:
    """I can't, next."""
    viewer = web.viewer()
    queries.concern_for(viewer, concern_id)
    handling.cannot(viewer, concern_id)
    return answers.go(url_for("concern_desk.mine"))


@pages.post("/concerns/<int:concern_id>/step")
def step(concern_id: int) -> Any:
    """What was done."""
    form = forms.StepForm()
    return _done(
        concern_id, form, "step_form", lambda viewer: handling.log(viewer, concern_id, form.what.data, form.words.data)
    )


@pages.post("/concerns/<int:concern_id>/hand")
def hand(concern_id: int) -> Any:
    """Hand over to a colleague."""
    form = forms.HandForm()
    return _done(concern_id, form, "hand_form", lambda viewer: handling.hand_over(viewer, concern_id, form.to_id.data))


@pages.post("/concerns/<int:concern_id>/close")
def close(concern_id: int) -> Any:
    """It is over."""
    form = forms.CloseForm()
    return _done(
        concern_id,
        form,
        "close_form",
        lambda viewer: handling.close(viewer, concern_id, form.outcome.data, form.words.data),
    )


@pages.route("/concerns/<int:concern_id>/pack", methods=["GET", "POST"])
@web.never_carried
def take_copy(concern_id: int) -> Any:
    """A sealed copy of everything about it."""
    viewer = web.viewer()
    concern = queries.concern_for(viewer, concern_id)
    require(viewer, rules.PACK, concern)
    form = forms.PackForm()
    context = {"concern": concern, "suggestion": passwords.suggestion(viewer.language)}
    if request.method != "POST":
        return render_template("concern_copy.html", form=forms.PackForm(formdata=None), **context)

    def work() -> Any:
        pack.check_password(form.password.data)
        seen = handling.note_copy(viewer, concern_id, form.reason.data)
        sealed = pack.made(viewer, seen, form.reason.data, form.password.data)
        name = f"{clock.local(clock.now()):%Y-%m-%d}-{concern_id}.zip.age"
        return send_file(io.BytesIO(sealed), "application/octet-stream", as_attachment=True, download_name=name)

    return answers.form_answer(form, work, "concern_copy.html", "concern_copy.html", **context)


def _done(concern_id: int, form: Any, name: str, work: Any) -> Any:
    """One of the forms on the page of a concern: done, or the page again with the text kept and the fresh state."""
    viewer = web.viewer()
    concern = queries.concern_for(viewer, concern_id)
    require(viewer, rules.LIST)
    context = _page(viewer, concern, **{name: form})
    status = 422
    if form.validate():
        try:
            work(viewer)
            return answers.go(url_for("concern_desk.one", concern_id=concern_id))
        except NotFound:
            raise
        except AppError as error:
            form.add_error(error)
            status = error.status
        context = _page(viewer, queries.concern_for(viewer, concern_id), **{name: form})
    return answers.render("concern.html", "concern.html", status, **context)


def _page(viewer: Viewer, concern: Concern, **given: Any) -> dict[str, Any]:
    view = queries.desk_of(viewer, concern)
    colleagues = queries.colleagues_for(viewer, concern)
    made: dict[str, Any] = {
        "take_form": forms.TakeForm(formdata=None, how=concern.how),
        "step_form": forms.StepForm(formdata=None),
        "hand_form": forms.HandForm(formdata=None),
        "close_form": forms.CloseForm(formdata=None),
    }
    made |= given
    made["hand_form"].to_id.choices = offered([(0, _l("Choose")), *colleagues])
    return {
        **made,
        "view": view,
        "mine": concern.taken_by == viewer.id,
        "may_take": can(viewer, rules.TAKE, concern)
        and (concern.state == "open" or concern.handed_to == viewer.id)
        and concern.taken_by != viewer.id,
        "may_step": refusal(viewer, rules.STEP, concern) is None,
        "may_copy": can(viewer, rules.PACK, concern),
        "sentence": lambda step: words.sentence(step, mine=False),
        "wishes": words.WISHES,
        "severities": words.SEVERITIES,
        "channels": words.CHANNELS,
    }


def _lists(viewer: Viewer) -> dict[str, Any]:
    return {
        "open_ones": queries.open_for(viewer),
        "closed_ones": queries.closed_for(viewer),
        "severities": words.SEVERITIES,
        "number": queries.number_of(viewer),
    }
