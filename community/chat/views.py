"""The list of chats, a chat, and writing in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.chat import actions, forms, queries, rules, searching
from community.chat.here import NOBODY_HERE, here_for
from community.chat.models import SLOW, Room
from community.chat.queries import Found
from community.chat.rest import Watch
from community.chat.search import hits_for
from community.core import answers, clock, i18n, paging, text, web
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.policy import can, refusal
from community.members import house_rules
from community.members.people import Viewer
from community.members.queries import authors, everybody
from community.photos.rules import MOST_ON_A_PIECE
from community.photos.sending import received, still_there
from community.rota import working
from community.spaces import queries as spaces
from community.streams import message_pages, own, past
from community.streams.actions import Said
from community.streams.models import Piece
from community.streams.queries import going_on_for

pages = Blueprint("chat", __name__)


@pages.get("/chat")
def index() -> Any:
    """The chats one reads; alone their list, for an open page that was told to look."""
    viewer = web.viewer()
    rooms = queries.rooms_for(viewer)
    again = min((room.again_in for room in rooms if room.again_in is not None), default=None)
    return answers.render(
        "chats.html",
        "parts/chat_list.html",
        rooms=rooms,
        again_in=int(again.total_seconds()) + 1 if again is not None else None,
        may_open=can(viewer, rules.OPEN),
    )


@pages.get("/chat/<int:stream_id>")
def room(stream_id: int) -> Any:
    """A chat: a stretch of messages, the newest at the end, and one's own field."""
    viewer = web.viewer()
    spaces.readable(viewer)  # the page shows them all: asked for once, the chat's own is among them
    found = queries.room_for(viewer, stream_id)
    place = own.place_in(viewer, stream_id)
    form = message_pages.fresh_form(place, forms.ChatForm)
    form.photos.data = still_there(viewer, (place.draft or {}).get("photos", ""))
    return render_template("chat.html", **_page(viewer, found, place), form=form, draft_saved=bool(place.draft))


@pages.get("/chat/<int:stream_id>/state")
def state(stream_id: int) -> Any:
    """Whether one may write there just now, and what one is told about it; for an open page, when that changes."""
    viewer = web.viewer()
    return render_template("parts/chat_now.html", **_state(viewer, queries.room_for(viewer, stream_id)))


@pages.get("/chat/<int:stream_id>/here")
def here(stream_id: int) -> Any:
    """Who is there just now, as the viewer may see it; for an open page that was told to look."""
    viewer = web.viewer()
    queries.room_for(viewer, stream_id)
    going_on_for(viewer, stream_id)
    return render_template("parts/chat_who.html", present=here_for(viewer, stream_id))


@pages.get("/chat/<int:stream_id>/search")
def search(stream_id: int) -> Any:
    """Words in a chat: the messages that say them, the newest first."""
    viewer = web.viewer()
    found = queries.room_for(viewer, stream_id)
    typed = text.tidy_line(request.args.get("q", "")[: searching.LONGEST])
    looked_for = searching.wanted(typed)
    hits = hits_for(viewer, found, looked_for, paging.place(request.args.get("before")))
    return render_template("chat_search.html", chat=found, typed=typed, asked=bool(looked_for), hits=hits)


@pages.get("/chat/<int:stream_id>/waiting")
def waiting(stream_id: int) -> Any:
    """What is the viewer's own there and waits; for her open page, when something became of it."""
    viewer = web.viewer()
    found = queries.room_for(viewer, stream_id)
    return message_pages.waiting(viewer, found.stream, found.space)


@pages.get("/chat/<int:stream_id>/card")
def help_card(stream_id: int) -> Any:
    """The help card for what the viewer has just written there, when it did not go by a form."""
    viewer = web.viewer()
    queries.room_for(viewer, stream_id)
    return message_pages.help_card(viewer, url_for("chat.room", stream_id=stream_id))


@pages.post("/chat/<int:stream_id>/messages")
@web.waits_for_room
@web.takes_pictures(MOST_ON_A_PIECE)
def send(stream_id: int) -> Any:
    """Say something. A module gets what the socket would answer; a page goes to the end of the chat."""
    viewer = web.viewer()
    found = queries.room_for(viewer, stream_id)
    form, here = forms.ChatForm(), url_for("chat.room", stream_id=stream_id)

    def again(work: Any) -> Any:
        return answers.form_answer(form, work, "chat.html", "chat.html", **_page(viewer, found), draft_saved=False)

    def say(said: Said) -> Piece:
        return actions.send(viewer, stream_id, said, received(viewer, form))[0]

    return message_pages.sent(form, say, here, again)


@pages.post("/chat/<int:stream_id>/slow")
def slow(stream_id: int) -> Any:
    """How long one waits between two messages."""
    form = forms.SlowForm()
    if not form.validate():
        queries.room_for(web.viewer(), stream_id)
        raise Invalid(_l("Choose one of the times."))
    actions.slow_down(web.viewer(), stream_id, form.seconds.data)
    return answers.go(url_for("chat.room", stream_id=stream_id))


def _page(viewer: Viewer, found: Found, place: own.Place | None = None) -> dict[str, Any]:
    stream_id = found.stream.id
    place = place or own.place_in(viewer, stream_id)
    ended = past.ended_at(viewer, stream_id) is not None
    everybody(viewer)  # the page counts its readers: asked for first, whoever wrote or is there is among them
    return {
        **message_pages.stretch(viewer, found.stream, found.space, place, url_for("chat.room", stream_id=stream_id)),
        "rules": house_rules.agreed_to(viewer.rules_version, i18n.language()),
        "present": here_for(viewer, stream_id) if not ended else NOBODY_HERE,
        **_state(viewer, found),
    }


def _state(viewer: Viewer, found: Found) -> dict[str, Any]:
    """What holds just now, as the page's shifts have it; the sending itself asks the rota once more."""
    now = clock.now()
    ended = past.ended_at(viewer, found.stream.id) is not None
    watched = queries.watch_of(found) if not ended else None
    judged = queries.watched_by(found, watched)
    watched = watched if found.room.is_open_at(now) else None
    again = min(_changes(watched, found.room), default=None)
    return {
        "chat": judged,
        "watch": watched,
        "ends_soon": watched is not None and watched.ends_soon(now),
        "again_in": int(again.total_seconds()) + 1 if again is not None else None,
        "refusal": refusal(viewer, rules.WRITE, judged),
        "readers": "" if ended else spaces.Readers(viewer).sentence(found.space, found.stream.house_id),
        "looks_after": can(viewer, rules.LOOK_AFTER, judged),
        "slow_choices": SLOW,
        "hosted_by": _host_of(viewer, found),
        "may_end": found.room.closes_at is not None and now < found.room.closes_at and can(viewer, rules.END, found),
        "may_change": can(viewer, rules.CHANGE, found),
        "clock_time": _hour,
        "names_host": viewer.kind != "alumnus"
        and watched is not None
        and watched.person is not None
        and watched.person.member_id not in viewer.excluded_ids,
    }


def _changes(watched: Watch | None, room: Room) -> list[timedelta]:
    """In what times an open page has something new to say."""
    now = clock.now()
    begins_or_ends = [at - now for at in (room.opens_at, room.closes_at) if at is not None and at > now]
    again = watched.changes_in(now) if watched is not None else None
    return [*begins_or_ends, *([again] if again is not None else [])]


def _host_of(viewer: Viewer, found: Found) -> str | None:
    """The first name of who hosts it for an evening, where the viewer may know it. No query for any other chat."""
    host_id = found.room.host_id
    if host_id is None or viewer.kind == "alumnus" or host_id in viewer.excluded_ids:
        return None
    return authors([host_id])[host_id].first_name


def _hour(at: datetime) -> str:
    """'07' in Swedish, '07:00' in English; with its day where that is more than a day away."""
    if at - clock.now() > timedelta(days=1):
        return i18n.short_time(at)
    return working.hour(at) if i18n.language() == "sv" else f"{clock.local(at):%H:%M}"
