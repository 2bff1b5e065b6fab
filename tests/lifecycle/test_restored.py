"""An older copy is put back: whoever was erased since does not come back with it, from an encrypted backup, on either
database, here and on another machine, and not by a second restore from the list that the first one left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text, update

from community.core import audit, clock, crypto, db, erasures
from community.core.db import session, transaction
from community.lifecycle import leaving, restored
from community.members.models import Member
from tests.fixtures import SECRET
from tests.installation import Place
from tests.lifecycle.going import leave, nights
from tests.lifecycle.whole_life import CANARY
from tests.make import Make
from tests.world import World

ELSEWHERE = "the secret of another machine, drawn at its first start"


@pytest.fixture
def world_id(place: Place) -> int:
    return World().id("tuva")


@pytest.fixture
def backup(place: Place, world_id: int) -> Path:
    """A backup with Tuva in it, who has been erased since."""
    world = World()
    with transaction() as s:
        s.execute(update(Member).where(Member.id == world_id).values(display_name=f"{CANARY} name"))
    for number in range(3):
        Make(world).thread("tuva", text=f"{CANARY} {number}", title=f"{CANARY} {number}")
    file = place.backup()
    departure = leave(world, "tuva", "removed")
    nights(departure.due_at, 2)
    db.remove()
    return file


def words_in(url: str, words: str) -> list[str]:
    """Where words stand in a database that nobody else has open: every column, and on SQLite its files."""
    engine, places = create_engine(url), []
    with engine.connect() as line:
        tables = list(line.execute(text(_TABLES[engine.dialect.name])).scalars())
        for table in tables:
            rows = line.execute(text(f'SELECT * FROM "{table}"'))
            places += [table for row in rows if any(words in str(value) for value in row)]
    engine.dispose()
    if engine.dialect.name == "sqlite":
        file = Path(engine.url.database or "")
        places += [one.name for one in file.parent.glob(f"{file.name}*") if words.encode() in one.read_bytes()]
    return sorted(set(places))


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


def listed(folder: Path) -> list[int]:
    return [one.member for one in erasures.read(folder / "anchors" / erasures.NAME)]


def test_she_is_in_the_backup_and_not_in_what_was_restored(place: Place, backup: Path, world_id: int) -> None:
    copy = place.folder / "empty.jsonl"
    copy.write_text("")
    code, said = place.restore(backup, "--erased", str(copy))
    assert (code, "0 of 0" in said) == (0, True), said
    assert "member" in words_in(place.restored_to, CANARY), "without the list she would be back"
    (place.folder / "new").rename(place.folder / "with-her")
    code, said = place.restore(backup)
    assert (code, "1 of 1 on the list" in said) == (0, True), said
    assert words_in(place.restored_to, CANARY) == []
    gone = place.ask(f"SELECT left_at FROM member WHERE id = {world_id}", place.restored_to)
    assert gone != [None] and len(gone) == 1
    assert place.ask("SELECT count(*) FROM departure WHERE gone_at IS NOT NULL", place.restored_to) == [1]
    assert place.ask("SELECT display_name FROM member WHERE sign_in_name = 'amina'", place.restored_to) == ["Amina"]
    assert listed(place.folder / "new") == [world_id]
    assert session().get_one(Member, world_id).left_at is not None  # and this process is at home again
    assert audit.verify({}).bad is None


def test_on_another_machine_the_list_is_opened_with_the_secret_of_the_backup(
    place: Place, backup: Path, world_id: int
) -> None:
    """The drill: a fresh folder there has drawn a secret of its own."""
    copy = place.folder / "carried.jsonl"
    copy.write_text(erasures.where().read_text())
    with crypto.using(ELSEWHERE, None):
        code, said = place.restore(backup, "--foreign", "--erased", str(copy))
    assert (code, "1 of 1 on the list" in said) == (0, True), said
    assert words_in(place.restored_to, CANARY) == []
    assert listed(place.folder / "new") == [world_id]


def test_lines_no_secret_opens_are_named_and_fail_the_command(place: Place, backup: Path) -> None:
    copy = place.folder / "carried.jsonl"
    with crypto.using(ELSEWHERE, None):
        copy.write_text("")
        with erasures.kept_in(place.folder / "theirs"):
            erasures.note(erasures.Erasure(1, "removed", "2026-03-14T18:00:00+00:00"))
            copy.write_text(erasures.where().read_text())
    code, said = place.restore(backup, "--erased", str(copy))
    assert (code, "1 lines of" in said, "another SECRET_KEY" in said) == (1, True, True), said


def test_the_list_of_what_was_restored_keeps_those_who_were_not_in_it(place: Place, backup: Path) -> None:
    """Else an older backup, restored there, would bring them back."""
    with transaction():
        erasures.note(erasures.Erasure(41, "named", "2026-03-14T18:00:00+00:00"))
    assert place.restore(backup)[0] == 0
    assert 41 in listed(place.folder / "new")


def test_where_erasing_fails_there_is_nothing_to_use(
    place: Place, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed there, or stopped: the folder is not there, instead of one with her in it."""
    seen: list[bool] = []

    def stops(*_any: object) -> int:
        seen.append((place.folder / "new").exists())
        raise OSError(5, "the disk has gone", "disk")

    monkeypatch.setattr(leaving, "replay", stops)
    assert place.restore(backup)[0] == 1
    assert seen == [False] and not (place.folder / "new").exists()


def test_postgresql_alone_without_a_folder(place: Place, backup: Path) -> None:
    if place.sqlite:
        return  # a SQLite backup always has a folder
    alone = place.empty()
    code, said = place.flask("restore", str(backup), "--key", str(place.key), "--database-url", alone)
    assert (code, "1 of 1 on the list" in said) == (0, True), said
    assert words_in(alone, CANARY) == []


def test_twice_changes_nothing_the_second_time(place: Place, backup: Path) -> None:
    assert place.restore(backup)[0] == 0
    new = place.folder / "new"
    url = None if place.sqlite else place.restored_to
    again = restored.list_of(new / "anchors" / erasures.NAME)
    with crypto.using(SECRET, None):
        restored.erase_anew(again, house=new, url=url)
    assert (again.erased, again.unknown) == (0, 0)
    assert len(listed(new)) == 1


def test_whoever_is_on_the_list_can_not_take_it_back(place: Place) -> None:
    """Killed between the list and the deed: it is being done, and a restore would do it in any case."""
    world = World()
    departure = leave(world, "tuva", "removed")
    with clock.at(departure.due_at + timedelta(seconds=1)), transaction():
        erasures.note(erasures.Erasure(departure.member_id, "removed", clock.now().isoformat()))
    with pytest.raises(leaving.Conflict):
        leaving.stay(replace(world.viewer("tuva"), password_at=clock.now()))
    nights(departure.due_at)
    assert session().get_one(Member, departure.member_id, populate_existing=True).left_at is not None
