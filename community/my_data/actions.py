"""Asking for one's data, and letting a file go. What is done here is a member's own; the audit chain has none of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from community.core import clock, crypto, ratelimit
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

GOOD_FOR = timedelta(days=7)
KEPT = timedelta(days=90)  # the row of one that has gone, without its file
MOST_TRIES = 3

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
    """Whoever makes it begins, under a name for the file, or begins anew after somebody died at it, whose half goes;
    None when there is nothing to make. Given up after three beginnings. Nobody asks: it is the job's."""
    with transaction() as s:
        row = s.get(Export, export_id, with_for_update=True, populate_existing=True)
        if row is None or not row.is_open:
            return None
        if row.tries >= MOST_TRIES:
            end(export_id, "failed", "broken")
            return None
        keeping.remove(row.file)
        row.tries, row.state, row.parts, row.done_parts, row.file = row.tries + 1, "making", parts, 0, file
        row.worked_at = clock.now()
        s.flush()
        _say(row)
        return row


def note_progress(export_id: int, file: str, done: int) -> bool:
    """So many parts are read. False when it was stopped meanwhile, or another began anew. Nobody asks: it is the
    job's."""
    with transaction() as s:
        row = s.get(Export, export_id, with_for_update=True, populate_existing=True)
        if row is None or not row.is_open or row.file != file:
            return False
        row.done_parts, row.worked_at = done, clock.now()
        s.flush()
        _say(row)
        return True


def finish(export_id: int, file: str, key: str, size: int) -> bool:
    """The file is whole: it can be fetched for seven days, and the one before it goes. False when somebody was faster,
    or it was stopped. Nobody asks: it is the job's."""
    with transaction() as s:
        row = s.get(Export, export_id, with_for_update=True, populate_existing=True)
        if row is None or not row.is_open or row.file != file:
            return False
        before = s.scalars(select(Export.id).where(Export.member_id == row.member_id, Export.state == "ready")).all()
        for id_ in before:
            end(id_, "gone", "newer")
        now = clock.now()
        row.state, row.is_open, row.size = "ready", None, size
        row.done_parts, row.ready_at, row.good_until = row.parts, now, now + GOOD_FOR
        row.key_sealed = crypto.seal(key, f"my_data_export:{row.id}:key")
        s.execute(update(Member).where(Member.id == row.member_id).values(data_ready_until=row.good_until))
        s.flush()
        _say(row)
        return True


def end(export_id: int, state: str, why: str) -> None:
    """One fails or goes: its key is forgotten with its file, so that what a disk may still hold opens for nobody.
    Called by what has asked, and by the job."""
    with transaction() as s:
        row = s.get(Export, export_id, with_for_update=True, populate_existing=True)
        if row is None or row.state == "gone":
            return
        was_ready = row.state == "ready"
        keeping.remove(row.file)
        row.state, row.why, row.is_open, row.ended_at = state, why, None, clock.now()
        row.file = row.key_sealed = None
        if was_ready and why != "newer":
            s.execute(update(Member).where(Member.id == row.member_id).values(data_ready_until=None))
        s.flush()
        _say(row)


def clear_out(now: datetime) -> int:
    """A job: rows of files that went long ago, and halves of files that no row names. Returns how many."""
    with transaction() as s:
        gone = delete(Export).where(Export.ended_at < now - KEPT)
        count = int(s.execute(gone).rowcount)  # type: ignore[attr-defined]
    strays = keeping.clear_strays(set(queries.names_kept()))
    session().rollback()
    return count + strays


def _say(row: Export) -> None:
    announce(f"member:{row.member_id}", "my-data:changed", member=row.member_id)
