"""Who was erased: numbers alone, in a file beside the anchors and outside the database, so that nobody comes back with
an older copy of it. Each line is sealed with a keyed hash: a line that was put in or changed erases nobody."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from community.core import crypto, kept_lines

NAME = "erased.jsonl"

_folder = Path("anchors")


@dataclass(frozen=True)
class Erasure:
    """A member's number, what she chose for what she wrote, and when she was gone (ISO, UTC)."""

    member: int
    choice: str
    at: str


def configure(folder: Path) -> None:
    """Say where the list is kept. Nothing is made before the first is written."""
    global _folder
    _folder = folder


@contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """For a while the list of another place."""
    global _folder
    before, _folder = _folder, folder
    try:
        yield
    finally:
        _folder = before


def note(erasure: Erasure) -> None:
    """Write somebody down, on the disk before this returns. Once is enough: a second time changes nothing."""
    if erasure.member in {known.member for known in read()}:
        return
    line = json.dumps({"member": erasure.member, "choice": erasure.choice, "at": erasure.at, "seal": _seal(erasure)})
    kept_lines.append(_folder / NAME, line)


def where() -> Path:
    """The file of the list."""
    return _folder / NAME


def read(file: Path | None = None) -> list[Erasure]:
    """All that are sound, in the order they were written; of another file than this process's own, where one is
    named. A line is sound for whoever has the secret it was written with."""
    return [one for one in map(_sound, lines(file or where())) if one is not None]


def lines(file: Path) -> list[str]:
    """What stands in a list, believed or not."""
    return [line for line in file.read_text().splitlines() if line.strip()] if file.exists() else []


def _sound(line: str) -> Erasure | None:
    """What a line says; None for one that was cut, changed or put in."""
    try:
        said = json.loads(line)
        erasure = Erasure(int(said["member"]), str(said["choice"]), str(said["at"]))
        return erasure if hmac.compare_digest(str(said["seal"]), _seal(erasure)) else None
    except (ValueError, LookupError, TypeError):
        return None


def _seal(erasure: Erasure) -> str:
    content = json.dumps([erasure.member, erasure.choice, erasure.at], separators=(",", ":"))
    return hmac.new(crypto.derived("erased"), content.encode(), hashlib.sha256).hexdigest()
