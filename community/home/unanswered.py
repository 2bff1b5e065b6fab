"""The hosts' page: who still waits for an answer, and how long the first reply takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, render_template, request

from community.core import paging, web
from community.forum import unanswered as queries
from community.inbox import queries as inbox

pages = Blueprint("hosts", __name__)


@pages.get("/unanswered")
def unanswered() -> Any:
    """Posts that ask for support and have no reply, the longest wait first; below them the figure."""
    viewer = web.viewer()
    place = paging.read_cursor(request.args.get("after"))
    found = queries.waiting_for(viewer, waits_after(), place, queries.PAGE + 1)
    more, found = len(found) > queries.PAGE, found[: queries.PAGE]
    return render_template(
        "unanswered.html",
        waiting=found,
        after=paging.cursor(found[-1].since, found[-1].id) if more else None,
        first_page=place is None,
        hours=current_app.config["SETTINGS"].unanswered_hours,
        reply_times=queries.reply_times(viewer),
        team_late=inbox.count_late(viewer),
    )


def waits_after() -> timedelta:
    """After how long without a reply a post rises in the list (UNANSWERED_HOURS)."""
    return timedelta(hours=current_app.config["SETTINGS"].unanswered_hours)
