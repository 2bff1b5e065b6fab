"""What a member keeps for herself: threads she follows or mutes, pieces she has saved. Nobody else learns of it."""

from __future__ import annotations

from sqlalchemy import delete, update

from community.core import clock
from community.core.db import add_once, transaction
from community.core.errors import Invalid, NotAllowed
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer
from community.streams import kept, queries, rules
from community.streams.models import CHOICES, Saved, Stream, StreamChoice

MOST_SAVED = 1_000
CLEAR = "clear"


def choose(actor: Viewer, stream_id: int, choice: str) -> None:
    """Follow a stream, leave it (also one she wrote in), mute it, or clear what was chosen. The same once more changes
    nothing.

    Raises NotFound, Invalid for another choice.
    """
    if choice not in (*CHOICES, CLEAR):
        raise Invalid(_l("Choose to follow, not to follow, or to mute."), field="choice")
    with transaction() as s:
        stream = queries.stream_for(actor, stream_id)
        require(actor, rules.KEEP_OWN, actor.id)
        mine = (StreamChoice.member_id == actor.id) & (StreamChoice.stream_id == stream.id)
        if choice == CLEAR:
            s.execute(delete(StreamChoice).where(mine))
            return
        changed = update(StreamChoice).where(mine).values(choice=choice, chosen_at=clock.now())
        if not s.execute(changed).rowcount:  # type: ignore[attr-defined]
            add_once(_choice(actor, stream, choice))


def save_piece(actor: Viewer, piece_id: int) -> None:
    """Keep a piece in one's own list. Twice is once. Raises NotFound, NotAllowed for what does not stand in the group
    (yet, or any more), Invalid when the list is full."""
    with transaction() as s:
        piece = queries.piece_for(actor, piece_id)
        require(actor, rules.KEEP_OWN, actor.id)
        if piece.state != "published":
            raise NotAllowed(_l("Only what stands in the group can be saved."))
        if s.get(Saved, (actor.id, piece.id)) is not None:
            return
        if kept.count_saved(actor) >= MOST_SAVED:
            raise Invalid(_l("Your list is full. Take something off it first."))
        add_once(Saved(member_id=actor.id, piece_id=piece.id, saved_at=clock.now()))


def let_go(actor: Viewer, piece_id: int) -> None:
    """Take a piece off one's own list; what has gone meanwhile, too."""
    require(actor, rules.KEEP_OWN, actor.id)
    with transaction() as s:
        s.execute(delete(Saved).where(Saved.member_id == actor.id, Saved.piece_id == piece_id))


def _choice(actor: Viewer, stream: Stream, choice: str) -> StreamChoice:
    return StreamChoice(member_id=actor.id, stream_id=stream.id, choice=choice, chosen_at=clock.now())
