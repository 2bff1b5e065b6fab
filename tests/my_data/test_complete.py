"""Nothing kept about a member is forgotten: every table, and every column with a member's number, is accounted for."""

from __future__ import annotations

import importlib
import importlib.util

import pytest

from community.my_data import words
from community.my_data.chapters import CHAPTERS
from community.my_data.tables import TABLES, Kept
from community.tables import METADATA
from tests.my_data.holds import columns_of, member_columns

GIVEN = {name: kept for name, kept in TABLES.items() if kept.gives is not None}


def test_every_table_is_given_or_says_why_not() -> None:
    assert set(TABLES) == set(METADATA.tables)
    silent = {name for name, kept in TABLES.items() if kept.gives is None and kept.why is None}
    assert silent == set()


@pytest.mark.parametrize("name", sorted(METADATA.tables))
def test_every_column_with_a_members_number_is_named(name: str) -> None:
    kept = TABLES[name]
    named = {*kept.hers, *kept.did, *kept.apart}
    assert named >= member_columns(METADATA.tables[name]), "say in my_data/tables.py whose number this is"
    assert named <= columns_of(name)
    assert set(kept.leaves) <= columns_of(name)


def test_a_row_that_is_hers_is_given() -> None:
    assert {name for name, kept in TABLES.items() if kept.hers and kept.gives is None} == set()


def test_what_stays_here_says_why() -> None:
    assert [
        name for name, kept in TABLES.items() for why in (*kept.leaves.values(), *kept.apart.values()) if not why
    ] == []


def test_every_table_that_is_given_has_its_chapter() -> None:
    placed = [table for chapter in CHAPTERS for table in chapter.tables]
    assert sorted(placed) == sorted(GIVEN)


def test_every_key_is_described() -> None:
    keys = {
        column.removesuffix("_sealed")
        for name, kept in GIVEN.items()
        for column in columns_of(name) - set(kept.leaves)
        if column not in kept.hers or column not in ("member_id", "author_id")
    }
    unspoken = {key for key in keys if words.key(key) is None} - _hers_alone()
    assert unspoken == set()


def test_the_walk_notices_what_is_missing() -> None:
    """The test above is worth something only when it is red for a column nobody named."""
    kept = Kept(TABLES["sanction"].gives, hers=("member_id",))
    assert not {*kept.hers, *kept.did} >= member_columns(METADATA.tables["sanction"])
    assert "actor_id" in member_columns(METADATA.tables["audit_line"])
    assert "member_ids" in member_columns(METADATA.tables["chat_present"])


@pytest.mark.skipif(importlib.util.find_spec("community.lifecycle.erasing") is None, reason="there is no erasure yet")
def test_every_table_is_in_the_erasure_too() -> None:
    erased = importlib.import_module("community.lifecycle.erasing").ERASED
    hold = {name for name, table in METADATA.tables.items() if member_columns(table)}
    assert hold <= set(erased)


def _hers_alone() -> set[str]:
    """Columns that say whose row it is; where it is hers they say nothing."""
    return {column for kept in TABLES.values() for column in kept.hers}
