"""Photos come onto what somebody says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from community.core.db import transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer
from community.photos import rules
from community.photos.models import Photo
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams.actions import Said
from community.streams.models import Piece, Stream


def said_with(said: Said, photo_ids: Sequence[int]) -> Said:
    """The same, with how many pictures come along."""
    return replace(said, pictures=len(dict.fromkeys(photo_ids)))


def attach(actor: Viewer, piece: Piece, photo_ids: Sequence[int], most: int = rules.MOST_ON_A_PIECE) -> None:
    """Hang the actor's photos on a piece of hers she has just written, in this order, `most` of them. Inside the
    transaction that writes it. Raises NotFound for what is not hers to hang there, Invalid for too many or a piece
    without a name."""
    wanted = list(dict.fromkeys(photo_ids))
    checked_number(wanted, most)
    if piece.unnamed and wanted:
        raise Invalid(_l("Without a name there are no pictures: they tell who you are."), field="photos")
    with transaction() as s:
        stream = s.get_one(Stream, piece.stream_id)
        space = s.get_one(Space, stream.space_id)
        looks = actor.is_staff and "moderator" in actor.duties
        for position, photo_id in enumerate(wanted):
            photo = s.get(Photo, photo_id, with_for_update=True, populate_existing=True)
            if photo is None or photo.uploader_id != actor.id or piece.author_id != actor.id:
                raise NotFound
            require(actor, rules.OWN, photo)
            if photo.piece_id is not None:
                raise Conflict(_l("This picture stands somewhere already."))
            photo.piece_id, photo.position = piece.id, position
            photo.needs_host = not space_rules.adults_only(space) and not looks
        piece.pictures = len(wanted)
        s.flush()


def checked_number(photo_ids: Collection[int], most: int = rules.MOST_ON_A_PIECE) -> None:
    """Raises Invalid for more than fit on one piece."""
    if len(photo_ids) > most:
        raise Invalid(_l("At most %(max)s pictures fit here. Take some away.", max=most), field="photos")
