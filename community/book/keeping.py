"""Where the files of books lie (`core/made_files.py`)."""

from __future__ import annotations

from community.core import made_files

FOLDER = "books"

FILES = made_files.Folder(FOLDER)
configure = FILES.configure
