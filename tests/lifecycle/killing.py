"""Work in a process of its own that is killed outright before its nth statement, before or after its commit."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from community.core import clock, db
from community.core.db import session
from community.tables import METADATA


def dies_at(number: int, work: Callable[[], None], moment: datetime, url: str) -> bool:
    """Do it in a child that is killed at its nth step. Whether it was killed before it was through."""
    db.remove()
    db.engine().dispose()
    child = os.fork()
    if child:
        _pid, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the work failed by itself"
        return os.WIFSIGNALED(status)
    failed = 1
    try:
        engine = db.configure(url)
        db.bind(engine, join_transaction_mode="conditional_savepoint")
        left = [number]

        def step(*_any: Any) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(engine, "before_cursor_execute", step)
        event.listen(engine, "commit", step)
        event.listen(Session, "after_commit", step)
        with clock.at(moment):
            work()
        failed = 0
    finally:
        os._exit(failed)


def everything() -> dict[str, list[str]]:
    """Every row of every table but what the machine notes of its own work."""
    session().rollback()
    session().expire_all()
    kept = [table for name, table in METADATA.tables.items() if name != "job_occurrence"]
    return {table.name: sorted(map(repr, session().execute(select(table)).all())) for table in kept}
