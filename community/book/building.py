"""Making a book a file, in a process of its own. What is made is sealed on its way to the disk; nobody finds it before
its row names it, and the row does so only once all of it is there and everything of others in it still holds."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from community.book import files, keeping, leaves, queries, screen, sealing
from community.book.leaves import Leaf, Picture
from community.book.models import BookFile, BookItem
from community.book.whole import Whole
from community.core import clock, i18n, made_files, sealed_streams
from community.core.db import session
from community.core.errors import Full, NotFound
from community.core.picture_sizes import part, sizes_of
from community.core.policy import can
from community.members import rules as member_rules
from community.members.people import Viewer
from community.members.queries import viewer_now
from community.photos import blurring
from community.photos.models import Photo

MOST_MEMORY = 1024 * 1024 * 1024
"""Addresses the process may use, about three times what it does. What needs more fails, and the machine goes on."""
SIGN_EVERY = 10
PIECE = 256 * 1024


class _Stopped(Exception):
    """She took it back while it was made."""


def build(file_id: int) -> None:
    """Make one that was asked for; nothing to make is fine. What goes wrong is raised, after no room was noted as such:
    the job tries again, three times in all. Where somebody takes back a yes meanwhile it is made anew at once."""
    while _tried(file_id):
        continue


def be_kind() -> None:
    """Everybody else's requests come first on this machine, and a book has its share of the memory and no more."""
    os.nice(10)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def whole_for(viewer: Viewer, row: BookFile, sign: Callable[[int], None], read: Callable[[Picture], bytes]) -> Whole:
    """The viewer's book with everything in it, as it stands now; what is not there any more is left out. Raises
    NotFound."""
    book = queries.book_for(viewer, row.book_id)
    title, dedication, language = sealing.said(book, "title"), sealing.said(book, "dedication"), book.language
    found: list[Leaf] = []
    for some in leaves.all_of(viewer, book):
        found += [leaf for leaf in some if not leaf.gone]
        sign(len(some))
    settings = current_app.config["SETTINGS"]
    made_on = i18n.long_day(clock.today())
    return Whole(title, dedication, viewer.name, settings.community_name, language, made_on, found, read, sign)


def _tried(file_id: int) -> bool:
    """One try; whether another one is to follow at once."""
    name, key = made_files.new_name(), sealed_streams.new_key()
    row = files.start(file_id, _parts_in(file_id), name)
    viewer = _owner(row) if row is not None else None
    if row is None:
        return False
    if viewer is None:
        files.end(file_id, "gone", "removed")
        return False
    try:
        size, parts = _made(row, viewer, name, key)
        if not files.finish(file_id, name, key, size, parts):
            keeping.FILES.remove(name)
    except files.Changed:
        return True
    except (_Stopped, NotFound):
        keeping.FILES.remove(name)
    except (OSError, Full) as error:
        keeping.FILES.remove(name)
        if isinstance(error, OSError) and error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        files.end(file_id, "failed", "full")
    return False


def _parts_in(file_id: int) -> int:
    """How many signs there will be: one for each thing when it is read, and one when it is set."""
    counted = select(func.count(BookItem.id)).join(BookFile, BookFile.book_id == BookItem.book_id)
    return 2 * (session().scalar(counted.where(BookFile.id == file_id)) or 0) + 1


def _owner(row: BookFile) -> Viewer | None:
    """Whose it is, as she is now; None when she is gone, or her private side was shut since."""
    viewer = viewer_now(row.member_id)
    return viewer if viewer is not None and can(viewer, member_rules.PRIVATE_SIDE) else None


def _made(row: BookFile, viewer: Viewer, name: str, key: str) -> tuple[int, list[files.Part]]:
    sealing_ = sealed_streams.Sealing(keeping.FILES.path_of(name), key)
    file_id, form, language = row.id, row.form, row.language
    try:
        with i18n.in_language(language):
            book = whole_for(viewer, row, _Signs(file_id, name), _bytes_of)
            _written(book, form, sealing_)
        sealing_.close()
    except BaseException:
        sealing_.give_up()
        raise
    return sealing_.size, parts_of(book.leaves)


def _written(book: Whole, form: str, target: sealed_streams.Sealing) -> None:
    if form == "zip":
        _packed(book, target)
        return
    from community.book.press import printed  # what sets type is loaded by what makes a book, never by the server

    pages = memoryview(printed(book))
    for at in range(0, len(pages), PIECE):
        target.write(bytes(pages[at : at + PIECE]))


def _packed(book: Whole, target: Any) -> None:
    with zipfile.ZipFile(target, "w") as file:
        _put(file, "index.html", screen.page(book).encode(), zipfile.ZIP_DEFLATED)
        name, words = screen.readme(book)
        _put(file, name, words.encode(), zipfile.ZIP_DEFLATED)
        for name, content in screen.pictures(book):
            _put(file, name, content, zipfile.ZIP_STORED)
            book.sign(1)


def _put(file: zipfile.ZipFile, name: str, content: bytes, how: int) -> None:
    entry = zipfile.ZipInfo(name, clock.local(clock.now()).timetuple()[:6])
    entry.compress_type, entry.external_attr = how, 0o600 << 16
    file.writestr(entry, content)


def parts_of(found: Sequence[Leaf]) -> list[files.Part]:
    """What of others, or shown by others' answers, stands in these."""
    parts = [(files.PHOTO, picture.id, picture.stamp) for leaf in found for picture in leaf.pictures]
    parts += [part_ for leaf in found for part_ in leaf.others]
    return list(dict.fromkeys(parts))


def _bytes_of(picture: Picture) -> bytes:
    """A photo as it was found: drawn anew meanwhile it is not there, and the book is made anew. Raises Changed."""
    photo = session().get(Photo, picture.id, populate_existing=True)
    if photo is None or photo.shown_name != picture.stamp:
        raise files.Changed
    sizes = sizes_of(photo.width, photo.height)
    side = next((size.side for size in reversed(sizes) if size.side <= screen.SHOWN), sizes[0].side)
    try:
        return blurring.file_of(photo, part(side, "jpg"))
    except NotFound as error:
        raise files.Changed from error
    finally:
        session().rollback()


class _Signs:
    """A sign that somebody is at it, and how far. Raises `_Stopped` where she took it back."""

    def __init__(self, file_id: int, name: str) -> None:
        self._file_id, self._name, self._done, self._said = file_id, name, 0, 0

    def __call__(self, more: int = 1) -> None:
        self._done += more
        if self._done - self._said < SIGN_EVERY:
            return
        self._said = self._done
        if not files.note_progress(self._file_id, self._name, self._done):
            raise _Stopped
