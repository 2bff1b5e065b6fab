"""Between a photo's files on the disk and its row, which keeps their keys sealed."""

from __future__ import annotations

from dataclasses import dataclass

from community.core import clock, crypto, picture_files, pictures
from community.core.db import new_id
from community.members.people import Viewer
from community.photos import consent
from community.photos.models import Photo


@dataclass(frozen=True)
class Files:
    """A picture as it was drawn, and where its files and its master are kept."""

    made: pictures.Made
    shown: picture_files.Kept
    master: picture_files.Kept


def row_of(actor: Viewer, files: Files, client_id: str) -> Photo:
    """A new photo of the actor's that hangs on nothing yet, over files that are on the disk. Where faces seem to be it
    is to be blurred, until she says otherwise."""
    photo = Photo(id=new_id(), uploader_id=actor.id, client_id=client_id, made_at=clock.now())
    photo.width, photo.height, photo.moves = files.made.width, files.made.height, files.made.moves
    photo.cells = sorted(consent.cells_of(files.made.faces))
    photo.shown_name, photo.master_name = files.shown.name, files.master.name
    photo.shown_key_sealed = crypto.seal(files.shown.key, f"photo:{photo.id}:shown_key")
    photo.master_key_sealed = crypto.seal(files.master.key, f"photo:{photo.id}:master_key")
    return photo
