"""Work nobody asks for: what is over goes away, every night."""

from __future__ import annotations

import logging

from community.core import announcements, clock, jobs, loop, outbox
from community.core.db import remove, transaction
from community.core.errors import Busy
from community.members import actions as members
from community.members.people import Viewer
from community.recovery import emails, links, requests
from community.streams import actions as streams

_log = logging.getLogger(__name__)


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
    """Old announcements, sessions long over, letters sent, texts taken back more than 30 days ago, and what was written
    to be called back."""
    now = clock.now()
    with transaction():
        announcements.clear_out(now)
        jobs.clear_out(now)
        outbox.clear_out(now)
        members.clear_out_sessions(now)
        streams.clear_out_removed(now)
        requests.clear_out(now)
        links.clear_out(now)
        emails.clear_out(now)


JOBS = (jobs.Job("housekeeping", lambda now: jobs.daily(now, 4), _clear_out),)
