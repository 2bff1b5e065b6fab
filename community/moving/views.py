"""My move."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from community.core import web
from community.moving import queries
from community.moving.preparing_views import page_parts

pages = Blueprint("moving", __name__)


@pages.get("/me/move")
@web.private_side
@web.while_closed
def mine() -> Any:
    """What I prepare, and what stays mine after."""
    viewer = web.viewer()
    return render_template("move.html", **page_parts(viewer, queries.move_of(viewer)))
