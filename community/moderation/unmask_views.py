"""Pages about who wrote without a name: asking, answering, judging, and the name itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from community.core import answers, web
from community.core.errors import Invalid
from community.members.people import Viewer
from community.moderation import unmask_forms as forms
from community.moderation import unmasking

pages = Blueprint("unmasking", __name__)


@pages.route("/pieces/<int:piece_id>/who", methods=["GET", "POST"])
def who(piece_id: int) -> Any:
    """What was asked about a text without a name, and asking. It never shows the name."""
    viewer = web.viewer()
    found = unmasking.who_for(viewer, piece_id)
    form = forms.WhoForm()
    if not form.is_submitted():
        return render_template("who.html", **_page(found))

    def work() -> Any:
        unmasking.ask(viewer, piece_id, form.why.data, alone=form.alone.data)
        return answers.go(url_for("unmasking.who", piece_id=piece_id))

    return answers.form_answer(form, work, "who.html", "who.html", **_page(found, ask=form))


@pages.get("/unmaskings")
def waiting() -> Any:
    """What waits for a second person."""
    return render_template("unmaskings.html", askings=unmasking.waiting_for(web.viewer()))


@pages.post("/unmaskings/<int:asking_id>/answer")
def answer(asking_id: int) -> Any:
    """The second person says yes or no."""
    viewer, form = web.viewer(), forms.SecondForm()
    found = _of(viewer, asking_id)

    def work() -> Any:
        if form.answer.data == "yes":
            unmasking.agree(viewer, asking_id)
        else:
            unmasking.refuse(viewer, asking_id, form.answer_why.data)
        return answers.go(url_for("unmasking.who", piece_id=found.piece_id))

    return answers.form_answer(form, work, "who.html", "who.html", **_page(found, answering=asking_id, second=form))


@pages.post("/unmaskings/<int:asking_id>/judge")
def judge(asking_id: int) -> Any:
    """A second person says whether doing it alone was right."""
    viewer, form = web.viewer(), forms.JudgeForm()
    found = _of(viewer, asking_id)

    def work() -> Any:
        unmasking.judge(viewer, asking_id, form.judged_why.data, right=form.right.data == "yes")
        return answers.go(url_for("unmasking.who", piece_id=found.piece_id))

    return answers.form_answer(form, work, "who.html", "who.html", **_page(found, answering=asking_id, judging=form))


@pages.post("/unmaskings/<int:asking_id>/name")
@web.never_carried
def name(asking_id: int) -> Any:
    """The name, in this answer alone. Each time is written down, and told to whoever wrote."""
    viewer = web.viewer()
    if not forms.Form().validate():
        raise Invalid
    person = unmasking.see(viewer, asking_id)
    found = _of(viewer, asking_id)
    return render_template("who.html", **_page(found, shown=(asking_id, person)))


def _of(viewer: Viewer, asking_id: int) -> unmasking.WhoView:
    """The page an asking stands on. Raises NotFound, NotAllowed."""
    return unmasking.who_for(viewer, unmasking.piece_of(viewer, asking_id))


def _page(found: unmasking.WhoView, answering: int | None = None, **given: Any) -> dict[str, Any]:
    """What the page shows; `answering`: the asking whose form was sent, so that only that one is filled in."""
    blank = {"second": forms.SecondForm(formdata=None), "judging": forms.JudgeForm(formdata=None)}
    ask = forms.WhoForm(formdata=None)
    return {"who": found, "ask": ask, "shown": None, "answering": answering, "blank": blank, **blank, **given}
