"""The chain's clockwork: work for `flask jobs run` and for a loop of its own in every running server.

Of its own, because other jobs may be long (a backup), and nobody who needs somebody waits for them. Each look is an
occurrence of its own: what it does can be done twice, and something may be missing again at the same moment.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from community.concerns import alerts, calls
from community.core.jobs import Due, Job
from community.core.model_base import new_id


def _id(due: Due) -> int:
    return int(due.what.partition(":")[0])


def _cases(now: datetime) -> list[Due]:
    return [Due(f"{id_}:{new_id()}", now) for id_ in alerts.due(now)]


def _make(due: Due) -> None:
    alerts.make(_id(due))


def _concerns(now: datetime) -> list[Due]:
    return [Due(f"{id_}:{new_id()}", now) for id_ in calls.pending(now)]


def _advance(due: Due) -> None:
    calls.advance(_id(due))


JOBS = (
    Job("concerns of cases", _cases, _make),
    Job("concerns", _concerns, _advance),
    Job("concern calls", calls.calls_due, calls.send, outside=True, lease=timedelta(minutes=1)),
)
