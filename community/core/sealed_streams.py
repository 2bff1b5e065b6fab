"""A long file, sealed while it is written and opened while it is read: it lies open neither on the disk nor in memory.

AES-256-GCM in pieces of 64 KB, each bound to its place and to whether it is the last: one that was changed, moved, left
out or cut does not open. Every file has a key of its own, which whoever made it keeps (`crypto.seal`); forgotten, the
file is as good as gone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from community.core.crypto import Unsealable

PIECE = 64 * 1024
TAG = 16


def new_key() -> str:
    """A fresh key, for one file."""
    return AESGCM.generate_key(256).hex()


class Sealing:
    """Something to write to, front to back. `close` writes the last piece; without it the file never opens."""

    def __init__(self, path: Path, key: str) -> None:
        self._cipher, self._held, self._nr, self.size = AESGCM(bytes.fromhex(key)), bytearray(), 0, 0
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def write(self, content: bytes) -> int:
        self._held += content
        self.size += len(content)
        while len(self._held) > PIECE:  # the last one waits for `close`
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(content)

    def flush(self) -> None:
        """What is held is sealed when there is enough of it."""

    def close(self) -> None:
        """Everything is on the disk when this comes back."""
        self._put(bytes(self._held), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def give_up(self) -> None:
        """Let go of the file as it is."""
        self._file.close()

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._nr, last), piece, None))
        self._nr += 1


def opened(path: Path, key: str) -> Iterator[bytes]:
    """What was written, in pieces. Raises Unsealable, and OSError where the file is gone; both before the first piece
    where that is known."""
    cipher, nr = AESGCM(bytes.fromhex(key)), 0
    with path.open("rb") as file:
        piece = file.read(PIECE + TAG)
        while piece:
            following = file.read(PIECE + TAG)
            try:
                yield cipher.decrypt(_nonce(nr, not following), piece, None)
            except InvalidTag as error:
                raise Unsealable(path.name) from error
            piece, nr = following, nr + 1


def _nonce(nr: int, last: bool) -> bytes:
    return nr.to_bytes(11, "big") + bytes([last])
