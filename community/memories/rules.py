"""Who says when something happened, who makes albums and puts pictures into them, and whose timeline one may open."""

from __future__ import annotations

from typing import Any, NamedTuple

from community.core.i18n import lazy as _l
from community.core.policy import Refusal, Rule
from community.members.people import Named
from community.members.rules import writing_refused
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import past
from community.streams.models import Piece, Stream
from community.streams.moderating import is_locked
from community.streams.rules import GO_ON, SAY_IN, STANDS_OR_WAITS

MOST_IN_ALBUM = 24  # what somebody puts into an album at once: a day's pictures, and each is still asked about


class Dating(NamedTuple):
    """A piece somebody sees, with where it stands."""

    piece: Piece
    stream: Stream
    space: Space


def _may_say_when(actor: Any, dating: Dating) -> Refusal | None:
    if dating.piece.kind == "message" or dating.piece.state not in STANDS_OR_WAITS:
        return _l("When it was can be said of posts and replies that stand here.")
    host = actor.is_staff and "moderator" in actor.duties
    if actor.id != dating.piece.author_id and not host:
        return _l("Whoever wrote it says when it was, or a host.")
    refused = GO_ON.judge(actor, past.place_of(actor, dating.stream, dating.space))
    return refused or space_rules.CHANGE_IN.judge(actor, dating.space) or writing_refused(actor)


def _may_add(actor: Any, album: Any) -> Refusal | None:
    """`album` has `space`, `opening_state` and `stream`."""
    place = past.place_of(actor, album.stream, album.space)
    refused = GO_ON.judge(actor, place)
    if refused is not None:
        return refused
    if album.opening_state != "published":
        return _l("Nothing can be put into this album now: it does not stand in the group.")
    if is_locked(album.stream):
        return _l("A host has closed this album for now.")
    return SAY_IN.judge(actor, place)


def _may_open_timeline(actor: Any, person: Named) -> Refusal | None:
    at_home = actor.kind in ("resident", "staff") and actor.house_id == person.house_id
    if person.id == actor.id or not (person.protected or (person.is_minor and not at_home)):
        return None
    return _l("This is not here.")


def _herself(actor: Any, member_id: int) -> Refusal | None:
    return None if actor.id == member_id else _l("Only the person herself can do that.")


SAY_WHEN = Rule(
    "memory.when",
    "Whoever wrote it, and hosts; of a post or reply that stands or waits, where they may still write.",
    _may_say_when,
)
MAKE_ALBUM = Rule("album.make", "Whoever may write in the space.", space_rules.WRITE.judge)
ADD_TO_ALBUM = Rule(
    "album.add", "Whoever may write in the space, while the album stands and no host has closed it.", _may_add
)
OPEN_TIMELINE = Rule(
    "memory.person",
    "Everybody's own; of others whoever may meet them, but of nobody with a protected identity, and of a child only "
    "those who live in the same house and who work there.",
    _may_open_timeline,
)
LOOK_BACK = Rule("memory.look_back", "The member herself: what she does not want to look back on.", _herself)

ALL = (SAY_WHEN, MAKE_ALBUM, ADD_TO_ALBUM, OPEN_TIMELINE, LOOK_BACK)
