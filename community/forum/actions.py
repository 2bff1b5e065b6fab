"""Starting threads and answering in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from community.core.db import transaction
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.forum import queries, questions, rules
from community.forum.models import MODES, Thread
from community.members.people import Viewer
from community.notices import actions as notices
from community.photos import asking
from community.photos.hanging import said_with
from community.spaces import queries as spaces
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import actions as streams
from community.streams.actions import Said
from community.streams.models import Piece


def start_thread(
    actor: Viewer,
    space_id: int,
    said: Said,
    *,
    mode: str,
    just_listen: bool,
    tags: Iterable[str] = (),
    whom: str | None = None,
    photos: Sequence[int] = (),
) -> Piece:
    """Start a thread; the opening is returned, the one already there when it was sent twice. Tags are for questions;
    with anything else they are left out. `whom`: 'house' or 'all', in a space that asks for it; without an answer to
    that nothing is published. `photos`: pictures of hers that hang on it, in this order.

    Raises NotFound (space), NotAllowed, Invalid by field, TooMany.
    """
    with_mode = mode if mode in MODES else None
    if with_mode is None:
        raise Invalid(_l("Choose what it is: just tell, ask, or happy news."), field="mode")
    about = questions.checked_tags(tags) if with_mode == "ask" else []
    with transaction() as s:
        space = spaces.space_for(actor, space_id)
        require(actor, rules.START_THREAD, space)
        house_id = _house_for(actor, space, whom)
        asks = with_mode == "ask" or just_listen
        piece, is_new = streams.open_stream(
            actor, space, said_with(said, photos), kind="thread", gentle=just_listen, house_id=house_id, asks=asks
        )
        if is_new:
            s.add(Thread(stream_id=piece.stream_id, mode=with_mode, just_listen=just_listen))
            s.flush()
            questions.write_tags(piece.stream_id, about)
            asking.hang(actor, piece, photos)
            notices.tell_new(piece)
        return piece


def reply(actor: Viewer, stream_id: int, said: Said, photos: Sequence[int] = ()) -> Piece:
    """Answer in a thread, perhaps with pictures. Raises NotFound, NotAllowed, Invalid by field, TooMany."""
    with transaction():
        found = queries.thread_for(actor, stream_id)
        require(actor, rules.REPLY, found)
        piece, is_new = streams.reply(actor, found.stream, said_with(said, photos))
        if is_new:
            asking.hang(actor, piece, photos)
        if is_new and piece.state == "published":
            notices.tell_new(piece)
        return piece


def _house_for(actor: Viewer, space: Space, whom: str | None) -> int | None:
    """The house alone that is to read it, or None for all who read the space. What was chosen for a house is never
    shown to more people because the space asks no more."""
    choices = space_rules.choices_of_whom(actor, space)
    if whom == "house" and "house" not in choices:
        raise Invalid(_l("This channel does not ask for your house any more: everyone reads it."), field="whom")
    if len(choices) > 1 and whom not in choices:
        raise Invalid(_l("Choose who reads it: your house, or everyone."), field="whom")
    return space_rules.house_of(actor) if whom == "house" else None
