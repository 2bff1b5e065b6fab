"""Photos as a viewer may know them; others do not exist for her. Names of people in a photo go to those alone who may
see it: who put it up, staff, and to each of those asked only that she is in it herself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import can
from community.members.models import Member
from community.members.people import Named, Viewer
from community.photos import consent, rules
from community.photos.models import Photo, PhotoPerson
from community.photos.rules import Sight
from community.safety.cases import told_of
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import queries as streams
from community.streams.mentions import nameable
from community.streams.models import Piece, Stream

FOR_HOSTS = ("held", "delayed", "hidden")
MOST = 60


def photo_for(viewer: Viewer, photo_id: int) -> Sight:
    """A photo the viewer may see. Raises NotFound. At most six queries."""
    photo = session().get(Photo, photo_id, populate_existing=True)
    if photo is None:
        raise NotFound
    sight = sight_of(viewer, photo)
    if not can(viewer, rules.SEE, sight):
        raise NotFound
    return sight


def asked_for(viewer: Viewer, photo_id: int) -> tuple[Photo, PhotoPerson]:
    """A photo the viewer was asked about, or has claimed, also where she may not see it any more: her answer is hers to
    change. Raises NotFound."""
    hers = select(Photo, PhotoPerson).join(PhotoPerson, PhotoPerson.photo_id == Photo.id)
    row = (
        session()
        .execute(
            hers.where(Photo.id == photo_id, PhotoPerson.member_id == viewer.id, _asked()).execution_options(
                populate_existing=True
            )
        )
        .one_or_none()
    )
    if row is None:
        raise NotFound
    return row[0], row[1]


def sight_of(viewer: Viewer, photo: Photo) -> Sight:
    """How a photo stands for the viewer; whether she may see it the rule says."""
    return next(sights_of(viewer, [photo]))


def sights_of(viewer: Viewer, photos: Sequence[Photo]) -> Iterator[Sight]:
    """The same of several, in their order. One query, and at most four for each piece they hang on, asked as one
    comes to it."""
    people, guarded = _people([photo.id for photo in photos])
    places: dict[int | None, tuple[bool, bool, Piece | None]] = {}
    for photo in photos:
        if photo.piece_id not in places:
            places[photo.piece_id] = _piece_for(viewer, photo.piece_id)
        there, watched, piece = places[photo.piece_id]
        those = tuple(people.get(photo.id, ()))
        state = consent.state_of(photo, those, protected=photo.id in guarded)
        stands = piece is not None and piece.state == "published"
        for_staff = viewer.is_staff and viewer.id != photo.uploader_id
        veiled = for_staff and piece is not None and (piece.state == "hidden" or told_of(piece.id))
        yield Sight(photo, those, state, there, watched, stands, veiled)


def seen_among(viewer: Viewer, photo_ids: Collection[int]) -> list[Sight]:
    """Those of these photos that the viewer may see. None of none."""
    if not photo_ids:
        return []
    rows = select(Photo).where(Photo.id.in_(photo_ids)).execution_options(populate_existing=True)
    return [one for one in sights_of(viewer, session().scalars(rows).all()) if can(viewer, rules.SEE, one)]


def loose_of(viewer: Viewer, photo_ids: Sequence[int]) -> list[int]:
    """Those of these that the viewer put up and that hang on nothing yet, in this order. One query, none of none."""
    if not photo_ids:
        return []
    hers = (Photo.uploader_id == viewer.id) & Photo.piece_id.is_(None) & Photo.id.in_(photo_ids)
    there = set(session().scalars(select(Photo.id).where(hers)))
    return [photo_id for photo_id in photo_ids if photo_id in there]


def of_piece(viewer: Viewer, piece: Piece) -> list[Sight]:
    """The photos on a piece the viewer found, in their order, that are there for her."""
    rows = session().scalars(select(Photo).where(Photo.piece_id == piece.id).order_by(Photo.position, Photo.id))
    return [sight for sight in sights_of(viewer, rows.all()) if can(viewer, rules.SEE, sight)]


def mine_in(viewer: Viewer) -> list[Sight]:
    """Every photo the viewer was asked about or has claimed, the newest first, at most sixty. What she may not see is
    among them: her answer is hers to change."""
    hers = (
        select(Photo)
        .join(PhotoPerson, PhotoPerson.photo_id == Photo.id)
        .where(PhotoPerson.member_id == viewer.id, _asked())
    )
    rows = session().scalars(hers.order_by(Photo.made_at.desc(), Photo.id.desc()).limit(MOST)).all()
    return list(sights_of(viewer, rows))


def for_staff(viewer: Viewer) -> list[Sight]:
    """Photos that wait for somebody who works here, the oldest first: a yes for somebody under 18, somebody who says
    she is in it, or who is in it is not confirmed. Those the viewer may see; at most sixty are looked at."""
    return list(_for_staff(viewer))


def waits_for(viewer: Viewer) -> bool:
    """Whether any of these waits for the viewer. Asks no further than the first one she may see."""
    return next(_for_staff(viewer), None) is not None


def _for_staff(viewer: Viewer) -> Iterator[Sight]:
    if not viewer.is_staff:
        return
    asks = PhotoPerson.minor & PhotoPerson.answer.in_(("yes", "blur")) & PhotoPerson.staff_answer.is_(None)
    claims = PhotoPerson.claimed & PhotoPerson.answer.is_(None)
    some = select(PhotoPerson.photo_id).where(or_(asks, claims))
    unconfirmed = Photo.needs_host & Photo.confirmed_by.is_(None) & Photo.who.is_not(None)
    standing = select(Piece.id).where(Piece.state == "published")
    waits = select(Photo).where(Photo.piece_id.in_(standing), or_(Photo.id.in_(some), unconfirmed))
    for sight in sights_of(viewer, session().scalars(waits.order_by(Photo.made_at).limit(MOST)).all()):
        if can(viewer, rules.SEE, sight):
            yield sight


def piece_of(viewer: Viewer, sight: Sight) -> Piece | None:
    """What it hangs on, where the viewer reads that."""
    assert viewer.id
    return session().get(Piece, sight.photo.piece_id) if sight.there else None


def may_be_named(viewer: Viewer, photo: Photo) -> list[Named]:
    """Whom the viewer may say is in her photo: who reads where it hangs and may be mentioned there. Nobody of a photo
    that hangs on nothing."""
    if photo.piece_id is None or photo.uploader_id != viewer.id:
        return []
    piece = streams.piece_for(viewer, photo.piece_id)
    stream = session().get_one(Stream, piece.stream_id)
    found = nameable(viewer, session().get_one(Space, stream.space_id), stream)
    return sorted((one for one in found if can(viewer, rules.NAME, (one, True))), key=lambda one: one.name.casefold())


def shown_on(
    piece_ids: Iterable[int], hidden: Iterable[int], whole: Iterable[int], known: dict[str, Any] | None = None
) -> dict[int, list[tuple[Photo, str]]]:
    """The photos that stand on pieces, for readers who see these pieces and for whom the people in `hidden` are not
    there; of the pieces in `whole` all of them, with how far they have come. What was read is kept in `known`. One
    query."""
    wanted, apart, all_of = set(piece_ids), set(hidden), set(whole)
    hanging = _on(wanted)
    if known is not None:
        known.setdefault("photos", {}).update(hanging)
    found: dict[int, list[tuple[Photo, str]]] = defaultdict(list)
    for piece_id, hung in hanging.items():
        for one in hung:
            if piece_id in all_of or (one.state == consent.SHOWN and not one.ids & apart):
                found[piece_id].append((one.photo, one.state))
    return found


def shown_as(viewer: Viewer, photo_ids: Sequence[int]) -> dict[int, Photo]:
    """Of these photos those that everybody sees who reads where they hang, with nobody in them from whom the viewer is
    kept apart: as they are drawn now. Whether she reads there herself `photo_for` says. Two queries, none of none."""
    if not photo_ids:
        return {}
    rows = select(Photo).where(Photo.id.in_(photo_ids)).execution_options(populate_existing=True)
    people, guarded = _people(photo_ids)
    found = {}
    for photo in session().scalars(rows):
        those = people.get(photo.id, [])
        about = {photo.uploader_id, *(person.member_id for person in those)}
        shown = consent.state_of(photo, those, protected=photo.id in guarded) == consent.SHOWN
        if shown and not about & viewer.excluded_ids:
            found[photo.id] = photo
    return found


def waiting_on(viewer: Viewer, piece_ids: Sequence[int]) -> dict[int, int]:
    """On which of these pieces, which the viewer reads, pictures stand that she may see and others not yet: how many.
    One query, none where they were just shown to her."""
    at_hand: dict[int, list[Sight]] = viewer.known.get("photos", {})
    hanging = {**at_hand, **_on({id_ for id_ in piece_ids if id_ not in at_hand})}
    found = {
        id_: sum(one.state != consent.SHOWN and can(viewer, rules.SEE, one) for one in hanging.get(id_, ()))
        for id_ in piece_ids
    }
    return {id_: count for id_, count in found.items() if count}


def _on(piece_ids: set[int]) -> dict[int, list[Sight]]:
    """The photos on these pieces as they stand for whoever reads them, in their order. One query, none of none."""
    if not piece_ids:
        return {}
    rows = session().execute(
        select(Photo, PhotoPerson, Member.protected)
        .outerjoin(PhotoPerson, PhotoPerson.photo_id == Photo.id)
        .outerjoin(Member, Member.id == PhotoPerson.member_id)
        .where(Photo.piece_id.in_(piece_ids))
        .order_by(Photo.position, Photo.id, PhotoPerson.member_id)
        .execution_options(populate_existing=True)
    )
    photos: dict[int, Photo] = {}
    people: dict[int, list[PhotoPerson]] = defaultdict(list)
    guarded: set[int] = set()
    for photo, person, protected in rows:
        photos[photo.id] = photo
        if person is not None:
            people[photo.id].append(person)
        if protected:
            guarded.add(photo.id)
    found: dict[int, list[Sight]] = {piece_id: [] for piece_id in piece_ids}
    for photo in photos.values():
        those = tuple(people[photo.id])
        state = consent.state_of(photo, those, protected=photo.id in guarded)
        found[photo.piece_id or 0].append(Sight(photo, those, state, there=True, stands=True))
    return found


def concerned_by(piece_id: int) -> tuple[set[int], set[int]]:
    """Everybody whom the pictures on a piece are about, and those of them who may know that they wait: who put them up,
    and who was asked. Two queries, one where nothing hangs on it any more."""
    rows = session().execute(select(Photo.id, Photo.uploader_id).where(Photo.piece_id == piece_id)).all()
    uploaders = {uploader for _id, uploader in rows} or set(
        session().scalars(select(Piece.author_id).where(Piece.id == piece_id))
    )
    people = _people([photo_id for photo_id, _uploader in rows])[0].values()
    persons = [person for those in people for person in those]
    asked = {one.member_id for one in persons if one.asked_at is not None or one.claimed}
    return uploaders | {one.member_id for one in persons}, uploaders | asked


def _people(photo_ids: Sequence[int]) -> tuple[dict[int, list[PhotoPerson]], set[int]]:
    """Who is in these photos, by photo, and in which of them somebody has a protected identity. One query."""
    if not photo_ids:
        return {}, set()
    rows = session().execute(
        select(PhotoPerson, Member.protected)
        .join(Member, Member.id == PhotoPerson.member_id)
        .where(PhotoPerson.photo_id.in_(photo_ids))
        .order_by(PhotoPerson.photo_id, PhotoPerson.member_id)
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[PhotoPerson]] = defaultdict(list)
    guarded: set[int] = set()
    for person, protected in rows:
        found[person.photo_id].append(person)
        if protected:
            guarded.add(person.photo_id)
    return dict(found), guarded


def _piece_for(viewer: Viewer, piece_id: int | None) -> tuple[bool, bool, Piece | None]:
    """Whether she reads the piece, whether she works where it is read and it waits or is hidden, and the piece."""
    if piece_id is None:
        return False, False, None
    try:
        piece = streams.piece_for(viewer, piece_id)
        return piece.state != "removed", False, piece
    except NotFound:
        found = session().get(Piece, piece_id) if viewer.is_staff else None
    if found is None or found.state not in FOR_HOSTS or found.author_id in viewer.excluded_ids:
        return False, False, None
    stream = session().get_one(Stream, found.stream_id)
    watched = space_rules.reads(viewer, session().get_one(Space, stream.space_id), stream.house_id)
    return False, watched, found


def _asked() -> ColumnElement[bool]:
    return or_(PhotoPerson.asked_at.is_not(None), PhotoPerson.claimed)
