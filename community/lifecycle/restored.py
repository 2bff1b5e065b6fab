"""While an older copy of the database is put back: whoever was erased since is erased there, before it is there."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from community.core import compaction, db, erasures, schema
from community.lifecycle import leaving, leftovers


@dataclass
class Anew:
    """What a list of the erased did in a restored place. It is read with this place's secret and with the one of the
    backup: on another machine only the second opens it. `unknown`: lines neither of them opens, which erase nobody."""

    file: Path
    known: dict[int, erasures.Erasure]
    erased: int = 0

    @property
    def unknown(self) -> int:
        return len(erasures.lines(self.file)) - len(self.known)


def list_of(file: Path | None) -> Anew:
    """The list that was named, or this place's own, with what this place's secret opens of it."""
    path = file or erasures.where()
    return Anew(path, {one.member: one for one in erasures.read(path)})


def erase_anew(anew: Anew, *, house: Path | None, url: str | None) -> None:
    """Erase those of the list in the restored place, whose secrets are in use: bring its schema up to date for that,
    put all of them onto its list (in `house`; without one, PostgreSQL alone, onto this place's own), and write its
    files anew."""
    anew.known |= {one.member: one for one in erasures.read(anew.file)}
    if not anew.known:
        return
    address = url or f"sqlite:///{house / 'hearth.db' if house else ''}"
    with erasures.kept_in(house / "anchors") if house is not None else nullcontext():
        for one in anew.known.values():
            erasures.note(one)
        schema.upgrade(address)
        with db.elsewhere(address):
            anew.erased = leaving.replay(anew.known.values())
    if anew.erased:
        compaction.compact(address, leftovers.TABLES)
