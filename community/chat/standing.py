"""The job that gives a channel the chat it is to have: a house that was just opened, the first channel of staff."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from community.chat import actions
from community.core.jobs import Due, Job


def _due(now: datetime) -> Iterable[Due]:
    return [Due(str(space_id), now) for space_id in actions.without_chat()]


def _open(_due: Due) -> None:
    actions.open_standing()


JOB = Job("chats", _due, _open)
