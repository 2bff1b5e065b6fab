"""What this room does when a member has left."""

from __future__ import annotations

from sqlalchemy import delete, or_

from community.core.db import transaction
from community.core.erasing import Leaver, rows
from community.moving.models import Move
from community.moving.prepared_models import CheckIn, FarewellLetter, KeptPerson, ListLine, MoveWish, NamedAdult

moves = rows(Move.member_id)
lines = rows(ListLine.owner_id)
kept_people = rows(KeptPerson.member_id, KeptPerson.other_id)
wishes = rows(MoveWish.member_id)
check_ins = rows(CheckIn.member_id)
adults = rows(NamedAdult.member_id, NamedAdult.adult_id)


def letters(leaver: Leaver) -> bool:
    """Letters to her go, and those of hers that nobody has opened. One that was opened stays with whoever it is for, as
    other words of hers do, unless she takes them along."""
    hers = FarewellLetter.by_id == leaver.id
    if not leaver.takes_words_along:
        hers &= FarewellLetter.opened_at.is_(None)
    with transaction() as s:
        s.execute(delete(FarewellLetter).where(or_(FarewellLetter.to_id == leaver.id, hers)))
    return True
