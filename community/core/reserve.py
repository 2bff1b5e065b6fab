"""Room kept on the disk for what must not fail: coming in, asking for help, telling staff, what staff do.

Beside an SQLite file lies a file of zeros. When the disk runs short it is given up, and what members say is refused
with a sentence until there is room again; everything else goes on in what it gave. Then it is laid down anew. Where
PostgreSQL keeps the database its disk is another's, and only its own refusal is known (`db.refusal`).
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

ROOM = 8 * 1024 * 1024
"""Bytes. SQLite's log beside the database grows to half of it before it is worked off."""

_log = logging.getLogger(__name__)
_file: Path | None = None


def configure(database: Path | None) -> None:
    """Once per process; None: there is no file to keep room beside."""
    global _file
    _file = database.with_name(database.name + ".reserve") if database is not None else None
    if _file is not None:
        is_short()


def is_short() -> bool:
    """Whether what members say has to wait for room. Gives the kept room up, or lays it down again. One look at the
    disk, some microseconds."""
    if _file is None:
        return False
    disk = os.statvfs(_file.parent)
    free, kept = disk.f_bavail * disk.f_frsize, _file.exists()
    short = free + (ROOM if kept else 0) < 2 * ROOM
    if short and kept:
        _file.unlink(missing_ok=True)
        _log.error("the disk is full: members can write nothing until there is room")
    elif not short and not kept:
        _lay_down(_file)
    return short


def _lay_down(file: Path) -> None:
    """Another process may be doing the same; a file that could not be laid down whole is none."""
    try:
        file.write_bytes(bytes(ROOM))
    except OSError as error:
        file.unlink(missing_ok=True)
        _log.warning("no room could be kept beside the database: %s", error.strerror)
