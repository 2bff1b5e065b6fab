"""What one does to a question: the reply that helped, whether it still holds, what it is about."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from community.core import answers, web
from community.core.errors import Invalid
from community.core.policy import require
from community.forum import forms, helped, queries, questions, rules
from community.forum.models import TAGS
from community.streams import muted
from community.streams.models import Piece
from community.streams.views import page_of

pages = Blueprint("questions", __name__)


@pages.post("/pieces/<int:piece_id>/helped")
def mark(piece_id: int) -> Any:
    """This reply helped."""
    piece = questions.mark_helped(web.viewer(), piece_id)
    return answers.go(url_for("forum.thread", stream_id=piece.stream_id, _anchor="on-top"))


@pages.post("/pieces/<int:piece_id>/helped-no-more")
def unmark(piece_id: int) -> Any:
    """Take the mark off again."""
    return answers.go(_place(questions.unmark_helped(web.viewer(), piece_id)))


@pages.get("/t/<int:stream_id>/helped")
def on_top(stream_id: int) -> Any:
    """What stands on top of an open page now; empty where no reply is marked that the viewer sees."""
    viewer = web.viewer()
    found = queries.thread_for(viewer, stream_id)
    shown = helped.helped_for(viewer, found.stream.id)
    folded = muted.folds(viewer, [shown.piece]) if shown else {}
    return render_template("parts/helped.html", helped=shown, folded={str(id_): why for id_, why in folded.items()})


@pages.post("/t/<int:stream_id>/still-true")
def still_true(stream_id: int) -> Any:
    """Still true, or not any more."""
    form = forms.StillForm()
    if not form.validate():
        raise Invalid
    questions.say_still_true(web.viewer(), stream_id, form.word.data)
    return answers.go(url_for("forum.thread", stream_id=stream_id, _anchor="on-top"))


@pages.route("/t/<int:stream_id>/tags", methods=["GET", "POST"])
def tags(stream_id: int) -> Any:
    """Say anew what a question is about."""
    viewer = web.viewer()
    found = queries.thread_for(viewer, stream_id)
    require(viewer, rules.TAG_QUESTION, found)
    now = [tag.key for tag in helped.tags_of(viewer, stream_id)]
    form = forms.TagForm(**{f"tag_{key}": key in now for key in TAGS}, sent="tags")
    back_url = url_for("forum.thread", stream_id=stream_id)

    def work() -> Any:
        questions.choose_tags(viewer, stream_id, form.chosen_tags())
        return answers.go(back_url)

    if not form.is_submitted():
        return render_template("tags.html", form=form, back_url=back_url, stream_id=stream_id)
    return answers.form_answer(form, work, "tags.html", "tags.html", back_url=back_url, stream_id=stream_id)


def _place(piece: Piece) -> str:
    return page_of(piece.stream_id, "thread", piece)
