"""Pages about keeping in touch: a member's own, asking, and what safety leads look after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, url_for

from community.core import answers, clock, i18n, web
from community.core.forms import offered
from community.core.i18n import lazy as _l
from community.core.policy import can, require
from community.members import connecting, connections, forms, rules
from community.members.queries import houses
from community.safety import card

pages = Blueprint("connections", __name__)


@pages.get("/me/keep-in-touch")
@web.private_side
@web.while_closed
def own() -> Any:
    """Whom the member may write to by a safety lead's yes, whom she asked for, and who asked for her."""
    viewer = web.viewer()
    views = connections.own_for(viewer)
    groups = {step: [view for view in views if view.step == step] for step in ("theirs", "waiting", "mine", "approved")}
    groups["over"] = [view for view in views if view.step in ("refused", "ended")]
    may_ask = can(viewer, rules.ASK_FOR_CONNECTION)
    context: dict[str, Any] = {"groups": groups, "may_ask": may_ask, "calendar_day": i18n.calendar_day}
    return answers.render("keep_in_touch.html", "parts/connections_own.html", **context)


@pages.route("/people/<int:member_id>/keep-in-touch", methods=["GET", "POST"])
def ask(member_id: int) -> Any:
    """Somebody under 18 asks for an adult. Refused in the same words for every cause."""
    viewer = web.viewer()
    other = connecting.other_for(viewer, member_id)
    url = url_for("connections.ask", member_id=member_id)
    return _asked(
        forms.WishForm(), url, other.name, lambda form: connecting.ask_for(viewer, member_id, form.words.data)
    )


@pages.route("/me/keep-in-touch/ask", methods=["GET", "POST"])
@web.private_side
def request() -> Any:
    """An adult asks staff. Whoever it is about, the answer is the same."""
    viewer = web.viewer()
    require(viewer, rules.ASK_FOR_CONNECTION)
    url = url_for("connections.request")
    return _asked(
        forms.RequestForm(), url, None, lambda form: connecting.request(viewer, form.about.data, form.words.data)
    )


@pages.route("/me/keep-in-touch/<int:connection_id>/yes", methods=["GET", "POST"])
@web.private_side
def agree(connection_id: int) -> Any:
    """The other one of the two would like it as well."""
    viewer = web.viewer()
    row = connections.own_one(viewer, connection_id, "theirs")
    require(viewer, rules.ANSWER_CONNECTION, row)
    name = next(view.name for view in connections.own_for(viewer) if view.id == connection_id)
    url = url_for("connections.agree", connection_id=connection_id)
    return _asked(forms.WishForm(), url, name, lambda form: connecting.agree(viewer, connection_id, form.words.data))


@pages.post("/me/keep-in-touch/<int:connection_id>/end")
@web.private_side
@web.while_closed
def end(connection_id: int) -> Any:
    """No, not any more, or no thanks: at once, and without a reason."""
    connecting.end(web.viewer(), connection_id)
    return answers.go(url_for("connections.own"))


def _asked(form: Any, url: str, name: str | None, send: Callable[[Any], object]) -> Any:
    """The page on which one says that she would like it, and why; `name` None: she writes whom she means."""
    page = "keep_in_touch_ask.html"
    if not form.is_submitted():
        return render_template(page, form=form, url=url, name=name)

    def work() -> Any:
        send(form)
        return answers.go(card.leading(url_for("connections.own")))

    return answers.form_answer(form, work, page, page, url=url, name=name)


@pages.get("/keep-in-touch")
def desk() -> Any:
    """What waits for a safety lead, and what holds."""
    context: dict[str, Any] = {"views": connections.desk_for(web.viewer()), "calendar_day": i18n.calendar_day}
    return answers.render("connections.html", "parts/connection_list.html", **context)


@pages.get("/keep-in-touch/<int:connection_id>")
def one(connection_id: int) -> Any:
    """One of them: who, how old, of which house, in their own words; and deciding."""
    return answers.render("connection.html", "parts/connection_one.html", **_page(connection_id))


@pages.post("/keep-in-touch/<int:connection_id>/pass-on")
def pass_on(connection_id: int) -> Any:
    """Say whom an adult means, or nobody."""
    form = forms.PassOnForm()
    context = _page(connection_id, passing=form)

    def work() -> Any:
        connecting.pass_on(web.viewer(), connection_id, form.to_id.data or None, version=form.version.data)
        return answers.go(url_for("connections.desk"))

    return answers.form_answer(form, work, "connection.html", "connection.html", **context)


@pages.post("/keep-in-touch/<int:connection_id>/decide")
def decide(connection_id: int) -> Any:
    """Yes with a reason and a day of review, or no with a reason both read."""
    form = forms.DecideConnectionForm()
    context = _page(connection_id, deciding=form)

    def work() -> Any:
        connecting.decide(
            web.viewer(),
            connection_id,
            yes=form.answer.data == "yes",
            reason=form.reason.data,
            review_on=form.review_on.data,
            version=form.version.data,
        )
        return answers.go(url_for("connections.desk"))

    return answers.form_answer(form, work, "connection.html", "connection.html", **context)


@pages.post("/keep-in-touch/<int:connection_id>/stop")
def stop(connection_id: int) -> Any:
    """End what was approved, at once."""
    form = forms.StopForm()
    context = _page(connection_id, stopping=form)

    def work() -> Any:
        connecting.stop(web.viewer(), connection_id, form.stop_reason.data, version=form.version.data)
        return answers.go(url_for("connections.desk"))

    return answers.form_answer(form, work, "connection.html", "connection.html", **context)


def _page(connection_id: int, **given: Any) -> dict[str, Any]:
    """What the page of one shows; `given`: the form that was sent, so that only that one is filled in."""
    viewer = web.viewer()
    view = connections.one_for(viewer, connection_id)
    version = view.row.version
    context: dict[str, Any] = {
        "view": view,
        "houses": {house.id: house.name for house in houses(viewer)},
        "latest": (clock.today() + connections.LONGEST_REVIEW).isoformat(),
        "passing": forms.PassOnForm(formdata=None, version=version),
        "deciding": forms.DecideConnectionForm(formdata=None, version=version),
        "stopping": forms.StopForm(formdata=None, version=version),
        "calendar_day": i18n.calendar_day,
        **given,
    }
    context["stopping"].version.id = "stop_version"  # it stands below the other form
    people = connections.minors_for(viewer) if view.row.minor_id is None else []
    context["passing"].to_id.choices = offered(
        [(0, _l("Nobody: put it away")), *((one.id, one.name) for one in people)]
    )
    return context
