"""Bringing a database to the present schema, from any older one or from nothing (Alembic)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from community.core import db

ROOT = Path(__file__).parents[2]


def alembic_config(url: str) -> Config:
    """Alembic's settings for one database."""
    found = Config()
    found.set_main_option("script_location", str(ROOT / "migrations"))
    found.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return found


def upgrade(url: str) -> None:
    """Run the migrations that are missing. Safe to call at every start."""
    db.remove()
    command.upgrade(alembic_config(url), "head")


def knows(revision: str) -> bool:
    """Whether this program's migrations lead through `revision`: False for what a newer program made."""
    script = ScriptDirectory.from_config(alembic_config("sqlite://"))
    return revision in {found.revision for found in script.walk_revisions()}
