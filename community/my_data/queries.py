"""A member's own exports, and how often her number stands elsewhere. Nobody else's exist here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, or_, select

from community.core import clock, crypto, sealed_streams
from community.core.db import Base, session
from community.core.errors import Gone, NotFound
from community.core.i18n import lazy as _l
from community.members.people import Viewer
from community.my_data import keeping
from community.my_data.models import Export
from community.my_data.tables import TABLES

SILENT = timedelta(minutes=3)  # so long without a sign, whoever made it has died
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
    path = keeping.path_of(row.file) if row.file is not None else None
    over = row.good_until is None or row.good_until <= clock.now()
    if row.state != "ready" or over or path is None or not path.exists() or row.key_sealed is None:
        raise Gone(OVER)
    key = crypto.unseal(row.key_sealed, f"my_data_export:{row.id}:key")
    day = clock.local(row.asked_at).date().isoformat()
    return ReadyFile(f"my-data-{day}.zip", row.size, _pieces(path, key))


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
    over = row.state == "ready" and row.good_until is not None and row.good_until <= clock.now()
    percent = 100 * row.done_parts // row.parts if row.parts else 0
    state, why = ("gone", "over") if over else (row.state, row.why)
    return ExportView(row.id, state, why, row.asked_at, percent, row.ready_at, row.good_until, row.size)


def waiting(now: datetime) -> list[tuple[int, datetime]]:
    """What is to be made, and since when: what nobody is at, or nobody has given a sign of for minutes. For the job."""
    idle = or_(Export.worked_at.is_(None), Export.worked_at <= now - SILENT, Export.worked_at > now)
    asked = select(Export.id, Export.asked_at).where(Export.is_open.is_(True), Export.asked_at <= now, idle)
    return [(id_, at) for id_, at in session().execute(asked.order_by(Export.asked_at))]


def over(now: datetime) -> list[tuple[int, datetime]]:
    """Files whose days are over, and since when; for the job."""
    ready = select(Export.id, Export.good_until).where(Export.state == "ready", Export.good_until <= now)
    return [(id_, until) for id_, until in session().execute(ready) if until is not None]


def names_kept() -> Iterable[str]:
    """The files that rows name; for the job."""
    return [name for name in session().scalars(select(Export.file)) if name is not None]


def _pieces(path: Path, key: str) -> Iterator[bytes]:
    yield from sealed_streams.opened(path, key)
