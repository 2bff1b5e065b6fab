"""What `/design` shows of chats: the list, a stretch of messages of two days, what is on its way, and every state of
the field and of the line above it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from community.chat import searching
from community.chat.models import SLOW, Room
from community.chat.queries import Found, RoomView
from community.chat.rest import Watch
from community.chat.search import Hit
from community.core import clock
from community.core.i18n import lazy as _l
from community.home import design_here, design_inbox, design_moving, design_talks
from community.members import house_rules
from community.members.people import AuthorView
from community.rota.cover import OnShift
from community.rota.working import hour
from community.spaces.models import Space
from community.streams import forms, lines
from community.streams.models import Stream
from community.streams.queries import PieceView, ReactionView
from community.streams.quotes import QuoteView

LONG = "Ungdomsvårdsöverraskning"
RIGHT_TO_LEFT = "أهلا بكم جميعا في البيت"
ME = AuthorView(81, "Amina", "resident", "a01", "b")
CALLUM = AuthorView(82, "Callum", "alumnus", "a10", "c")
SARA = AuthorView(83, "Sara", "staff", "a24", "a")
LONG_NAME = AuthorView(84, "Maximiliana-Alexandria af Klingenspoor", "alumnus", None, "e")
NOOR = AuthorView(85, "نور", "resident", "a06", "f")


def samples() -> dict[str, Any]:
    """Rooms in every state, messages, and what a page is told of the chat."""
    now = clock.now()
    said = _said(clock.start_of(clock.today()))
    folded = {said[-1].id}
    return {
        **design_here.samples(),
        **design_talks.samples(),
        **design_inbox.samples(),
        **design_moving.samples(),
        "chat_rooms": [
            RoomView(1, "Vardagsrummet", "green", 3, now, False, None, None),
            RoomView(2, f"{LONG} {LONG}", "plum", 100, now - timedelta(days=400), True, None, None),
            RoomView(3, "Utflyttat", "sky", 0, None, False, None, None),
            RoomView(4, "Frågestund", "honey", 0, now, False, now + timedelta(hours=3), now + timedelta(hours=4)),
            RoomView(5, "Frågestund", "honey", 1, now, False, now, now + timedelta(hours=4)),
            RoomView(6, "Frågestund", "honey", 0, now, False, now - timedelta(hours=2), now - timedelta(hours=1)),
        ],
        "chat_said": said,
        "chat_hits": [
            Hit(said[7], searching.shown(said[7].text, searching.wanted(LONG), "sv")),
            Hit(said[8], ((RIGHT_TO_LEFT, False),)),
            Hit(said[10], (), "word"),
        ],
        "chat_lines": lines.lines(said, folded),
        "chat_mine": {
            "member": ME.id,
            "pieces": [one.id for one in said if one.author is ME] + [799],
            "reactions": {"703": ["haha"]},
            "muted": {"people": [], "words": []},
            "folded": {str(id_): "word" for id_ in folded},
        },
        "chat_held": [_message(799, ME, "jag orkar inte mer", now, state="held", nr=None)],
        "chat_pages": _pages(now),
        "rules": house_rules.SHIPPED and [rule["sv"] for rule in house_rules.SHIPPED],
    }


def _said(midnight: datetime) -> list[PieceView]:
    def at(minutes: int, day: int = 0) -> datetime:
        return midnight + timedelta(days=day, minutes=minutes)

    quote = QuoteView("who remembers the password for the pancake recipe", "en", 1, None, CALLUM)
    return [
        _message(700, CALLUM, "who remembers the password for the pancake recipe", at(1305, -1), lang="en"),
        _message(701, CALLUM, "asking for my girlfriend", at(1306, -1), lang="en"),
        _message(702, SARA, "3 ägg, 6 dl mjölk, 3 dl mjöl. Lösenordet är tålamod.", at(0)),
        _message(703, SARA, "och lite smör", at(1), reactions=(ReactionView("haha"), ReactionView("heart"))),
        _message(704, ME, "vi gör dem i kväll, kom förbi", at(2)),
        replace(_message(705, ME, "eller i morgon", at(20)), edited_at=at(21)),
        replace(_message(706, CALLUM, "on the bus already 🚌", at(22), lang="en"), quote=quote),
        _message(707, LONG_NAME, f"{LONG * 3} {LONG}", at(23)),
        _message(708, NOOR, RIGHT_TO_LEFT, at(24)),
        _message(709, NOOR, "", at(24), state="removed"),
        _message(710, NOOR, "det ordet vill jag inte läsa", at(25)),
    ]


def _pages(now: datetime) -> list[dict[str, Any]]:
    """The same chat while a host works, shortly before it rests, at rest with and without somebody awake, slowed down,
    closed with words in the field, and with words that were given back."""
    ten, seven = now.replace(minute=0) + timedelta(hours=2), now.replace(minute=0) + timedelta(hours=8)
    shift: dict[str, Any] = {"house_id": 1, "starts_at": now - timedelta(hours=1), "ends_at": ten}
    host, awake = OnShift(1, 1, "Sara", role="host", **shift), OnShift(2, 2, "Lars", role="staff", **shift)
    open_ = Watch(host, ten, host)
    back = _form("ring 070-000 00 00", "back")
    back.text.errors = [
        _l("Phone numbers, addresses and the like can't stand in the chat. Leave that out and send again.")
    ]
    rests = _l("The chat is resting. You can still read.")
    return [
        _page(open_, None, slow=0, looks_after=True),
        _page(open_, None, slow=30, ends_soon=True, quoting=QuoteView("och lite smör", "sv", 2, None, SARA)),
        _page(Watch(None, seven, awake), rests),
        _page(Watch(None, None, None), rests, names=False),
        _page(
            None, _l("A host has closed this chat for a while. You can still read it."), form=_form("halva ord", "shut")
        ),
        _page(open_, None, form=back),
    ]


def _page(watch: Watch | None, refusal: Any, *, slow: int = 0, names: bool = True, **more: Any) -> dict[str, Any]:
    space = Space(id=1, slug="one", name_sv="Vardagsrummet", name_en="Living room", colour="green", audience="all")
    found = Found(Stream(id=700, kind="room"), Room(stream_id=700, slow_seconds=slow), space)
    given: dict[str, Any] = {"ends_soon": False, "looks_after": False, "quoting": None, "form": _form("", "empty")}
    return given | {
        "chat": SimpleNamespace(stream=found.stream, room=found.room, space=space, name="Vardagsrummet"),
        "watch": watch,
        "refusal": refusal,
        "again_in": None,
        "names_host": names,
        "clock_time": hour,
        "slow_choices": SLOW,
        "readers": _l("Who reads it: staff."),
        "present": design_here.FULL,
        **more,
    }


def _form(words: str, prefix: str) -> forms.MessageForm:
    return forms.MessageForm(formdata=None, prefix=f"chat-{prefix}", text=words, client_id="drawn-only")


def _message(id_: int, who: AuthorView, words: str, at: datetime, **more: Any) -> PieceView:
    given: dict[str, Any] = {"state": "published", "lang": "sv", "reactions": (), "nr": id_, **more}
    return PieceView(
        id=id_,
        stream_id=700,
        seq=id_,
        version=1,
        kind="message",
        title=None,
        text=words,
        html=Markup("<p>{}</p>").format(words),
        author=who,
        posted_at=at,
        edited_at=None,
        **given,
    )
