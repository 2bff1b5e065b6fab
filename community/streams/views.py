"""What one does to a piece, and catching up. Reading pages belong to the rooms around a stream."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for

from community.core import answers, paging, web
from community.core.errors import Invalid
from community.core.policy import require
from community.members import readings
from community.members.people import Viewer
from community.safety import card
from community.streams import actions, catching_up, forms, keeping, own, past, queries, revisions, rules, waiting_edits
from community.streams.apart import within
from community.streams.models import Piece, Stream
from community.streams.showing import shown

pages = Blueprint("streams", __name__)

PAGES = {
    "thread": "forum.thread",
    "room": "chat.room",
    "talk": "talks.talk",
    "inbox": "inbox.thread",
    "album": "memories.album",
}


def page_of(stream_id: int, kind: str, piece: Piece | None = None) -> str:
    """Where a piece is read: the page its stream's kind names, at its place."""
    if piece is None or piece.nr is None or piece.kind == "opening":
        return url_for(PAGES[kind], stream_id=stream_id)
    return url_for(PAGES[kind], stream_id=stream_id, around=piece.nr, _anchor=f"p{piece.nr}")


@pages.get("/streams/<int:stream_id>/since")
def since(stream_id: int) -> Any:
    """Everything after a cursor: each changed piece in its present state, gone ones as gone."""
    stream = queries.going_on_for(web.viewer(), stream_id)
    viewer = within(web.viewer(), stream)
    after = paging.whole_number(request.args.get("after", ""))
    if after is None:
        raise Invalid
    changes = catching_up.changes_since(viewer, stream, after)
    there = [view for _id, view in changes.pieces if view is not None]
    return jsonify(
        seq=changes.seq,
        reload=changes.reload,
        pieces=[
            {"id": id_, "nr": view.nr, "seq": view.seq, "html": shown(view), "gone": False}
            if view is not None
            else {"id": id_, "nr": None, "seq": changes.seq, "html": None, "gone": True}
            for id_, view in changes.pieces
        ],
        mine={
            **own.for_page(viewer, there, changes.own),
            "read_nr": own.read_to(viewer, stream_id),
        },
    )


@pages.post("/pieces/<int:piece_id>/delete")
def remove(piece_id: int) -> Any:
    """Take back one's own text; the page offers to put it back."""
    piece = actions.remove_piece(web.viewer(), piece_id)
    stream = queries.stream_for(web.viewer(), piece.stream_id)
    if answers.wants_part():
        return done(piece)
    return answers.go(url_for(PAGES[stream.kind], stream_id=stream.id, removed=piece.id, around=piece.nr))


@pages.post("/pieces/<int:piece_id>/restore")
def restore(piece_id: int) -> Any:
    """Put back what one took back."""
    return done(actions.restore_piece(web.viewer(), piece_id))


@pages.post("/pieces/<int:piece_id>/change/delete")
def drop_change(piece_id: int) -> Any:
    """Take back a change that waits to be read; what stands stays."""
    return done(waiting_edits.drop_waiting_edit(web.viewer(), piece_id))


@pages.get("/pieces/<int:piece_id>/history")
def history(piece_id: int) -> Any:
    """Earlier versions, for staff. Somebody else's are shown once she has said why (`?why=`): that is noted, and told
    to whoever wrote."""
    viewer = web.viewer()
    piece = queries.piece_for(viewer, piece_id)
    require(viewer, rules.SEE_HISTORY, piece)
    found = queries.found_for(viewer, piece.stream_id)
    stream = found.stream
    require(viewer, rules.GO_ON, past.place_of(viewer, stream, found.space))
    why, earlier = request.args.get("why", ""), None
    if piece.author_id == viewer.id and not piece.unnamed:
        earlier = revisions.history_of(viewer, piece)
    elif why in readings.REASONS:
        subject, read = f"piece:{piece.id}", lambda: revisions.history_of(viewer, piece)
        earlier = readings.opened(viewer, "history", subject, piece.author_id, read, reason=why)
    return render_template(
        "history.html",
        piece=queries.views(viewer, [piece])[0],
        revisions=earlier,
        reasons={name: words for name, words in readings.REASONS.items() if name != "help_in"},
        back_url=page_of(stream.id, stream.kind, piece),
    )


@pages.post("/streams/<int:stream_id>/choice")
def choose(stream_id: int) -> Any:
    """Follow, leave or mute."""
    viewer = web.viewer()
    stream = queries.stream_for(viewer, stream_id)
    form = forms.ChoiceForm()
    if not form.validate():
        raise Invalid
    keeping.choose(viewer, stream_id, form.choice.data)
    if answers.wants_part():
        return render_template("parts/following.html", **following(viewer, stream_id))
    return answers.go(page_of(stream.id, stream.kind))


def following(viewer: Viewer, stream_id: int) -> dict[str, Any]:
    """What the two buttons of a thread say."""
    place = own.place_in(viewer, stream_id)
    return following_at(stream_id, place)


def following_at(stream_id: int, place: own.Place) -> dict[str, Any]:
    """The same for a place that was read already."""
    return {"thread_id": stream_id, "following": place.follows, "muted": place.muted}


@pages.post("/drafts")
@web.waits_for_room
def save_draft() -> Any:
    """Keep an unsent text: every two seconds while one writes, and when one leaves."""
    form = forms.DraftForm()
    if not form.validate():
        raise Invalid
    try:
        fields = json.loads(form.fields.data)
    except (ValueError, RecursionError) as error:
        raise Invalid from error
    if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
        raise Invalid
    actions.save_draft(web.viewer(), form.place.data, fields)
    return "", 204


def done(piece: Piece) -> Any:
    """After a change: the place on the page, or for a module the cursor to catch up to."""
    stream: Stream = queries.stream_for(web.viewer(), piece.stream_id)
    if answers.wants_part() and not card.waits():
        return "", 200, {"X-Seq": str(stream.seq), "X-Piece": str(piece.id)}
    return answers.go(card.leading(page_of(stream.id, stream.kind, piece)))
