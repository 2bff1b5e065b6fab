"""Compiled pages kept beside Python's own compiled modules, so that a server that starts compiles none again."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

BESIDE_MODULES = Path(__file__).parents[1] / "__pycache__"


class _KeptWhereThereIsRoom(FileSystemBytecodeCache):
    """A full disk, or a folder that is not ours to write in, costs time and never an answer."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def init_app(app: Flask, data: Path) -> None:
    """Keep them in the program's folder, or among the data where that folder can't be written (as a service's).

    A page whose source has changed is compiled anew: its checksum stands in front of what is kept.
    """
    parent = BESIDE_MODULES if os.access(BESIDE_MODULES, os.W_OK) else data
    folder = parent / "pages"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = _KeptWhereThereIsRoom(str(folder))
