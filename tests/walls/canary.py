"""Somebody whose name and words are found wherever they come up, and everything she does near another one."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from community.chat import actions as chat
from community.core import ratelimit
from community.core.db import session
from community.core.errors import Invalid, NotAllowed, NotFound
from community.directory import actions as directory
from community.forum import actions as forum
from community.forum import questions
from community.members import profile
from community.members.invitations import Wish, make_invitation
from community.members.profile import Own
from community.memories.actions import say_when
from community.photos import portraits
from community.photos.actions import Told
from community.streams import actions as streams
from community.streams.actions import Said
from community.streams.models import Piece, Stream
from community.talks import actions as talks
from tests.chat.saying import chat_of, say
from tests.memories.remembering import album, exactly, put_in
from tests.photos.picturing import A_PICTURE, standing
from tests.separations.deciding import apart
from tests.world import TODAY, World, exclude, join_as, write

NAME = "kanariefagel"
WORD = "kvitterkvitter"


@dataclass
class Canary:
    """What she wrote, by what it is; and the talks she stands in."""

    id: int
    pieces: dict[str, tuple[int, int]]  # each with its stream
    talks: dict[str, int]
    numbers: int = 0
    photo: int = 4711
    album: int = 4711

    def keep(self, label: str, piece: Piece) -> int:
        self.pieces[label] = (piece.id, piece.stream_id)
        return piece.id

    def said(self, words: str = "", **more: Any) -> Said:
        self.numbers += 1
        return Said(f"{WORD} {words}".strip(), f"canary-{self.numbers:04d}", **more)


def comes(world: World) -> Canary:
    """She joins as one who lives at Solgläntan, grown up and known."""
    invited = make_invitation(world.viewer("birgitta"), Wish("resident", world.house("Solgläntan"), **ADULT))
    member_id = join_as(NAME, invited.id)
    world.__dict__.pop("_ids", None)
    return Canary(member_id, {}, {})


ADULT: dict[str, Any] = {"adult_checked": True, "known": True}


def before(world: World) -> None:
    """What is there in both worlds beside the scene: a question, and a chat that somebody else has written in."""
    with ratelimit.ignored():
        write("unanswered", "ivan", "fraga", mode="ask")
        say(world, "tuva", "hej alla")


def is_everywhere(world: World, near: str, canary: Canary | None = None) -> Canary:
    """She does what a member can do where the other one reads: writes, answers, quotes and names her, reacts, helps,
    chats, asks to write to her, and wants to be found. What a wall keeps her from she tries all the same."""
    with ratelimit.ignored():
        canary = canary or comes(world)
        _shows_herself(world)
        _writes(world, canary, near)
        _pictures(world, canary)
        _remembers(world, canary)
        _chats(world, canary, near)
        with suppress(NotFound, NotAllowed):
            _talks(world, canary, near)
    return canary


def _shows_herself(world: World) -> None:
    viewer = world.viewer(NAME)
    profile.change(viewer, Own(NAME.capitalize(), "a05", "b", f"om mig: {WORD}"))
    directory.open_entry(viewer, picture=True, house=True, years=True)


def _writes(world: World, canary: Canary, near: str) -> None:
    me, named = world.viewer(NAME), near.capitalize()
    how: dict[str, Any] = {"mode": "tell", "just_listen": False}
    for slug in ("vardagsrummet", "solglantan", "kanns"):
        more = {"whom": "house"} if slug == "kanns" else {}
        said = canary.said(f"i {slug} @{named}", title=f"{WORD} {slug}")
        canary.keep(slug, forum.start_thread(me, world.space(slug), said, **how, **more))
    asked = canary.said("en fråga", title=f"{WORD} fråga")
    canary.keep("fraga", forum.start_thread(me, world.space("fraga"), asked, mode="ask", just_listen=False))
    sources = {"common": f"own-{near}", "open": "open", "unanswered": None}
    for label, source in sources.items():
        with suppress(NotFound):
            _answers(world, canary, label, source, named)
    for label in (f"own-{near}", "open", "open-reply", "unanswered"):
        with suppress(NotFound):
            streams.react(me, world.piece(label).id, "strong")
    questions.mark_helped(world.viewer("ivan"), canary.pieces["in-unanswered"][0])


def _pictures(world: World, canary: Canary) -> None:
    """One on a post of hers, which everybody else sees, and one of herself."""
    portraits.put_up(world.viewer(NAME), io.BytesIO(A_PICTURE), "middle")
    piece, photo = standing(world, NAME, told=Told(f"{WORD} vid sjön", "nobody"))
    canary.keep("pictured", piece)
    canary.photo = photo.id


def _remembers(world: World, canary: Canary) -> None:
    """An album of hers, a picture in somebody else's, and a post of this day three years ago."""
    when = exactly(2023, TODAY.month, TODAY.day)
    canary.album = album(world, NAME, title=f"{WORD} album", happened=when, words=f"{WORD} resa")
    gotland = select(Stream.id).join(Piece, Piece.id == Stream.opening_id).where(Piece.title == "Gotland")
    others = session().scalar(gotland)
    with suppress(NotFound):
        put_in(world, others or canary.album, NAME, f"{WORD} i båten", happened=when)
    say_when(world.viewer(NAME), canary.pieces["vardagsrummet"][0], when)


def _answers(world: World, canary: Canary, label: str, source: str | None, named: str) -> None:
    """Quoting the other one where that may be done."""
    me, thread = world.viewer(NAME), world.stream(label).id
    quote = world.piece(source).id if source is not None else None
    try:
        piece = forum.reply(me, thread, canary.said(f"svar @{named}", quote_id=quote))
    except Invalid:
        piece = forum.reply(me, thread, canary.said(f"svar @{named}"))
    canary.keep(f"in-{label}", piece)


def _chats(world: World, canary: Canary, near: str) -> None:
    me = world.viewer(NAME)
    for slug in ("vardagsrummet", "solglantan"):
        said = canary.said(f"hej @{near.capitalize()}")
        piece = chat.send(me, chat_of(world, slug), said)[0]
        canary.keep(f"chat-{slug}", piece)
        streams.react(me, piece.id, "glad")


def _talks(world: World, canary: Canary, near: str) -> None:
    """An ask that waits, and a group of three, where the two may write to each other at all."""
    me, other = world.viewer(NAME), world.viewer(near)
    if other.is_staff or other.age_band != "adult":
        return
    canary.talks["asked"] = talks.begin(me, [other.id]).id
    group = talks.begin(me, [other.id, world.id("samir")]).id
    canary.talks["group"] = group
    for name in (near, "samir"):
        talks.answer(world.viewer(name), group, yes=True)
    talks.send(me, group, canary.said("i gruppen"))


def wall(world: World, near: str, kind: str) -> None:
    """Keep the two apart, from this moment on: by either of them, or by staff."""
    if kind in ("block", "blocked"):
        exclude(*((near, NAME) if kind == "block" else (NAME, near)))
    else:
        apart(world, near, NAME, kind)
