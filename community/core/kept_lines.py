"""Lines kept outside the database, each on the disk before anybody relies on it."""

from __future__ import annotations

import os
from pathlib import Path


def append(path: Path, line: str) -> None:
    """At the end of a file of this server's own, in one write; on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
