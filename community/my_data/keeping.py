"""Where the files lie: outside everything that is served, sealed, under names nobody can guess."""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection
from pathlib import Path

A_DAY = 24 * 3600.0
FOLDER = "exports"

_folder: Path | None = None


def configure(data: Path) -> None:
    """Once per process: the data folder of this installation."""
    global _folder
    _folder = data / FOLDER


def folder() -> Path:
    """Where they lie; made at the first asking, for this system's own user alone."""
    assert _folder is not None, "exports were not configured"
    _folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _folder


def new_name() -> str:
    """A name for a file."""
    return secrets.token_hex(24)


def path_of(name: str) -> Path:
    """A file by its name, as its row has it. Raises ValueError for what is no such name."""
    if len(name) != 48 or not all(char in "0123456789abcdef" for char in name):
        raise ValueError("no name of ours")
    return folder() / name


def remove(name: str | None) -> None:
    """Let a file go; what has gone already is fine."""
    if name is not None:
        path_of(name).unlink(missing_ok=True)


def clear_strays(named: Collection[str]) -> int:
    """Remove what no row names: halves that a killed process left. Not what is younger than a day: somebody may be at
    it. Returns how many."""
    strays = [path for path in folder().iterdir() if path.name not in named and _is_old(path)]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > A_DAY
    except FileNotFoundError:
        return False
