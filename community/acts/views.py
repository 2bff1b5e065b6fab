"""Pages: what staff did about me, objecting to it; for staff what holds for somebody, and limiting her."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.acts import actions, answering, forms, queries, rules, standing, steps, words
from community.acts.models import STANDING
from community.core import answers, clock, i18n, paging, web
from community.core.errors import Conflict, Invalid, NotFound
from community.core.forms import offered
from community.core.policy import can, refusal, require
from community.members.people import Viewer

pages = Blueprint("acts", __name__)


@pages.get("/me/acts")
@web.behind_pin
@web.while_closed
def mine() -> Any:
    """What staff did about me, newest first; having opened it, I have read it."""
    viewer = web.viewer()
    before = paging.read_cursor(request.args.get("before"))
    found = queries.own_for(viewer, before, queries.PAGE + 1)
    older, found = len(found) > queries.PAGE, found[: queries.PAGE]
    if request.method == "GET":
        actions.mark_seen(viewer)
    return render_template("acts.html", acts=found, before=paging.cursor(found[-1].at, found[-1].id) if older else None)


@pages.route("/me/acts/<int:act_id>", methods=["GET", "POST"])
@web.behind_pin
@web.while_closed
def one(act_id: int) -> Any:
    """One thing staff did about me, and saying that it was wrong."""
    viewer = web.viewer()
    view = queries.view_for(viewer, act_id)
    form = forms.ObjectForm()
    context = {"act": view, "due": _due(), "sent": "sent" in request.args}
    if request.method == "GET":
        actions.mark_seen(viewer, act_id)
    if request.method != "POST":
        return render_template("act.html", form=form, **context)

    def work() -> Any:
        actions.object_to(viewer, act_id, form.words.data)
        return answers.go(url_for("acts.one", act_id=act_id, sent=1, _anchor="objection"))

    return answers.form_answer(form, work, "act.html", "act.html", **context)


@pages.get("/steps")
def limited() -> Any:
    """Who is limited just now, of those I decide about."""
    return render_template("limited.html", people=steps.limited_for(web.viewer()))


@pages.get("/people/<int:member_id>/steps", endpoint="steps")
def for_staff(member_id: int) -> Any:
    """What holds for somebody now, what was decided before, and what I can do."""
    viewer = web.viewer()
    return render_template("steps.html", done=request.args.get("done"), **_about(viewer, member_id))


@pages.route("/people/<int:member_id>/steps/<kind>", methods=["GET", "POST"])
def step(member_id: int, kind: str) -> Any:
    """Limit what somebody may do: what it means stands before the button."""
    viewer = web.viewer()
    require(viewer, rules.LOOK)
    if kind not in STANDING:
        raise NotFound
    page = steps.steps_for(viewer, member_id)
    channels = [channel for channel in page.channels if _may(viewer, page, kind, channel)]
    if not channels:
        require(viewer, rules.STEP, rules.Step(kind, page.person))
        raise NotFound
    form = _step_form(viewer, page, kind, channels)
    context = {"about": page, "kind": kind, "words": words}
    if request.method != "POST":
        form.seen.data = page.seen
        return render_template("step.html", form=form, **context)

    def work() -> Any:
        wish = standing.Wish(
            kind=kind,
            length=form.length.data,
            reason=form.reason.data,
            words=form.words.data or "",
            seen=form.seen.data,
            space_id=form.space_id.data if form.space_id else None,
            case_id=form.case_id.data,
        )
        try:
            standing.take_step(viewer, member_id, wish)
        except Conflict as conflict:
            form.add_error(conflict)
            form.seen.data, form.seen.raw_data = steps.decided_about(member_id), None  # pressing now is a choice
            now = steps.steps_for(viewer, member_id)
            return answers.render("step.html", "step.html", 409, form=form, **{**context, "about": now})
        return answers.go(url_for("acts.steps", member_id=member_id, done=kind))

    return answers.form_answer(form, work, "step.html", "step.html", **context)


@pages.post("/people/<int:member_id>/steps/<int:act_id>/lift")
def lift(member_id: int, act_id: int) -> Any:
    """End a limit before its time."""
    viewer, form = web.viewer(), forms.SeenForm()
    require(viewer, rules.LOOK)
    return _pressed(form, member_id, lambda: standing.lift(viewer, member_id, act_id, seen=form.seen.data), "lifted")


@pages.post("/people/<int:member_id>/steps/<int:act_id>/confirm")
def confirm(member_id: int, act_id: int) -> Any:
    """The second yes to a closing without an end."""
    viewer, form = web.viewer(), forms.SeenForm()
    require(viewer, rules.LOOK)
    return _pressed(
        form, member_id, lambda: standing.confirm(viewer, member_id, act_id, seen=form.seen.data), "confirmed"
    )


@pages.route("/appeals/<int:appeal_id>", methods=["GET", "POST"])
def appeal(appeal_id: int) -> Any:
    """Somebody thinks a decision was wrong: read it, and answer."""
    viewer = web.viewer()
    page = answering.appeal_for(viewer, appeal_id)
    form = forms.DecideForm()
    if request.method != "POST":
        form.version.data = page.case.version if page.case is not None else 0
        return render_template("appeal.html", form=form, about=page, sent="sent" in request.args)

    def work() -> Any:
        try:
            actions.decide(
                viewer,
                appeal_id,
                right=form.right.data == "yes",
                answer=form.answer.data or "",
                version=form.version.data,
            )
        except Conflict as conflict:
            form.add_error(conflict)
            form.version.data, form.version.raw_data = conflict.facts.get("version", 0), None
            now = answering.appeal_for(viewer, appeal_id)
            return answers.render("appeal.html", "appeal.html", 409, form=form, about=now)
        return answers.go(url_for("acts.appeal", appeal_id=appeal_id, sent=1))

    return answers.form_answer(form, work, "appeal.html", "appeal.html", about=page)


def _due() -> str:
    """By when what is sent now is answered."""
    return i18n.weekday(actions.due_after(clock.now()))


def _pressed(form: forms.SeenForm, member_id: int, work: Any, done: str) -> Any:
    """One press about what stood on the page; where that has changed, the page as it is now."""
    if not form.validate():
        raise Invalid
    try:
        work()
    except Conflict as conflict:
        context = _about(web.viewer(), member_id)
        return answers.render("steps.html", "steps.html", 409, conflict=conflict.sentence, **context)
    return answers.go(url_for("acts.steps", member_id=member_id, done=done))


def _about(viewer: Viewer, member_id: int) -> dict[str, Any]:
    page = steps.steps_for(viewer, member_id)
    return {
        "about": page,
        "kinds": [
            kind for kind in STANDING if any(_may(viewer, page, kind, channel) for channel in [None, *page.channels])
        ],
        "refused": refusal(viewer, rules.STEP, rules.Step("paused", page.person)),
        "may_lift": {limit.act.id for limit in page.limits if can(viewer, rules.LIFT, limit.step)},
        "confirming": {one.act.id: refusal(viewer, rules.CONFIRM, one.asked) for one in page.waiting},
        "words": words,
    }


def _may(viewer: Viewer, page: steps.Steps, kind: str, channel: steps.Channel | None) -> bool:
    """Whether the viewer could take this step about her: a short break in this channel, another one anywhere."""
    if kind == "cooled_off" and channel is None:
        return False
    return can(viewer, rules.STEP, rules.Step(kind, page.person, shared=channel is not None and channel.shared))


def _step_form(viewer: Viewer, page: steps.Steps, kind: str, channels: list[steps.Channel]) -> forms.StepForm:
    """The form with what the viewer may choose. `?space=`, `?case=`: where she comes from."""
    form = forms.StepForm(
        space_id=paging.whole_number(request.args.get("space", "")),
        case_id=paging.whole_number(request.args.get("case", "")),
    )
    lengths = words.LENGTHS[kind]
    form.length.choices = offered(
        (key, said)
        for key, (said, length) in lengths.items()
        if kind != "suspended" or can(viewer, rules.STEP, rules.Step(kind, page.person, length))
    )
    if kind == "cooled_off":
        form.space_id.choices = offered((channel.id, channel.name) for channel in channels)
    else:
        del form.space_id
    return form
