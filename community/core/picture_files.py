"""Pictures on the disk: a folder that several processes share, every file sealed, a picture there whole or not at all.

A picture is a folder with a random name, in one of 256 others; its files are sealed with keys made from one of its own,
which the caller keeps in a sealed column. A forgotten key is a gone picture, in backups too. Files are never changed: a
picture drawn again is another name with another key.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import hmac
import logging
import os
import re
import secrets
import shutil
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from community.core import loop, sealed_streams
from community.core.crypto import Unsealable
from community.core.errors import Full, NotFound

A_DAY = 86_400.0  # seconds
NAME, PART = re.compile(r"[0-9a-f]{32}"), re.compile(r"[a-z0-9]{1,20}\.(webp|jpg)")
NEW, GONE = ".new-", ".gone-"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

_log = logging.getLogger(__name__)
_folder = Path("pictures")


@dataclass(frozen=True)
class Kept:
    """What a row needs to find a picture again: its name, and its key (keep that in a sealed column)."""

    name: str
    key: str = field(repr=False)


def configure(folder: Path) -> None:
    """Say where pictures are kept. Nothing is made before the first."""
    global _folder
    _folder = folder


def keep(parts: Mapping[str, bytes]) -> Kept:
    """Write a picture's files; they are on the disk when this returns. Raises Full, and OSError; then nothing is left.

    Not inside a transaction (it waits for the disk): before it, and `remove` when the row could not be written. Better
    use `kept`.
    """
    new = Kept(secrets.token_hex(16), sealed_streams.new_key())
    try:
        loop.off_loop(_write, new, dict(parts))
    except OSError as error:
        if error.errno in NO_ROOM:
            raise Full from error
        raise
    return new


@contextlib.contextmanager
def kept(parts: Mapping[str, bytes]) -> Iterator[Kept]:
    """The same for as long as the block succeeds: what it raises takes the files away again."""
    new = keep(parts)
    try:
        yield new
    except BaseException:
        remove(new.name)
        raise


def read(name: str, key: str, part: str) -> bytes:
    """One file, opened. Raises NotFound where it is gone, or does not open with this key."""
    if not (NAME.fullmatch(name) and PART.fullmatch(part)):
        raise NotFound
    try:
        return loop.off_loop(_opened, _place(name) / part, _key_of(key, part))
    except OSError as error:
        raise NotFound from error
    except Unsealable as error:
        _log.error("a picture does not open: %s", name)
        raise NotFound from error


def remove(name: str) -> None:
    """Take a picture away: at once for whoever asks for it. Once is enough, a second time finds nothing."""
    if NAME.fullmatch(name):
        loop.off_loop(_remove, name)


def sweep(known: Collection[str]) -> int:
    """Take away what no row knows: half-written for a day, or whole for a day and not among `known`, the names in every
    table that keeps some. Returns how many. A job, once a day."""
    return int(loop.off_loop(_sweep, set(known)))


def _place(name: str) -> Path:
    return _folder / name[:2] / name


def _key_of(key: str, part: str) -> str:
    """Each file its own, because two sealed with one could be told apart and laid over each other."""
    return hmac.new(bytes.fromhex(key), part.encode(), hashlib.sha256).hexdigest()


def _write(new: Kept, parts: dict[str, bytes]) -> None:
    """Under another name first; what was begun goes when anything fails."""
    begun, place = _folder / f"{NEW}{new.name}", _place(new.name)
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        begun.mkdir(mode=0o700)
        for part, content in parts.items():
            _seal(begun / part, _key_of(new.key, part), content)
        _flush(begun)
        begun.rename(place)
        for folder in (place.parent, _folder):
            _flush(folder)
    except BaseException:
        shutil.rmtree(begun, ignore_errors=True)
        shutil.rmtree(place, ignore_errors=True)
        raise


def _seal(path: Path, key: str, content: bytes) -> None:
    if not PART.fullmatch(path.name):
        raise ValueError(path.name)
    sealing = sealed_streams.Sealing(path, key)
    try:
        sealing.write(content)
        sealing.close()
    except BaseException:
        with contextlib.suppress(OSError):  # a full disk says so again when the rest is let go
            sealing.give_up()
        raise


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _opened(path: Path, key: str) -> bytes:
    return b"".join(sealed_streams.opened(path, key))


def _remove(name: str) -> None:
    gone = _folder / f"{GONE}{name}"
    with contextlib.suppress(FileNotFoundError):
        _place(name).rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _sweep(known: set[str]) -> int:
    before, count = time.time() - A_DAY, 0
    for path in list(_all_there()):
        with contextlib.suppress(OSError):
            if path.name.startswith(GONE):
                shutil.rmtree(path)
            elif path.name not in known and path.stat().st_mtime < before:
                _remove(path.name) if NAME.fullmatch(path.name) else shutil.rmtree(path)
                count += 1
    return count


def _all_there() -> Iterator[Path]:
    if _folder.exists():
        for path in _folder.iterdir():
            if path.name.startswith((NEW, GONE)):
                yield path
            elif path.is_dir():
                yield from path.iterdir()
