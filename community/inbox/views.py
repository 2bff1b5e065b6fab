"""A member's own inbox: writing to the team, and reading what it answered."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for

from community.core import answers, clock, i18n, paging, web
from community.core.errors import Invalid
from community.core.policy import can, require
from community.inbox import actions, forms, queries, rules
from community.inbox.queries import About, Found
from community.members.people import Viewer
from community.members.queries import house_name
from community.members.rules import private_side_open
from community.rota import working
from community.safety import card, heard
from community.spaces import queries as spaces
from community.streams import lines, own, quotes
from community.streams.actions import Said
from community.streams.models import Piece

pages = Blueprint("inbox", __name__)


@pages.get("/inbox")
@web.behind_pin
def mine() -> Any:
    """My inbox with the house I live at, or lived at last: who reads it, who answers when, and my field."""
    viewer = web.viewer()
    require(viewer, rules.WRITE)
    return render_template("inbox.html", **_mine(viewer))


@pages.post("/inbox/messages")
@web.behind_pin
def send() -> Any:
    """Write to the team. A module gets what a socket would answer; a page goes to the end of the inbox."""
    viewer, form = web.viewer(), forms.ToTeamForm()
    require(viewer, rules.WRITE)

    def work() -> Any:
        piece, _new = actions.write(viewer, said_in(form))
        return sent(piece, url_for("inbox.mine", _anchor="end"))

    if answers.wants_json():
        return by_module(form, work)
    return answers.form_answer(form, work, "inbox.html", "inbox.html", **{**_mine(viewer), "writing": form})


@pages.get("/inbox/<int:stream_id>")
@web.behind_pin
def thread(stream_id: int) -> Any:
    """One inbox of the viewer's: the present one, or one with a house of before, to read; staff are led to theirs."""
    viewer = web.viewer()
    if viewer.is_staff:
        queries.found_for(viewer, stream_id)
        return answers.go(url_for("team.thread", stream_id=stream_id))
    return render_template("inbox.html", **_mine(viewer, stream_id))


@pages.get("/inbox/<int:stream_id>/state")
@web.behind_pin
@web.beside_pages
def state(stream_id: int) -> Any:
    """Who has it and who answers when; for an open page, when that changes."""
    viewer = web.viewer()
    found = queries.found_for(viewer, stream_id)
    require(viewer, rules.WRITE)
    return render_template("parts/inbox_now.html", **now_for(viewer, found.house_id, queries.about(viewer, found)))


@pages.get("/inbox/<int:stream_id>/card")
@web.behind_pin
def help_card(stream_id: int) -> Any:
    """The help card for what the viewer has just written there, when it did not go by a form."""
    viewer = web.viewer()
    queries.found_for(viewer, stream_id)
    grade = heard.lately(viewer.id)
    if grade is not None and not viewer.is_staff:
        card.put(grade)
    return render_template("parts/chat_card.html", back=url_for("inbox.thread", stream_id=stream_id))


def said_in(form: forms.ToTeamForm) -> Said:
    """What a form says."""
    return Said(form.text.data, form.client_id.data, quote_id=paging.whole_number(form.quote.data or ""))


def sent(piece: Piece, url: str) -> Any:
    """What whoever sent something is answered."""
    if answers.wants_json():
        receipt = {"id": piece.id, "nr": piece.nr, "seq": piece.seq, "state": piece.state}
        return jsonify(ok=True, **receipt, help=card.waits())
    return answers.go(card.leading(url))


def by_module(form: forms.ToTeamForm, work: Any) -> Any:
    """The same for a module of an open page. Raises Invalid."""
    if not form.validate():
        raise Invalid(form.first_error)
    return work()


def fresh_form(draft: dict[str, str] | None = None, quote: str = "") -> forms.ToTeamForm:
    """An empty field, or what was not sent."""
    kept = draft or {}
    quote = quote or kept.get("quote", "")
    return forms.ToTeamForm(formdata=None, client_id=str(uuid.uuid4()), text=kept.get("text", ""), quote=quote)


def stretch(viewer: Viewer, found: Found, url: str) -> dict[str, Any]:
    """What the page of an inbox shows of what was said there."""
    place = own.place_in(viewer, found.stream.id)
    wanted = {name: paging.place(request.args.get(name)) for name in ("before", "after", "around")}
    page = queries.page_for(viewer, found, place, **wanted)
    quoted = paging.whole_number(request.args.get("quote", ""))
    mine, pieces = own.for_page(viewer, page.pieces, page.own), page.pieces
    new = [one for one in pieces if place.read_nr and (one.nr or 0) > place.read_nr and one.id not in mine["pieces"]]
    return {
        "found": found,
        "here_url": url,
        "lines": lines.lines(pieces, {int(id_) for id_ in mine["folded"]}),
        "pieces": pieces,
        "older_url": f"{url}?before={pieces[0].nr}" if page.older and pieces else None,
        "newer_url": f"{url}?after={pieces[-1].nr}" if page.newer and pieces else None,
        "is_tail": not page.newer,
        "last": page.last,
        "seq": found.stream.seq,
        "mine": {**mine, "read_nr": page.mark},
        "new_from": new[0].nr if new else None,
        "today": clock.today().isoformat(),
        "quoting": quotes.preview(viewer, found.stream, quoted) if quoted is not None else None,
        "writing": fresh_form(place.draft, request.args.get("quote", "")),
    }


def hour(at: Any) -> str:
    """'07' in Swedish, '07:00' in English; with its day where that is more than a day away."""
    if (at - clock.now()).days >= 1:
        return i18n.short_time(at)
    return working.hour(at) if i18n.language() == "sv" else f"{clock.local(at):%H:%M}"


def _mine(viewer: Viewer, stream_id: int | None = None) -> dict[str, Any]:
    """What a member's page shows: of one of hers, without a number of the one with her present house."""
    spaces.readable(viewer)  # the page shows them all: asked for once, the inbox's own is among them
    every = queries.mine_for(viewer)
    wanted = stream_id or next((one.id for one in every if one.house_id == viewer.house_id), None)
    about = next((one for one in every if one.id == wanted), None)
    here: dict[str, Any] = {"found": None, "pieces": [], "writing": fresh_form()}
    if wanted is not None:
        here = stretch(viewer, queries.found_for(viewer, wanted), url_for("inbox.thread", stream_id=wanted))
    house_id = about.house_id if about is not None else viewer.house_id
    return {
        **here,
        "url": url_for("inbox.mine"),
        "house": about.house if about is not None else house_name(viewer, house_id),
        "may_write": house_id == viewer.house_id and can(viewer, rules.WRITE),
        **now_for(viewer, house_id, about),
        "earlier": [(one.id, one.house) for one in every if one.id != wanted],
        "shut": not private_side_open(viewer),
    }


def now_for(viewer: Viewer, house_id: int, about: About | None) -> dict[str, Any]:
    """Who answers when, and who has it."""
    taken_by = about.taken_by if about is not None else None
    answering = queries.who_answers(viewer, house_id)
    again = (answering.until - clock.now()).total_seconds() if answering.until is not None else None
    again_in = int(again) + 1 if again is not None else None
    return {"answering": answering, "taken_by": taken_by, "again_in": again_in, "hour": hour}

