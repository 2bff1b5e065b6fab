"""Reading a thread, answering, starting one."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, current_app, request, url_for

from community.core import answers, paging, web
from community.core.errors import NotAllowed, NotFound
from community.core.forms import offered
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.core.policy import refusal
from community.forum import actions, forms, queries, rules
from community.forum.queries import Found
from community.members import queries as people
from community.members.people import Viewer
from community.members.rules import writing_refused
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.spaces.rules import WRITE, choices_of_whom, house_of
from community.streams import queries as streams
from community.streams.actions import Said
from community.streams.models import Piece
from community.streams.views import following

pages = Blueprint("forum", __name__)


@pages.get("/t/<int:stream_id>")
def thread(stream_id: int) -> Any:
    """A thread: the opening, a page of replies, and one's own field."""
    viewer = web.viewer()
    found = queries.thread_for(viewer, stream_id)
    draft = streams.draft_for(viewer, f"reply:{stream_id}")
    form = forms.ReplyForm(formdata=None, text=(draft or {}).get("text", ""), client_id=str(uuid.uuid4()))
    return answers.render(
        "thread.html", "thread.html", **_thread_page(viewer, found), form=form, draft_saved=bool(draft)
    )


@pages.post("/t/<int:thread_id>/replies")
def reply(thread_id: int) -> Any:
    """Answer. A module gets the empty field back and the cursor to catch up to; a page gets the reply's place."""
    viewer = web.viewer()
    found = queries.thread_for(viewer, thread_id)
    form = forms.ReplyForm()

    def work() -> Any:
        piece = actions.reply(viewer, thread_id, Said(form.text.data, form.client_id.data))
        if not answers.wants_part():
            if piece.state == "held":
                return answers.go(url_for("forum.thread", stream_id=thread_id, _anchor="waiting"))
            return answers.go(url_for("forum.thread", stream_id=thread_id, around=piece.nr, _anchor=f"p{piece.nr}"))
        return _fresh_composer(viewer, thread_id, piece)

    context = {**_thread_page(viewer, found), "draft_saved": False}
    return answers.form_answer(form, work, "thread.html", "parts/composer.html", **context)


@pages.route("/write", methods=["GET", "POST"])
def write() -> Any:
    """Start a thread: one field, the channel already chosen."""
    viewer = web.viewer()
    places = [space for space in spaces.readable(viewer) if refusal(viewer, WRITE, space) is None]
    if not places:
        none = _l("There is no channel you can write in just now. Ask staff if you want one.")
        raise NotAllowed(writing_refused(viewer) or none)
    asking = [space for space in places if len(choices_of_whom(viewer, space)) > 1]
    form = _write_form(viewer, places, asking)
    form.space_id.choices = offered((space.id, space.name("sv")) for space in places)
    readers = spaces.Readers(viewer)
    chosen = next((space for space in places if space.id == form.space_id.data), places[0])
    asked = (form.asked.data or "").split()
    form.asked.data = " ".join(str(space.id) for space in asking)
    context: dict[str, Any] = {
        "spaces": [spaces.view_of(viewer, space) for space in places],
        "space": spaces.view_of(viewer, chosen),
        "readers": {space.id: readers.sentence(space) for space in places},
        "asking": [space.id for space in asking],
        "house_readers": readers.sentence(asking[0], house_of(viewer)) if asking else "",
        "house_name": people.house_name(viewer, viewer.house_id) if asking else "",
    }
    if request.method != "POST":
        return answers.render("write.html", "parts/writing.html", form=form, **context)

    def work() -> Any:
        piece = actions.start_thread(
            viewer,
            form.space_id.data,
            Said(form.text.data, form.client_id.data, form.title.data or None),
            mode=form.mode.data,
            just_listen=form.just_listen.data,
            # A choice made for one channel is not taken for one about which the page did not ask.
            whom=form.whom.data if str(form.space_id.data) in asked else None,
        )
        return answers.go(url_for("forum.thread", stream_id=piece.stream_id))

    return answers.form_answer(form, work, "write.html", "parts/writing.html", **context)


def _write_form(viewer: Viewer, places: list[Space], asking: list[Space]) -> forms.WriteForm:
    if request.method == "POST":
        return forms.WriteForm()
    wanted = next((space.id for space in places if space.slug == request.args.get("space")), places[0].id)
    draft = streams.draft_for(viewer, "new") or {}
    if "space" not in request.args:
        wanted = paging.whole_number(draft.get("space_id", "")) or wanted
    return forms.WriteForm(
        formdata=None,
        client_id=str(uuid.uuid4()),
        space_id=wanted,
        text=draft.get("text", ""),
        title=draft.get("title", ""),
        mode=draft.get("mode", "tell"),
        just_listen=bool(draft.get("just_listen")),
        whom=draft.get("whom") or (choices_of_whom(viewer, asking[0])[0] if asking else None),
    )


def _thread_page(viewer: Viewer, found: Found) -> dict[str, Any]:
    page = queries.page_for(viewer, found, before=_place("before"), after=_place("after"), around=_place("around"))
    replies, fresh, stream_id = page.replies, page.fresh_for(viewer), found.stream.id
    newest = replies[-1].nr if replies else 0
    return {
        "thread": page.thread,
        "pieces": replies,
        "waiting": page.waiting,
        "older_url": url_for("forum.thread", stream_id=stream_id, before=replies[0].nr) if page.older else None,
        "newer_url": url_for("forum.thread", stream_id=stream_id, after=newest) if page.newer else None,
        "is_tail": not page.newer,
        "seq": found.stream.seq,
        "mine": {**streams.mine_among(viewer, page.shown), "read_nr": page.mark},
        "new_from": fresh[0].nr if fresh else None,
        "new_count": len(fresh),
        "removed_now": _removed_now(viewer, page.shown),
        **following(viewer, stream_id),
        **_writing(viewer, found),
    }


def _writing(viewer: Viewer, found: Found) -> dict[str, Any]:
    sentence = refusal(viewer, rules.REPLY, found)
    return {
        "may_reply": sentence is None,
        "refusal": sentence,
        "readers": spaces.Readers(viewer).sentence(found.space, found.stream.house_id),
    }


def _place(name: str) -> int | None:
    """A place in the address, or None. Raises NotFound for what was never a place."""
    value = request.args.get(name)
    if value is None:
        return None
    place = paging.whole_number(value)
    if place is None:
        raise NotFound
    return place


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
        answers.render(
            "parts/composer.html",
            "parts/composer.html",
            form=form,
            draft_saved=False,
            just_sent=_("Waiting to be read first.") if piece.state == "held" else None,
            held_now=streams.views(viewer, [piece])[0] if piece.state == "held" else None,
            **_thread_page(viewer, found),
        )
    )
    answer.headers["X-Seq"] = str(found.stream.seq)
    answer.headers["X-Piece"] = str(piece.id)
    return answer
