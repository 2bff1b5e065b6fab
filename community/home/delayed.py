"""The job that lets delayed pieces take their place when their minute has come, and tells their authors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from community.core.db import transaction
from community.core.jobs import Due, Job
from community.notices import actions as notices
from community.streams import placing, queries


def _due(now: datetime) -> Iterable[Due]:
    return [Due(str(piece_id), due_at) for piece_id, due_at in queries.delayed_until(now)]


def _publish(due: Due) -> None:
    with transaction():
        piece = placing.publish_due(int(due.what))
        if piece is not None:
            notices.tell_published(piece, by_id=0)


JOB = Job("delayed pieces", _due, _publish)
