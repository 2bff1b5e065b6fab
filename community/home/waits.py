"""What waits of one's own, in one place: texts before a host has read them, sent back, hidden, to be written anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, url_for

from community.core import answers, web
from community.core.db import session
from community.members.people import Viewer
from community.reports.words import hidden_until
from community.spaces import queries as spaces
from community.streams import own
from community.streams import queries as streams
from community.streams.models import Piece
from community.streams.told import ToldView, told_to_authors
from community.streams.views import page_of

pages = Blueprint("waits", __name__)

ACT_PAGE = "acts.one"


@dataclass(frozen=True)
class Waits:
    """One text of the viewer's, and what a host said of it. `rewrite`: it stands, and a host asked for other words."""

    piece: streams.PieceView
    told: ToldView | None
    space: spaces.SpaceView | None
    url: str
    rewrite: bool


@pages.get("/me/waiting")
@web.behind_pin
def mine() -> Any:
    """My texts that wait, newest first. Alone it is what an open list asks for when something changed."""
    return answers.render("own_waits.html", "parts/own_waits_list.html", waits=waits_for(web.viewer()))


def waits_for(viewer: Viewer) -> list[Waits]:
    """The viewer's own, hers alone. A few queries, however many there are."""
    rows = own.waiting_of(viewer)
    told = told_to_authors([piece for piece, _stream in rows], ("returned", "hidden", "published"))
    views = streams.views(viewer, [piece for piece, _stream in rows])
    places = {place.id: place for place in spaces.views_for(viewer)}
    return [
        Waits(
            view,
            told.get(piece.id),
            places.get(stream.space_id),
            page_of(stream.id, stream.kind, piece),
            piece.state == "published",
        )
        for (piece, stream), view in zip(rows, views, strict=True)
    ]


def hidden_words(piece_id: int) -> str:
    """What the author of a piece reads that a rule has hidden: until when a host has looked. A few queries."""
    return hidden_until(session().get_one(Piece, piece_id))


def act_url(act_id: int) -> str | None:
    """Where a member reads about a decision and says that it was wrong."""
    return url_for(ACT_PAGE, act_id=act_id) if ACT_PAGE in current_app.view_functions else None
