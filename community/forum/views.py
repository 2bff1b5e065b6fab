"""Reading a thread, answering, starting one."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for

from community.core import answers, paging, web
from community.core.errors import Invalid, NotAllowed
from community.core.forms import offered
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.core.policy import can, refusal
from community.forum import actions, forms, queries, rules
from community.forum.models import TAGS
from community.forum.queries import Found
from community.members import queries as people
from community.members.people import Viewer
from community.members.rules import writing_refused
from community.photos.rules import MOST_ON_A_PIECE
from community.photos.sending import received, still_there
from community.safety import card
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.spaces.rules import WRITE, choices_of_whom, house_of
from community.streams import own, past, quotes
from community.streams import queries as streams
from community.streams.actions import Said
from community.streams.models import Piece
from community.streams.quotes import QuoteView
from community.streams.rules import ANSWER_AS_ASKER
from community.streams.views import following_at

pages = Blueprint("forum", __name__)


@pages.get("/t/<int:stream_id>")
def thread(stream_id: int) -> Any:
    """A thread: the opening, a page of replies, and one's own field."""
    viewer = web.viewer()
    spaces.readable(viewer)  # the page shows them all: asked for once, the thread's own is among them
    found = queries.thread_for(viewer, stream_id)
    place = own.place_in(viewer, stream_id)
    form = _reply_form(viewer, found, formdata=None, **_kept(viewer, place.draft or {}))
    quoting = _quoting(viewer, found, form)
    if quoting is None:
        form.let_go_of_quote()
    page = _thread_page(viewer, found, place)
    saved = bool(place.draft)
    return answers.render("thread.html", "thread.html", **page, form=form, draft_saved=saved, quoting=quoting)


@pages.get("/t/<int:stream_id>/waiting")
def waiting(stream_id: int) -> Any:
    """What is the viewer's own there and waits; for her open page, when something became of it."""
    viewer = web.viewer()
    found = queries.thread_for(viewer, stream_id)
    waiting, mine = queries.waiting_for(viewer, found, own.place_in(viewer, stream_id))
    return render_template("parts/own_waiting.html", waiting=waiting, mine=own.for_page(viewer, waiting, mine))


@pages.get("/t/<int:stream_id>/locked")
def locked(stream_id: int) -> Any:
    """Whether it takes new replies; for readers with rooms of their own."""
    viewer = web.viewer()
    found = queries.thread_for(viewer, stream_id)
    return render_template("parts/locked.html", locked=queries.lock_for(viewer, found.stream))


@pages.post("/t/<int:thread_id>/replies")
@web.waits_for_room
@web.takes_pictures(MOST_ON_A_PIECE)
def reply(thread_id: int) -> Any:
    """Answer. A module gets the empty field back and the cursor to catch up to; a page gets the reply's place."""
    viewer = web.viewer()
    found = queries.thread_for(viewer, thread_id)
    form = _reply_form(viewer, found)

    def work() -> Any:
        try:
            photos = received(viewer, form)
            piece = actions.reply(viewer, thread_id, _answer(form), photos)
        except Invalid as refused:
            if refused.field not in ("quote", "excerpt"):
                raise
            form.let_go_of_quote(wholly=refused.field == "quote")
            context["quoting"] = _quoting(viewer, found, form)
            form.add_error(refused)
            return answers.render("thread.html", "parts/composer.html", refused.status, form=form, **context)
        if photos:
            return answers.go(card.leading(url_for("photos.of_piece", piece_id=piece.id)))
        if not answers.wants_part():
            if piece.state == "held":
                return answers.go(card.leading(url_for("forum.thread", stream_id=thread_id, _anchor="waiting")))
            here = url_for("forum.thread", stream_id=thread_id, around=piece.nr, _anchor=f"p{piece.nr}")
            return answers.go(card.leading(here))
        return _fresh_composer(viewer, thread_id, piece)

    quoting = _quoting(viewer, found, form)
    context = {**_thread_page(viewer, found, own.place_in(viewer, thread_id)), "draft_saved": False, "quoting": quoting}
    return answers.form_answer(form, work, "thread.html", "parts/composer.html", **context)


@pages.route("/write", methods=["GET", "POST"])
@web.waits_for_room
@web.takes_pictures(MOST_ON_A_PIECE)
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
        "guesses": {space.id: readers.count(space) for space in places},
        "asking": [space.id for space in asking],
        "house_guesses": readers.count(asking[0], house_of(viewer)) if asking else 0,
        "house_readers": readers.sentence(asking[0], house_of(viewer)) if asking else "",
        "house_name": people.house_name(viewer, viewer.house_id) if asking else "",
    }
    if request.method != "POST":
        return answers.render("write.html", "parts/writing.html", form=form, **context)

    def work() -> Any:
        photos = received(viewer, form)
        piece = actions.start_thread(
            viewer,
            form.space_id.data,
            _said(form),
            mode=form.mode.data,
            just_listen=form.just_listen.data,
            tags=form.chosen_tags(),
            # A choice made for one channel is not taken for one about which the page did not ask.
            whom=form.whom.data if str(form.space_id.data) in asked else None,
            photos=photos,
        )
        if photos:
            return answers.go(url_for("photos.of_piece", piece_id=piece.id))
        return answers.go(url_for("forum.thread", stream_id=piece.stream_id))

    return answers.form_answer(form, work, "write.html", "parts/writing.html", **context)


def _said(form: forms.WriteForm) -> Said:
    nameless = bool(form.unnamed and form.unnamed.data)
    return Said(
        form.text.data,
        form.client_id.data,
        form.title.data or None,
        form.note.data or None,
        picked=form.picked.ids,
        unnamed=nameless,
        at_once=nameless and form.at_once.data,
    )


def _write_form(viewer: Viewer, places: list[Space], asking: list[Space]) -> forms.WriteForm:
    if request.method == "POST":
        return _offered(viewer, forms.WriteForm())
    wanted = next((space.id for space in places if space.slug == request.args.get("space")), places[0].id)
    draft = own.draft_for(viewer, "new") or {}
    if "space" not in request.args:
        wanted = paging.whole_number(draft.get("space_id", "")) or wanted
    form = forms.WriteForm(
        formdata=None,
        client_id=str(uuid.uuid4()),
        space_id=wanted,
        text=draft.get("text", ""),
        title=draft.get("title", ""),
        picked=draft.get("picked", ""),
        photos=still_there(viewer, draft.get("photos", "")),
        note=draft.get("note", ""),
        mode=draft.get("mode", "tell"),
        just_listen=bool(draft.get("just_listen")),
        unnamed=bool(draft.get("unnamed")),
        at_once=bool(draft.get("at_once")),
        **{f"tag_{key}": bool(draft.get(f"tag_{key}")) for key in TAGS},
        whom=draft.get("whom") or (choices_of_whom(viewer, asking[0])[0] if asking else None),
    )
    return _offered(viewer, form)


def _offered(viewer: Viewer, form: forms.WriteForm) -> forms.WriteForm:
    """Staff write with their name."""
    if viewer.is_staff:
        del form.unnamed, form.at_once
    return form


def _kept(viewer: Viewer, draft: dict[str, str]) -> dict[str, Any]:
    """One's own field: the draft, and what it quoted, or what the address asks to quote."""
    asked = request.args.get("quote")
    return {
        "text": draft.get("text", ""),
        "note": draft.get("note", ""),
        "picked": draft.get("picked", ""),
        "photos": still_there(viewer, draft.get("photos", "")),
        "with_name": bool(draft.get("with_name")),
        "quote": draft.get("quote", "") if asked is None else asked,
        "excerpt": draft.get("excerpt", "") if asked is None else "",
        "client_id": str(uuid.uuid4()),
    }


def _answer(form: forms.ReplyForm) -> Said:
    return Said(
        form.text.data,
        form.client_id.data,
        note=form.note.data or None,
        quote_id=form.quote_id,
        excerpt=form.excerpt.data,
        picked=form.picked.ids,
        unnamed=isinstance(form, forms.AskerForm) and not form.with_name.data,
    )


def _quoting(viewer: Viewer, found: Found, form: forms.ReplyForm) -> QuoteView | None:
    """What a reply would quote, shown above the field."""
    if form.quote_id is None:
        return None
    return quotes.preview(viewer, found.stream, form.quote_id, form.excerpt.data or "")


def _thread_page(viewer: Viewer, found: Found, place: own.Place) -> dict[str, Any]:
    wanted = {name: paging.place(request.args.get(name)) for name in ("before", "after", "around")}
    page = queries.page_for(viewer, found, place, **wanted)
    on_top = [page.helped.piece] if page.helped else []
    mine = own.for_page(viewer, [*page.shown, *on_top], page.own)
    replies, fresh, stream_id = page.replies, page.fresh_beside(mine["pieces"]), found.stream.id
    newest = replies[-1].nr if replies else 0
    return {
        "thread": page.thread,
        "helped": page.helped,
        "locked": queries.lock_for(viewer, found.stream),
        "ended": past.ended_at(viewer, stream_id),
        "may_say_still": page.helped is not None and refusal(viewer, rules.SAY_STILL_TRUE, found) is None,
        "pieces": replies,
        "waiting": page.waiting,
        "older_url": url_for("forum.thread", stream_id=stream_id, before=replies[0].nr) if page.older else None,
        "newer_url": url_for("forum.thread", stream_id=stream_id, after=newest) if page.newer else None,
        "is_tail": not page.newer,
        "last": page.last,
        "seq": 0 if past.ended_at(viewer, stream_id) else found.stream.seq,
        "mine": {**mine, "read_nr": page.mark},
        "new_from": fresh[0].nr if fresh else None,
        "new_count": len(fresh),
        "removed_now": _removed_now(mine["pieces"], page.shown),
        **following_at(stream_id, place),
        **_writing(viewer, found),
    }


def _writing(viewer: Viewer, found: Found) -> dict[str, Any]:
    sentence = refusal(viewer, rules.REPLY, found)
    read_by = spaces.Readers(viewer).sentence(found.space, found.stream.house_id) if sentence is None else ""
    return {"may_reply": sentence is None, "refusal": sentence, "readers": read_by}


def _is_asker(viewer: Viewer, found: Found) -> bool:
    return can(viewer, ANSWER_AS_ASKER, found.opening)


def _reply_form(viewer: Viewer, found: Found, **given: Any) -> forms.ReplyForm:
    """Whoever wrote the post without her name is asked whether this answer is to have it; without a word it has not."""
    return forms.AskerForm(**given) if _is_asker(viewer, found) else forms.ReplyForm(**given)


def _removed_now(own: list[int], shown: list[streams.PieceView]) -> int | None:
    """The piece just taken back, if it is hers and on the page: it gets the line with Undo."""
    wanted = request.args.get("removed", "")
    return next((p.id for p in shown if str(p.id) == wanted and p.state == "removed" and p.id in own), None)


def _fresh_composer(viewer: Viewer, stream_id: int, piece: Piece) -> Any:
    found = queries.thread_for(viewer, stream_id)
    form = _reply_form(viewer, found, formdata=None, client_id=str(uuid.uuid4()))
    answer = current_app.make_response(
        answers.render(
            "parts/composer.html",
            "parts/composer.html",
            form=form,
            draft_saved=False,
            just_sent=_("Waiting to be read first.") if piece.state == "held" else None,
            held_now=own.promised(viewer, streams.views(viewer, [piece])[0], piece, found.space, found.stream)
            if piece.state == "held"
            else None,
            **_thread_page(viewer, found, own.place_in(viewer, stream_id)),
        )
    )
    answer.headers["X-Seq"] = str(found.stream.seq)
    answer.headers["X-Piece"] = str(piece.id)
    return answer
