"""The job that lets delayed pieces take their place when their minute has come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from community.core.db import session
from community.core.jobs import Due, Job
from community.streams import actions
from community.streams.models import Piece

AT_ONCE = 100


def _due(now: datetime) -> Iterable[Due]:
    waiting = select(Piece.id, Piece.due_at).where(Piece.state == "delayed", Piece.due_at <= now)
    rows = session().execute(waiting.order_by(Piece.due_at).limit(AT_ONCE)).all()
    return [Due(str(piece_id), due_at) for piece_id, due_at in rows if due_at is not None]


def _publish(due: Due) -> None:
    actions.publish_due(int(due.what))


JOB = Job("delayed pieces", _due, _publish)
