"""Asking how it goes, five times in the year after a move: a private card with one tap. No answer is an answer: nobody
is told of it, and nothing follows. Beside it what the night lays and takes away: letters that can be opened, whether a
farewell is wanted after all, and a welcome after a long silence, which nobody else learns of.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from community.core import clock
from community.core.db import add_once, new_id, session, transaction
from community.core.errors import NotFound
from community.core.jobs import Due, Job, daily
from community.core.policy import require
from community.members import named
from community.members.models import Member, SignInSession
from community.members.people import Viewer
from community.moving import prepared_rules as rules
from community.moving.models import Move
from community.moving.prepared_models import STEPS, CheckIn, FarewellLetter, MoveWish
from community.notices import laying
from community.notices.models import OwnCard
from community.streams.models import ReadMark

AT = 10  # o'clock at home: nobody is asked at night
MONTHS = {"month": 1, "months_3": 3, "months_6": 6, "year": 12}
LATE = timedelta(days=14)  # what nobody asked in time is not asked any more
STANDS = timedelta(days=30)  # how long a question waits; then it goes by itself
FAREWELL_AFTER = timedelta(days=7)
SILENT = timedelta(days=90)
ASKED = ("check_in", "farewell", "letters")


def due_on(moves_on: date, step: str) -> date:
    """The day of a question: a week, or whole months after the move, on the last day of a month that is shorter."""
    if step == "week":
        return moves_on + timedelta(days=7)
    month = moves_on.month - 1 + MONTHS[step]
    year, month = moves_on.year + month // 12, month % 12 + 1
    return date(year, month, min(moves_on.day, calendar.monthrange(year, month)[1]))


def answer(actor: Viewer, check_in_id: int, said: str) -> CheckIn:
    """One tap: fine, call (whoever calls this writes it to the team), or no, not now. The first answer counts. Raises
    NotFound."""
    row = session().get(CheckIn, check_in_id)
    if row is None or row.member_id != actor.id:
        raise NotFound
    require(actor, rules.KEEP_OWN, row.member_id)
    with transaction() as s:
        row = s.get_one(CheckIn, check_in_id, with_for_update=True, populate_existing=True)
        if row.answered_at is None:
            row.answer, row.answered_at = said, clock.now()
        s.flush()
        return row


def _by_day(now: datetime) -> list[Due]:
    return daily(now, AT)


def _by_night(now: datetime) -> list[Due]:
    return daily(now, 0)


def _ask(_due: Due) -> None:
    """Whoever moved out, and does not live with us, is asked how it goes; and after a sudden move, once, whether she
    wants a farewell after all."""
    today = clock.today()
    with transaction():
        for move in _moved_out(today):
            step = _step_due(move, today)
            if step is not None:
                _ask_one(move, step)
            if (
                move.kind == "sudden"
                and move.moves_on + FAREWELL_AFTER <= today < move.moves_on + FAREWELL_AFTER + LATE
            ):
                laying.lay(move.member_id, "farewell", move.id)
        _ask_again()


def _tidy(_due: Due) -> None:
    """What the night lays and takes away."""
    today = clock.today()
    with transaction():
        _over()
        for member_id, move_id in _with_letters(today):
            laying.lay(member_id, "letters", move_id)
        for member_id, seen_at in _silent():
            laying.lay(member_id, "welcome", clock.local(seen_at).date().toordinal())


def _ask_again() -> None:
    """Whoever wanted a farewell later is asked a month after that, until she has begun one or says no."""
    later = (OwnCard.kind == "farewell") & (OwnCard.what == laying.LATER) & (OwnCard.done_at <= clock.now() - STANDS)
    there = select(OwnCard).join(Move, Move.id == OwnCard.about_id).where(later, Move.farewell_id.is_(None))
    cards = session().scalars(there.execution_options(populate_existing=True)).all()
    people = named.called_now({card.member_id for card in cards})
    for card in cards:
        if card.member_id in people and people[card.member_id].kind == "alumnus":
            laying.lay_again(card)


def _moved_out(today: date) -> list[Move]:
    """The latest move, done within a year and a bit, of everybody who has moved out and lives in no house of ours."""
    lately = (Move.done_at.is_not(None)) & (Move.moves_on <= today) & (Move.moves_on > today - timedelta(days=400))
    rows = session().scalars(select(Move).where(lately).order_by(Move.moves_on, Move.id)).all()
    latest = {move.member_id: move for move in rows}
    people = named.called_now(latest)
    return [move for id_, move in latest.items() if id_ in people and people[id_].kind == "alumnus"]


def _step_due(move: Move, today: date) -> str | None:
    """The newest question whose day has come and is not long past."""
    due = [step for step in STEPS if due_on(move.moves_on, step) <= today < due_on(move.moves_on, step) + LATE]
    return due[-1] if due else None


def _ask_one(move: Move, step: str) -> None:
    s = session()
    asked = s.scalar(select(CheckIn.id).where(CheckIn.move_id == move.id, CheckIn.step == step))
    wish = s.get(MoveWish, move.id, populate_existing=True)
    if asked is not None or (wish is not None and not wish.asks):
        return
    row = CheckIn(id=new_id(), move_id=move.id, member_id=move.member_id, step=step, asked_at=clock.now())
    row.due_on = due_on(move.moves_on, step)
    add_once(row)
    laying.end([move.member_id], "check_in")
    laying.lay(move.member_id, "check_in", row.id, step)


def _over() -> None:
    """Questions nobody answered for long, those of whoever lives with us again, and welcomes that were seen."""
    open_cards = select(OwnCard).where(OwnCard.done_at.is_(None))
    cards: Sequence[OwnCard] = session().scalars(open_cards).all()
    people = named.called_now({card.member_id for card in cards})
    old = clock.now() - STANDS
    for card in cards:
        person = people.get(card.member_id)
        lives_here = person is None or person.kind != "alumnus"
        if (card.kind in ASKED and card.at < old) or (card.kind in ("check_in", "farewell") and lives_here):
            laying.end([card.member_id], card.kind)
    _end_welcomes([card for card in cards if card.kind == "welcome"])


def _end_welcomes(cards: Sequence[OwnCard]) -> None:
    """A welcome stands the day somebody is back, whatever she does, and goes the night after the next."""
    seen = _last_seen({card.member_id for card in cards})
    for card in cards:
        if card.read_at is not None:
            laying.end([card.member_id], "welcome")
        elif seen[card.member_id] >= card.at:
            card.read_at = clock.now()


def _with_letters(today: date) -> list[tuple[int, int]]:
    """Whose day has come, and who has letters to open: member and move."""
    come = (Move.moves_on <= today) & (Move.moves_on > today - LATE) & Move.cancelled_at.is_(None)
    lying = (FarewellLetter.state == "sealed") & FarewellLetter.opened_at.is_(None) & FarewellLetter.told_at.is_(None)
    asked = select(Move.member_id, Move.id).join(FarewellLetter, FarewellLetter.move_id == Move.id)
    rows = session().execute(asked.where(come, lying).distinct()).all()
    here = named.called_now({member_id for member_id, _move_id in rows})
    return [(member_id, move_id) for member_id, move_id in rows if member_id in here]


def _silent() -> list[tuple[int, datetime]]:
    """Members nobody has seen for 90 days, and since when; not those who work here."""
    waits = select(OwnCard.member_id).where(OwnCard.kind == "welcome", OwnCard.done_at.is_(None))
    here = select(Member.id).where(Member.left_at.is_(None), Member.id.not_in(waits))
    seen = _last_seen(set(session().scalars(here)))
    quiet = {id_: at for id_, at in seen.items() if at < clock.now() - SILENT}
    people = named.called_now(quiet)
    return [(id_, at) for id_, at in quiet.items() if id_ in people and not people[id_].is_staff]


def _last_seen(ids: Collection[int]) -> dict[int, datetime]:
    """When they were here last: when a session of theirs was in use, or they read something, or joined."""
    joined = select(Member.id, Member.joined_at)
    used = select(SignInSession.member_id, func.max(SignInSession.last_seen_at)).group_by(SignInSession.member_id)
    read = select(ReadMark.member_id, func.max(ReadMark.marked_at)).group_by(ReadMark.member_id)
    found: dict[int, datetime] = {}
    for traces in (joined, used, read):
        for id_, at in session().execute(traces):
            if id_ in ids:
                found[id_] = max(at, found.get(id_, at))
    return found


JOBS = (Job("check-ins", _by_day, _ask), Job("private cards", _by_night, _tidy))
