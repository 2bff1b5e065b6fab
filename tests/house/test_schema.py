"""Migrations: up from nothing, one head, and the models describe what they make, on both databases."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from community.core import schema
from community.tables import METADATA


def test_up_from_nothing_the_models_are_what_is_there(database_copies: Any) -> None:
    url = database_copies.copy("migrated", schema.upgrade)
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
        assert set(inspect(connection).get_table_names()) - {"alembic_version"} == set(METADATA.tables)
    engine.dispose()
    schema.upgrade(url)  # a second time changes nothing


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory.from_config(schema.alembic_config("sqlite://")).get_heads()) == 1


def test_every_moment_is_aware_and_every_constraint_has_a_name() -> None:
    for table in METADATA.tables.values():
        assert all(constraint.name for constraint in table.constraints), table.name
        for column in table.columns:
            if type(column.type).__name__ in ("DateTime", "TIMESTAMP"):
                raise AssertionError(f"{table.name}.{column.name} is no UtcDateTime")
