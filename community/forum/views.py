"""Reading a thread, answering, starting one."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, current_app, request, url_for

from community.core import web
from community.core.errors import NotAllowed, NotFound
from community.core.forms import offered
from community.core.i18n import _
from community.core.policy import refusal
from community.forum import actions, forms, queries, rules
from community.forum.queries import Found
from community.members.people import Viewer
from community.spaces import queries as spaces
from community.spaces.rules import WRITE
from community.streams import queries as streams
from community.streams.actions import Said
from community.streams.models import Piece

pages = Blueprint("forum", __name__)


@pages.get("/t/<int:stream_id>")
def thread(stream_id: int) -> Any:
    """A thread: the opening, a page of replies, and one's own field."""
    viewer = web.viewer()
    found = queries.thread_for(viewer, stream_id)
    draft = streams.draft_for(viewer, f"reply:{stream_id}")
    form = forms.ReplyForm(formdata=None, text=(draft or {}).get("text", ""), client_id=str(uuid.uuid4()))
    return web.render("thread.html", "thread.html", **_thread_page(viewer, found), form=form, draft_saved=bool(draft))


@pages.post("/t/<int:thread_id>/replies")
def reply(thread_id: int) -> Any:
    """Answer. A module gets the empty field back and the cursor to catch up to; a page gets the reply's place."""
    viewer = web.viewer()
    found = queries.thread_for(viewer, thread_id)
    form = forms.ReplyForm()

    def work() -> Any:
        piece = actions.reply(viewer, thread_id, Said(form.text.data, form.client_id.data))
        if not web.wants_part():
            if piece.state == "held":
                return web.go(url_for("forum.thread", stream_id=thread_id, _anchor="waiting"))
            return web.go(url_for("forum.thread", stream_id=thread_id, around=piece.nr, _anchor=f"p{piece.nr}"))
        return _fresh_composer(viewer, thread_id, piece)

    context = {} if web.wants_part() else _thread_page(viewer, found)
    context |= {"thread": context.get("thread") or queries.view_of(viewer, found), "draft_saved": False}
    context |= _writing(viewer, found)
    return web.form_answer(form, work, "thread.html", "parts/composer.html", **context)


@pages.route("/write", methods=["GET", "POST"])
def write() -> Any:
    """Start a thread: one field, the channel already chosen."""
    viewer = web.viewer()
    places = [space for space in spaces.readable(viewer) if refusal(viewer, WRITE, space) is None]
    if not places:
        raise NotAllowed(next((refusal(viewer, WRITE, space) for space in spaces.readable(viewer)), None))
    form = _write_form(viewer, places)
    form.space_id.choices = offered((space.id, space.name("sv")) for space in places)
    readers = spaces.Readers(viewer)
    chosen = next((space for space in places if space.id == form.space_id.data), places[0])
    context: dict[str, Any] = {
        "spaces": [spaces.view_of(viewer, space) for space in places],
        "space": spaces.view_of(viewer, chosen),
        "readers": {space.id: readers.sentence(space) for space in places},
    }
    if request.method != "POST":
        return web.render("write.html", "write.html", form=form, **context)

    def work() -> Any:
        piece = actions.start_thread(
            viewer,
            form.space_id.data,
            Said(form.text.data, form.client_id.data, form.title.data or None),
            mode=form.mode.data,
            just_listen=form.just_listen.data,
        )
        return web.go(url_for("forum.thread", stream_id=piece.stream_id))

    return web.form_answer(form, work, "write.html", "write.html", **context)


def _write_form(viewer: Viewer, places: list[Any]) -> forms.WriteForm:
    if request.method == "POST":
        return forms.WriteForm()
    wanted = next((space.id for space in places if space.slug == request.args.get("space")), places[0].id)
    draft = streams.draft_for(viewer, "new") or {}
    if str(draft.get("space_id", "")).isdecimal() and "space" not in request.args:
        wanted = int(draft["space_id"])
    return forms.WriteForm(
        formdata=None,
        client_id=str(uuid.uuid4()),
        space_id=wanted,
        text=draft.get("text", ""),
        title=draft.get("title", ""),
        mode=draft.get("mode", "tell"),
        just_listen=bool(draft.get("just_listen")),
    )


def _thread_page(viewer: Viewer, found: Found) -> dict[str, Any]:
    stream = found.stream
    mark = streams.read_nr(viewer, stream.id)
    view = queries.view_of(viewer, found)
    replies, older, newer = _slice(viewer, found, mark)
    shown = [view.opening, *replies]
    fresh = [
        piece for piece in replies if mark is not None and piece.nr and piece.nr > mark and piece.author.id != viewer.id
    ]
    return {
        "thread": view,
        "pieces": replies,
        "waiting": streams.held_for(viewer, stream),
        "older_url": url_for("forum.thread", stream_id=stream.id, before=replies[0].nr) if older else None,
        "newer_url": url_for("forum.thread", stream_id=stream.id, after=replies[-1].nr) if newer else None,
        "is_tail": not newer,
        "seq": stream.seq,
        "mine": {**streams.mine_among(viewer, shown), "read_nr": mark},
        "new_from": fresh[0].nr if fresh else None,
        "new_count": len(fresh),
        "removed_now": _removed_now(viewer, shown),
        **_writing(viewer, found),
    }


def _writing(viewer: Viewer, found: Found) -> dict[str, Any]:
    sentence = refusal(viewer, rules.REPLY, found)
    return {
        "may_reply": sentence is None,
        "refusal": sentence,
        "readers": spaces.Readers(viewer).sentence(found.space),
    }


def _slice(viewer: Viewer, found: Found, mark: int | None) -> tuple[list[streams.PieceView], bool, bool]:
    """One page of replies and whether there are older and newer ones. Without a wish: the newest page, or the page
    where one stopped reading."""
    stream, size = found.stream, streams.PAGE
    if "before" in request.args:
        page = streams.page_before(viewer, stream, _place("before"), size + 1)
        return page[-size:], len(page) > size, bool(streams.page_after(viewer, stream, _place("before") - 1, 1))
    start = None
    if "after" in request.args:
        start = _place("after")
    elif "around" in request.args:
        start = max(0, _place("around") - size // 2)
    elif mark is not None and stream.last_nr - mark > size:
        start = max(0, mark - 5)
    if start is None or stream.last_nr <= size + 1:
        page = streams.page_before(viewer, stream, None, size + 1)
        return page[-size:], len(page) > size, False
    page = streams.page_after(viewer, stream, start, size + 1)
    older = bool(page) and bool(streams.page_before(viewer, stream, page[0].nr, 1))
    return page[:size], older, len(page) > size


def _place(name: str) -> int:
    value = request.args.get(name, "")
    if not value.isdecimal() or len(value) > 15:
        raise NotFound
    return int(value)


def _removed_now(viewer: Viewer, shown: list[streams.PieceView]) -> int | None:
    """The piece just taken back, if it is hers and on the page: it gets the line with Undo."""
    wanted = request.args.get("removed", "")
    return next(
        (p.id for p in shown if str(p.id) == wanted and p.state == "removed" and p.author.id == viewer.id), None
    )


def _fresh_composer(viewer: Viewer, stream_id: int, piece: Piece) -> Any:
    found = queries.thread_for(viewer, stream_id)
    form = forms.ReplyForm(formdata=None, client_id=str(uuid.uuid4()))
    answer = current_app.make_response(
        web.render(
            "parts/composer.html",
            "parts/composer.html",
            form=form,
            thread=queries.view_of(viewer, found),
            draft_saved=False,
            just_sent=_("Waiting to be read first.") if piece.state == "held" else None,
            held_now=streams.views(viewer, [piece])[0] if piece.state == "held" else None,
            **_writing(viewer, found),
        )
    )
    answer.headers["X-Seq"] = str(found.stream.seq)
    answer.headers["X-Piece"] = str(piece.id)
    return answer
