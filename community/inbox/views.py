"""A member's own inbox: writing to the team, and reading what it answered."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from community.core import answers, clock, i18n, web
from community.core.policy import can, require
from community.inbox import actions, queries, rules
from community.inbox.queries import About, Found
from community.members.people import Viewer
from community.members.queries import house_name
from community.members.rules import private_side_open
from community.rota import working
from community.spaces import queries as spaces
from community.streams import message_pages, own
from community.streams.apart import as_team
from community.streams.forms import MessageForm

pages = Blueprint("inbox", __name__)

NOTHING_YET = own.Place(None, None, wrote=False, waits=False, changes=False, draft=None)


@pages.get("/inbox")
@web.behind_pin
def mine() -> Any:
    """My inbox with the house I live at, or lived at last: who reads it, who answers when, and my field."""
    viewer = web.viewer()
    require(viewer, rules.WRITE)
    context = _mine(viewer)
    return render_template(_page_of(context), **context)


@pages.post("/inbox/messages")
@web.behind_pin
def send() -> Any:
    """Write to the team. A module gets what a socket would answer; a page goes to the end of the inbox."""
    viewer, form = web.viewer(), MessageForm()
    require(viewer, rules.WRITE)

    def again(work: Any) -> Any:
        context = {**_mine(viewer), "writing": form}
        return answers.form_answer(form, work, _page_of(context), _page_of(context), **context)

    return message_pages.sent(form, lambda said: actions.write(viewer, said)[0], url_for("inbox.mine"), again)


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
    now = _now(viewer, found.house_id, queries.about(viewer, found))
    return render_template("parts/inbox_now.html", **now)


@pages.get("/inbox/<int:stream_id>/card")
@web.behind_pin
def help_card(stream_id: int) -> Any:
    """The help card for what the viewer has just written there, when it did not go by a form."""
    viewer = web.viewer()
    queries.found_for(viewer, stream_id)
    return message_pages.help_card(viewer, url_for("inbox.thread", stream_id=stream_id))


def stretch(viewer: Viewer, found: Found, url: str) -> dict[str, Any]:
    """What the page of an inbox shows of what was said there."""
    place = own.place_in(viewer, found.stream.id)
    said = message_pages.stretch(as_team(viewer), found.stream, found.space, place, url)
    return {**said, "found": found, "here_url": url, "writing": message_pages.fresh_form(place)}


def first_form() -> MessageForm:
    """The field where nothing has been said yet."""
    return message_pages.fresh_form(NOTHING_YET)


def _page_of(context: dict[str, Any]) -> str:
    return "inbox.html" if context["found"] is not None else "inbox_first.html"


def _mine(viewer: Viewer, stream_id: int | None = None) -> dict[str, Any]:
    """What a member's page shows: of one of hers, without a number of the one with her present house."""
    spaces.readable(viewer)  # the page shows them all: asked for once, the inbox's own is among them
    every = queries.mine_for(viewer)
    wanted = stream_id or next((one.id for one in every if one.house_id == viewer.house_id), None)
    about = next((one for one in every if one.id == wanted), None)
    here: dict[str, Any] = {"found": None, "writing": first_form()}
    if wanted is not None:
        here = stretch(viewer, queries.found_for(viewer, wanted), url_for("inbox.thread", stream_id=wanted))
    house_id = about.house_id if about is not None else viewer.house_id
    return {
        **here,
        "mine_url": url_for("inbox.mine"),
        "house": about.house if about is not None else house_name(viewer, house_id),
        "may_write": house_id == viewer.house_id and can(viewer, rules.WRITE),
        **_now(viewer, house_id, about),
        "earlier": [(one.id, one.house) for one in every if one.id != wanted],
        "shut": not private_side_open(viewer),
    }


def _now(viewer: Viewer, house_id: int, about: About | None) -> dict[str, Any]:
    """Who answers when, and who has it."""
    answering = queries.who_answers(viewer, house_id)
    again = (answering.until - clock.now()).total_seconds() if answering.until is not None else None
    again_in = int(again) + 1 if again is not None else None
    taken_by = about.taken_by if about is not None else None
    return {"answering": answering, "taken_by": taken_by, "again_in": again_in, "hour": _hour}


def _hour(at: Any) -> str:
    """'07' in Swedish, '07:00' in English; with its day where that is more than a day away."""
    if (at - clock.now()).days >= 1:
        return i18n.short_time(at)
    return working.hour(at) if i18n.language() == "sv" else f"{clock.local(at):%H:%M}"
