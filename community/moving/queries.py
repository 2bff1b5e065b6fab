"""Reading moves. Her own, for herself; another's, for whoever may know of it."""

from __future__ import annotations

from sqlalchemy import select

from community.core.db import session
from community.core.errors import NotFound
from community.members.people import Viewer
from community.moving.models import Move


def own_move(viewer: Viewer) -> Move | None:
    """The viewer's move that is under way; None where none is. One query."""
    return session().scalar(select(Move).where(Move.member_id == viewer.id, Move.is_open.is_(True)))


def last_move(viewer: Viewer) -> Move | None:
    """The move that brought her where she is now; None for whoever never moved, or lives in that house again. One
    query."""
    done = select(Move).where(Move.member_id == viewer.id, Move.done_at.is_not(None))
    return session().scalar(done.order_by(Move.moves_on.desc(), Move.id.desc()).limit(1))


def move_of(viewer: Viewer) -> Move:
    """The viewer's move under way, else the last. Raises NotFound for whom none was ever set. Two queries at most."""
    found = own_move(viewer) or last_move(viewer)
    if found is None:
        raise NotFound
    return found


def has_one(viewer: Viewer) -> bool:
    """Whether there is a page about a move of the viewer's. One query."""
    hers = select(Move.id).where(Move.member_id == viewer.id, Move.cancelled_at.is_(None))
    return session().scalar(hers.limit(1)) is not None
