"""The hosts' page of what stands unread: published at once, to be read after."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from community.core import answers, paging, web
from community.core.errors import Invalid, NotFound
from community.home.forms import CheckedForm
from community.members.queries import houses
from community.streams import checking, unchecked

pages = Blueprint("checking", __name__)


@pages.get("/review/unchecked")
def stands_unread() -> Any:
    """What stands unread, by channel."""
    viewer = web.viewer()
    groups = unchecked.unchecked_for(viewer)
    of_houses = any(one.house_id != unchecked.ALL for one in groups)
    return render_template(
        "unchecked.html",
        groups=[
            {"space": one.space, "house_id": one.house_id, "pieces": one.pieces, "until": paging.cursor(one.until, 0)}
            for one in groups
        ],
        houses={house.id: house.name for house in houses(viewer)} if of_houses else {},
    )


@pages.post("/review/unchecked/<int:space_id>")
def checked(space_id: int) -> Any:
    """Read to here, all fine."""
    form = CheckedForm()
    if not form.validate():
        raise Invalid
    try:
        until = paging.read_cursor(form.until.data)
    except NotFound as error:
        raise Invalid from error
    if until is None:
        raise Invalid
    checking.mark_checked(web.viewer(), space_id, until[0], form.house_id.data or unchecked.ALL)
    return answers.go(url_for("checking.stands_unread"))
