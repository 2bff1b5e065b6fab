"""What a member has saved for herself, and the menu under a piece, where she does it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from community.core import answers, paging, web
from community.core.errors import Invalid
from community.home import queries
from community.home.forms import LetGoForm
from community.home.views import pages
from community.members.people import Viewer
from community.spaces import queries as spaces
from community.streams import keeping, kept
from community.streams import queries as streams
from community.streams.models import Piece
from community.streams.views import page_of


@pages.get("/me/saved")
@web.private_side
def saved() -> Any:
    """My list, what I saved last first."""
    viewer = web.viewer()
    found = kept.saved_for(viewer, paging.read_cursor(request.args.get("before")), kept.PAGE + 1)
    older, found = len(found) > kept.PAGE, found[: kept.PAGE]
    shown = {view.id: view for view in streams.views(viewer, [piece for _saved, piece, _stream in found])}
    places = spaces.named_for(viewer)
    items = [
        {
            "piece": shown[piece.id],
            "space": places[stream.space_id],
            "url": page_of(stream.id, stream.kind, piece),
        }
        for _saved, piece, stream in found
    ]
    last = found[-1][0] if older else None
    before = paging.cursor(last.saved_at, last.piece_id) if last else None
    return render_template("saved.html", items=items, before=before)


@pages.get("/pieces/<int:piece_id>/more")
def more(piece_id: int) -> Any:
    """What one may do to a piece."""
    viewer = web.viewer()
    return _menu(viewer, streams.piece_for(viewer, piece_id))


@pages.post("/pieces/<int:piece_id>/save")
def save(piece_id: int) -> Any:
    """Keep it in my list."""
    viewer = web.viewer()
    keeping.save_piece(viewer, piece_id)
    return _after(viewer, piece_id)


@pages.post("/pieces/<int:piece_id>/let-go")
def let_go(piece_id: int) -> Any:
    """Take it off my list, which for what has gone meanwhile is the only place it can be reached from."""
    form = LetGoForm()
    if not form.validate():
        raise Invalid
    viewer = web.viewer()
    keeping.let_go(viewer, piece_id)
    return answers.go(url_for("home.saved")) if form.back.data == "list" else _after(viewer, piece_id)


def _after(viewer: Viewer, piece_id: int) -> Any:
    """A module gets the menu as it is now, a page leads back to the piece."""
    piece = streams.piece_for(viewer, piece_id)
    if answers.wants_part():
        return _menu(viewer, piece, pressed=True)
    return answers.go(page_of(piece.stream_id, streams.stream_for(viewer, piece.stream_id).kind, piece))


def _menu(viewer: Viewer, piece: Piece, *, pressed: bool = False) -> Any:
    stream, shown = streams.stream_for(viewer, piece.stream_id), streams.views(viewer, [piece])[0]
    return answers.render(
        "more.html",
        "parts/more.html",
        pressed=pressed,
        piece=shown,
        actions=queries.menu_for(viewer, piece, shown.author),
        back_url=page_of(stream.id, stream.kind, piece),
    )
