"""What a member takes along of this room: her photos, those she is in, and what she said of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from sqlalchemy import select

from community.core.db import session
from community.core.errors import NotFound
from community.core.own_rows import Row, plain
from community.core.picture_sizes import SQUARES, part, sizes_of
from community.core.policy import can
from community.members.people import Viewer
from community.photos import blurring, portrait_queries, queries, rules
from community.photos.models import Photo, PhotoPerson

SECRETS = ("shown_name", "shown_key_sealed", "master_name", "master_key_sealed", "client_id")


def put_up(viewer: Viewer) -> list[Row]:
    """The photos she put up: what she said of them; of others in them nothing."""
    rows = session().scalars(select(Photo).where(Photo.uploader_id == viewer.id).order_by(Photo.made_at, Photo.id))
    left = ("uploader_id", "needs_host", "stale", "confirmed_by", *SECRETS)
    return [plain(row, *left, file=_name(viewer, row)) for row in rows]


def said(viewer: Viewer) -> list[Row]:
    """What she answered about photos she is in, as far as she was asked or said so herself."""
    hers = PhotoPerson.member_id == viewer.id
    rows = session().scalars(select(PhotoPerson).where(hers).order_by(PhotoPerson.asked_at, PhotoPerson.photo_id))
    told = [row for row in rows if row.asked_at is not None or row.claimed]
    photos = {row.photo_id: session().get_one(Photo, row.photo_id) for row in told}
    return [plain(row, "member_id", "staff_by", file=_name(viewer, photos[row.photo_id])) for row in told]


def files(viewer: Viewer, rows: Iterable[Row]) -> Iterator[tuple[str, bytes]]:
    """The pictures of these rows, each once, as it is shown at this moment; what she may not see any more is left out.
    One at a time, for there may be hundreds."""
    named = dict.fromkeys((row["file"], row.get("photo_id") or row["id"]) for row in rows if row["file"])
    for name, photo_id in named:
        try:
            photo = queries.photo_for(viewer, photo_id).photo
            yield name, blurring.file_of(photo, part(_largest(photo), "jpg"))
        except NotFound:
            continue


def _name(viewer: Viewer, photo: Photo) -> str | None:
    """Where its picture lies in what she takes along; None for one she may not see, or only veiled."""
    sight = queries.sight_of(viewer, photo)
    return f"files/photos/{photo.id}.jpg" if can(viewer, rules.SEE, sight) and not sight.veiled else None


def _largest(photo: Photo) -> int:
    return sizes_of(photo.width, photo.height)[-1].side


def portrait(viewer: Viewer) -> list[Row]:
    """The picture she put up of herself."""
    row = portrait_queries.own(viewer)
    left = ("member_id", "name", "key_sealed", "claimed_by", "confirmed_by")
    return [plain(row, *left, file=_PORTRAIT)] if row is not None else []


def portrait_files(viewer: Viewer, rows: Iterable[Row]) -> Iterator[tuple[str, bytes]]:
    """Its file, where it is still there."""
    row = portrait_queries.own(viewer) if list(rows) else None
    if row is not None:
        with suppress(NotFound):
            yield _PORTRAIT, portrait_queries.file_of(row, part(SQUARES[-1], "jpg"))


_PORTRAIT = "files/portrait.jpg"
