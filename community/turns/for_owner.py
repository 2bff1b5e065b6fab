"""What a member takes along of the turns of her life here: when she left work, and that her contact became another."""

from __future__ import annotations

from sqlalchemy import select

from community.core import crypto
from community.core.db import session
from community.core.own_rows import Row, plain
from community.members.for_owner import called
from community.members.people import Viewer
from community.turns.models import NewContact, WorkEnd


def work_ends(viewer: Viewer) -> list[Row]:
    """From when she works here no more, who took over, and the goodbye she wrote."""
    hers = select(WorkEnd).where(WorkEnd.member_id == viewer.id).order_by(WorkEnd.leaves_on, WorkEnd.id)
    rows = session().scalars(hers).all()
    names = called(viewer, (id_ for row in rows for id_ in (row.successor_id, row.made_by, row.cancelled_by)))
    return [
        plain(
            row,
            *("member_id", "note_sealed", "next_manager", "next_lead", "was_to_on"),
            successor_id=names[row.successor_id],
            made_by=names[row.made_by],
            cancelled_by=names[row.cancelled_by],
            goodbye=crypto.unseal(row.note_sealed, f"work_end:{row.id}:note") if row.note_sealed else "",
        )
        for row in rows
    ]


def new_contacts(viewer: Viewer) -> list[Row]:
    """Who was her contact, who is it since, and what she said to that."""
    hers = select(NewContact).where(NewContact.member_id == viewer.id).order_by(NewContact.at, NewContact.id)
    rows = session().scalars(hers).all()
    names = called(viewer, (id_ for row in rows for id_ in (row.from_id, row.to_id)))
    return [
        plain(row, *("member_id", "work_end_id"), from_id=names[row.from_id], to_id=names[row.to_id]) for row in rows
    ]
