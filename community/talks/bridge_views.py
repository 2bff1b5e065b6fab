"""What two keep who wrote to each other as minors, for safety leads."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.core import answers, web
from community.core.policy import require
from community.talks import actions, forms, queries, rules

pages = Blueprint("bridges", __name__)


@pages.get("/messages/birthdays")
def index() -> Any:
    """Two who write to each other, one of whom turns 18."""
    require(web.viewer(), rules.END_BRIDGE)
    return render_template("bridges.html", bridges=queries.bridges_for(web.viewer()))


@pages.route("/messages/birthdays/<int:stream_id>/<int:low_id>/<int:high_id>", methods=["GET", "POST"])
def end(stream_id: int, low_id: int, high_id: int) -> Any:
    """End it, with a reason."""
    viewer = web.viewer()
    require(viewer, rules.END_BRIDGE)
    bridge = queries.bridge_for(viewer, stream_id, low_id, high_id)
    form = forms.WhyForm()
    if request.method != "POST":
        return render_template("bridge_end.html", bridge=bridge, form=forms.WhyForm(formdata=None))

    def work() -> Any:
        actions.end_bridge(viewer, stream_id, low_id, high_id, form.why.data)
        return answers.go(url_for("bridges.index"))

    return answers.form_answer(form, work, "bridge_end.html", "bridge_end.html", bridge=bridge)
