"""What whoever moves decides herself: whether her contact stays, a farewell, and what is to stand by her name."""

from __future__ import annotations

from community.core import clock
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.forum import actions as forum
from community.lifecycle.moving_out import FAREWELL_FOR
from community.members import profile, staying
from community.members.people import Viewer
from community.moving import queries as moves
from community.moving import rules
from community.moving.models import Move
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.spaces.rules import house_of
from community.streams import past
from community.streams.actions import Said
from community.streams.models import Piece, Stream

TO_HOUSE, TO_ALL = "house", "all"


def keep_contact(actor: Viewer, keeps: bool) -> Move:
    """Whether her contact stays hers after the day. Raises Conflict where she is not on her way."""
    with transaction() as s:
        staying.lock(actor.id)
        move = _locked(moves.own_move(actor))
        require(actor, rules.OWN_MOVE, move)
        if move.keeps_contact != keeps:
            staying.restore_contacts(move.contacts)
            move.contacts = {} if keeps else staying.end_contacts(actor.id, move.moves_on)
            move.keeps_contact = keeps
            s.flush()
        return move


def begin_farewell(actor: Viewer, whom: str, said: Said) -> Piece:
    """Begin the thread in which all who read it say goodbye: in her house's channel, or for everybody. In the house's
    she reads and writes 30 days more. Once; sent twice it is there once.

    Raises NotAllowed, Conflict where there is one, or she does not move, Invalid by field, TooMany.
    """
    with transaction() as s:
        move = _locked(moves.own_move(actor) or moves.may_say_goodbye(actor))
        require(actor, rules.FAREWELL, move)
        known = moves.farewell_sent(actor, move, said.client_id)
        if known is not None:
            return known
        if move.farewell_id is not None:
            raise Conflict(_l("Your farewell stands already."), facts={"stream": move.farewell_id})
        space = _space_for(actor, whom)
        mode, everybody = "tell", TO_ALL if space.asks_whom else None
        piece = forum.start_thread(actor, space.id, said, mode=mode, just_listen=False, whom=everybody)
        move.farewell_id = piece.stream_id
        s.flush()
        if space.house_id is not None:
            stream = session().get_one(Stream, piece.stream_id)
            past.keep_open(stream, actor.id, clock.start_of(move.moves_on + FAREWELL_FOR))
        return piece


def say_by_name(actor: Viewer, tells_year: bool) -> None:
    """Her answer to what is to stand by her name; she can change it on her page whenever she wants. Raises Conflict
    where she has not moved, NotAllowed for whoever may not tell the year."""
    with transaction() as s:
        move = _locked(moves.last_move(actor))
        require(actor, rules.OWN_MOVE, move)
        profile.tell_year(actor, tells_year)
        move.said_at = clock.now()
        s.flush()


def farewell_places(actor: Viewer) -> list[tuple[str, Space]]:
    """Where her farewell can stand, her own house first. No query beside her channels'."""
    house = house_of(actor)
    readable = [space for space in spaces.readable(actor) if space.closed_at is None and space.writers == "readers"]
    own = [(TO_HOUSE, space) for space in readable if house is not None and space.house_id == house][:1]
    return own + [(TO_ALL, space) for space in readable if space.audience == "all" and space.kind == "talk"][:1]


def _space_for(actor: Viewer, whom: str) -> Space:
    found = dict(farewell_places(actor)).get(whom)
    if found is None:
        raise Invalid(_l("Choose who reads it: your house, or everyone."), field="whom")
    return found


def _locked(move: Move | None) -> Move:
    if move is None:
        raise Conflict(_l("You have no day on which you move."))
    return session().get_one(Move, move.id, with_for_update=True, populate_existing=True)
