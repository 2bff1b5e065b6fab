"""The list of notifications, the badge, and what one does to a stream that concerns notices: reacting and reading."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from community.core import answers, clock, paging, web
from community.core.errors import Conflict, Gone, Invalid, NotFound
from community.core.policy import can, require
from community.members import connections
from community.members.entry import visitor
from community.notices import actions, forms, queries, tokens
from community.notices.cards import cards_for
from community.safety import card
from community.spaces import queries as spaces
from community.spaces.rules import CHANGE_IN
from community.streams import actions as stream_actions
from community.streams import forms as stream_forms
from community.streams import mentions, own, past
from community.streams import queries as streams
from community.streams import rules as stream_rules
from community.streams.models import Piece
from community.streams.views import PAGES, done, page_of
from community.streams.views import pages as stream_pages

pages = Blueprint("notices", __name__)


@pages.get("/notifications")
def notifications() -> Any:
    """What I have been told, newest first."""
    before = paging.read_cursor(request.args.get("before"))
    found = queries.page_for(web.viewer(), before, queries.PAGE + 1)
    older, found = len(found) > queries.PAGE, found[: queries.PAGE]
    return answers.render(
        "notifications.html",
        "parts/notice_list.html",
        notices=found,
        asked=before is None and queries.asks_waiting(web.viewer()),
        own_cards=cards_for(web.viewer()) if before is None else [],
        connections_wait=connections.waiting_for(web.viewer()) if before is None else 0,
        before=paging.cursor(found[-1].at, found[-1].id) if older else None,
        until=paging.cursor(found[0].at, found[0].id) if found and before is None else None,
        first_page=before is None,
    )


@pages.get("/notifications/count")
@web.beside_pages
def count() -> Any:
    """How many wait: asked by open pages when something changed."""
    viewer = web.viewer()
    told = queries.unread_for(viewer, spaces.readable_ids(viewer))
    return jsonify(count=told.count, figure=told.figure, quiet=told.quiet)


@pages.get("/notifications/<int:notice_id>")
def follow(notice_id: int) -> Any:
    """To the place a notice is about. Looking changes nothing: it is read when that place has been in sight, or by the
    button there."""
    viewer = web.viewer()
    stream, nr = queries.place_of(viewer, queries.notice_for(viewer, notice_id))
    if nr <= 1 and stream.opening_id is not None:
        return redirect(url_for(PAGES[stream.kind], stream_id=stream.id), 303)
    return redirect(url_for(PAGES[stream.kind], stream_id=stream.id, around=nr, _anchor=f"p{nr}"), 303)


@pages.post("/notifications/read")
def read_all() -> Any:
    """Mark all as read."""
    form = forms.ReadAllForm()
    if not form.validate():
        raise Invalid
    try:
        until = paging.read_cursor(form.until.data)
    except NotFound as error:
        raise Invalid from error
    if until is None:
        raise Invalid
    actions.mark_all_read(web.viewer(), until[0])
    return answers.go(url_for("notices.notifications"))


@pages.route("/letters/stop/<token>", methods=["GET", "POST"])
@web.always_open
@web.before_unlock
@web.needs_no_token
@web.never_carried
@web.shown_when_gone("letters_gone.html")
def stop_letters(token: str) -> Any:
    """No letters any more: one press, without signing in; mail programs press it by themselves (RFC 8058)."""
    if tokens.member_of(token) is None:
        raise Gone
    if request.method == "POST":
        actions.stop_letters(web.someone() or visitor(), token)
        return render_template("letters_stop.html", token=token, done=True)
    return render_template("letters_stop.html", token=token, done=False)


@stream_pages.route("/pieces/<int:piece_id>/react", methods=["GET", "POST"])
def react(piece_id: int) -> Any:
    """Who reacted how, and one's own six buttons."""
    viewer = web.viewer()
    piece = streams.piece_for(viewer, piece_id)
    form = stream_forms.ReactForm()
    if request.method == "POST" and not form.validate():
        raise Invalid
    if request.method == "POST":
        piece = actions.react(viewer, piece_id, form.kind.data)
        return done(piece)
    found = streams.found_for(viewer, piece.stream_id)
    stream = found.stream
    names = streams.reaction_names(viewer, piece)
    mine = own.views_and_own(viewer, [piece])[1].reactions.get(piece.id, [])
    choices = [
        {
            "kind": kind,
            "emoji": streams.REACTION_FACES[kind],
            "label": str(streams.REACTION_WORDS[kind]),
            "pressed": kind in mine,
            "names": names.get(kind, []),
        }
        for kind in stream_actions.offered(stream, piece)
    ]
    return answers.render(
        "react.html",
        "parts/react.html",
        piece=streams.views(viewer, [piece])[0],
        choices=choices,
        may_react=can(viewer, stream_rules.REACT, piece)
        and can(viewer, stream_rules.GO_ON, past.place_of(viewer, stream, found.space))
        and can(viewer, CHANGE_IN, found.space),
        back_url=page_of(stream.id, stream.kind, piece),
    )


@stream_pages.route("/pieces/<int:piece_id>/edit", methods=["GET", "POST"])
def edit(piece_id: int) -> Any:
    """Change one's own text, for 15 minutes."""
    viewer = web.viewer()
    piece = streams.piece_for(viewer, piece_id)
    shown = streams.views(viewer, [piece])[0]
    wanted, words = own.change_of(viewer, piece) or piece, shown.text
    if wanted is not piece:  # she goes on from the change that waits
        words = mentions.names_in([wanted.text], viewer.excluded_ids).in_text(wanted.text)
    given = {"title": wanted.title or "", "text": words, "note": wanted.note or ""}
    form = stream_forms.EditForm(version=piece.version, **given)
    if piece.kind != "opening":
        del form.title
    for field in form:
        field.id = f"{field.id}-{piece.id}"  # it opens in a page that has a field for a reply already
    found = streams.found_for(viewer, piece.stream_id)
    stream = found.stream
    context: dict[str, Any] = {
        "piece": shown,
        "minutes_left": _minutes_left(piece),
        "conflict": None,
        "readers": spaces.Readers(viewer).sentence(found.space, stream.house_id),
        "back_url": page_of(stream.id, stream.kind, piece),
    }
    if request.method != "POST":
        require(viewer, stream_rules.EDIT_PIECE, piece)
        require(viewer, CHANGE_IN, found.space)
        return answers.render("edit.html", "parts/edit.html", form=form, **context)

    def work() -> Any:
        title = form.title.data if piece.kind == "opening" else None
        new = {"body": form.text.data, "title": title, "note": form.note.data or None}
        try:
            changed = actions.edit_piece(viewer, piece_id, version=form.version.data, picked=form.picked.ids, **new)
            if changed.state == "published" and own.change_of(viewer, changed) is not None:
                here = url_for(PAGES[stream.kind], stream_id=stream.id, _anchor="waiting")
                return answers.go(card.leading(here))
            return done(changed)
        except Conflict as conflict:
            context["conflict"] = {"theirs_text": conflict.facts["text"], "theirs_note": conflict.facts["note"]}
            form.version.data, form.version.raw_data = conflict.facts["version"], None  # saving now is a choice
            return answers.render("edit.html", "parts/edit.html", 409, form=form, **context)

    return answers.form_answer(form, work, "edit.html", "parts/edit.html", **context)


@stream_pages.post("/streams/<int:stream_id>/read")
def mark_read(stream_id: int) -> Any:
    """Note how far one has read."""
    viewer = web.viewer()
    stream = streams.stream_for(viewer, stream_id)
    form = stream_forms.ReadForm()
    if not form.validate():
        raise Invalid
    actions.mark_read(viewer, stream, form.nr.data)
    return ("", 204) if request.headers.get("X-Part") else answers.go(page_of(stream.id, stream.kind))


def _minutes_left(piece: Piece) -> int | None:
    """None where there is no end: what waits, was sent back or is to be written anew may be changed all the time."""
    if piece.state != "published" or piece.rewrite_until is not None:
        return None
    time = stream_rules.EDIT_TIME_IN_CHAT if piece.kind == "message" else stream_rules.EDIT_TIME
    left = time - (clock.now() - (piece.published_at or piece.written_at))
    return max(0, -(-int(left.total_seconds()) // 60))
