"""Drawing a photo again with other squares blurred. Until that is done the photo is not shown, so a busy machine or one
that dies in between costs time and shows nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from sqlalchemy import select

from community.core import crypto, picture_files, pictures
from community.core.db import after_commit, session, transaction
from community.core.errors import AppError
from community.photos import consent, telling
from community.photos.models import Photo, PhotoPerson
from community.streams.models import Piece

_log = logging.getLogger(__name__)


def redraw(photo_id: int, whose: int) -> bool:
    """Make the files of a photo what the answers ask for: new ones, then the row names them, then the old ones go. Not
    inside a transaction; whether it is as it should be now. Where it can't be drawn just now the job tries again."""
    photo = session().get(Photo, photo_id, populate_existing=True)
    cells = _needed(photo) if photo is not None else None
    if photo is None:
        return True
    if cells is None or cells == set(photo.blurred):
        with transaction() as s:
            s.get_one(Photo, photo_id, with_for_update=True, populate_existing=True).stale = False
            s.flush()
        return cells is not None
    old = photo.shown_name
    key = _key(photo, "master", photo.master_key_sealed)
    try:
        master = picture_files.read(photo.master_name, key, pictures.MASTER_PART)
        made = pictures.remade(master, whose=whose, blur=consent.rectangles(cells))
    except AppError:
        _log.warning("a picture could not be drawn again just now: %s", photo_id)
        return False
    with picture_files.kept(made.parts) as kept, transaction() as s:
        row = s.get(Photo, photo_id, with_for_update=True, populate_existing=True)
        if row is None or row.shown_name != old or _needed(row) != cells:
            after_commit(lambda: picture_files.remove(kept.name))  # somebody was faster: the job looks again
            return False
        row.shown_name, row.blurred, row.stale = kept.name, sorted(cells), False
        row.shown_key_sealed = crypto.seal(kept.key, f"photo:{row.id}:shown_key")
        s.flush()
        piece = s.get(Piece, row.piece_id) if row.piece_id is not None else None
        if piece is not None:
            telling.changed(piece)
        after_commit(lambda: picture_files.remove(old))
    return True


def due() -> list[int]:
    """Photos an answer about which has changed since they were drawn, for the job."""
    return list(session().scalars(select(Photo.id).where(Photo.stale.is_(True)).limit(100)))


def file_of(photo: Photo, part: str) -> bytes:
    """One file of a photo, as people may be shown it. Raises NotFound."""
    return picture_files.read(photo.shown_name, _key(photo, "shown", photo.shown_key_sealed), part)


def _needed(photo: Photo) -> set[int] | None:
    people: Iterable[PhotoPerson] = session().scalars(select(PhotoPerson).where(PhotoPerson.photo_id == photo.id)).all()
    return consent.needed(photo, people)


def _key(photo: Photo, which: str, sealed: str) -> str:
    return crypto.unseal(sealed, f"photo:{photo.id}:{which}_key")
