"""Pages of the queue. Everything works without JavaScript; review.js makes it live and gives it keys."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for

from community.acts import steps
from community.acts.cases import place_of
from community.concerns import queries as concerns
from community.core import answers, clock, paging, web
from community.core.errors import Conflict, Invalid, NotFound
from community.core.forms import offered
from community.core.policy import can, require
from community.members.people import Viewer
from community.moderation import actions, beside, deciding, forms, items, queries, rules, waiting, words
from community.moderation.deciding import Decision
from community.photos import portrait_queries as portraits
from community.photos import queries as photos
from community.reports import rules as reports_rules
from community.reports.actions import open_tellers
from community.rota.busy import backed_up_by, busy_until
from community.safety.models import Case, CaseStep

pages = Blueprint("review", __name__)


@pages.get("/review")
def queue() -> Any:
    """What waits, the worst first. Alone it is what an open list asks for when something changed."""
    viewer = web.viewer()
    return answers.render("review.html", "parts/review_list.html", **_queue(viewer))


@pages.get("/review/count")
def count() -> Any:
    """How many cases wait, for open pages."""
    viewer = web.viewer()
    require(viewer, rules.SEE)
    return jsonify(count=waiting.waiting_for(viewer) or 0)


@pages.get("/review/<int:case_id>")
def item(case_id: int) -> Any:
    """One case. Opening what nobody else sees is noted, but not what an open page looks up by itself."""
    viewer = web.viewer()
    case = queries.case_for(viewer, case_id)
    (found,) = items.items_for(viewer, [case])
    if found.private or request.headers.get("X-By-Itself") is None:
        items.opened(viewer, found)
    return answers.render("review_item.html", "parts/review_whole.html", **_item(viewer, found))


@pages.route("/review/<int:case_id>/do/<do>", methods=["GET", "POST"])
def decide(case_id: int, do: str) -> Any:
    """Decide: what limits somebody asks for a reason first."""
    viewer = web.viewer()
    case = queries.case_for(viewer, case_id)
    if do not in words.DO:
        raise NotFound
    (found,) = items.items_for(viewer, [case])
    form = forms.DecideForm() if request.method == "POST" else forms.DecideForm(formdata=None, version=case.version)
    context: dict[str, Any] = {"item": found, "do": do, "words": words}
    if request.method != "POST":
        require(viewer, rules.DECIDE, queries.matter_of(viewer, case, queries.steps_of(viewer, [case])[case.id]))
        return answers.render("review_do.html", "parts/review_do.html", form=form, **context)

    def work() -> Any:
        wish = Decision(do, form.version.data, form.reason.data or None, form.words.data, form.hours.data)
        try:
            step = deciding.decide(viewer, case_id, wish)
        except Conflict as conflict:
            return _again(viewer, case_id, conflict, form)
        return _after(viewer, step)

    return answers.form_answer(form, work, "review_do.html", "parts/review_do.html", **context)


@pages.post("/review/<int:case_id>/claim")
def claim(case_id: int) -> Any:
    """I take it."""
    return answers.go(_item_url(actions.claim(web.viewer(), case_id)))


@pages.post("/review/<int:case_id>/release")
def release(case_id: int) -> Any:
    """Somebody else may take it."""
    return answers.go(_item_url(actions.release(web.viewer(), case_id)))


@pages.post("/review/<int:case_id>/note")
def note(case_id: int) -> Any:
    """A note for the colleagues."""
    viewer = web.viewer()
    case, form = queries.case_for(viewer, case_id), forms.CaseNoteForm()
    (found,) = items.items_for(viewer, [case])

    def work() -> Any:
        actions.write_note(viewer, case_id, form.words.data)
        return answers.go(_item_url(case))

    context = {**_item(viewer, found), "note_form": form}
    answer = answers.form_answer(form, work, "review_item.html", "review_item.html", **context)
    if answer.status_code >= 400:  # the page again, with the words on it
        items.opened(viewer, found)
    return answer


@pages.route("/review/<int:case_id>/hand-over", methods=["GET", "POST"])
def hand_over(case_id: int) -> Any:
    """Give it to a named colleague."""
    viewer = web.viewer()
    case = queries.case_for(viewer, case_id)
    require(viewer, rules.HANDLE)
    form = forms.HandOverForm()
    form.member_id.choices = offered(queries.colleagues_for(viewer, case))
    (found,) = items.items_for(viewer, [case])
    context = {"item": found, "words": words}
    if request.method != "POST":
        return render_template("review_hand_over.html", form=form, **context)

    def work() -> Any:
        step = actions.hand_over(viewer, case_id, form.member_id.data)
        return answers.go(url_for("review.queue", done=step.id))

    return answers.form_answer(form, work, "review_hand_over.html", "review_hand_over.html", **context)


@pages.post("/review/<int:case_id>/not-this")
def not_this(case_id: int) -> Any:
    """What a word list heard was not meant so, or was."""
    viewer, form = web.viewer(), forms.NotThisForm()
    case = queries.case_for(viewer, case_id)
    if not form.validate():
        raise Invalid
    beside.judge(viewer, case, form.key.data, right=form.right.data == "y")
    return answers.go(url_for("review.item", case_id=case_id, _anchor="heard"))


@pages.post("/review/<int:case_id>/who-told")
@web.never_carried
def who_told(case_id: int) -> Any:
    """Who told staff of it, for a safety lead who must know; each time is written down."""
    viewer = web.viewer()
    case = queries.case_for(viewer, case_id)
    names = open_tellers(viewer, case)
    (found,) = items.items_for(viewer, [case])
    items.opened(viewer, found)
    return render_template("review_item.html", **{**_item(viewer, found), "tellers": names})


@pages.post("/review/busy")
def busy() -> Any:
    """Not now: what comes new goes to my back-up first."""
    form = forms.BusyForm()
    if not form.validate():
        raise Invalid
    actions.be_busy(web.viewer(), form.minutes.data)
    return answers.go(url_for("review.queue"))


@pages.post("/review/undo/<int:step_id>")
def undo(step_id: int) -> Any:
    """Ten seconds in which a step is as if it had not been."""
    return answers.go(_item_url(actions.undo(web.viewer(), step_id)))


def _queue(viewer: Viewer) -> dict[str, Any]:
    chip = request.args.get("chip", "")
    if chip and chip not in words.CHIPS:
        raise NotFound
    found = items.items_for(viewer, queries.open_for(viewer))
    mine = busy_until(viewer.id)
    covered = backed_up_by(viewer.id)
    begins = min((row.since for row in covered), default=None)
    shown = [one for one in found if not chip or one.kind == chip]
    return {
        "groups": items.groups_of(shown),
        "counts": {kind: sum(one.kind == kind for one in found) for kind in words.CHIPS},
        "all": len(found),
        "chip": chip,
        "oldest": items.oldest(found),
        "figures": queries.handled_by(viewer),
        "busy_until": mine,
        "for_backup": sum(one.case.since >= begins for one in found) if begins else 0,
        "busy_form": forms.BusyForm(formdata=None),
        "may_handle": can(viewer, rules.HANDLE),
        "words": words,
        "done": _done(viewer),
        "concerns": len(concerns.open_for(viewer)),
        "second_yes": steps.waiting_for(viewer),
        "pictures_wait": photos.waits_for(viewer) or bool(portraits.waiting_for(viewer)),
    }


def _item(viewer: Viewer, found: items.Item) -> dict[str, Any]:
    named = found.case.member_id is not None and not (found.piece is not None and found.piece.unnamed)
    return {
        "item": found,
        "story": items.story_of(viewer, found.case),
        "heard": items.heard_in(found.text),
        "acts": queries.acts_about(viewer, found.case.member_id) if named and found.case.member_id else [],
        "colleagues": queries.colleagues_for(viewer, found.case),
        "note_form": forms.CaseNoteForm(formdata=None),
        "elsewhere": beside.pages_about(viewer, found),
        "told": beside.told_about(viewer, found.case),
        "reason_words": beside.reason_words,
        "tellers": None,
        "may_name": can(viewer, reports_rules.NAME, place_of(found.case)),
        "keys": beside.keys_in(viewer, found),
        "may_handle": can(viewer, rules.HANDLE),
        "words": words,
        "done": _done(viewer),
        "next_id": _next_id(viewer, found.case),
    }


def _done(viewer: Viewer) -> dict[str, Any] | None:
    """The step just made, for as long as it can be undone."""
    wanted = paging.whole_number(request.args.get("done", ""))
    if wanted is None:
        return None
    try:
        step = queries.step_for(viewer, wanted)
    except NotFound:
        return None
    left = actions.UNDO_TIME - (clock.now() - step.at)
    if step.by_id != viewer.id or left.total_seconds() <= 0:
        return None
    case = queries.case_for(viewer, step.case_id)
    (found,) = items.items_for(viewer, [case])
    return {
        "step": step.id,
        "what": words.DONE[step.what],
        "seconds": int(left.total_seconds()) + 1,
        "hard": found.hard,
        "final": bool(step.facts.get("final")),
    }


def _again(viewer: Viewer, case_id: int, conflict: Conflict, form: forms.DecideForm) -> Any:
    """The case as it is now, and who was faster. What was typed stands beside it."""
    (found,) = items.items_for(viewer, [queries.case_for(viewer, case_id)])
    items.opened(viewer, found)
    context = {**_item(viewer, found), "overtaken": conflict.sentence, "typed": form.words.data}
    return answers.render("review_item.html", "parts/review_whole.html", 409, **context)


def _after(viewer: Viewer, step: CaseStep) -> Any:
    """On to the next one, with ten seconds to undo this."""
    if request.args.get("on") == "item":
        later = queries.open_for(viewer)
        if later:
            return answers.go(url_for("review.item", case_id=later[0].id, done=step.id))
    chip = request.args.get("chip")
    return answers.go(url_for("review.queue", done=step.id, chip=chip if chip in words.CHIPS else None))


def _next_id(viewer: Viewer, case: Case) -> int | None:
    """Which case comes after this one in the queue."""
    ids = [one.id for one in queries.open_for(viewer)]
    after = ids[ids.index(case.id) + 1 :] if case.id in ids else ids
    return after[0] if after else None


def _item_url(case: Case) -> str:
    return url_for("review.item", case_id=case.id)
