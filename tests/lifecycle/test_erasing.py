"""Erasure: every table, to the last word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import JSON, func, select

from community.core import audit, erasures
from community.core.db import session, transaction
from community.lifecycle import erasing, leaving
from community.lifecycle.erasing import Goes
from community.members.models import Member
from community.moving.models import Departure
from community.streams.models import Piece
from community.tables import METADATA
from tests.lifecycle.going import leave, nights
from tests.lifecycle.whole_life import CANARY, fill, member_keys
from tests.make import Make
from tests.world import World


def long_after(departure: Departure) -> None:
    """The first nights, and one after everything that waited."""
    nights(departure.due_at, 3)
    nights(departure.due_at + timedelta(days=91))


def found(words: str) -> set[str]:
    """Where words stand: every column of every table."""
    places = set()
    for table in METADATA.tables.values():
        for row in session().execute(select(table)):
            for column, value in row._mapping.items():
                if words in str(value):
                    places.add(f"{table.name}.{column}")
    return places


def numbers(member_id: int) -> set[str]:
    """The tables in which a member's number stands in a column made for it."""
    places = set()
    for table in METADATA.tables.values():
        for key in (one for one in member_keys(table) if not isinstance(table.c[one].type, JSON)):
            if session().scalar(select(func.count()).select_from(table).where(table.c[key] == member_id)):
                places.add(table.name)
    return places


def test_every_table_that_knows_a_member_says_what_becomes_of_it() -> None:
    known = {table.name for table in METADATA.tables.values() if member_keys(table)}
    assert known <= set(erasing.ERASED)
    beside = {"waiting_edit", "announcement", "outbox_letter", "job_occurrence"}  # her numbers in them are in JSON
    assert set(erasing.ERASED) <= known | beside
    for name, fate in erasing.ERASED.items():
        if not isinstance(fate, Goes):
            assert len(fate.why) > 5 and str(fate.until), name


@pytest.mark.parametrize("choice", ["named", "nameless", "removed"])
def test_no_word_of_hers_is_left_but_what_she_chose_to_leave(world: World, make: Make, choice: str) -> None:
    world.piece("own-tuva")
    with transaction() as s:
        row = s.get_one(Member, world.id("tuva"))
        row.display_name = f"{CANARY} name"
    make.thread("tuva", text=f"{CANARY} said", title=f"{CANARY} title")
    fill(world, "tuva")
    member_id = world.id("tuva")
    assert len(found(CANARY)) > 40
    departure = leave(world, "tuva", choice)
    long_after(departure)
    session().expire_all()
    assert session().get_one(Departure, departure.id).erased_at is not None
    said = {"piece.text", "piece.html", "piece.title"}
    stays = {"named": {"member.display_name", *said}, "nameless": said, "removed": set()}[choice]
    staffs = {name for name, fate in erasing.ERASED.items() if not isinstance(fate, Goes)}
    left = {place for place in found(CANARY) if place.split(".")[0] not in staffs}
    assert left == stays
    goes = {name for name, fate in erasing.ERASED.items() if isinstance(fate, Goes)}
    walls = {"exclusion", "separation"} if choice != "removed" else set()
    by_staff = {"work_end", "two_person_turn"}  # numbers of those who did something about somebody else
    expected = {"piece", "concern", "concern_step", "case_step"} | by_staff | walls
    assert numbers(member_id) & goes <= expected
    assert audit.verify({}).bad is None
    assert [one.member for one in erasures.read()] == [member_id]


def test_two_runs_change_nothing_the_second_time(world: World, make: Make) -> None:
    fill(world, "tuva")
    departure = leave(world, "tuva", "removed")
    long_after(departure)
    before = _everything()
    long_after(departure)
    assert _everything() == before


def _everything() -> dict[str, list[Any]]:
    session().expire_all()
    return {table.name: sorted(map(repr, session().execute(select(table)).all())) for table in METADATA.tables.values()}


def test_what_stood_without_a_name_goes_on_nights_of_its_own(world: World, make: Make) -> None:
    ids = [make.thread("tuva").opening_id for _n in range(8)]
    with transaction() as s:
        for piece in s.scalars(select(Piece).where(Piece.id.in_(ids))):
            piece.unnamed = True
    departure = leave(world, "tuva", "removed")
    gone = []
    for night in range(leaving.streams.SCATTERED + 1):
        nights(departure.due_at + timedelta(days=night), 1)
        left = select(func.count()).where(Piece.id.in_(ids), Piece.state == "published")
        gone.append(8 - (session().scalar(left) or 0))
    assert gone[-1] == 8 and gone[0] < 8 and len(set(gone)) > 2
