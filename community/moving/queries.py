"""Reading moves. Her own, for herself; another's, for whoever may know of it."""

from __future__ import annotations

from sqlalchemy import or_, select

from community.core import clock
from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import can
from community.members.people import LATELY, Named, Viewer
from community.members.profile import may_tell_year
from community.moving import rules
from community.moving.models import Move
from community.notices.laying import AGAIN, LATER
from community.notices.models import OwnCard
from community.streams.models import Piece


def own_move(viewer: Viewer) -> Move | None:
    """The viewer's move that is under way; None where none is. One query."""
    return session().scalar(select(Move).where(Move.member_id == viewer.id, Move.is_open.is_(True)))


def last_move(viewer: Viewer) -> Move | None:
    """The move that brought her where she is now; None for whoever never moved, or lives in that house again. One
    query."""
    done = select(Move).where(Move.member_id == viewer.id, Move.done_at.is_not(None))
    move = session().scalar(done.order_by(Move.moves_on.desc(), Move.id.desc()).limit(1))
    return None if move is None or (viewer.kind == "resident" and viewer.house_id == move.house_id) else move


def just_moved(viewer: Viewer) -> Move | None:
    """The same, as long as her day is no more than 30 days ago. One query."""
    move = last_move(viewer)
    return move if move is not None and clock.today() - move.moves_on <= LATELY else None


def may_say_goodbye(viewer: Viewer) -> Move | None:
    """The same, and after that as long as she has said that she wants a farewell later. At most two queries."""
    move = last_move(viewer)
    if move is None or clock.today() - move.moves_on <= LATELY:
        return move
    hers = (OwnCard.member_id == viewer.id) & (OwnCard.kind == "farewell") & (OwnCard.about_id == move.id)
    wants = or_(OwnCard.what == LATER, (OwnCard.what == AGAIN) & OwnCard.done_at.is_(None))
    return move if session().scalar(select(OwnCard.id).where(hers, wants)) is not None else None


def asked_by_name(viewer: Viewer) -> Move | None:
    """The move after which she has not yet said what is to stand by her name; None for everybody else. One query for
    an adult who moved lately, none otherwise."""
    if not (viewer.moved_lately and may_tell_year(viewer)):
        return None
    move = just_moved(viewer)
    return move if move is not None and move.said_at is None else None


def move_for(viewer: Viewer, move_id: int) -> Move:
    """A move the viewer may know of. Raises NotFound."""
    move = session().get(Move, move_id, populate_existing=True)
    if move is None or not can(viewer, rules.SEE_MOVE, _Whose(move)):
        raise NotFound
    return move


def open_move_of(viewer: Viewer, person: Named) -> Move | None:
    """Somebody's move that is under way. Raises NotFound for whoever may not know of one. One query."""
    if not can(viewer, rules.SEE_MOVE, person):
        raise NotFound
    return session().scalar(select(Move).where(Move.member_id == person.id, Move.is_open.is_(True)))


def farewell_sent(viewer: Viewer, move: Move, client_id: str) -> Piece | None:
    """Her farewell, when it is this very try that is sent again. One query, none where there is none."""
    if move.farewell_id is None:
        return None
    mine = (Piece.author_id == viewer.id) & (Piece.client_id == client_id) & (Piece.stream_id == move.farewell_id)
    return session().scalar(select(Piece).where(mine))


def has_one(viewer: Viewer) -> bool:
    """Whether there is a page about a move of the viewer's: one under way, or the last. At most two queries."""
    return viewer.moves_on is not None or own_move(viewer) is not None or last_move(viewer) is not None


class _Whose:
    """Whom a move is of, for the rule: whoever moves, and the house she leaves."""

    def __init__(self, move: Move) -> None:
        self.id, self.house_id = move.member_id, move.house_id
