"""Not a byte of hers in the database's files, whatever killed the erasure on its way; and nobody comes back with an
older copy."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, make_url, select, text, update

from community.core import clock, compaction, db, erasures, jobs, ratelimit
from community.core.db import session, transaction
from community.lifecycle import leaving, leftovers
from community.lifecycle.erasing import ERASED, Goes
from community.members.models import Member
from community.moving.models import Departure
from community.streams.models import Piece, PieceRevision
from tests.lifecycle.going import leave, nights
from tests.lifecycle.test_erasing import found, long_after
from tests.lifecycle.whole_life import CANARY, fill
from tests.make import Make
from tests.world import World

GOES = {name for name, fate in ERASED.items() if isinstance(fate, Goes)}
Own = tuple[Engine, World]


def files_of(engine: Engine) -> list[Path]:
    """The files that hold the tables, as they stand on the disk now."""
    if engine.dialect.name == "sqlite":
        path = Path(make_url(str(engine.url)).database or "")
        return [file for file in path.parent.glob(f"{path.name}*") if not file.name.endswith(".reserve")]
    with engine.connect() as line:
        line.execute(text("CHECKPOINT"))
        folder = str(line.execute(text("SHOW data_directory")).scalar_one())
        number = line.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    return [file for file in (Path(folder) / "base" / str(number)).iterdir() if file.is_file()]


def bytes_in_files(engine: Engine, words: str) -> list[str]:
    return [file.name for file in files_of(engine) if words.encode() in file.read_bytes()]


def a_life(world: World, name: str, posts: int = 40) -> None:
    """Much of hers, long and short, so that pages fill, split and join again."""
    with transaction() as s:
        s.execute(update(Member).where(Member.id == world.id(name)).values(display_name=f"{CANARY} name"))
    make = Make(world)
    with ratelimit.ignored():
        for number in range(posts):
            make.thread(name, text=f"{CANARY} {number} " + "x" * (number * 37 % 900), title=f"{CANARY} {number}")
    fill(world, name, GOES | {"review_case", "pin"})


def test_not_a_byte_is_left_in_the_files(own_database: Own) -> None:
    engine, world = own_database
    a_life(world, "tuva")
    departure = leave(world, "tuva", "removed")
    assert bytes_in_files(engine, CANARY)
    long_after(departure)
    db.remove()
    assert found(CANARY) == set()
    db.remove()
    assert bytes_in_files(engine, CANARY), "no row has them, the files do: so the night's rewriting is what takes them"
    compaction.compact(engine.url.render_as_string(hide_password=False), leftovers.TABLES)
    assert bytes_in_files(engine, CANARY) == []


@pytest.mark.parametrize("left_out", ["overwriting", "the log"])
def test_each_half_of_it_left_out_is_found(own_database: Own, left_out: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What SQLite does by two means: neither can be taken out unseen."""
    engine, world = own_database
    if engine.dialect.name != "sqlite":
        return  # rewriting is all there is there
    path = Path(engine.url.database or "")
    a_life(world, "tuva")
    departure = leave(world, "tuva", "removed")
    if left_out == "overwriting":
        event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA secure_delete = OFF"))
    db.remove()
    engine.dispose()
    long_after(departure)
    db.remove()
    if left_out == "overwriting":
        with closing(sqlite3.connect(path, isolation_level=None)) as line:
            assert line.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    else:
        with monkeypatch.context() as patched:
            patched.setattr(compaction, "_empty_log", lambda _line: None)
            compaction.compact(str(engine.url), ())
    assert found(CANARY) == set()
    db.remove()
    expected = path.name if left_out == "overwriting" else f"{path.name}-wal"
    assert expected in bytes_in_files(engine, CANARY)
    compaction.compact(str(engine.url), ())
    assert bytes_in_files(engine, CANARY) == []


def test_the_night_after_is_one_in_which_the_files_are_written_anew(own_database: Own) -> None:
    _engine, world = own_database
    assert not leftovers.there_are(clock.now())
    departure = leave(world, "tuva", "removed")
    assert not leftovers.there_are(departure.due_at)
    nights(departure.due_at)
    with clock.at(departure.due_at + timedelta(hours=1)):
        assert leftovers.there_are(clock.now())
    with clock.at(departure.due_at + timedelta(days=40)):
        nights(clock.now() - timedelta(minutes=1), 1)
        assert leftovers.there_are(clock.now())
    assert not leftovers.there_are(departure.due_at + timedelta(days=50))


def test_writers_go_on_after_it_and_nothing_is_lost(own_database: Own) -> None:
    engine, world = own_database
    before = session().scalar(select(func.count()).select_from(Piece))
    db.remove()
    took = compaction.compact(engine.url.render_as_string(hide_password=False), leftovers.TABLES)
    assert took
    Make(world).thread("vera")
    assert session().scalar(select(func.count()).select_from(Piece)) == (before or 0) + 1


def _in_a_child(url: str, due: jobs.Due, moment: datetime) -> int:
    """The job in a process of its own; returns its number."""
    child = os.fork()
    if child:
        return child
    try:
        db.engine().dispose(close=False)
        db.configure(url)
        with clock.at(moment):
            leaving.JOBS[1].run(due)
    finally:
        os._exit(0)


@pytest.mark.timeout(240)
def test_killed_anywhere_it_finishes_on_the_next_run_and_nobody_sees_half_of_it(own_database: Own) -> None:
    engine, world = own_database
    url = engine.url.render_as_string(hide_password=False)
    dice, killed = random.Random(1907), 0
    for name, choice in (("tuva", "removed"), ("vera", "removed"), ("johanna", "nameless")):
        a_life(world, name, posts=12)
        departure = leave(world, name, choice)
        member_id, id_ = departure.member_id, departure.id
        due, moment = jobs.Due(str(id_), departure.due_at), departure.due_at + timedelta(minutes=1)
        db.remove()
        db.engine().dispose()
        for _round in range(25):
            child = _in_a_child(url, due, moment)
            time.sleep(dice.uniform(0.0, 0.12))
            os.kill(child, signal.SIGKILL)
            _pid, status = os.waitpid(child, 0)
            killed += os.WIFSIGNALED(status)
            _nobody_is_half_gone(member_id, choice)
            if session().get_one(Departure, id_, populate_existing=True).erased_at is not None:
                break
            db.remove()
            db.engine().dispose()
        long_after(departure)
        assert session().get_one(Departure, id_, populate_existing=True).erased_at is not None
        _nobody_is_half_gone(member_id, choice)
    assert killed >= 10
    assert not session().scalar(select(func.count()).select_from(PieceRevision).where(PieceRevision.text == CANARY))


def _nobody_is_half_gone(member_id: int, choice: str) -> None:
    """Either she is a member as before, or nothing shows her."""
    session().rollback()
    member = session().get_one(Member, member_id, populate_existing=True)
    published = (Piece.author_id == member_id) & (Piece.state == "published") & Piece.unnamed.is_(False)
    standing = session().scalar(select(func.count()).select_from(Piece).where(published)) or 0
    if member.left_at is None:
        assert member.display_name and standing
    else:
        assert not member.display_name and not member.password_hash
        assert bool(standing) is (choice != "removed")
        assert member_id in {one.member for one in erasures.read()}


def test_a_line_put_into_the_list_erases_nobody(own_database: Own, tmp_path: Path) -> None:
    _engine, world = own_database
    erasures.note(erasures.Erasure(1, "removed", "2026-03-14T18:00:00+00:00"))
    file = erasures._folder / erasures.NAME
    forged = file.read_text().replace('"member": 1', f'"member": {world.id("tuva")}')
    file.write_text(file.read_text() + forged + "no line\n")
    assert [one.member for one in erasures.read()] == [1]
