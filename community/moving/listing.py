"""Changing the list of what is to be put in order. It is for her and her contact alone: never screened, held, alerted
or logged, and sealed where it lies. Whatever her standing, it is hers."""

from __future__ import annotations

from sqlalchemy import func, select

from community.core import clock, crypto
from community.core.db import add_once, new_id, session, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer
from community.moving import checklist
from community.moving import prepared_rules as rules
from community.moving.prepared_models import STARTS, ListLine


def begin(owner_id: int, by_id: int) -> None:
    """A list begins with five lines, once. Called by whoever sets a move, inside that action, and by `start`."""
    with transaction():
        for place, start in enumerate(STARTS, 1):
            known = select(ListLine.id).where(ListLine.owner_id == owner_id, ListLine.start == start)
            if session().scalar(known) is None:
                at = clock.now()
                row = ListLine(id=new_id(), owner_id=owner_id, start=start, place=place, added_by=by_id, added_at=at)
                add_once(row)


def start(actor: Viewer, owner_id: int) -> None:
    """The same by one of the two, where nothing stands there yet. Raises NotFound."""
    rows = checklist.rows_for(actor, owner_id)
    require(actor, rules.SHARE_LIST, owner_id)
    if not rows:
        begin(owner_id, actor.id)


def add(actor: Viewer, owner_id: int, words: str) -> ListLine:
    """A new line at the end. Raises NotFound, Invalid by field, Conflict where the list is full."""
    checklist.rows_for(actor, owner_id)
    require(actor, rules.SHARE_LIST, owner_id)
    with transaction() as s:
        hers = ListLine.owner_id == owner_id
        last, count = s.execute(select(func.coalesce(func.max(ListLine.place), 0), func.count()).where(hers)).one()
        if count >= checklist.MOST_LINES:
            raise Conflict(_l("The list is full. Take something off that is done."))
        row = ListLine(id=new_id(), owner_id=owner_id, place=last + 1, added_by=actor.id, added_at=clock.now())
        row.text_sealed = crypto.seal(words, f"move_line:{row.id}:text")
        s.add(row)
        s.flush()
        return row


def tick(actor: Viewer, line_id: int, *, done: bool) -> ListLine:
    """It is done, or is not. Twice is once. Raises NotFound."""
    require(actor, rules.SHARE_LIST, checklist.line_for(actor, line_id).owner_id)
    with transaction():
        row = _locked(actor, line_id)
        if done != (row.done_at is not None):
            row.done_at, row.done_by = (clock.now(), actor.id) if done else (None, None)
        return row


def change(actor: Viewer, line_id: int, *, words: str, note: str, stream_id: int | None, version: int) -> ListLine:
    """What it says, what is noted below, and a post that helps. Raises NotFound, Invalid by field, Conflict where the
    other one was faster."""
    require(actor, rules.SHARE_LIST, checklist.line_for(actor, line_id).owner_id)
    if stream_id is not None and not checklist.line_of_thread(actor, stream_id):
        raise Invalid(_l("There is no post at that address that you can read."), field="link")
    with transaction():
        row = _locked(actor, line_id)
        if row.version != version:
            raise Conflict(_l("The other one of you changed this just now. Look at it once more."))
        if words != checklist.words_of(row):
            row.text_sealed = crypto.seal(words, f"move_line:{row.id}:text")
        row.note_sealed = crypto.seal(note, f"move_line:{row.id}:note") if note else None
        # What the other one put there and this one can't read stays.
        if stream_id is not None or row.stream_id is None or checklist.line_of_thread(actor, row.stream_id):
            row.stream_id = stream_id
        row.version += 1
        return row


def remove(actor: Viewer, line_id: int) -> int:
    """It goes, for both. Returns whose list it was. Raises NotFound."""
    owner_id = checklist.line_for(actor, line_id).owner_id
    require(actor, rules.SHARE_LIST, owner_id)
    with transaction() as s:
        s.delete(_locked(actor, line_id))
        s.flush()
    return owner_id


def _locked(actor: Viewer, line_id: int) -> ListLine:
    checklist.line_for(actor, line_id)
    return session().get_one(ListLine, line_id, with_for_update=True, populate_existing=True)
