"""What a member takes along of this room: her photos, and what she said of those she is in."""

from __future__ import annotations

from sqlalchemy import select

from community.core.db import session
from community.core.own_rows import Row, plain
from community.members.people import Viewer
from community.photos.models import Photo, PhotoPerson

SECRETS = ("shown_name", "shown_key_sealed", "master_name", "master_key_sealed", "client_id")


def put_up(viewer: Viewer) -> list[Row]:
    """The photos she put up: what she said of them; of others in them nothing."""
    rows = session().scalars(select(Photo).where(Photo.uploader_id == viewer.id).order_by(Photo.made_at, Photo.id))
    return [plain(row, "uploader_id", "needs_host", "stale", "confirmed_by", *SECRETS) for row in rows]


def said(viewer: Viewer) -> list[Row]:
    """What she answered about photos she is in, as far as she was asked or said so herself."""
    hers = PhotoPerson.member_id == viewer.id
    rows = session().scalars(select(PhotoPerson).where(hers).order_by(PhotoPerson.asked_at, PhotoPerson.photo_id))
    return [plain(row, "member_id", "staff_by") for row in rows if row.asked_at is not None or row.claimed]
