"""Portraits as a viewer may know them; others do not exist for her. That one stands is known without asking here
(`AuthorView.portrait`)."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from community.core import crypto, picture_files
from community.core.db import session
from community.core.errors import NotFound
from community.core.picture_sizes import FORMS, SQUARES, part
from community.core.policy import can
from community.members.named import called_ever
from community.members.people import AuthorView, Named, Viewer
from community.photos import portrait_rules as rules
from community.photos.models import Portrait
from community.photos.portrait_rules import Likeness

PARTS = frozenset(part(side, form) for side in SQUARES for form in FORMS)
MOST = 60


class Waiting(NamedTuple):
    """A portrait a host looks at: whose it is, and who says that she is in it."""

    portrait: Portrait
    person: AuthorView
    claimed_by: AuthorView | None


def own(viewer: Viewer) -> Portrait | None:
    """The viewer's own. One query."""
    return of_member(viewer.id)


def portrait_for(viewer: Viewer, person: Named, *, there: bool) -> Portrait:
    """Somebody's portrait, if the viewer may see it; `there`: she may see the person's page. Raises NotFound. One
    query."""
    portrait = of_member(person.id)
    if portrait is None or not can(viewer, rules.SEE, Likeness(portrait, there, person.protected)):
        raise NotFound
    return portrait


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """What waits for a host, the oldest first, at most sixty; for others nothing. Two queries."""
    if not rules.is_host(viewer):
        return []
    waits = select(Portrait).where(Portrait.state != rules.SHOWN).order_by(Portrait.made_at, Portrait.id).limit(MOST)
    rows = session().scalars(waits).all()
    people = called_ever({row.member_id for row in rows} | {row.claimed_by for row in rows if row.claimed_by})
    found = []
    for row in rows:
        person = people.get(row.member_id)
        if person is not None and can(viewer, rules.SEE, Likeness(row, True, person.protected)):
            claimed = people.get(row.claimed_by) if row.claimed_by else None
            found.append(Waiting(row, person.author, claimed.author if claimed is not None else None))
    return found


def of_member(member_id: int) -> Portrait | None:
    """The row itself, for whoever has asked. One query."""
    hers = select(Portrait).where(Portrait.member_id == member_id)
    return session().scalar(hers.execution_options(populate_existing=True))


def file_of(portrait: Portrait, name: str) -> bytes:
    """One file of a portrait a query has found. Raises NotFound."""
    key = crypto.unseal(portrait.key_sealed, f"portrait:{portrait.id}:key")
    return picture_files.read(portrait.name, key, name)
