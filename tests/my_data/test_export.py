"""What is in the file: all that is hers, and nothing that is somebody else's."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import or_, select

from community.core.db import Base, session
from community.core.errors import NotFound
from community.my_data.tables import DERIVED, SIDES, TABLES
from community.streams import queries as streams
from tests.my_data.filled import FOR_ALL, THERE, Filled
from tests.my_data.taking import taken
from tests.world import World

TOLD_OTHERWISE = {
    ("act", "reason"),  # a word of a list, told as its sentence or not at all
    ("reading", "what"),
    ("reading", "reason"),
    ("connection", "ended_why"),
}
SHOWN = ("notice", "mention")


def test_hers_is_in_it_and_nobody_elses(app: Flask, world: World) -> None:
    """Every table, every column of words: hers as it stands, the other's nowhere."""
    with app.app_context():
        filled = Filled(world, "amina", "tuva")
    file = taken(app, world, "amina")
    everything = "\n".join(file.files.values())
    strange = [place for code, *place in filled.of("o") if code in everything]
    assert strange == []
    missing = [
        (table, column)
        for code, table, column in filled.of("m")
        if TABLES[table].gives and column not in TABLES[table].leaves and (table, column) not in TOLD_OTHERWISE
        if code not in file.files["data.json"]
    ]
    assert missing == []
    told_as = (DERIVED, SIDES)
    stays = [
        (table, column)
        for code, table, column in filled.of("m")
        if TABLES[table].leaves.get(column, DERIVED) not in told_as or column == "adult_words_sealed"
        if code in everything
    ]
    assert stays == []


def test_every_table_with_her_number_is_in_it(app: Flask, world: World) -> None:
    """As many rows as the database has with her number, table by table; what is about a text that is not there for her
    is not there either."""
    with app.app_context():
        Filled(world, "amina", "tuva")
    file = taken(app, world, "amina")
    with app.app_context():
        for name, kept in TABLES.items():
            if name in {*FOR_ALL, "talk"} or not kept.hers:  # a group has no two; its rows are in stream_member
                continue
            columns = Base.metadata.tables[name].columns
            hers = or_(*(columns[column] == world.id("amina") for column in kept.hers))
            rows = session().execute(select(columns[0].table).where(hers)).all()
            held = [row for row in rows if name not in SHOWN or _is_there(world, row.piece_id)]
            assert len(file.tables[name]) == len(held), name
            assert held or name in THERE, name


def test_how_often_she_stands_elsewhere(app: Flask, world: World) -> None:
    with app.app_context():
        Filled(world, "amina", "tuva")
    told = taken(app, world, "amina").data["elsewhere"]
    did = {f"{name}.{column}" for name, kept in TABLES.items() for column in kept.did if name not in FOR_ALL | THERE}
    assert set(told) >= did - {"handover.accepted_by"} and min(told.values()) > 0
    apart = {f"{name}.{column}" for name, kept in TABLES.items() for column in kept.apart}
    assert not apart & set(told), "who said what about her is not even counted"


def _is_there(world: World, piece_id: int) -> bool:
    try:
        streams.piece_for(world.viewer("amina"), piece_id)
    except NotFound:
        return False
    return True
