"""A member's own exports, and how often her number stands elsewhere. Nobody else's exist here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from community.core import clock
from community.core.db import Base, session
from community.core.errors import Gone, NotFound
from community.core.i18n import lazy as _l
from community.members.people import Viewer
from community.my_data import keeping
from community.my_data.models import Export
from community.my_data.tables import TABLES

OVER = _l("This file is gone. Make a new one as often as you like.")


@dataclass(frozen=True)
class ExportView:
    """One export as its owner sees it. `state`: asked, making, ready, failed, gone; `percent` of what is to be read."""

    id: int
    state: str
    why: str | None
    asked_at: datetime
    percent: int
    ready_at: datetime | None
    good_until: datetime | None
    size: int

    @property
    def under_way(self) -> bool:
        return self.state in ("asked", "making")


@dataclass(frozen=True)
class ReadyFile:
    """What is fetched: how many bytes, what it is called, and the bytes in pieces."""

    name: str
    size: int
    pieces: Iterator[bytes]


def latest_for(viewer: Viewer) -> ExportView | None:
    """The viewer's newest export; None before the first. One query."""
    mine = select(Export).where(Export.member_id == viewer.id).order_by(Export.asked_at.desc(), Export.id.desc())
    row = session().scalar(mine.limit(1).execution_options(populate_existing=True))
    return view_of(row) if row is not None else None


def under_way_for(viewer: Viewer) -> Export | None:
    """The one that is being made for the viewer. One query."""
    return session().scalar(select(Export).where(Export.member_id == viewer.id, Export.is_open.is_(True)))


def ready_for(viewer: Viewer) -> ExportView | None:
    """The viewer's newest file that can be fetched. One query."""
    mine = select(Export).where(Export.member_id == viewer.id, Export.state == "ready")
    row = session().scalar(mine.where(Export.good_until > clock.now()).order_by(Export.ready_at.desc()).limit(1))
    return view_of(row) if row is not None else None


def own_for(viewer: Viewer, export_id: int) -> Export:
    """One of the viewer's own. Raises NotFound for anybody else's."""
    row = session().get(Export, export_id, populate_existing=True)
    if row is None or row.member_id != viewer.id:
        raise NotFound
    return row


def file_for(viewer: Viewer, export_id: int) -> ReadyFile:
    """The file of one of the viewer's own. Raises NotFound; Gone once its days are over, or it was removed."""
    row = own_for(viewer, export_id)
    if row.state in ("asked", "making", "failed"):
        raise NotFound
    if not keeping.FILES.has(row):
        raise Gone(OVER)
    day = clock.local(row.asked_at).date().isoformat()
    return ReadyFile(f"my-data-{day}.zip", row.size, keeping.FILES.pieces(row))


def elsewhere(viewer: Viewer) -> dict[str, int]:
    """In how many rows that are somebody else's the viewer's number stands, as whoever did something there, by table
    and column. One query each."""
    found = {}
    for name, kept in TABLES.items():
        columns = Base.metadata.tables[name].columns
        for column in kept.did:
            mine = select(func.count()).select_from(columns[column].table).where(columns[column] == viewer.id)
            count = session().scalar(mine) or 0
            if count:
                found[f"{name}.{column}"] = count
    return found


def view_of(row: Export) -> ExportView:
    """A row as its owner sees it; one whose days are over has gone, whether the job has been there or not."""
    percent = 100 * row.done_parts // row.parts if row.parts else 0
    state, why = ("gone", "over") if row.is_over else (row.state, row.why)
    return ExportView(row.id, state, why, row.asked_at, percent, row.ready_at, row.good_until, row.size)
