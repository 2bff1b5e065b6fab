"""What the pages of a chat and of a talk have in common: a stretch of messages, one's own field, and what a sender is
told."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import jsonify, render_template, request

from community.core import answers, clock, paging
from community.core.errors import Invalid
from community.members.people import Viewer
from community.safety import card, heard
from community.spaces.models import Space
from community.streams import lines, messages, own, past, quotes
from community.streams.actions import Said
from community.streams.forms import MessageForm
from community.streams.models import Piece, Stream


def receipt(piece: Piece) -> dict[str, Any]:
    """What whoever sent a message is told of it: its number and place once it stands, and what has become of it."""
    return {"id": piece.id, "nr": piece.nr, "seq": piece.seq, "state": piece.state}


def fresh_form(place: own.Place, kind: type[MessageForm] = MessageForm) -> MessageForm:
    """One's own field, with what was not sent, and what it answers."""
    draft = place.draft or {}
    return kind(
        formdata=None,
        client_id=str(uuid.uuid4()),
        text=draft.get("text", ""),
        picked=draft.get("picked", ""),
        quote=request.args.get("quote", "") or draft.get("quote", ""),
    )


def stretch(viewer: Viewer, stream: Stream, space: Space, place: own.Place, here: str) -> dict[str, Any]:
    """The stretch of messages an address asks for, and what is the viewer's own in it. `here`: where its page is."""
    wanted = {name: paging.place(request.args.get(name)) for name in ("before", "after", "around")}
    page = messages.page_for(viewer, stream, space, place, **wanted)
    mine = own.for_page(viewer, [*page.pieces, *page.waiting], page.own)
    pieces, ended = page.pieces, past.ended_at(viewer, stream.id)
    new = [one for one in pieces if place.read_nr and (one.nr or 0) > place.read_nr and one.id not in mine["pieces"]]
    folded = {int(id_) for id_ in mine["folded"]}
    quoted = paging.whole_number(request.args.get("quote", ""))
    return {
        "pieces": pieces,
        "waiting": page.waiting,
        "older_url": f"{here}?before={pieces[0].nr}" if page.older else None,
        "newer_url": f"{here}?after={pieces[-1].nr}" if page.newer and pieces else None,
        "lines": lines.lines(pieces, folded),
        "today": clock.today().isoformat(),
        "is_tail": not page.newer,
        "last": page.last,
        "seq": 0 if ended else stream.seq,
        "ended": ended,
        "mine": {**mine, "read_nr": page.mark},
        "new_from": new[0].nr if new else None,
        "quoting": quotes.preview(viewer, stream, quoted) if quoted is not None else None,
    }


def waiting(viewer: Viewer, stream: Stream, space: Space) -> str:
    """What is the viewer's own there and waits; for her open page, when something became of it."""
    held, hers = messages.waiting_for(viewer, stream, space, own.place_in(viewer, stream.id))
    return render_template("parts/own_waiting.html", waiting=held, mine=own.for_page(viewer, held, hers))


def help_card(viewer: Viewer, back: str) -> str:
    """The help card for what the viewer has just written there, when it did not go by a form."""
    grade = heard.lately(viewer.id)
    if grade is not None:
        card.put(grade)
    return render_template("parts/chat_card.html", back=back)


def sent(form: MessageForm, send: Callable[[Said], Piece], here: str, again: Callable[[Callable[[], Any]], Any]) -> Any:
    """Say what a form holds. A module gets what the socket would answer; a page goes to the end of the messages, or is
    given back by `again` with what was written."""

    def work() -> Any:
        said = Said(form.text.data, form.client_id.data, picked=form.picked.ids, quote_id=form.quote_id)
        piece = send(said)
        if answers.wants_json():
            return jsonify(ok=True, **receipt(piece), help=card.waits())
        return answers.go(card.leading(f"{here}#end"))

    if not answers.wants_json():
        return again(work)
    if not form.validate():
        raise Invalid(form.first_error)
    return work()
