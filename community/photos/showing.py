"""How a photo stands on a page: its addresses, sizes and words. The same for every reader who sees it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from community.core.picture_sizes import MOVING, VEILED, part, sizes_of
from community.members.people import Viewer
from community.photos import queries
from community.photos.actions import alt_of
from community.photos.consent import SHOWN
from community.photos.models import Photo
from community.photos.words import WHO_WORDS


@dataclass(frozen=True)
class PictureView:
    """A photo for `<picture>`: `webp` and `jpeg` are lists of sizes, `src` what old browsers take. `state`: `shown`, or
    what it waits for; `moving`: the one that moves, where there is one; `who`: who is in it, as its uploader says, for
    those alone who meet it before others."""

    id: int
    width: int
    height: int
    alt: str
    state: str
    webp: str
    jpeg: str
    src: str
    url: str
    moving: str | None = None
    who: str = ""


def url_of(photo: Photo, name: str) -> str:
    """Where a file of it is. Drawn anew it has another address."""
    return url_for("photos.file", photo_id=photo.id, name=name, v=photo.shown_name[:8])


def picture_of(photo: Photo, state: str, *, veiled: bool = False) -> PictureView:
    """A photo as it is shown; `veiled`: only the one with everything blurred."""
    sizes = sizes_of(photo.width, photo.height)[:1] if veiled else sizes_of(photo.width, photo.height)

    def row(form: str) -> str:
        names = [(part(VEILED if veiled else size.side, form), size.width) for size in sizes]
        return ", ".join(f"{url_of(photo, name)} {width}w" for name, width in names)

    return PictureView(
        id=photo.id,
        width=photo.width,
        height=photo.height,
        alt=alt_of(photo),
        state=state,
        webp=row("webp"),
        jpeg=row("jpg"),
        src=url_of(photo, part(VEILED if veiled else sizes[-1].side, "jpg")),
        url=url_for("photos.photo", photo_id=photo.id),
        moving=url_of(photo, MOVING) if photo.moves and not veiled else None,
        who=str(WHO_WORDS[photo.who]) if photo.who and state != SHOWN else "",
    )


def beside(
    piece_ids: Collection[int], hidden: Collection[int], whole: Collection[int], known: dict[str, Any] | None
) -> Mapping[int, tuple[PictureView, ...]]:
    """The photos that stand on pieces (`queries.shown_on`), for whoever shows pieces."""
    found = queries.shown_on(piece_ids, hidden, whole, known)
    return {id_: tuple(picture_of(photo, state) for photo, state in photos) for id_, photos in found.items()}


def waiting(viewer: Viewer, piece_ids: Sequence[int]) -> dict[str, int]:
    """How many pictures wait on pieces of a page, of those the viewer may see: for her alone."""
    return {str(id_): count for id_, count in queries.waiting_on(viewer, piece_ids).items()}
