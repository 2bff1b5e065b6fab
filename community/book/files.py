"""A book as a file: asking for one, fetching it, letting it go, and that it goes when somebody takes back a yes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from community.book import keeping, queries, rules
from community.book.models import FORMS, BookFile, BookFilePart, BookYes
from community.core import clock, made_files, ratelimit
from community.core.announcements import announce
from community.core.db import new_id, session, transaction
from community.core.errors import Conflict, Gone, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import fresh
from community.members import rules as member_rules
from community.members.people import Viewer
from community.members.queries import viewer_now
from community.notices import laying
from community.photos.queries import shown_as

CARD = "book"
READY, ANEW = "ready", "anew"
PHOTO, PIECE, LETTER = "photo", "piece", "letter"
UNDER_WAY = _l("A book is being made already. This page shows how far it is.")
EMPTY = _l("There is nothing in this book yet. Put something in first.")
CROWDED = _l("At most %(max)s pictures fit into one book. Take some out, or make two.", max=rules.MOST_PICTURES)
OVER = _l("This file is gone. Make it anew as often as you like.")

Part = tuple[str, int, str]
"""What of others stands in a file: its kind, its number, and as what (`BookFilePart`)."""


class Changed(Exception):
    """Somebody took back a yes while the file was made."""


@dataclass(frozen=True)
class FileView:
    """One file as its owner sees it. `state`: asked, making, ready, failed, gone; `percent` of what is to be done."""

    id: int
    book_id: int
    form: str
    state: str
    why: str | None
    percent: int
    asked_at: datetime
    good_until: datetime | None
    size: int

    @property
    def under_way(self) -> bool:
        return self.state in ("asked", "making")


@dataclass(frozen=True)
class ReadyFile:
    """What is fetched: how many bytes, what it is called and is, and the bytes in pieces."""

    name: str
    kind: str
    size: int
    pieces: Iterator[bytes]


def begin(actor: Viewer, book_id: int, form: str) -> BookFile:
    """Ask for a book as a file. Raises NotFound, NotFresh, NotAllowed, TooMany, Invalid; Conflict while one is under
    way, and where the book is empty or has too many pictures."""
    require(actor, rules.OWN, actor.id)
    require(actor, member_rules.PRIVATE_SIDE)
    fresh.require(actor)
    book = queries.book_for(actor, book_id)
    if form not in FORMS:
        raise Invalid(_l("Choose what it is to be."), field="form")
    if not queries.count_of(actor, book):
        raise Conflict(EMPTY)
    if queries.pictures_in(actor, book) > rules.MOST_PICTURES:
        raise Conflict(CROWDED)
    if under_way_for(actor) is not None:
        raise Conflict(UNDER_WAY)
    ratelimit.hit("book", actor.id)
    row = BookFile(id=new_id(), member_id=actor.id, book_id=book.id, form=form, language=book.language)
    row.is_open, row.asked_at = True, clock.now()
    try:
        with transaction() as s:
            s.add(row)
            s.flush()
            _say(row)
    except IntegrityError as error:
        raise Conflict(UNDER_WAY) from error
    return row


def remove(actor: Viewer, file_id: int) -> int:
    """Let a file go now, or stop what is under way. Twice is once. Returns which book. Raises NotFound."""
    require(actor, rules.OWN, actor.id)
    row = own_for(actor, file_id)
    if row.state != "gone":
        end(row.id, "gone", "removed")
    return row.book_id


def own_for(viewer: Viewer, file_id: int) -> BookFile:
    """One of the viewer's own. Raises NotFound for anybody else's. One query."""
    row = session().get(BookFile, file_id, populate_existing=True)
    if row is None or row.member_id != viewer.id:
        raise NotFound
    return row


def under_way_for(viewer: Viewer) -> BookFile | None:
    """The one that is being made for the viewer. One query."""
    return session().scalar(select(BookFile).where(BookFile.member_id == viewer.id, BookFile.is_open.is_(True)))


def files_for(viewer: Viewer, book_id: int) -> list[FileView]:
    """Of a book of the viewer's the newest file of each form, and what is under way of any. One query."""
    mine = select(BookFile).where(BookFile.member_id == viewer.id).order_by(BookFile.asked_at.desc(), BookFile.id)
    found: dict[str, BookFile] = {}
    for row in session().scalars(mine.limit(60).execution_options(populate_existing=True)):
        if row.is_open:
            found["open"] = row
        elif row.book_id == book_id:
            best = found.get(row.form)
            if best is None or (row.state == "ready" and best.state != "ready"):
                found[row.form] = row
    return [_view_of(row) for row in found.values()]


def file_for(viewer: Viewer, file_id: int) -> ReadyFile:
    """A file of the viewer's. Raises NotFound; Gone once its days are over, it was removed, or somebody took back a
    yes: that is asked once more here, whatever the job has seen."""
    row = own_for(viewer, file_id)
    if row.state in ("asked", "making", "failed"):
        raise NotFound
    if row.state == "ready" and not holds(viewer, row):
        end(row.id, "gone", "anew")
    if not keeping.FILES.has(row):
        raise Gone(OVER)
    day = clock.local(row.asked_at).date().isoformat()
    kinds = {"pdf": "application/pdf", "zip": "application/zip"}
    return ReadyFile(f"book-{day}.{row.form}", kinds[row.form], row.size, keeping.FILES.pieces(row))


def holds(viewer: Viewer, row: BookFile) -> bool:
    """Whether everything of others in a file of the viewer's may still stand there. Three queries at most."""
    parts = session().execute(
        select(BookFilePart.kind, BookFilePart.ref_id, BookFilePart.stamp).where(BookFilePart.file_id == row.id)
    )
    return all_hold(viewer, [(kind, ref_id, stamp) for kind, ref_id, stamp in parts])


def all_hold(viewer: Viewer, parts: Sequence[Part]) -> bool:
    """The same of parts. Photos are shown, and drawn as they were then; words come along by the answer they had."""
    photos = {ref_id: stamp for kind, ref_id, stamp in parts if kind == PHOTO}
    shown = shown_as(viewer, list(photos))
    if any(ref_id not in shown or shown[ref_id].shown_name != stamp for ref_id, stamp in photos.items()):
        return False
    given = {(kind, ref_id): stamp for kind, ref_id, stamp in parts if kind != PHOTO}
    if not given:
        return True
    hers = (BookYes.owner_id == viewer.id) & BookYes.ref_id.in_([ref_id for _kind, ref_id in given])
    rows = session().execute(select(BookYes.kind, BookYes.ref_id, BookYes.answer, BookYes.author_id).where(hers))
    answers = {(kind, ref_id): answer for kind, ref_id, answer, by in rows if by not in viewer.excluded_ids}
    return all(answers.get(key) == stamp for key, stamp in given.items())


def start(file_id: int, parts: int, file: str) -> BookFile | None:
    """Whoever makes it begins; None when there is nothing to make. Nobody asks: it is the job's."""
    return MAKINGS.start(file_id, parts, file)


def note_progress(file_id: int, file: str, done: int) -> bool:
    """So much is done. False when it was stopped meanwhile, or another began anew. Nobody asks: it is the job's."""
    return MAKINGS.note_progress(file_id, file, done)


def finish(file_id: int, file: str, key: str, size: int, parts: Sequence[Part]) -> bool:
    """The file is whole, and everything of others in it holds at this moment: it can be fetched for seven days, and the
    one before it goes. False when somebody was faster, or it was stopped. Raises Changed. Nobody asks: it is the
    job's."""

    def then(row: BookFile) -> None:
        viewer = viewer_now(row.member_id)
        if viewer is None or not all_hold(viewer, parts):
            raise Changed
        before = (BookFile.book_id == row.book_id) & (BookFile.form == row.form) & (BookFile.state == "ready")
        for id_ in session().scalars(select(BookFile.id).where(before)).all():
            end(id_, "gone", "newer")
        rows = {(kind, ref_id): stamp for kind, ref_id, stamp in parts}
        if rows:
            given = [
                {"file_id": row.id, "kind": kind, "ref_id": id_, "stamp": stamp} for (kind, id_), stamp in rows.items()
            ]
            session().execute(insert(BookFilePart), given)
        laying.lay(row.member_id, CARD, row.id, READY)

    return MAKINGS.finish(file_id, file, key, size, then)


def end(file_id: int, state: str, why: str) -> None:
    """One fails or goes, and where it went because of somebody's answer its owner is told: make it anew. Called by what
    has asked, and by jobs."""

    def then(row: BookFile) -> None:
        session().query(BookFilePart).filter(BookFilePart.file_id == row.id).delete()
        laying.end_about([row.member_id], CARD, row.id)
        if why == "anew":
            laying.lay(row.member_id, CARD, new_id(), ANEW)

    MAKINGS.end(file_id, state, why, then)


def note_seen(actor: Viewer, file_id: int) -> None:
    """She has fetched it: the card that says it is ready goes. Raises NotFound."""
    require(actor, rules.OWN, actor.id)
    row = own_for(actor, file_id)
    with transaction():
        laying.end_about([actor.id], CARD, row.id)


def recheck() -> int:
    """A job, every minute: files in which something of others does not hold any more go. Returns how many."""
    ready = session().execute(select(BookFile.id, BookFile.member_id).where(BookFile.state == "ready")).all()
    count = 0
    for file_id, member_id in ready:
        viewer, row = viewer_now(member_id), session().get(BookFile, file_id, populate_existing=True)
        if viewer is not None and row is not None and row.state == "ready" and not holds(viewer, row):
            end(file_id, "gone", "anew")
            count += 1
    session().rollback()
    return count


def _view_of(row: BookFile) -> FileView:
    percent = 100 * row.done_parts // row.parts if row.parts else 0
    state, why = ("gone", "over") if row.is_over else (row.state, row.why)
    return FileView(row.id, row.book_id, row.form, state, why, percent, row.asked_at, row.good_until, row.size)


def _say(row: BookFile) -> None:
    announce(f"member:{row.member_id}", "book:changed", member=row.member_id)


MAKINGS = made_files.Makings(BookFile, keeping.FILES, _say)
