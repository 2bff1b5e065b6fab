"""Files made for one member beside everything else: the row that says how far one is, and the sealed file it names.

Whoever makes one runs in a process of its own and may be killed at any point: nobody finds a file before its row names
it, and the row does so once the last byte is on the disk. Whoever comes next begins anew, three times in all. Rooms
say what is made, who may ask, and who is told.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from community.core import clock, crypto, sealed_streams
from community.core.db import new_id, session, transaction

A_DAY = 24 * 3600.0
STATES = ("asked", "making", "ready", "failed", "gone")
WHYS = ("full", "broken", "removed", "over", "newer")
"""Why one failed (no room, or it broke three times), or has gone (she removed it, its days are over, a newer one)."""
MOST_TRIES = 3
GOOD_FOR = timedelta(days=7)
KEPT = timedelta(days=90)  # the row of one that has gone, without its file
SILENT = timedelta(minutes=3)  # so long without a sign, whoever made it has died


class MadeFile:
    """The columns of one file for one member. `is_open` is true or empty, so that she has one under way. `done_parts`
    of `parts` are read; `tries` counts beginnings, `worked_at` is the last sign of whoever makes it. `file`: its name
    in its folder, which nobody can guess; it is sealed with a key of its own, and both go with it."""

    __tablename__: str
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    language: Mapped[str] = mapped_column(String(2))
    is_open: Mapped[bool | None]
    state: Mapped[str] = mapped_column(String(8), default="asked")
    asked_at: Mapped[datetime]
    done_parts: Mapped[int] = mapped_column(default=0)
    parts: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    worked_at: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    good_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    why: Mapped[str | None] = mapped_column(String(8))
    file: Mapped[str | None] = mapped_column(String(64))
    key_sealed: Mapped[str | None] = mapped_column(Text)
    size: Mapped[int] = mapped_column(default=0)

    def sealed_place(self) -> str:
        """What the sealed key is bound to: its table, its row, its column."""
        raise NotImplementedError

    @property
    def is_over(self) -> bool:
        """Ready once, and its days have passed, whether the job has been there or not."""
        return self.state == "ready" and self.good_until is not None and self.good_until <= clock.now()


def one_of(column: str, words: tuple[str, ...]) -> CheckConstraint:
    """The constraint of a column that holds one of a few words."""
    return CheckConstraint(f"{column} IN ({', '.join(map(repr, words))})", name=column)


Row = TypeVar("Row", bound=MadeFile)


class Folder:
    """Where such files lie: outside everything that is served, sealed, under names nobody can guess."""

    def __init__(self, name: str) -> None:
        self.name, self._place = name, Path()
        self._configured = False

    def configure(self, data: Path) -> None:
        """Once per process: the data folder of this installation."""
        self._place, self._configured = data / self.name, True

    def place(self) -> Path:
        """The folder; made at the first asking, for this system's own user alone."""
        assert self._configured, "the folder of made files was not configured"
        self._place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._place

    def path_of(self, name: str) -> Path:
        """A file by its name, as its row has it. Raises ValueError for what is no such name."""
        if len(name) != 48 or not all(char in "0123456789abcdef" for char in name):
            raise ValueError("no name of ours")
        return self.place() / name

    def remove(self, name: str | None) -> None:
        """Let a file go; what has gone already is fine."""
        if name is not None:
            self.path_of(name).unlink(missing_ok=True)

    def clear_strays(self, named: Collection[str]) -> int:
        """Remove what no row names: halves that a killed process left. Not what is younger than a day: somebody may be
        at it. Returns how many."""
        strays = [path for path in self.place().iterdir() if path.name not in named and _is_old(path)]
        for path in strays:
            path.unlink(missing_ok=True)
        return len(strays)

    def pieces(self, row: MadeFile) -> Iterator[bytes]:
        """What a row's file says, opened. The row names one."""
        assert row.file is not None and row.key_sealed is not None
        return sealed_streams.opened(self.path_of(row.file), crypto.unseal(row.key_sealed, row.sealed_place()))

    def has(self, row: MadeFile) -> bool:
        """Whether the file a row names can be fetched now."""
        there = row.state == "ready" and not row.is_over and row.file is not None and row.key_sealed is not None
        return there and self.path_of(str(row.file)).exists()


def new_name() -> str:
    """A name for a file."""
    return secrets.token_hex(24)


class Makings(Generic[Row]):
    """How the rows of one table live. `say` tells whoever it belongs to, inside the transaction that changed it."""

    def __init__(self, model: type[Row], folder: Folder, say: Callable[[Row], None]) -> None:
        self.model, self.folder, self._say = model, folder, say

    def start(self, id_: int, parts: int, file: str) -> Row | None:
        """Whoever makes it begins, under a name for the file, or begins anew after somebody died at it, whose half
        goes; None when there is nothing to make. Given up after three beginnings."""
        with transaction() as s:
            row = self._locked(id_)
            if row is None or not row.is_open:
                return None
            if row.tries >= MOST_TRIES:
                self.end(id_, "failed", "broken")
                return None
            self.folder.remove(row.file)
            row.tries, row.state, row.parts, row.done_parts, row.file = row.tries + 1, "making", parts, 0, file
            row.worked_at = clock.now()
            s.flush()
            self._say(row)
            return row

    def note_progress(self, id_: int, file: str, done: int) -> bool:
        """So many parts are read. False when it was stopped meanwhile, or another began anew."""
        with transaction() as s:
            row = self._locked(id_)
            if row is None or not row.is_open or row.file != file:
                return False
            row.done_parts, row.worked_at = done, clock.now()
            s.flush()
            self._say(row)
            return True

    def finish(self, id_: int, file: str, key: str, size: int, then: Callable[[Row], None]) -> bool:
        """The file is whole: it can be fetched for seven days; `then` does what else belongs to that moment. False when
        somebody was faster, or it was stopped."""
        with transaction() as s:
            row = self._locked(id_)
            if row is None or not row.is_open or row.file != file:
                return False
            then(row)
            now = clock.now()
            row.state, row.is_open, row.size = "ready", None, size
            row.done_parts, row.ready_at, row.good_until = row.parts, now, now + GOOD_FOR
            row.key_sealed = crypto.seal(key, row.sealed_place())
            s.flush()
            self._say(row)
            return True

    def end(self, id_: int, state: str, why: str, then: Callable[[Row], None] | None = None) -> None:
        """One fails or goes: its key is forgotten with its file, so that what a disk may still hold opens for nobody.
        `then` is done where it was ready."""
        with transaction() as s:
            row = self._locked(id_)
            if row is None or row.state == "gone":
                return
            was_ready = row.state == "ready"
            self.folder.remove(row.file)
            row.state, row.why, row.is_open, row.ended_at = state, why, None, clock.now()
            row.file = row.key_sealed = None
            if was_ready and then is not None:
                then(row)
            s.flush()
            self._say(row)

    def waiting(self, now: datetime) -> list[tuple[int, datetime]]:
        """What is to be made, and since when: what nobody is at, or nobody has given a sign of for minutes."""
        one = self.model
        idle = or_(one.worked_at.is_(None), one.worked_at <= now - SILENT, one.worked_at > now)
        asked = select(one.id, one.asked_at).where(one.is_open.is_(True), one.asked_at <= now, idle)
        return [(id_, at) for id_, at in session().execute(asked.order_by(one.asked_at))]

    def over(self, now: datetime) -> list[tuple[int, datetime]]:
        """Files whose days are over, and since when."""
        one = self.model
        ready = select(one.id, one.good_until).where(one.state == "ready", one.good_until <= now)
        return [(id_, until) for id_, until in session().execute(ready) if until is not None]

    def some_ready(self) -> bool:
        """Whether any can be fetched."""
        there = session().scalar(select(self.model.id).where(self.model.state == "ready").limit(1)) is not None
        session().rollback()
        return there

    def clear_out(self, now: datetime) -> int:
        """Rows of files that went long ago, and halves of files that no row names. Returns how many."""
        one: Any = self.model
        with transaction() as s:
            count = int(s.execute(delete(one).where(one.ended_at < now - KEPT)).rowcount)  # type: ignore[attr-defined]
        named = {name for name in session().scalars(select(one.file)) if name is not None}
        strays = self.folder.clear_strays(named)
        session().rollback()
        return count + strays

    def _locked(self, id_: int) -> Row | None:
        return session().get(self.model, id_, with_for_update=True, populate_existing=True)


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > A_DAY
    except FileNotFoundError:
        return False
