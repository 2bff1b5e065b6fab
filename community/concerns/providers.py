"""What carries a call out of the house: voice and SMS behind one protocol, letters by the outbox, open pages live.

Chosen by configuration (`SMS_PROVIDER`, `VOICE_PROVIDER`): `file` writes JSON lines into a folder, anything like
`package.module:name` is somebody's own. One that fails is asked again; it holds up no other.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Message:
    """What one person is told. `text` tells nothing: no name, no place, no words. `id` stays the same when it is sent
    again."""

    id: int
    to: str
    text: str
    link: str
    language: str


class Provider(Protocol):
    """Carries one message. Raises whatever it likes where it could not: it is asked again."""

    def send(self, message: Message) -> None: ...


@dataclass(frozen=True)
class Address:
    """Where letters to somebody go, and in which language she reads them."""

    address: str
    language: str


@dataclass(frozen=True)
class FileOutbox:
    """A folder with one file for each channel, one JSON line for each message; whole lines only, on the disk before it
    counts as sent."""

    folder: Path
    channel: str

    def send(self, message: Message) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        line = (json.dumps(asdict(message), ensure_ascii=False) + "\n").encode()
        handle = os.open(self.folder / f"{self.channel}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            os.write(handle, line)
            os.fsync(handle)
        finally:
            os.close(handle)


_providers: Mapping[str, Provider] = {}
_address_of: Callable[[int], Address | None] | None = None


def configure(providers: Mapping[str, Provider], address_of: Callable[[int], Address | None]) -> None:
    """Once per process: what carries SMS and voice, and where letters to a member go."""
    global _providers, _address_of
    _providers, _address_of = providers, address_of


def chosen(setting: str, channel: str, folder: Path) -> Provider:
    """The provider a setting names. Raises ValueError for one that is not there."""
    if setting == "file":
        return FileOutbox(folder, channel)
    module, _, name = setting.partition(":")
    try:
        made: Provider = getattr(import_module(module), name)()
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise ValueError(f"{setting!r} is no provider: file, or package.module:name") from error
    return made


def provider(channel: str) -> Provider | None:
    """What carries a channel."""
    return _providers.get(channel)


def address_of(member_id: int) -> Address | None:
    """A member's confirmed address."""
    return _address_of(member_id) if _address_of is not None else None
