"""Backups: the database as of one moment, the folder's files, the secrets that open both, in one encrypted file.

A backup holds SECRET_KEY and ENCRYPTION_KEYS, because without them its sealed columns are lost; so its own key
(BACKUP_KEY, a public one) must lie elsewhere. `make` looks into the copy before it is sealed; `restore` opens
everything in a new place before anything is there to be used.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, make_url

from community.core import anchors, clock, crypto, schema, sealed_files, snapshots
from community.core.copy_checks import Unsound, chain_fault, check

FORMAT = 1
FILES = "files/"
A_DAY = 86_400.0  # seconds
NAMED = "hearth-backup-{:%Y%m%dT%H%M%SZ}.age"
OPEN_FOLDER = ".backup-"  # what lies open while a backup is made; never part of one, as nothing that begins with a dot
NEVER_CHANGED = "pictures"  # a folder whose files are there whole or not at all


class Refused(Exception):
    """A restore that would do harm; the message is a sentence."""


@dataclass(frozen=True)
class Source:
    """What is backed up: one installation."""

    data: Path
    database_url: str
    secret_key: str
    encryption_keys: str | None
    not_in_it: tuple[Path, ...] = ()  # folders inside the data folder that are kept in another way


@dataclass(frozen=True)
class Made:
    """The file, what is in it, and what was found wrong with the copy ('' for nothing)."""

    file: Path
    facts: dict[str, Any]
    fault: str


def make(source: Source, folder: Path, public: str) -> Made:
    """Write one backup into `folder`, beside running servers. A copy that is not sound is kept all the same, and the
    fault told: it may be the best there is. Raises Impossible."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    source.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    _clear_leftovers(source.data)
    with tempfile.TemporaryDirectory(prefix=OPEN_FOLDER, dir=source.data) as name:
        staging = Path(name)
        with snapshots.taken(source.database_url, staging / "database") as (taken, line):
            anchors.copy_to(staging / "anchors", line)
            fault = _fault_of(line, taken, staging / "anchors")
        facts = {
            "format": FORMAT,
            "made_at": clock.now().isoformat(),
            "database": taken.kind,
            "revision": taken.revision,
            "counts": taken.counts,
        }
        parts = {"database": taken.file, "secrets.json": _secrets(source, staging)}
        if (staging / "anchors").exists():
            parts[f"anchors/{anchors.NAME}"] = staging / "anchors" / anchors.NAME
        parts |= _files(source, staging / "files")
        target = folder / NAMED.format(clock.now())
        sealed_files.write(target, {**facts, "seal": _seal(facts)}, parts, public, staging)
    return Made(target, facts, fault)


def keep_newest(folder: Path, count: int) -> int:
    """Delete older backups than the `count` newest. Returns how many."""
    old = sorted(folder.glob("hearth-backup-*.age"))[:-count]
    for path in old:
        path.unlink()
    return len(old)


def restore(
    file: Path, key_file: Path, *, into: Path | None, url: str | None, foreign: bool, then: Callable[[Path], None]
) -> Made:
    """Put a backup into an empty folder (and, of PostgreSQL, an empty database), after opening all of it. `then` is
    done in what was opened, with its secrets and with where its folder lies so far, before the folder is there.

    Raises Refused, Impossible, Unreadable or Unsound; then the folder was not made, and a PostgreSQL database that
    was filled before something proved unsound is to be thrown away. The fault of the answer concerns the audit chain:
    what was backed up is there, and the chain in it is not whole.
    """
    if into is not None and into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise Refused(f"{into} is not empty: name a new folder.")
    beside = into.absolute().parent if into is not None else None
    if beside is not None:
        beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=beside) as name:
        parts, house = Path(name) / "parts", Path(name) / "house"
        parts.mkdir(mode=0o700)
        facts = sealed_files.read(file, key_file, parts)
        secrets = _checked(facts, parts, foreign)
        _check_target(facts["database"], into, url)
        _furnish(house, parts, secrets, facts["database"])
        if url is not None:
            snapshots.put_back(parts / "database", url)
        reading = snapshots.reading_database(url) if url is not None else snapshots.reading(house / "hearth.db")
        with crypto.using(secrets["SECRET_KEY"], secrets["ENCRYPTION_KEYS"]):
            with reading as line:
                check(line, facts["revision"], facts["counts"])
                fault = chain_fault(line, house / "anchors")
            then(house)
        if into is not None:
            os.replace(house, into)
            os.sync()
    return Made(file, facts, fault)


def _fault_of(line: Connection, taken: snapshots.Snapshot, anchor_folder: Path) -> str:
    try:
        check(line, taken.revision, taken.counts)
    except Unsound as error:
        return str(error)
    return chain_fault(line, anchor_folder)


def _clear_leftovers(data: Path) -> None:
    """What a backup that was killed left open, once nobody can still be at it."""
    for path in data.glob(f"{OPEN_FOLDER}*"):
        if time.time() - path.stat().st_mtime > A_DAY:
            shutil.rmtree(path, ignore_errors=True)


def _secrets(source: Source, staging: Path) -> Path:
    path = staging / "secrets.json"
    path.write_text(json.dumps({"SECRET_KEY": source.secret_key, "ENCRYPTION_KEYS": source.encryption_keys}))
    return path


def _files(source: Source, staging: Path) -> dict[str, Path]:
    """Everything else in the data folder, set aside first: a file that changes meanwhile must not spoil its checksum,
    and one that is removed meanwhile is not missed."""
    database = make_url(source.database_url).database or ""
    left_out = {Path(database + end).absolute() for end in ("", "-wal", "-shm", "-journal", ".reserve")}
    found = {}
    for path in sorted(source.data.rglob("*")):
        within = path.relative_to(source.data)
        hidden = any(name.startswith(".") for name in within.parts)
        if hidden or any(path.is_relative_to(folder) for folder in source.not_in_it):
            continue
        if path.is_symlink() or not path.is_file() or path.absolute() in left_out or path.suffix == ".log":
            continue
        copy = staging / within
        copy.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            _set_aside(path, copy, may_change=within.parts[0] != NEVER_CHANGED)
            found[FILES + within.as_posix()] = copy
    return found


def _set_aside(path: Path, copy: Path, *, may_change: bool) -> None:
    """A copy; of what never changes a second name for the same file, where the disk gives one: pictures are many."""
    if not may_change:
        with contextlib.suppress(OSError):
            os.link(path, copy)
            return
    shutil.copyfile(path, copy)


def _seal(facts: dict[str, Any]) -> str:
    """Whoever has BACKUP_KEY can make a file that opens; only who has SECRET_KEY can make one that is ours."""
    return crypto.keyed_hash(json.dumps(facts, sort_keys=True), "backup header")


def _checked(facts: dict[str, Any], parts: Path, foreign: bool) -> dict[str, Any]:
    """The secrets inside, once the header is believed. Raises Refused."""
    try:
        secrets: dict[str, Any] = json.loads((parts / "secrets.json").read_text())
        secrets = {name: secrets[name] for name in ("SECRET_KEY", "ENCRYPTION_KEYS")}
        plain = {name: facts[name] for name in ("format", "made_at", "database", "revision", "counts")}
        seal = str(facts["seal"])
    except (OSError, ValueError, LookupError) as error:
        raise Refused("This file does not hold what a backup of Hearth holds.") from error
    if plain["format"] > FORMAT or not schema.knows(str(plain["revision"])):
        raise Refused("A newer Hearth made this backup: restore it with that version, or a later one.")
    with crypto.using(secrets["SECRET_KEY"], secrets["ENCRYPTION_KEYS"]):
        sound = hmac.compare_digest(seal, _seal(plain))
    if not sound:
        raise Refused("The header of this backup is not the one it was made with.")
    if not foreign and not hmac.compare_digest(seal, _seal(plain)):
        raise Refused(
            "This backup is another installation's, or SECRET_KEY is not the one of the day it was made: "
            "say --foreign if that is meant."
        )
    return secrets


def _check_target(kind: str, into: Path | None, url: str | None) -> None:
    if kind == "sqlite" and (into is None or url is not None):
        raise Refused("This backup holds a SQLite database: say --into with a new folder, and no --database-url.")
    if kind == "postgresql":
        if url is None or snapshots.kind_of(url) != kind:
            raise Refused("This backup holds a PostgreSQL database: say --database-url with an empty one.")
        if not snapshots.is_empty(url):
            raise Refused("The database is not empty: make a new one for the restore.")


def _furnish(house: Path, parts: Path, secrets: dict[str, Any], kind: str) -> None:
    """The folder as a server wants it. `restored.env` is for an installation whose secrets come from outside."""
    house.mkdir(mode=0o700)
    if (parts / FILES).exists():
        shutil.copytree(parts / FILES, house, dirs_exist_ok=True)
    if kind == "sqlite":
        shutil.move(parts / "database", house / "hearth.db")
    if (parts / "anchors").exists():
        shutil.move(parts / "anchors", house / "anchors")
    install = house / "install.json"
    facts = json.loads(install.read_text()) if install.exists() else {}
    _write_private(install, json.dumps({**facts, "secret_key": secrets["SECRET_KEY"]}))
    lines = [f"{name}={value}\n" for name, value in secrets.items() if value]
    _write_private(house / "restored.env", "".join(lines))


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
