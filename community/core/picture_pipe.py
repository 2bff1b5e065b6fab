"""What goes between the server and the process that draws: a line of JSON with its length before it, then bytes.

Over a pair of sockets, so that waiting for it lets everybody else in the server go on, and so that no picture lies open
on the disk on its way.
"""

from __future__ import annotations

import json
import socket
import time
from typing import Any, BinaryIO

PIECE = 64 * 1024
LONGEST_LINE = 64 * 1024


class Pipe:
    """One end. With `until` (of `time.monotonic`) everything raises TimeoutError from then on."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self.until: float | None = None

    def say(self, said: dict[str, Any]) -> None:
        """Send one line. Raises OSError where nobody listens."""
        content = json.dumps(said).encode()
        self.give(len(content).to_bytes(4, "big") + content)

    def hear(self) -> dict[str, Any]:
        """The next line. Raises EOFError where the other has gone, OSError, and ValueError for what is none."""
        length = int.from_bytes(self.take(4), "big")
        if length > LONGEST_LINE:
            raise ValueError("longer than any line is")
        said = json.loads(self.take(length))
        if not isinstance(said, dict):
            raise ValueError("not what is said here")
        return said

    def take(self, size: int) -> bytes:
        """Exactly so many bytes. Raises EOFError where the other has gone, and OSError."""
        content = bytearray()
        while len(content) < size:
            self._hurry()
            piece = self._end.recv(min(PIECE, size - len(content)))
            if not piece:
                raise EOFError
            content += piece
        return bytes(content)

    def give(self, content: bytes) -> None:
        """Send them all. Raises OSError."""
        self._hurry()
        self._end.sendall(content)

    def give_file(self, content: BinaryIO, size: int) -> None:
        """Send exactly so many bytes of a file, a piece at a time. Raises EOFError where it has fewer, and OSError."""
        while size > 0:
            piece = content.read(min(PIECE, size))
            if not piece:
                raise EOFError
            self.give(piece)
            size -= len(piece)

    def close(self) -> None:
        """The other end hears it."""
        self._end.close()

    def _hurry(self) -> None:
        if self.until is not None:
            left = self.until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._end.settimeout(left)
