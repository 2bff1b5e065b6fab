"""The inboxes of a house for those who work there: who waits, answering, and who has what."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for

from community.core import answers, paging, web
from community.core.forms import offered
from community.core.policy import can, require
from community.inbox import actions, forms, queries, rules, waiting
from community.inbox.queries import PAGE, InboxView
from community.inbox.views import first_form, stretch
from community.members import named
from community.members.people import Viewer
from community.members.queries import house_name
from community.spaces import queries as spaces
from community.streams import message_pages
from community.streams.apart import as_team
from community.streams.forms import MessageForm

pages = Blueprint("team", __name__)


@pages.get("/team")
def index() -> Any:
    """Who waits for an answer, the longest wait first; below that what was answered, or what is closed."""
    viewer = web.viewer()
    after = paging.read_cursor(request.args.get("after"))
    shown = request.args.get("show", "waiting")
    if shown == "closed":
        views = queries.closed_for(viewer, after)
    else:
        views = queries.open_for(viewer, after, waiting=shown != "answered")
    more, views = len(views) > PAGE, views[:PAGE]
    return answers.render(
        "team.html",
        "parts/team_list.html",
        views=views,
        shown=shown if shown in ("answered", "closed") else "waiting",
        after=_cursor(views[-1]) if more else None,
        house=house_name(viewer, viewer.house_id),
    )


@pages.get("/team/count")
@web.beside_pages
def count() -> Any:
    """How many wait for the viewer; for open pages that were told to look."""
    require(web.viewer(), rules.SEE)
    return jsonify(count=waiting.count_for(web.viewer()))


@pages.get("/team/<int:stream_id>")
def thread(stream_id: int) -> Any:
    """One of them: what was said, what colleagues did, and answering."""
    return render_template("team_thread.html", **_page(web.viewer(), stream_id))


@pages.get("/team/<int:stream_id>/state")
@web.beside_pages
def state(stream_id: int) -> Any:
    """Who has it; for an open page, when that changes."""
    viewer = web.viewer()
    found = queries.team_for(viewer, stream_id)
    return render_template("parts/team_now.html", found=found, taken_by=queries.about(viewer, found).taken_by)


@pages.post("/team/<int:stream_id>/messages")
def send(stream_id: int) -> Any:
    """Answer, by name."""
    viewer, form = web.viewer(), MessageForm()
    queries.team_for(viewer, stream_id)

    def again(work: Any) -> Any:
        context = {**_page(viewer, stream_id), "writing": form}
        return answers.form_answer(form, work, "team_thread.html", "team_thread.html", **context)

    url = url_for("team.thread", stream_id=stream_id)
    return message_pages.sent(form, lambda said: actions.answer(viewer, stream_id, said)[0], url, again)


@pages.post("/team/<int:stream_id>/do")
def do(stream_id: int) -> Any:
    """Take it, let it go, close it, open it again."""
    viewer, form = web.viewer(), forms.DoForm()
    context = _page(viewer, stream_id, doing=form)

    def work() -> Any:
        actions.take_step(viewer, stream_id, form.do.data, version=form.version.data)
        return answers.go(url_for("team.thread", stream_id=stream_id))

    return answers.form_answer(form, work, "team_thread.html", "team_thread.html", **context)


@pages.route("/team/<int:stream_id>/hand-over", methods=["GET", "POST"])
def hand_over(stream_id: int) -> Any:
    """Give it to a colleague, with a note for staff."""
    viewer = web.viewer()
    found = queries.team_for(viewer, stream_id)
    require(viewer, rules.KEEP, found)
    form = forms.InboxHandForm(version=found.inbox.version)
    form.to_id.choices = offered((one.id, one.name) for one in queries.colleagues(viewer, found))
    context = {"about": queries.about(viewer, found)}
    if not form.is_submitted():
        return render_template("team_hand.html", form=form, **context)

    def work() -> Any:
        actions.hand_over(viewer, stream_id, form.to_id.data, form.note.data, version=form.version.data)
        return answers.go(url_for("team.thread", stream_id=stream_id))

    return answers.form_answer(form, work, "team_hand.html", "team_hand.html", **context)


@pages.route("/team/new/<int:member_id>", methods=["GET", "POST"])
def begin(member_id: int) -> Any:
    """Write to a member first; where there is an inbox already, that one is opened."""
    viewer = web.viewer()
    require(viewer, rules.SEE)
    person = named.person_for(as_team(viewer), member_id)
    require(viewer, rules.BEGIN, person)
    known, form = queries.inbox_of(viewer, member_id), MessageForm()
    if not form.is_submitted():
        if known is not None:
            return answers.go(url_for("team.thread", stream_id=known))
        return render_template("team_new.html", writing=first_form(), person=person)

    def again(work: Any) -> Any:
        return answers.form_answer(form, work, "team_new.html", "team_new.html", person=person, writing=form)

    return message_pages.sent(
        form, lambda said: actions.begin(viewer, member_id, said)[0], url_for("team.index"), again
    )


def _page(viewer: Viewer, stream_id: int, **given: Any) -> dict[str, Any]:
    """What the page of one shows; `given`: the form that was sent, so that it is filled in."""
    spaces.readable(viewer)  # the page shows them all: asked for once, the inbox's own is among them
    found = queries.team_for(viewer, stream_id)
    about = queries.about(viewer, found)
    return {
        **stretch(viewer, found, url_for("team.thread", stream_id=stream_id)),
        "member": about.member,
        "taken_by": about.taken_by,
        "steps": queries.steps_of(viewer, found),
        "may_write": can(viewer, rules.ANSWER, found),
        "may_keep": can(viewer, rules.KEEP, found),
        "doing": forms.DoForm(formdata=None, version=found.inbox.version),
        **given,
    }


def _cursor(view: InboxView) -> str:
    return paging.cursor(view.waits_since or view.changed_at, view.id)
