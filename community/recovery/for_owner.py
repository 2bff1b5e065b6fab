"""What a member takes along of this room: her addresses, letters to them, and how she came back in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from community.core import crypto
from community.core.db import session
from community.core.outbox import Letter
from community.core.own_rows import Row, plain
from community.members.for_owner import called, houses_named
from community.members.people import Viewer
from community.recovery.models import EmailAddress, Request, Vouch, WayIn

HERS = ("confirmed", "done")
"""States in which staff have found that it was she who asked; before that, what was written may be somebody else's."""
WRITTEN = ("name", "years", "phone", "words")


def addresses(viewer: Viewer) -> list[Row]:
    """Her e-mail addresses, those of before too."""
    rows = _hers(viewer, EmailAddress, EmailAddress.made_at)
    return [plain(row, "member_id", "address_hash", "link_hash") for row in rows]


def letters(viewer: Viewer) -> list[Row]:
    """Letters that were sent to her, as long as their rows are kept: which kind, and when."""
    hashes = {crypto.keyed_hash(row.address, "letter to") for row in _hers(viewer, EmailAddress, EmailAddress.made_at)}
    rows = session().scalars(select(Letter).where(Letter.to_hash.in_(hashes)).order_by(Letter.created_at))
    kept = ("id", "kind", "language", "created_at", "sent_at", "given_up_at")
    return [{name: getattr(row, name) for name in kept} for row in rows]


def ways_in(viewer: Viewer) -> list[Row]:
    """Links that let her choose a new password, and who made them."""
    rows = _hers(viewer, WayIn, WayIn.made_at)
    names = called(viewer, (id_ for row in rows for id_ in (row.made_by, row.checked_by)))
    return [
        plain(
            row,
            *("member_id", "link_hash", "stop_hash"),
            made_by=names[row.made_by],
            checked_by=names[row.checked_by],
        )
        for row in rows
    ]


def requests(viewer: Viewer) -> list[Row]:
    """That she asked to be let in again, and what she wrote, where staff found that it was she."""
    rows = _hers(viewer, Request, Request.asked_at)
    houses = houses_named(viewer, (row.house_id for row in rows))
    left = ("member_id", "name_key", "place_key", "checked_by", "confirmed_by", "closed_by")
    return [
        plain(
            row,
            *(*left, "checked_with_sealed", "reason_sealed"),
            house_id=houses[row.house_id],
            **{name: row.opened(name) if row.state in HERS else None for name in WRITTEN},
        )
        for row in rows
    ]


def vouches(viewer: Viewer) -> list[Row]:
    """That she was asked whether somebody is who she says, and what she answered; about whom is not hers."""
    return [plain(row, "member_id", "asked_by", "request_id") for row in _hers(viewer, Vouch, Vouch.asked_at)]


def _hers(viewer: Viewer, table: Any, order: Any) -> list[Any]:
    return list(session().scalars(select(table).where(table.member_id == viewer.id).order_by(order)))
