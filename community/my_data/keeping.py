"""Where the files lie (`core/made_files.py`)."""

from __future__ import annotations

from community.core import made_files

FOLDER = "exports"

FILES = made_files.Folder(FOLDER)
configure, folder, path_of, remove = FILES.configure, FILES.place, FILES.path_of, FILES.remove
new_name = made_files.new_name
