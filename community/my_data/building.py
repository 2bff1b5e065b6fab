"""Making the file: everything is read, drawn and packed in a process of its own, so that nobody waits for it.

What is packed is sealed on its way to the disk. The file has its name from the beginning, but nobody finds it before
its row names it, and the row does so only once the last byte is on the disk: killed at any point there is a file or
there is none, never a half one. Whoever comes next begins anew.
"""

from __future__ import annotations

import errno
import os
import zipfile
from typing import Any

from flask import current_app

from community.core import clock, i18n, sealed_streams
from community.core.errors import Full
from community.core.policy import can
from community.members import rules as member_rules
from community.members.people import Viewer
from community.members.queries import viewer_now
from community.my_data import actions, data, drawing, keeping, readme
from community.my_data.chapters import CHAPTERS
from community.my_data.gathering import Gathered, gather
from community.my_data.models import Export
from community.photos import for_owner as photos

SIGN_EVERY = 20  # pages


class _Stopped(Exception):
    """She took it back while it was made."""


def build(export_id: int) -> None:
    """Make one that was asked for; nothing to make is fine. What goes wrong is raised, after no room was noted as such:
    the job tries again, three times in all."""
    name, key = keeping.new_name(), sealed_streams.new_key()
    row = actions.start(export_id, len(CHAPTERS) + 1, name)
    if row is None:
        return
    viewer = _owner(row)
    if viewer is None:
        actions.end(export_id, "gone", "removed")
        return
    try:
        size = _made(row, viewer, name, key)
    except _Stopped:
        keeping.remove(name)
        return
    except (OSError, Full) as error:
        keeping.remove(name)
        if isinstance(error, OSError) and error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        actions.end(export_id, "failed", "full")
        return
    if not actions.finish(export_id, name, key, size):
        keeping.remove(name)


def _packed_in(row: Export, viewer: Viewer, name: str, target: Any) -> None:
    """Write the whole file to something that takes bytes. Raises `_Stopped` when it was taken back."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file, i18n.in_language(row.language):
        found = Gathered(viewer.name, clock.now())
        for done in gather(viewer, found):  # each chapter as of its own moment: no writer waits for this
            _go_on(row, name, done)
        _pack(file, found, row, viewer, name)


def _owner(row: Export) -> Viewer | None:
    """Whose it is, as she is now; None when she is gone, or her private side was shut since."""
    viewer = viewer_now(row.member_id)
    return viewer if viewer is not None and can(viewer, member_rules.PRIVATE_SIDE) else None


def _made(row: Export, viewer: Viewer, name: str, key: str) -> int:
    sealing = sealed_streams.Sealing(keeping.path_of(name), key)
    try:
        _packed_in(row, viewer, name, sealing)
        sealing.close()
    except BaseException:
        sealing.give_up()
        raise
    return sealing.size


def _go_on(row: Export, name: str, done: int) -> None:
    """A sign that somebody is at it, and how far. Raises `_Stopped`."""
    if not actions.note_progress(row.id, name, done):
        raise _Stopped


def _pack(file: zipfile.ZipFile, found: Gathered, row: Export, viewer: Viewer, own_name: str) -> None:
    settings = current_app.config["SETTINGS"]
    for lang in i18n.LANGUAGES:
        with i18n.in_language(lang):
            _put(file, found, readme.name(lang), readme.text(settings.community_name, drawing.moment(found.made_at)))
    for count, (name, page) in enumerate(drawing.pages(found, settings.community_name)):
        _put(file, found, name, page)
        if count % SIGN_EVERY == 0:
            _go_on(row, own_name, len(CHAPTERS))
    for name, content in readme.pictures(found.tables["member"][0]):
        _put(file, found, f"files/{name}", content)
    pictured = found.tables["photo"] + found.tables["photo_person"]
    for count, (name, content) in enumerate(photos.files(viewer, pictured)):
        _put(file, found, name, content)
        if count % SIGN_EVERY == 0:
            _go_on(row, own_name, len(CHAPTERS))
    for name, content in photos.portrait_files(viewer, found.tables["portrait"]):
        _put(file, found, name, content)
    _put(file, found, "data.json", data.written(found, row.language))


def _put(file: zipfile.ZipFile, found: Gathered, name: str, content: str | bytes) -> None:
    entry = zipfile.ZipInfo(name, clock.local(found.made_at).timetuple()[:6])
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    file.writestr(entry, content)


def be_kind() -> None:
    """Everybody else's requests come first on this machine."""
    os.nice(10)
