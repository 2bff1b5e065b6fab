"""Putting photos up, saying who is in them, taking them away: the uploader's side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from sqlalchemy import delete, select, update

from community.core import crypto, picture_files, pictures, ratelimit, text
from community.core.db import after_commit, session, transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import ADULT, Viewer
from community.photos import asking, blurring, consent, filing, portraits, queries, rules, telling
from community.photos.models import WHO, Photo, PhotoPerson
from community.safety import heard
from community.safety.gate import Surface, Verdict
from community.spaces.models import Space
from community.streams import actions as streams
from community.streams import gating
from community.streams import queries as stream_queries
from community.streams.models import Piece, Stream
from community.streams.rules import STANDS_OR_WAITS, UNDO_TIME

LONGEST_ALT = 300
KEPT_LOOSE = timedelta(days=7)
"""How long a photo that hangs on nothing is kept."""


@dataclass(frozen=True)
class Told:
    """What an uploader says of a photo: what it shows, in words; who is in it; whom she names (`people`), and where
    each of them is (`places`); which squares are to be blurred besides; whether whoever does not answer is blurred."""

    alt: str = ""
    who: str = ""
    people: tuple[int, ...] = ()
    places: tuple[tuple[int, frozenset[int]], ...] = ()
    cells: frozenset[int] = frozenset()
    blur_unanswered: bool = False


def add(actor: Viewer, upload: BinaryIO, client_id: str) -> Photo:
    """Keep a picture somebody sent, drawn anew. The same try sent twice is kept once. It waits for the drawing, so it
    is no part of a transaction. Raises NotAllowed, TooMany, and what `pictures.made` raises."""
    require(actor, rules.ADD)
    known = _sent_before(actor, client_id)
    if known is not None:
        return known
    ratelimit.hit("photo", actor.id)
    made = pictures.made(upload, whose=actor.id)
    with picture_files.kept(made.parts) as shown, picture_files.kept(made.master) as master, transaction() as s:
        if _sent_before(actor, client_id) is not None:
            raise Conflict(_l("This picture is here already."))
        photo = filing.row_of(actor, filing.Files(made, shown, master), client_id)
        s.add(photo)
        s.flush()
    return photo


def say_who(actor: Viewer, photo_id: int, told: Told) -> Photo:
    """Say what a photo shows and who is in it. Whoever has answered, or says herself that she is in it, stays in it
    whatever is said here. Raises NotFound, NotAllowed, Invalid by field."""
    sight = queries.photo_for(actor, photo_id)
    require(actor, rules.OWN, sight.photo)
    _check(told)
    alt, verdict = _alt_heard(actor, told.alt)
    named = {person.id: person for person in queries.may_be_named(actor, sight.photo)}
    with transaction() as s:
        photo = s.get_one(Photo, photo_id, with_for_update=True, populate_existing=True)
        people = {row.member_id: row for row in sight.people}
        before = _as_said(photo, sight.people)
        for member_id in told.people if told.who == "people" else ():
            if member_id not in people:
                if member_id not in named:
                    raise Invalid(_l("That name can't be chosen here."), field="people")
                require(actor, rules.NAME, (named[member_id], True))
                minor = named[member_id].age_band != ADULT
                people[member_id] = PhotoPerson(photo_id=photo.id, member_id=member_id, minor=minor, cells=[])
                s.add(people[member_id])
        for member_id, row in list(people.items()):
            chosen = told.who == "people" and member_id in told.people
            if not chosen and row.answer is None and not row.claimed:
                s.delete(people.pop(member_id))
        for member_id, cells in told.places:
            if member_id in people:
                people[member_id].cells = sorted(cells)
        photo.who, photo.cells, photo.blur_unanswered = told.who, sorted(told.cells), told.blur_unanswered
        photo.alt_sealed = crypto.seal(alt, f"photo:{photo.id}:alt") if alt else None
        if photo.needs_host and before != _as_said(photo, people.values()):
            photo.confirmed_by = photo.confirmed_at = None
        s.flush()
        if verdict is not None:
            _follow(photo, verdict)
        asking.ask(photo)
        asking.changed(photo, actor)
    blurring.redraw(photo_id, actor.id)
    return photo


def say_nobody(actor: Viewer, piece_id: int) -> Piece:
    """Say that nobody is in any of the actor's photos on a piece, as far as she has said nothing of them yet: with many
    of them one press instead of many. What looks like a face is blurred. Raises NotFound where none is hers."""
    piece = stream_queries.piece_for(actor, piece_id)
    hers = [sight.photo for sight in queries.of_piece(actor, piece) if sight.photo.uploader_id == actor.id]
    if not hers:
        raise NotFound
    for photo in hers:
        require(actor, rules.OWN, photo)
        if photo.who is None:
            say_who(actor, photo.id, Told(alt_of(photo), "nobody", cells=frozenset(photo.cells)))
    return piece


def place(actor: Viewer, photo_id: int, member_id: int, cells: frozenset[int], *, away: bool = False) -> Photo:
    """Say where somebody is in a photo of the actor's, or that she was named by mistake. Raises as `say_who` does."""
    sight = queries.photo_for(actor, photo_id)
    photo = sight.photo
    if sight.person(member_id) is None or photo.who is None:
        raise NotFound
    people = tuple(one.member_id for one in sight.people if not (away and one.member_id == member_id))
    told = Told(
        alt=alt_of(photo),
        who=photo.who if people or photo.who != "people" else "nobody",
        people=people,
        places=((member_id, cells),),
        cells=frozenset(photo.cells),
        blur_unanswered=photo.blur_unanswered,
    )
    return say_who(actor, photo_id, told)


def alt_of(photo: Photo) -> str:
    """What it shows, in words; empty where nobody has said."""
    return crypto.unseal(photo.alt_sealed, f"photo:{photo.id}:alt") if photo.alt_sealed else ""


def remove(actor: Viewer, photo_id: int) -> Piece | None:
    """Take a photo away: gone for everybody at once, with its files. Returns what it hung on. Raises NotFound."""
    photo = session().get(Photo, photo_id, populate_existing=True)
    if photo is None or photo.uploader_id != actor.id:
        raise NotFound
    require(actor, rules.OWN, photo)
    with transaction() as s:
        piece = s.get(Piece, photo.piece_id) if photo.piece_id is not None else None
        forget([photo])
        if piece is not None:
            piece.pictures = max(0, piece.pictures - 1)
            s.flush()
            if piece.pictures or piece.text or piece.title or piece.state not in STANDS_OR_WAITS:
                telling.changed(piece)
            else:
                streams.remove_piece(actor, piece.id)  # it said nothing else
        return piece


def forget(photos: Iterable[Photo]) -> None:
    """Delete rows of photos, and their files once that is committed. Inside the caller's transaction."""
    rows = list(photos)
    names = [name for photo in rows for name in (photo.shown_name, photo.master_name)]
    ids = [photo.id for photo in rows]
    s = session()
    for photo_id in ids:
        asking.over(photo_id)
    s.execute(delete(PhotoPerson).where(PhotoPerson.photo_id.in_(ids)))
    s.execute(delete(Photo).where(Photo.id.in_(ids)).execution_options(synchronize_session=False))
    s.expire_all()

    def remove_files() -> None:
        for name in names:
            picture_files.remove(name)

    after_commit(remove_files)


def clear_out(now: datetime) -> int:
    """Photos that hung on nothing for a week, and those of pieces that were emptied. A job; returns how many."""
    gone = (Piece.removed_at < now - UNDO_TIME) | (Piece.removed_at.is_(None) & (Piece.text == ""))
    emptied = select(Piece.id).where(Piece.state == "removed", Piece.pictures > 0, gone)
    old = (Photo.piece_id.is_(None) & (Photo.made_at < now - KEPT_LOOSE)) | Photo.piece_id.in_(emptied)
    with transaction() as s:
        rows = s.scalars(select(Photo).where(old).limit(200)).all()
        pieces = {photo.piece_id for photo in rows if photo.piece_id is not None}
        forget(rows)
        s.execute(update(Piece).where(Piece.id.in_(pieces)).values(pictures=0))
    return len(rows)


def sweep() -> int:
    """Take away files no row knows. A job."""
    names = session().execute(select(Photo.shown_name, Photo.master_name)).all()
    return picture_files.sweep({name for pair in names for name in pair} | portraits.names())


def _check(told: Told) -> None:
    if told.who not in WHO:
        raise Invalid(_l("Say who is in it. Then it can be shown."), field="who")
    if told.who == "people" and not told.people:
        raise Invalid(_l("Choose who is in it, or say that nobody is."), field="people")
    if told.who == "unseen" and not told.cells:
        raise Invalid(_l("Tick the squares that must not be seen, so that they are blurred."), field="cells")
    squares = [told.cells, *(cells for _member, cells in told.places)]
    if any(not cells <= set(consent.CELLS) for cells in squares):
        raise Invalid(_l("The blurred part was not clear. Mark it once more."), field="cells")


def _alt_heard(actor: Viewer, raw: str) -> tuple[str, Verdict | None]:
    """What it shows, in words: heard by the gate, and given back at once where a list stops it. Raises Invalid."""
    alt = text.tidy_line(raw)
    if len(alt) > LONGEST_ALT:
        raise Invalid(_l("That is too long. At most %(max)s characters fit here.", max=LONGEST_ALT), field="alt")
    if not text.says_something(alt):
        return "", None
    facts = gating.facts_for_all(actor)
    try:
        verdict = gating.given_back(gating.verdict_on(actor, Surface.PHOTO, facts, title=None, note=None, stored=alt))
    except Invalid as error:
        raise Invalid(error.sentence, field="alt") from error
    return alt, verdict


def _follow(photo: Photo, verdict: Verdict) -> None:
    """What was heard in its words is kept; what makes us afraid for her waits for a person at once."""
    s = session()
    piece = s.get(Piece, photo.piece_id) if verdict.alert and photo.piece_id is not None else None
    if piece is None:
        heard.note(photo.uploader_id, Surface.PHOTO, verdict, piece_id=photo.piece_id)
        return
    stream = s.get_one(Stream, piece.stream_id)
    gating.follow(piece, stream, s.get_one(Space, stream.space_id), Surface.PHOTO, verdict)


def _as_said(photo: Photo, people: Iterable[PhotoPerson]) -> tuple[object, ...]:
    """What a host confirms of a photo."""
    return alt_of(photo), photo.who, tuple(photo.cells), frozenset((one.member_id, tuple(one.cells)) for one in people)


def _sent_before(actor: Viewer, client_id: str) -> Photo | None:
    mine = (Photo.uploader_id == actor.id) & (Photo.client_id == client_id)
    return session().scalar(select(Photo).where(mine))
