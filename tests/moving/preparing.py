"""Moves as rows, for what is prepared for them and asked after: somebody on her way, and somebody who has moved."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import update

from community.core import clock, crypto
from community.core.db import new_id, session, transaction
from community.members.models import Duty, MembershipPeriod
from community.moving import letter_writing, preparing
from community.moving.models import Move
from community.moving.prepared_models import FarewellLetter
from community.notices.cards import cards_for
from community.notices.models import OwnCard
from tests.world import World


def on_her_way(world: World, who: str, days: int = 12, kind: str = "planned", *, letters: bool = True) -> int:
    """A move of hers, so many days from now; returns its id."""
    viewer = world.viewer(who)
    with transaction() as s:
        move = Move(member_id=viewer.id, house_id=viewer.house_id, kind=kind, is_open=True, version=1)
        move.moves_on, move.made_by, move.made_at = clock.today() + timedelta(days=days), viewer.id, clock.now()
        s.add(move)
        s.flush()
        move_id = move.id
    if letters:
        preparing.wish(viewer, session().get_one(Move, move_id), letters=True)
    return move_id


def has_moved(world: World, who: str, ago: int = 0, kind: str = "planned") -> int:
    """The same, so many days ago, and done: she has moved out since."""
    move_id = on_her_way(world, who, -ago, kind, letters=False)
    day_comes(move_id)
    return move_id


def has_moved_before(world: World, who: str, by: str, words: str) -> int:
    """Somebody who moved out long ago, with a letter of that day, which she has opened; returns the move."""
    viewer, at = world.viewer(who), clock.now()
    with transaction() as s:
        move = Move(member_id=viewer.id, house_id=viewer.house_id, kind="planned", is_open=None, version=1)
        move.moves_on, move.made_by, move.made_at, move.done_at = clock.today() - timedelta(days=7), viewer.id, at, at
        s.add(move)
        s.flush()
        given = {"move_id": move.id, "to_id": viewer.id, "by_id": world.id(by), "state": "sealed"}
        row = FarewellLetter(id=new_id(), **given, written_at=at, changed_at=at, opened_at=at, version=1)
        row.text_sealed = crypto.seal(words, f"farewell_letter:{row.id}:text")
        s.add(row)
        s.flush()
        return move.id


def day_comes(move_id: int) -> None:
    """What the day of a move does to her periods."""
    with transaction() as s:
        move = s.get_one(Move, move_id, populate_existing=True)
        begins = max(move.moves_on, date(2000, 1, 1))
        hers = (MembershipPeriod.member_id == move.member_id) & MembershipPeriod.to_on.is_(None)
        s.execute(update(MembershipPeriod).where(hers).values(to_on=begins))
        s.add(MembershipPeriod(member_id=move.member_id, kind="alumnus", house_id=move.house_id, from_on=begins))
        move.is_open, move.done_at = None, clock.now()
        s.flush()


def contact(world: World, who: str, of: str) -> None:
    """Somebody is the contact of a member from today on."""
    with transaction() as s:
        s.add(Duty(member_id=world.id(who), kind="key_worker", resident_id=world.id(of), from_on=clock.today()))
        s.flush()


def letter(world: World, by: str, to: str, words: str = "ett brev") -> FarewellLetter:
    row = letter_writing.write(world.viewer(by), world.id(to), words)
    session().refresh(row)
    session().expunge(row)  # readable also after a request has given the session back
    return row


def cards(world: World, who: str) -> list[OwnCard]:
    return cards_for(world.viewer(who))
