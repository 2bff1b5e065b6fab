"""One encrypted file out of many: a header, then the parts it names, with the sha256 of each.

Inside is a tar.gz; around it age (docs/decisions/age.md), to a public key: the machine that makes backups can't read
them. So whoever has lost this program still opens one with `age -d -i key FILE | tar xz`. Only this module knows age.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import pyrage

BEGINS = b"age-encryption.org/v1\n"
HEADER = "header.json"
MOST_HEADER = 4 * 1024 * 1024


class Unreadable(Exception):
    """Not such a file, damaged, cut, or for another key; the message is a sentence."""


def new_key() -> tuple[str, str]:
    """A fresh pair: (the public half, which seals; the secret half, which opens)."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity.to_public()), str(identity)


def check_public(public: str) -> None:
    """Raises ValueError for what is no public key."""
    try:
        pyrage.x25519.Recipient.from_str(public)
    except pyrage.RecipientError as error:
        raise ValueError(str(error)) from error


def write(target: Path, facts: Mapping[str, Any], parts: Mapping[str, Path], public: str, staging: Path) -> None:
    """Seal `facts` and the files into `target`, which appears whole or not at all. `staging` is for what lies open
    meanwhile; it needs room for all parts."""
    bundle, waiting = staging / "bundle.tar.gz", target.with_name(target.name + ".part")
    header = json.dumps({**facts, "parts": {name: sha256_of(path) for name, path in parts.items()}}).encode()
    with tarfile.open(bundle, "w:gz", compresslevel=6) as tar:
        _add(tar, HEADER, len(header), io.BytesIO(header))
        for name, path in parts.items():
            with path.open("rb") as file:
                _add(tar, name, path.stat().st_size, file)
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with bundle.open("rb") as open_, os.fdopen(handle, "wb") as sealed:
            pyrage.encrypt_io(open_, sealed, [pyrage.x25519.Recipient.from_str(public)])
            sealed.flush()
            os.fsync(sealed.fileno())
        os.replace(waiting, target)
    finally:
        waiting.unlink(missing_ok=True)


def locked(content: bytes, password: str) -> bytes:
    """One file behind a password, for somebody who has no key: `age -d` asks for it. Takes about a second, on purpose:
    guessing is as slow."""
    sealed: bytes = pyrage.passphrase.encrypt(content, password)
    return sealed


def read(source: Path, key_file: Path, into: Path) -> dict[str, Any]:
    """Open `source`, lay its parts into the folder `into` and give the header. Nothing is believed before the last
    byte has proved to be the one that was written. Raises Unreadable."""
    identities = _identities(key_file)
    bundle = into / "bundle.tar.gz"
    try:
        with source.open("rb") as sealed, bundle.open("wb") as open_:
            if sealed.read(len(BEGINS)) != BEGINS:
                raise Unreadable(f"{source} is no backup of Hearth.")
            sealed.seek(0)
            pyrage.decrypt_io(sealed, open_, identities)
    except pyrage.DecryptError as error:
        raise Unreadable(f"{source} can't be opened with this key: it was made for another, or is damaged.") from error
    except OSError as error:
        said = error.strerror or "it was changed or cut after it was made"
        raise Unreadable(f"{source} can't be read: {said}.") from error
    try:
        return _unpacked(bundle, into)
    except (tarfile.TarError, ValueError, LookupError, TypeError, EOFError, OSError) as error:
        raise Unreadable(f"{source} does not hold what a backup of Hearth holds.") from error
    finally:
        bundle.unlink()


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add(tar: tarfile.TarFile, name: str, size: int, content: Any) -> None:
    """Without times, owners and names of this machine."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    tar.addfile(entry, content)


def _unpacked(bundle: Path, into: Path) -> dict[str, Any]:
    """Only what the header names, only plain files, only below `into`. Raises ValueError and what tarfile raises."""
    with tarfile.open(bundle, "r:gz") as tar:
        first = tar.next()
        if first is None or first.name != HEADER or first.size > MOST_HEADER:
            raise ValueError("no header")
        header: dict[str, Any] = json.loads(_content(tar, first).read())
        missing = dict(header["parts"])
        for entry in iter(tar.next, None):
            expected, path = missing.pop(entry.name), PurePosixPath(entry.name)
            if path.is_absolute() or ".." in path.parts:
                raise ValueError("a part that leads outside")
            target = into / path
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                shutil.copyfileobj(_content(tar, entry), file)
            if sha256_of(target) != expected:
                raise ValueError("a part that is not what the header says")
    if missing:
        raise ValueError("a part is missing")
    return header


def _content(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> Any:
    found = tar.extractfile(entry) if entry.isreg() else None
    if found is None:
        raise ValueError("no plain file")
    return found


def _identities(key_file: Path) -> list[Any]:
    try:
        lines = [line.strip() for line in key_file.read_text().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise Unreadable(f"{key_file} holds no key that opens backups (AGE-SECRET-KEY-...).") from error
    if not found:
        raise Unreadable(f"{key_file} holds no key that opens backups (AGE-SECRET-KEY-...).")
    return found
