"""Work nobody asks for: what is over goes away, every night."""

from __future__ import annotations

import logging
import subprocess
import sys
from datetime import datetime, timedelta

from community.core import anchors, clock, jobs, loop, schema
from community.core.db import remove
from community.core.errors import Busy
from community.lifecycle import keeping, leftovers
from community.members import actions as members
from community.members.people import Viewer

_log = logging.getLogger(__name__)
_wanted = False


def touch(viewer: Viewer) -> None:
    """Note that a session is in use, beside the request; gives way when the database is busy."""
    loop.spawn(_touch, viewer)


def _touch(viewer: Viewer) -> None:
    try:
        members.touch_session(viewer)
    except Busy:
        _log.debug("a session was not touched: the database is busy")
    finally:
        remove()


def _clear_out(_due: jobs.Due) -> None:
    keeping.run(clock.now())


def back_up_nightly(wanted: bool) -> None:
    """Whether this installation makes its own backups (BACKUP_DIR and BACKUP_KEY are set)."""
    global _wanted
    _wanted = wanted


def _backups_due(now: datetime) -> list[jobs.Due]:
    return jobs.daily(now, 3) if _wanted else []


def _back_up(_due: jobs.Due) -> None:
    """In a process of its own: it is long work, and half of it would hold up everybody's requests."""
    command = [sys.executable, "-m", "flask", "backup"]
    done = subprocess.run(command, cwd=schema.ROOT, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError("the nightly backup failed; `flask backup` says why")


def _compactions_due(now: datetime) -> list[jobs.Due]:
    return jobs.daily(now, 5) if leftovers.there_are(now) else []


def _compact(_due: jobs.Due) -> None:
    """In a process of its own as well: it reads and writes the whole file."""
    command = [sys.executable, "-m", "flask", "database", "compact"]
    done = subprocess.run(command, cwd=schema.ROOT, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError("the database was not written anew; `flask database compact` says why")


def _anchor(_due: jobs.Due) -> None:
    anchors.write()


JOBS = (
    jobs.Job("housekeeping", lambda now: jobs.daily(now, 4), _clear_out),
    jobs.Job("backup", _backups_due, _back_up, outside=True, lease=timedelta(hours=1)),
    jobs.Job("compaction", _compactions_due, _compact, outside=True, lease=timedelta(hours=1)),
    jobs.Job("audit anchor", lambda now: jobs.daily(now, 4), _anchor),
)
