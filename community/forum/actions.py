"""Starting threads and answering in them."""

from __future__ import annotations

from collections.abc import Iterable

from community.core.db import transaction
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.forum import queries, questions, rules
from community.forum.models import MODES, Thread
from community.members.people import Viewer
from community.notices import actions as notices
from community.spaces import queries as spaces
from community.streams import actions as streams
from community.streams.actions import Said
from community.streams.models import Piece


def start_thread(
    actor: Viewer, space_id: int, said: Said, *, mode: str, just_listen: bool, tags: Iterable[str] = ()
) -> Piece:
    """Start a thread; the opening is returned, the one already there when it was sent twice. Tags are for questions;
    with anything else they are left out.

    Raises NotFound (space), NotAllowed, Invalid by field, TooMany.
    """
    with_mode = mode if mode in MODES else None
    if with_mode is None:
        raise Invalid(_l("Choose what it is: just tell, ask, or happy news."), field="mode")
    about = questions.checked_tags(tags) if with_mode == "ask" else []
    with transaction() as s:
        space = spaces.space_for(actor, space_id)
        require(actor, rules.START_THREAD, space)
        piece, is_new = streams.open_stream(actor, space, said, kind="thread", gentle=just_listen)
        if is_new:
            s.add(Thread(stream_id=piece.stream_id, mode=with_mode, just_listen=just_listen))
            s.flush()
            questions.write_tags(piece.stream_id, about)
            notices.tell_new(piece)
        return piece


def reply(actor: Viewer, stream_id: int, said: Said) -> Piece:
    """Answer in a thread. Raises NotFound, NotAllowed, Invalid by field, TooMany."""
    with transaction():
        found = queries.thread_for(actor, stream_id)
        require(actor, rules.REPLY, found)
        piece, is_new = streams.reply(actor, found.stream, said)
        if is_new and piece.state == "published":
            notices.tell_new(piece)
        return piece
