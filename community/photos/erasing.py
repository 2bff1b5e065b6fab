"""What this room does when a member has left.

Photos she put up stay only where her words stay under her name: a face tells who she was. In photos of others she keeps
what she answered; what she had not answered, and everything where she takes her words along, is a no for good.
"""

from __future__ import annotations

from sqlalchemy import or_, select, update

from community.core.db import session, transaction
from community.core.erasing import Leaver
from community.photos import blurring, portraits, telling
from community.photos.actions import forget
from community.photos.models import Photo, PhotoPerson, Portrait
from community.streams.models import Piece, Stream

NAMED = "named"


def put_up(leaver: Leaver) -> bool:
    """Her own photos, with their files."""
    standing = select(Piece.id).where(Piece.state == "published")
    hers = Photo.uploader_id == leaver.id
    goes = hers if leaver.choice != NAMED else hers & or_(Photo.piece_id.is_(None), Photo.piece_id.not_in(standing))
    with transaction() as s:
        rows = s.scalars(select(Photo).where(goes)).all()
        pieces = {photo.piece_id for photo in rows}
        forget(rows)
        s.execute(update(Piece).where(Piece.id.in_(pieces)).values(pictures=0))
        nothing_else = Piece.id.in_(pieces) & (Piece.text == "") & Piece.title.is_(None) & (Piece.state == "published")
        ids = list(s.scalars(select(Piece.id).where(nothing_else)))
        s.execute(update(Stream).where(Stream.opening_id.in_(ids)).values(listed=False))
        s.execute(update(Piece).where(Piece.id.in_(ids)).values(state="removed", removed_at=leaver.gone_at))
        _tell(pieces)
    return True


def portrait(leaver: Leaver) -> bool:
    """The picture of herself, whatever she chose: nobody is left who could take it away. Of those she said she was in
    it is not known any more who said so."""
    with transaction() as s:
        portraits.forget(leaver.id)
        s.execute(update(Portrait).where(Portrait.claimed_by == leaver.id).values(claimed_by=None))
    return True


def said(leaver: Leaver) -> bool:
    """Her answers in photos of others."""
    let_go(leaver)
    return all(blurring.redraw(photo_id, leaver.id) for photo_id in _with(leaver))


def let_go(leaver: Leaver) -> None:
    """From this moment on no photo shows her that she had not said yes to, and none at all where she takes her words
    along. Inside the caller's transaction; called again it changes nothing."""
    hers = PhotoPerson.member_id == leaver.id
    which = hers if leaver.takes_words_along else hers & PhotoPerson.answer.is_(None)
    with transaction() as s:
        changed = or_(PhotoPerson.answer.is_(None), PhotoPerson.answer != "no")
        ids = list(s.scalars(select(PhotoPerson.photo_id).where(which, changed)))
        s.execute(update(PhotoPerson).where(which).values(answer="no", answered_at=leaver.gone_at))
        s.execute(update(Photo).where(Photo.id.in_(ids)).values(stale=True))
        if leaver.choice != NAMED:
            ids += list(s.scalars(select(Photo.id).where(Photo.uploader_id == leaver.id, Photo.who.is_not(None))))
            s.execute(update(Photo).where(Photo.uploader_id == leaver.id).values(who=None))
        _tell(set(s.scalars(select(Photo.piece_id).where(Photo.id.in_(ids), Photo.piece_id.is_not(None)))))


def _with(leaver: Leaver) -> list[int]:
    return list(session().scalars(select(PhotoPerson.photo_id).where(PhotoPerson.member_id == leaver.id)))


def _tell(piece_ids: set[int | None]) -> None:
    s = session()
    s.expire_all()
    for piece in s.scalars(select(Piece).where(Piece.id.in_(piece_ids))).all():
        telling.changed(piece)
