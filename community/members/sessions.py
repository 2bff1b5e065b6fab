"""Where somebody is signed in: her open sessions, ending them, and whether this device is her own or shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from community.core import audit, clock
from community.core.announcements import announce
from community.core.db import session, transaction
from community.core.errors import NotFound
from community.core.policy import require
from community.members import devices, fresh, rules
from community.members.models import SignInSession as Row
from community.members.people import Viewer, session_over


@dataclass(frozen=True)
class SessionView:
    """One place somebody is signed in at, as she sees it."""

    id: int
    device: str
    began_at: datetime
    last_seen_at: datetime
    this: bool
    kept: bool
    tablet: bool

    @property
    def name(self) -> str:
        return devices.words(self.device)

    @property
    def device_kind(self) -> str:
        return "tablet" if self.tablet else devices.kind(self.device)


def open_for(viewer: Viewer) -> list[SessionView]:
    """The viewer's own open sessions, the present one first, then the last used. One query."""
    rows = session().scalars(
        select(Row).where(Row.member_id == viewer.id, Row.ended_at.is_(None)).order_by(Row.last_seen_at.desc())
    )
    views = [
        SessionView(
            row.id,
            row.device,
            row.created_at,
            row.last_seen_at,
            row.id == viewer.session_id,
            row.kept,
            row.house_tablet,
        )
        for row in rows
        if not session_over(
            staff=viewer.is_staff,
            kept=row.kept,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            tablet=row.house_tablet,
        )
    ]
    return sorted(views, key=lambda view: not view.this)


def end_one(viewer: Viewer, session_id: int) -> None:
    """Sign the viewer out somewhere; its open sockets close at once. Raises NotFound for a session that has ended or
    is somebody else's."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    with transaction() as s:
        hers = select(Row.id).where(Row.id == session_id, Row.member_id == viewer.id, Row.ended_at.is_(None))
        if s.scalar(hers) is None:
            raise NotFound
        end_rows([session_id], "by its owner")
        audit.append(viewer.id, "session.ended", f"session:{session_id}")


def end_others(viewer: Viewer, why: str = "by its owner") -> int:
    """Sign the viewer out everywhere but here; returns how many sessions that ended."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    with transaction() as s:
        others = select(Row.id).where(Row.member_id == viewer.id, Row.id != viewer.session_id, Row.ended_at.is_(None))
        ids = list(s.scalars(others))
        if ids:
            end_rows(ids, why)
            audit.append(viewer.id, "session.others_ended", f"member:{viewer.id}", sessions=len(ids))
        return len(ids)


def make_own(viewer: Viewer) -> None:
    """From now on this device is the viewer's own: she stays signed in. Raises NotFresh."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    fresh.require(viewer)
    _keep(viewer, kept=True)


def make_shared(viewer: Viewer) -> None:
    """From now on others use this device, too: the session ends with the browser, or when idle."""
    require(viewer, rules.CHANGE_OWN, viewer.id)
    _keep(viewer, kept=False)


def _keep(viewer: Viewer, *, kept: bool) -> None:
    """A house tablet that becomes somebody's own, or an ordinary shared device, is no house tablet any more."""
    with transaction() as s:
        s.execute(update(Row).where(Row.id == viewer.session_id).values(kept=kept, house_tablet=False, locked_at=None))
        audit.append(viewer.id, "session.made_own" if kept else "session.made_shared", f"session:{viewer.session_id}")


def end_rows(ids: list[int], why: str) -> None:
    """End session rows in the present transaction; open sockets of theirs close. Whoever calls has asked the rule."""
    session().execute(
        update(Row).where(Row.id.in_(ids), Row.ended_at.is_(None)).values(ended_at=clock.now(), ended_why=why)
    )
    for id_ in ids:
        announce(f"session:{id_}", "session:ended", session=id_)
