"""Asking for one's data, and letting a file go. What is done here is a member's own; the audit chain has none of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from community.core import clock, made_files, ratelimit
from community.core.announcements import announce
from community.core.db import new_id, session, transaction
from community.core.errors import Conflict
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import fresh
from community.members import rules as member_rules
from community.members.models import Member
from community.members.people import Viewer
from community.my_data import keeping, queries, rules
from community.my_data.models import Export

MOST_TRIES = made_files.MOST_TRIES

UNDER_WAY = _l("It is being made already. This page shows how far it is.")


def begin(actor: Viewer, language: str) -> Export:
    """Ask for everything, in one language. Raises NotFresh, NotAllowed, TooMany; Conflict while one is under way."""
    require(actor, rules.TAKE, actor.id)
    require(actor, member_rules.PRIVATE_SIDE)
    fresh.require(actor)
    if queries.under_way_for(actor) is not None:
        raise Conflict(UNDER_WAY)
    ratelimit.hit("my data", actor.id)
    row = Export(id=new_id(), member_id=actor.id, language=language, is_open=True, asked_at=clock.now())
    try:
        with transaction() as s:
            s.add(row)
            s.flush()
            _say(row)
    except IntegrityError as error:
        raise Conflict(UNDER_WAY) from error
    return row


def remove(actor: Viewer, export_id: int) -> None:
    """Let the file go now, or stop what is under way. Twice is once. Raises NotFound."""
    require(actor, rules.TAKE, actor.id)
    row = queries.own_for(actor, export_id)
    if row.state != "gone":
        end(row.id, "gone", "removed")


def note_seen(actor: Viewer) -> None:
    """She has looked: the mark beside the bell goes."""
    require(actor, rules.TAKE, actor.id)
    if actor.data_ready:
        with transaction() as s:
            s.execute(update(Member).where(Member.id == actor.id).values(data_ready_until=None))
            announce(f"member:{actor.id}", "my-data:changed", member=actor.id)


def start(export_id: int, parts: int, file: str) -> Export | None:
    """Whoever makes it begins; None when there is nothing to make. Nobody asks: it is the job's."""
    return MAKINGS.start(export_id, parts, file)


def note_progress(export_id: int, file: str, done: int) -> bool:
    """So many parts are read. False when it was stopped meanwhile, or another began anew. Nobody asks: it is the
    job's."""
    return MAKINGS.note_progress(export_id, file, done)


def finish(export_id: int, file: str, key: str, size: int) -> bool:
    """The file is whole: it can be fetched for seven days, and the one before it goes. False when somebody was faster,
    or it was stopped. Nobody asks: it is the job's."""
    return MAKINGS.finish(export_id, file, key, size, _take_its_place)


def end(export_id: int, state: str, why: str) -> None:
    """One fails or goes. Called by what has asked, and by the job."""
    MAKINGS.end(export_id, state, why, None if why == "newer" else lambda row: _wait_until(row, None))


def clear_out(now: datetime) -> int:
    """A job: rows of files that went long ago, and halves of files that no row names. Returns how many."""
    return MAKINGS.clear_out(now)


def _take_its_place(row: Export) -> None:
    mine = select(Export.id).where(Export.member_id == row.member_id, Export.state == "ready")
    for id_ in session().scalars(mine).all():
        end(id_, "gone", "newer")
    _wait_until(row, clock.now() + made_files.GOOD_FOR)


def _wait_until(row: Export, until: datetime | None) -> None:
    session().execute(update(Member).where(Member.id == row.member_id).values(data_ready_until=until))


def _say(row: Export) -> None:
    announce(f"member:{row.member_id}", "my-data:changed", member=row.member_id)


MAKINGS = made_files.Makings(Export, keeping.FILES, _say)
