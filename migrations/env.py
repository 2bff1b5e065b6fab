"""Migrations run on the engine the process has already opened, so SQLite's settings hold here too."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, event, text

from community import tables

config = context.config


def run() -> None:
    """SQLite: table copies need foreign keys off meanwhile and checked afterwards."""
    engine = create_engine(config.get_main_option("sqlalchemy.url") or "")
    sqlite = engine.dialect.name == "sqlite"
    if sqlite:

        @event.listens_for(engine, "connect")
        def connected(raw, _record):  # type: ignore[no-untyped-def]
            raw.isolation_level = None
            raw.execute("PRAGMA busy_timeout = 5000")
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute("PRAGMA foreign_keys = OFF")

        @event.listens_for(engine, "begin")
        def begun(connection):  # type: ignore[no-untyped-def]
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=tables.METADATA,
            render_as_batch=sqlite,
            compare_type=True,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            if not sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(4711)"))
            context.run_migrations()
        if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError("a migration left rows that point nowhere")
    engine.dispose()


run()
