"""That a member's file is ready, by letter: for whoever wants letters, and only where she has not looked. It says that
there is something, and nothing else; it also tells her when it was somebody else who asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from community.core import clock, outbox
from community.core.db import session, transaction
from community.core.jobs import Due, Job
from community.core.outbox import Words, Writer
from community.home.notice_letters import AT_ONCE, GOOD_FOR, not_at_night, reader, something_new
from community.my_data.models import Export
from community.recovery import queries as recovery

WAIT = timedelta(minutes=5)


def letters_due(now: datetime) -> Iterable[Due]:
    """Files that have been ready for some minutes."""
    owed = select(Export.id, Export.ready_at).where(Export.state == "ready", Export.letter_at.is_(None))
    rows = session().execute(owed.where(Export.ready_at <= now - WAIT).order_by(Export.ready_at).limit(AT_ONCE)).all()
    session().rollback()
    return [Due(str(id_), at) for id_, at in rows if at is not None]


def write_letter(due: Due) -> None:
    """One letter, or none where she wants none or has looked; either way none is owed any more."""
    with transaction() as s:
        row = s.get_one(Export, int(due.what), populate_existing=True)
        s.execute(update(Export).where(Export.id == row.id).values(letter_at=clock.now()))
        viewer = reader(row.member_id)
        address = recovery.confirmed_address(row.member_id) if viewer is not None and viewer.data_ready else None
        if address is not None:
            outbox.post(
                "my_data.ready",
                address.address,
                cause=f"my_data:{row.id}",
                language=address.language,
                good_for=GOOD_FOR,
                member=row.member_id,
            )


def _ready(facts: dict[str, Any], _secret: str | None) -> Words | None:
    viewer = reader(facts["member"])
    if viewer is None or not viewer.data_ready:
        return None
    not_at_night(viewer)
    return something_new(viewer, "my_data.own")


JOBS = (Job("my data by letter", letters_due, write_letter),)
WRITERS: dict[str, Writer] = {"my_data.ready": _ready}
