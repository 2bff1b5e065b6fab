"""Streams on open pages: who joins which room, and what a change brings to them.

A frame is rendered once per language for everybody. A reader who is kept apart from somebody gets a room of her own
and only hints, for events she may see; what she then fetches goes through the ordinary viewer-first query. What is said
to one house alone is hinted at in that house's room.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from community.core import fanout, live, loop, web
from community.core.db import remove, session
from community.core.i18n import LANGUAGES
from community.members.kept_apart import apart_in_chats, excluded
from community.members.models import EXCLUSIONS, ToldPiece
from community.members.people import Viewer
from community.members.queries import viewer_now
from community.spaces import queries as spaces
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import by_name, mentions, queries
from community.streams.apart import CHAT
from community.streams.models import Piece, Stream
from community.streams.showing import shown

HINT_EVERY = 1.0  # seconds between two hints for one space

HINTS = {"space": "feed:hint", "chats": "chat:hint"}
"""Which lists of a space there are, by the beginning of their rooms, and what each is told."""

Place = tuple[str, int, int]  # a list, its space, and the house it was said to there (0: to all who read the space)

_pending: dict[Place, list[int]] = {}

_opening = aliased(Piece)
_WITH_OPENING = (  # made once: an alias of a wide table costs more than the question
    select(Piece, _opening.state)
    .join(Stream, Stream.id == Piece.stream_id)
    .outerjoin(_opening, _opening.id == Stream.opening_id)
    .where(Piece.id == bindparam("piece"))
    .execution_options(populate_existing=True)
)


def room_of(viewer: Viewer, stream_id: int) -> str:
    """The socket room this viewer hears a stream in."""
    own = f"stream:{stream_id}:m:{viewer.id}"
    return (
        own if viewer.sees_less or by_name.joined_later(viewer, stream_id) else f"stream:{stream_id}:{viewer.language}"
    )


def join(viewer: Viewer, payload: dict[str, Any]) -> dict[str, Any]:
    """`stream:join {stream}` -> `{ok, seq}`."""
    stream = queries.going_on_for(viewer, payload["stream"])
    live.leave(f"stream:{stream.id}:")
    live.enter(room_of(viewer, stream.id))
    return {"seq": stream.seq}


def leave(viewer: Viewer, payload: dict[str, Any]) -> dict[str, Any]:
    """`stream:leave {stream}` -> `{ok}`; leaving what one never joined is fine."""
    assert viewer.id
    live.leave(f"stream:{payload['stream']}:")
    return {}


def join_feed(viewer: Viewer, payload: dict[str, Any]) -> dict[str, Any]:
    """`feed:join {}` -> `{ok}`: hints for every space the viewer reads."""
    assert not payload
    enter_lists(viewer, "space")
    return {}


def enter_lists(viewer: Viewer, of: str) -> None:
    """Put the socket being served where it hears of one kind of list in every space the viewer reads."""
    live.leave(f"{of}:")
    house_id = space_rules.house_of(viewer)
    for space_id in spaces.readable_ids(viewer):
        if viewer.sees_less:
            live.enter(f"{of}:{space_id}:m:{viewer.id}")
            continue
        live.enter(_hint_room((of, space_id, 0)))
        if house_id is not None:
            live.enter(_hint_room((of, space_id, house_id)))


EVENTS = (
    live.LiveEvent("stream:join", live.object_schema(stream=live.ID), join),
    live.LiveEvent("stream:leave", live.object_schema(stream=live.ID), leave),
    live.LiveEvent("feed:join", live.object_schema(), join_feed),
)


def bring_piece(ids: dict[str, Any]) -> None:
    """A piece changed: one frame per language for all, hints for readers with rooms of their own."""
    frame = {"stream": ids["stream"], "seq": ids["seq"], "prev": ids["prev"], "id": ids["piece"]}
    piece, opening_state = _with_opening(ids["piece"])
    # Under an opening that a host hid nothing stands for anybody, also not for whoever still listens there.
    stands = piece is not None and piece.state in queries.SHOWN and opening_state in queries.SHOWN
    rooms = {lang: f"stream:{ids['stream']}:{lang}" for lang in LANGUAGES}
    heard = {lang: room for lang, room in rooms.items() if fanout.anybody_in(room)}
    alike = queries.neutral_view(piece) if heard and piece and stands and _reads_alike(piece) else None
    for lang, room in heard.items():
        content = _content(piece, lang, alike) if piece and stands else {"gone": True}
        fanout.broadcast(room, "stream:piece", frame | content)
    for room in fanout.rooms_under(f"stream:{ids['stream']}:m:"):
        if piece is not None and may_know(int(room.rsplit(":", 1)[1]), piece, ids["by"]):
            fanout.broadcast(room, "stream:piece", {"stream": ids["stream"]})


def bring_gone(ids: dict[str, Any]) -> None:
    """A thread was hidden: open lists take it out. Its number says nothing to whoever never had it."""
    stream = session().get(Stream, ids["stream"])
    house_id = (stream.house_id if stream is not None else None) or 0
    gone = {"space": ids["space"], "stream": ids["stream"]}
    fanout.broadcast(_hint_room(("space", ids["space"], house_id)), "feed:gone", gone)
    for room in fanout.rooms_under(f"space:{ids['space']}:m:"):
        reader = int(room.rsplit(":", 1)[1])
        if (not house_id or _is_of(reader, house_id)) and _may_know_of(reader, ids["stream"]):
            fanout.broadcast(room, "feed:gone", gone)


def bring_own(ids: dict[str, Any]) -> None:
    """What is a member's own and waits has changed: her open pages look again."""
    live.tell_members([ids["member"]], "own:changed", {"stream": ids["stream"]})


def bring_hint(ids: dict[str, Any]) -> None:
    """Something new in a space."""
    hint_lists(("space", ids["space"], ids["house"]), ids["piece"])


def hint_lists(place: Place, piece_id: int) -> None:
    """Something new at a piece, for open lists: a hint at once, then at most one a second."""
    waiting = _pending.get(place)
    if waiting is not None:
        waiting.append(piece_id)
        return
    _pending[place] = []
    loop.spawn(_later, place)
    _hint(place, [piece_id])


def bring_reading(ids: dict[str, Any]) -> None:
    """A member has read on somewhere: her own open pages hear how far, and nobody else's."""
    live.tell_members([ids["member"]], "reading:changed", {"stream": ids["stream"], "nr": ids["nr"]})


def bring_space(ids: dict[str, Any]) -> None:
    """Fewer people may read a space: whoever listened there and may not any more comes in anew, by what holds now."""
    space = session().get_one(Space, ids["space"], populate_existing=True)
    listened = {int(room.split(":")[1]) for room in live.rooms_of_lines() if room.startswith("stream:")}
    streams = session().scalars(select(Stream.id).where(Stream.space_id == space.id, Stream.id.in_(listened)))
    places = (*(f"{of}:{space.id}:" for of in HINTS), *(f"stream:{stream_id}:" for stream_id in streams))

    def lost(member_id: int, rooms: set[str]) -> bool:
        if not any(room.startswith(places) for room in rooms):
            return False
        viewer = viewer_now(member_id)
        return viewer is None or not space_rules.reads(viewer, space)

    live.drop_lines(lost)


def bring_members(ids: dict[str, Any]) -> None:
    """Who stands in a stream by name has changed: these members' lines there come in anew, by what holds now, and all
    other open pages look again."""
    room = f"stream:{ids['stream']}:"
    moved = set(ids["members"])
    live.drop_lines(lambda member, rooms: member in moved and any(one.startswith(room) for one in rooms))
    for one in fanout.rooms_under(room):
        fanout.broadcast(one, "chat:state", {"stream": ids["stream"]})


def bring_connection(ids: dict[str, Any]) -> None:
    """Whether two may write to each other has changed: open pages of what they stand in look again."""
    for listened in {room.rsplit(":", 1)[0] for room in live.rooms_of_lines() if room.startswith("stream:")}:
        stream_id = int(listened.split(":")[1])
        there = {row.member_id for row in by_name.rows_of(stream_id, "in")}
        if {ids["a"], ids["b"]} <= there:
            for room in fanout.rooms_under(f"stream:{stream_id}:"):
                fanout.broadcast(room, "chat:state", {"stream": stream_id})


def _later(place: Place) -> None:
    """What came meanwhile, once a second, each time with a fresh look at who is kept apart from whom."""
    try:
        loop.sleep(HINT_EVERY)
        while _pending.get(place):
            news, _pending[place] = _pending[place], []
            try:
                _hint(place, news)
            finally:
                remove()  # no read snapshot and no connection is held while this sleeps
            loop.sleep(HINT_EVERY)
    finally:
        _pending.pop(place, None)


def _with_opening(piece_id: int) -> tuple[Piece | None, str]:
    """A piece as it is now, and the state of its stream's opening; a stream without one always stands. One query."""
    row = session().execute(_WITH_OPENING, {"piece": piece_id}).one_or_none()
    return (row[0], row[1] or "published") if row is not None else (None, "")


def _hint_room(place: Place) -> str:
    of, space_id, house_id = place
    return f"{of}:{space_id}:h:{house_id}" if house_id else f"{of}:{space_id}:all"


def _hint(place: Place, news: list[int]) -> None:
    """`news`: the pieces that took their place."""
    of, space_id, house_id = place
    fanout.broadcast(_hint_room(place), HINTS[of], {"space": space_id})
    rooms = fanout.rooms_under(f"{of}:{space_id}:m:")
    pieces = list(session().scalars(select(Piece).where(Piece.id.in_(news)))) if rooms else []
    for room in rooms:
        reader = int(room.rsplit(":", 1)[1])
        if house_id and not _is_of(reader, house_id):
            continue
        if any(may_know(reader, piece, piece.author_id) and _may_know_of(reader, piece.stream_id) for piece in pieces):
            fanout.broadcast(room, HINTS[of], {"space": space_id})


def _may_know_of(reader: int, stream_id: int) -> bool:
    stream = session().get(Stream, stream_id)
    opening = session().get(Piece, stream.opening_id) if stream and stream.opening_id else None
    return opening is None or may_know(reader, opening, opening.author_id)


def may_know(reader: int, piece: Piece, by_id: int) -> bool:
    """Whether a reader with a room of her own hears that somebody did something to a piece: she has not told staff of
    it, and is kept apart neither from whoever did it nor from its author, in a chat also not in chats alone; where that
    one has no name, and in the team's inbox, only a separation counts (see apart.py)."""
    if session().get(ToldPiece, (reader, piece.id)) is not None:
        return False
    kind = session().get_one(Stream, piece.stream_id).kind

    def apart(other: int) -> bool:
        separated_alone = kind == "inbox" or (piece.unnamed and other == piece.author_id)
        if other == reader:
            return False
        total = excluded(reader, other, ("separation",) if separated_alone else EXCLUSIONS)
        return total or (kind == CHAT and apart_in_chats(reader, other))

    return not any(apart(other) for other in {by_id, piece.author_id})


def _is_of(reader: int, house_id: int) -> bool:
    viewer = viewer_now(reader)
    return viewer is not None and space_rules.house_of(viewer) == house_id


def _reads_alike(piece: Piece) -> bool:
    """Whether the view of a piece is the same in every language: nobody in it may have to be called somebody. Pictures
    have addresses, which are made where a part is rendered."""
    return not (piece.unnamed or piece.quote_id or piece.pictures or mentions.named_in([piece.text]))


def _content(piece: Piece, lang: str, alike: queries.PieceView | None) -> dict[str, Any]:
    """`alike`: its view, where that is the same in every language."""
    with web.render_context(lang):
        return {"nr": piece.nr, "html": shown(alike or queries.neutral_view(piece))}
