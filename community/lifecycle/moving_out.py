"""Moving out: planned, changed, called off, and the day itself. What she is follows from her periods, so it turns at
midnight by itself; `move_out` does what belongs to the day once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from community.core import audit, clock
from community.core.announcements import announce
from community.core.db import new_id, session, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.jobs import Due, Job
from community.core.policy import require
from community.members import named, staying
from community.members.models import House, MembershipPeriod
from community.members.people import Viewer
from community.moving import listing, rules
from community.moving import queries as moves
from community.moving.models import MOVES, Move
from community.streams import past
from community.streams.models import Stream

FAREWELL_FOR = timedelta(days=30)  # she writes in her farewell so long after the day
FURTHEST = timedelta(days=3 * 366)
CHANGED = _l("This was changed meanwhile, or has happened. Look at what holds now.")


@dataclass(frozen=True)
class Wish:
    """When somebody moves, and where to: `to_house_id` is one of our houses; None: anywhere else."""

    kind: str
    moves_on: date
    to_house_id: int | None = None


def plan(actor: Viewer, member_id: int, wish: Wish) -> Move:
    """Say the day on which somebody moves out. From then on she is on her way; a sudden move of today happens at once.

    Raises NotFound, NotAllowed, Conflict (she has a day already, or does not live here), Invalid by field.
    """
    with transaction() as s:
        staying.lock(member_id)
        person = named.person_for(actor, member_id)
        require(actor, rules.PLAN_MOVE, person)
        stay = _stay_to_end(member_id)
        _check(wish, stay)
        move = Move(id=new_id(), member_id=member_id, house_id=stay.house_id, made_by=actor.id, made_at=clock.now())
        move.kind, move.moves_on, move.to_house_id, move.is_open = wish.kind, wish.moves_on, wish.to_house_id, True
        s.add(move)
        _turn(stay, move)
        s.flush()
        listing.begin(member_id, actor.id)
        audit.append(actor.id, "move.planned", f"member:{member_id}", move=move.id, days=_days_until(move))
        if move.moves_on <= clock.today():
            move_out(move.id)
        return move


def change_day(actor: Viewer, move_id: int, wish: Wish, *, version: int) -> Move:
    """Another day, or another place. Raises NotFound, NotAllowed, Conflict (changed or done meanwhile), Invalid."""
    with transaction() as s:
        move, stay = _open_move(actor, move_id, version)
        _check(wish, stay)
        _turn_back(stay, move)
        move.kind, move.moves_on, move.to_house_id = wish.kind, wish.moves_on, wish.to_house_id
        _turn(stay, move)
        if move.farewell_id is not None:
            _leave_farewell_open(move)
        move.version += 1
        s.flush()
        audit.append(actor.id, "move.changed", f"member:{move.member_id}", move=move.id, days=_days_until(move))
        if move.moves_on <= clock.today():
            move_out(move.id)
        return move


def cancel(actor: Viewer, move_id: int, *, version: int) -> Move:
    """She does not move. A second time changes nothing. Raises NotFound, NotAllowed, Conflict."""
    with transaction() as s:
        known = moves.move_for(actor, move_id)
        if known.cancelled_at is not None:
            return known
        move, stay = _open_move(actor, move_id, version)
        _turn_back(stay, move)
        move.is_open, move.cancelled_by, move.cancelled_at = None, actor.id, clock.now()
        move.version += 1
        s.flush()
        audit.append(actor.id, "move.cancelled", f"member:{move.member_id}", move=move.id)
        return move


def move_out(move_id: int) -> bool:
    """The day itself: her stay has ended at midnight, and the next has begun. Everything in one transaction; what is
    done, called off or yet to come stays as it is. A job; returns whether it was done now."""
    with transaction() as s:
        move = s.get(Move, move_id, with_for_update=True, populate_existing=True)
        if move is None or not move.is_open or move.moves_on > clock.today():
            return False
        staying.lock(move.member_id)
        if staying.ended_on(move.member_id, move.house_id, move.moves_on) is None:
            raise Conflict(_l("The stay does not end on that day."))
        if not move.keeps_contact:
            staying.end_contacts(move.member_id, move.moves_on)
        if move.farewell_id is not None:
            _leave_farewell_open(move)
        move.is_open, move.done_at = None, clock.now()
        s.flush()
        audit.append(None, "move.done", f"member:{move.member_id}", move=move.id)
        announce(f"member:{move.member_id}", "member:moved", member=move.member_id)
        return True


def due(now: datetime) -> list[Due]:
    """Moves whose midnight has passed at home."""
    ready = select(Move.id, Move.moves_on).where(Move.is_open.is_(True), Move.moves_on <= clock.local(now).date())
    rows = session().execute(ready.order_by(Move.moves_on, Move.id))
    return [Due(str(move_id), clock.start_of(moves_on)) for move_id, moves_on in rows]


def farewells_over(now: datetime) -> list[Due]:
    """What was left open to somebody who has moved, and has ended."""
    return [Due(f"{stream_id}:{member_id}", until) for stream_id, member_id, until in past.ended_by(now)]


def _close_farewell(occurrence: Due) -> None:
    stream_id, member_id = occurrence.what.split(":")
    past.close(int(stream_id), int(member_id))


def _run(occurrence: Due) -> None:
    move_out(int(occurrence.what))


JOBS = (Job("moving out", due, _run), Job("farewells over", farewells_over, _close_farewell))


def _stay_to_end(member_id: int) -> MembershipPeriod:
    """Her present stay, which has no end yet. Raises Conflict with what holds."""
    stay = staying.stay_of(member_id, clock.today())
    if stay is None or stay.kind != "resident":
        raise Conflict(_l("They don't live here any more: somebody was faster, or they have moved already."))
    if stay.to_on is not None:
        raise Conflict(_l("There is a day already. You can change it, or call it off."))
    return stay


def _check(wish: Wish, stay: MembershipPeriod) -> None:
    """Raises Invalid by field."""
    today = clock.today()
    first = today if wish.kind == "sudden" else today + timedelta(days=1)
    if wish.kind not in MOVES:
        raise Invalid(_l("Choose one of these."), field="kind")
    if wish.moves_on <= stay.from_on:
        raise Invalid(_l("That is before they moved in. Choose a later day."), field="moves_on")
    if wish.moves_on < first:
        raise Invalid(_l("That day has passed. Choose one from tomorrow on."), field="moves_on")
    if wish.moves_on > today + FURTHEST:
        raise Invalid(_l("That is too far ahead. Choose a day within three years."), field="moves_on")
    if wish.to_house_id is not None:
        if wish.kind == "planned":
            raise Invalid(_l("To another home of ours: choose “to another home”."), field="to_house_id")
        if wish.to_house_id == stay.house_id or session().get(House, wish.to_house_id) is None:
            raise Invalid(_l("Choose another house from the list."), field="to_house_id")


def _open_move(actor: Viewer, move_id: int, version: int) -> tuple[Move, MembershipPeriod]:
    """A move that can still be changed, with the stay it ends. Raises NotFound, NotAllowed, Conflict."""
    known = moves.move_for(actor, move_id)
    staying.lock(known.member_id)
    move = session().get_one(Move, move_id, with_for_update=True, populate_existing=True)
    require(actor, rules.PLAN_MOVE, move)
    stay = staying.ended_on(move.member_id, move.house_id, move.moves_on)
    if not move.is_open or move.version != version or stay is None or move.moves_on <= clock.today():
        raise Conflict(CHANGED)
    return move, stay


def _turn(stay: MembershipPeriod, move: Move) -> None:
    """Her periods, and the duties of her contacts, say the day: all of it holds from its midnight on."""
    if move.to_house_id is None:
        staying.turn_on(stay, move.moves_on, "alumnus", stay.house_id)
    else:
        staying.turn_on(stay, move.moves_on, "resident", move.to_house_id)
    move.contacts = {} if move.keeps_contact else staying.end_contacts(move.member_id, move.moves_on)


def _turn_back(stay: MembershipPeriod, move: Move) -> None:
    staying.restore_contacts(move.contacts)
    staying.turn_back(stay)


def _leave_farewell_open(move: Move) -> None:
    stream = session().get_one(Stream, move.farewell_id)
    past.keep_open(stream, move.member_id, clock.start_of(move.moves_on + FAREWELL_FOR))


def _days_until(move: Move) -> int:
    return (move.moves_on - clock.today()).days
