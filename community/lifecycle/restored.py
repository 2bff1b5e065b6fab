"""After an older copy of the database was put back: whoever was erased since is erased there, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from community.core import compaction, crypto, db, erasures, schema
from community.lifecycle import leaving, leftovers


def erase_anew(known: Iterable[erasures.Erasure], *, into: Path | None, url: str | None) -> int:
    """Erase those of the list in the restored place, with its own secrets, bring its schema up to date for that, and
    write its files anew. Their numbers go onto its list. Returns how many were there."""
    erased = list(known)
    if not erased:
        return 0
    address = url or f"sqlite:///{into / 'hearth.db' if into else ''}"
    with _as_there(into):
        schema.upgrade(address)
        with db.elsewhere(address):
            count = leaving.replay(erased)
    if count:
        compaction.compact(address, leftovers.TABLES)
    return count


@contextmanager
def _as_there(into: Path | None) -> Iterator[None]:
    """With the secrets and the list of the restored folder; without one (PostgreSQL alone) with this place's own."""
    if into is None:
        yield
        return
    lines = (into / "restored.env").read_text().splitlines()
    secrets = dict(line.split("=", 1) for line in lines)
    there = crypto.using(secrets["SECRET_KEY"], secrets.get("ENCRYPTION_KEYS"))
    with there, erasures.kept_in(into / "anchors"):
        yield
