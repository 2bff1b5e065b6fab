"""A message of a talk that staff were told of, for whoever decides about it: opening more of the talk than was sealed.
An act with a reason of its own; those in the talk read who it was, when and why."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from community.core import answers, web
from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import require
from community.members.people import Viewer
from community.moderation import queries
from community.moderation import rules as review_rules
from community.safety.cases import OF_TELLING
from community.safety.models import Case
from community.streams import queries as streams
from community.streams.models import Piece
from community.talks import actions, forms, rules
from community.talks import queries as talks

pages = Blueprint("talk_desk", __name__)


@pages.route("/review/<int:case_id>/talk", methods=["GET", "POST"])
def more(case_id: int) -> Any:
    """Say why, and read on."""
    viewer = web.viewer()
    case, piece = _of_talk(viewer, case_id)
    holds_it = queries.holder_of(case) == viewer.id
    require(viewer, rules.OPEN_MORE, holds_it)
    form = forms.WhyForm()
    if request.method != "POST":
        return render_template("review_talk.html", case=case, form=forms.WhyForm(formdata=None), pieces=None)

    def work() -> Any:
        found = actions.open_more(viewer, case.id, piece.stream_id, form.why.data, holds_it=holds_it)
        return render_template("review_talk.html", case=case, form=form, pieces=streams.views_for_hosts(viewer, found))

    return answers.form_answer(form, work, "review_talk.html", "review_talk.html", case=case, pieces=None)


def _of_talk(viewer: Viewer, case_id: int) -> tuple[Case, Piece]:
    """A case about a message of a talk that somebody told staff of, and not the viewer. Raises NotFound, NotAllowed."""
    case = queries.case_for(viewer, case_id)
    piece = session().get(Piece, case.piece_id) if case.piece_id is not None else None
    if piece is None or not talks.is_of_talk(viewer, piece) or not OF_TELLING.intersection(case.reasons):
        raise NotFound
    require(viewer, review_rules.DECIDE, queries.matter_of(viewer, case, queries.steps_of(viewer, [case])[case.id]))
    return case, piece
