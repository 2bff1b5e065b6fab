"""What a member takes along of what she prepared and was asked: her list, whom she keeps, letters, who was there."""

from __future__ import annotations

from sqlalchemy import select

from community.core.db import session
from community.core.own_rows import Row, plain, plain_all
from community.members.for_owner import called
from community.members.people import Viewer
from community.moving import checklist, letters
from community.moving.prepared_models import CheckIn, FarewellLetter, KeptPerson, ListLine, MoveWish, NamedAdult


def lines(viewer: Viewer) -> list[Row]:
    """Her list, with who added and who ticked; of a line that every list begins with, its words."""
    mine = select(ListLine).where(ListLine.owner_id == viewer.id).order_by(ListLine.place, ListLine.id)
    rows = session().scalars(mine).all()
    names = called(viewer, (id_ for row in rows for id_ in (row.added_by, row.done_by)))
    return [
        plain(
            row,
            *("owner_id", "start", "place", "version"),
            text=checklist.words_of(row),
            added_by=names[row.added_by],
            done_by=names[row.done_by],
        )
        for row in rows
    ]


def kept(viewer: Viewer) -> list[Row]:
    """Whom she wants to keep."""
    rows = session().scalars(select(KeptPerson).where(KeptPerson.member_id == viewer.id)).all()
    names = called(viewer, (row.other_id for row in rows))
    return [plain(row, "member_id", "other_id", whom=names[row.other_id]) for row in rows]


def wishes(viewer: Viewer) -> list[Row]:
    """Whether she wanted letters, and to be asked."""
    rows = session().scalars(select(MoveWish).where(MoveWish.member_id == viewer.id)).all()
    return plain_all(rows, "member_id", "move_id")


def written(viewer: Viewer) -> list[Row]:
    """Letters she wrote, and those to her that she has opened and that are there for her; of the others nothing."""
    hers = select(FarewellLetter).where(FarewellLetter.by_id == viewer.id).order_by(FarewellLetter.written_at)
    opened = [letters.letter_for(viewer, one.id) for one in letters.letters_for(viewer) if one.opened]
    rows = [*session().scalars(hers), *opened]
    names = called(viewer, (id_ for row in rows for id_ in (row.by_id, row.to_id)))
    leaves = ("move_id", "told_at", "version", "by_id", "to_id")
    return [plain(row, *leaves, whom=names[row.to_id], by=names[row.by_id]) for row in rows]


def check_ins(viewer: Viewer) -> list[Row]:
    """When she was asked how it goes, and what she answered."""
    rows = session().scalars(select(CheckIn).where(CheckIn.member_id == viewer.id).order_by(CheckIn.asked_at)).all()
    return plain_all(rows, "member_id", "move_id")


def adults(viewer: Viewer) -> list[Row]:
    """Who was there for her after she had to move at once."""
    rows = session().scalars(select(NamedAdult).where(NamedAdult.member_id == viewer.id)).all()
    names = called(viewer, (row.adult_id for row in rows))
    return [plain(row, "member_id", "move_id", "adult_id", "named_by", whom=names[row.adult_id]) for row in rows]
