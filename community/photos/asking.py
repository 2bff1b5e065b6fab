"""Asking everybody in a photo, and their answers: hers at any time, staff's for somebody under 18, and "I am in this".

Nobody is asked before the piece stands, and of a message in a chat before a host has confirmed its pictures: so nobody
meets a picture here that no host has seen where children read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from community.core import audit, clock, ratelimit
from community.core.announcements import announce
from community.core.db import session, transaction
from community.core.errors import Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import ADULT, Viewer
from community.notices import laying
from community.photos import blurring, hanging, queries, rules, telling
from community.photos.models import ANSWERS, Photo, PhotoPerson
from community.streams.models import Piece

CARD = "picture"
ACTS = {"yes": "photo.yes", "no": "photo.no", "absent": "photo.absent"}
ASK_AGAIN = timedelta(days=7)
"""After so long somebody who has not answered is asked a second time, and never again."""


def ask(photo: Photo) -> None:
    """Ask those in it who were not asked yet, if the piece stands and its uploader has said who is in it. Inside the
    caller's transaction; asked twice it does nothing."""
    piece = session().get(Piece, photo.piece_id) if photo.piece_id is not None else None
    if photo.who is None or piece is None or piece.state != "published" or _unseen(piece, photo):
        return
    for person in _people(photo.id):
        if person.asked_at is None and not person.claimed:
            person.asked_at = clock.now()
            laying.lay(person.member_id, CARD, photo.id)
    session().flush()


def ask_of(piece: Piece) -> None:
    """The same for all photos on a piece that has just taken its place. Inside the caller's transaction."""
    if piece.pictures:
        for photo in session().scalars(select(Photo).where(Photo.piece_id == piece.id)).all():
            ask(photo)
        telling.waiting(piece)


def hang(actor: Viewer, piece: Piece, photo_ids: Sequence[int], most: int = rules.MOST_ON_A_PIECE) -> None:
    """Hang the actor's photos on a piece of hers she has just written, and let those who may know of it hear that they
    wait. Inside the transaction that writes it. Raises as `hanging.attach` does."""
    if photo_ids:
        hanging.attach(actor, piece, photo_ids, most)
        ask_of(piece)


def answer(actor: Viewer, photo_id: int, said: str, cells: frozenset[int] = frozenset()) -> Photo:
    """The actor says yes, blur or no about a photo she is in, or changes her mind. `cells`: where she is in it. Raises
    NotFound, Invalid."""
    if said not in ANSWERS:
        raise Invalid(_l("Answer yes, yes but blurred, or no."), field="answer")
    photo, person = queries.asked_for(actor, photo_id)
    require(actor, rules.ANSWER, person)
    with transaction() as s:
        if said != person.answer and said == "yes":
            person.staff_answer = person.staff_by = person.staff_at = None
        person.answer, person.answered_at, person.minor = said, clock.now(), actor.age_band != ADULT
        if cells:
            person.cells = sorted(cells)
        s.flush()
        laying.end_about([actor.id], CARD, photo.id)
        changed(photo, actor)
    blurring.redraw(photo_id, actor.id)
    return photo


def answer_for(actor: Viewer, photo_id: int, member_id: int, said: str) -> Photo:
    """Staff say yes or no for somebody under 18, or that somebody who claimed to be in it is not (`absent`). Written
    down. Raises NotFound, NotAllowed, Invalid."""
    sight = queries.photo_for(actor, photo_id)
    require(actor, rules.ANSWER_FOR, sight)
    person = sight.person(member_id)
    if person is None:
        raise NotFound
    with transaction() as s:
        if said == "absent" and person.claimed:
            s.delete(person)
        elif said in ("yes", "no") and person.minor:
            person.staff_answer, person.staff_by, person.staff_at = said, actor.id, clock.now()
        else:
            raise Invalid(_l("There is nothing to answer here."), field="said")
        s.flush()
        audit.append(actor.id, ACTS[said], f"photo:{photo_id}", member=member_id)
        changed(sight.photo, actor)
    blurring.redraw(photo_id, actor.id)
    return sight.photo


def confirm(actor: Viewer, photo_id: int) -> Photo:
    """A host confirms who is in a photo, as its uploader has said. Raises NotFound, NotAllowed, Invalid."""
    sight = queries.photo_for(actor, photo_id)
    require(actor, rules.ANSWER_FOR, sight)
    if sight.photo.who is None:
        raise Invalid(_l("Whoever put it up has not said yet who is in it."), field="said")
    with transaction():
        _confirm(actor, sight.photo)
        ask(sight.photo)
        changed(sight.photo, actor)
    return sight.photo


def confirm_all(actor: Viewer, piece: Piece) -> None:
    """A host lets a piece stand whose photos she has had before her: she confirms who is in them, and those are asked.
    What nobody has said yet she can't confirm. Inside the transaction of that decision, which has asked its rule."""
    if not piece.pictures:
        return
    with transaction():
        for photo in session().scalars(select(Photo).where(Photo.piece_id == piece.id)).all():
            if photo.who is not None and photo.uploader_id != actor.id:
                _confirm(actor, photo)
        ask_of(piece)


def claim(actor: Viewer, photo_id: int) -> Photo:
    """ "I am in this": the photo is hidden from everybody but its uploader, staff and the actor, until she has answered
    how it may be shown, or staff have seen that it is not her. Raises NotFound, NotAllowed, TooMany."""
    sight = queries.photo_for(actor, photo_id)
    require(actor, rules.CLAIM, sight)
    ratelimit.hit("claim", actor.id)
    with transaction() as s:
        person = sight.person(actor.id) or PhotoPerson(photo_id=photo_id, member_id=actor.id, cells=[])
        person.claimed, person.minor, person.answer = True, actor.age_band != ADULT, None
        person.asked_at = person.asked_at or clock.now()
        s.add(person)
        s.flush()
        changed(sight.photo, actor)
    return sight.photo


def ask_again(now: datetime) -> int:
    """Ask those a second time who have not answered for a week. A job; returns how many."""
    waits = PhotoPerson.answer.is_(None) & PhotoPerson.again_at.is_(None) & (PhotoPerson.asked_at < now - ASK_AGAIN)
    with transaction() as s:
        rows = s.scalars(select(PhotoPerson).where(waits).limit(200)).all()
        for person in rows:
            person.again_at = now
            laying.lay_anew(person.member_id, CARD, person.photo_id)
        s.flush()
    return len(rows)


def changed(photo: Photo, actor: Viewer) -> None:
    """Its files may have to be drawn anew, and open pages show the piece as it stands now. Inside the caller's
    transaction."""
    photo.stale = True
    piece = session().get(Piece, photo.piece_id) if photo.piece_id is not None else None
    if piece is not None:
        telling.changed(piece)
        announce(f"member:{piece.author_id}", "own:changed", member=piece.author_id, stream=piece.stream_id)


def over(photo_id: int) -> None:
    """The photo goes, and with it what waits for those in it. Inside the caller's transaction."""
    ids = [person.member_id for person in _people(photo_id)]
    laying.end_about(ids, CARD, photo_id)


def _confirm(actor: Viewer, photo: Photo) -> None:
    photo.confirmed_by, photo.confirmed_at = actor.id, clock.now()
    session().flush()
    audit.append(actor.id, "photo.confirmed", f"photo:{photo.id}")


def _unseen(piece: Piece, photo: Photo) -> bool:
    """A message stands at once, so where children read no host has seen its pictures before she confirms them."""
    return piece.kind == "message" and photo.needs_host and photo.confirmed_by is None


def _people(photo_id: int) -> list[PhotoPerson]:
    return list(session().scalars(select(PhotoPerson).where(PhotoPerson.photo_id == photo_id)))
