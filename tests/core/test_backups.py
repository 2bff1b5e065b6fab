"""Backups: made while people write, restored into an empty place, opened before anything is believed."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from flask import Flask

import config
from community.core import anchors, audit, backups, clock, crypto, db, picture_files, sealed_files, snapshots
from community.core.errors import NotFound
from community.core.jobs import run_due
from community.home import housekeeping
from community.members.models import House
from tests.client import Browser
from tests.fixtures import SECRET
from tests.installation import Place
from tests.world import NOW, World

ROOT = Path(__file__).parents[2]


def _write_until(stop: threading.Event, started: threading.Event) -> None:
    """A row and its audit line, together or not at all, again and again."""
    number = 0
    while not stop.is_set():
        with db.transaction() as s:
            s.add(House(name=f"Written {number}"))
            audit.append(None, "test.written", f"number:{number}")
        number += 1
        started.set()
    db.remove()


def test_a_backup_made_while_people_write_is_whole_somewhere_else(place: Place) -> None:
    stop, started = threading.Event(), threading.Event()
    writer = threading.Thread(target=_write_until, args=(stop, started))
    writer.start()
    try:
        assert started.wait(20)
        file = place.backup()
    finally:
        stop.set()
        writer.join(20)
    code, said = place.restore(file)
    assert code == 0, said
    new = place.restored_to
    rows, lines = (
        place.ask(sql, new)
        for sql in (
            "SELECT name FROM house WHERE name LIKE 'Written %'",
            "SELECT subject FROM audit_line WHERE act = 'test.written'",
        )
    )
    assert 0 < len(rows) == len(lines) <= len(place.ask("SELECT name FROM house WHERE name LIKE 'Written %'"))
    head = place.ask("SELECT hash FROM audit_head", new)
    n = place.ask("SELECT n FROM audit_head", new)[0]
    assert head == place.ask(f"SELECT hash FROM audit_line WHERE n = {n}")
    sealed = place.ask("SELECT birth_on_sealed FROM member ORDER BY id", new)
    assert sealed == place.ask("SELECT birth_on_sealed FROM member ORDER BY id")
    assert sum(value is not None for value in sealed) > 5
    assert (place.folder / "new" / "pictures" / "cat.webp").read_bytes() == b"miaow" * 1000
    assert not (place.folder / "new" / "server.log").exists()


def test_one_signs_in_to_what_was_restored_and_its_chain_is_anchored(place: Place, app: Flask) -> None:
    assert place.restore(place.backup())[0] == 0
    new = place.folder / "new"
    assert config.load({"HEARTH_DATA": str(new)}).secret_key == SECRET
    assert (new / "restored.env").read_text() == f"SECRET_KEY={SECRET}\n"
    assert {stat.S_IMODE((new / name).stat().st_mode) for name in ("install.json", "restored.env")} == {0o600}
    db.configure(place.restored_to)
    anchors.configure(new / "anchors")
    assert Browser(app, World()).sign_in("amina").status_code == 303
    code, said = place.flask("audit", "verify")
    assert (code, "1 anchors" in said) == (0, True)
    db.remove()
    db.engine().dispose()


def test_nothing_of_it_can_be_read_without_the_key(place: Place) -> None:
    content = place.backup().read_bytes()
    for word in (b"amina", b"words of open", b"SQLite format", b"PGDMP", b"header.json", SECRET.encode(), b"miaow"):
        assert word not in content
    assert stat.S_IMODE(place.backup().stat().st_mode) == 0o600
    assert not list(place.settings.data.glob(".backup-*")), "nothing stays behind open"


def test_age_and_tar_alone_open_it(place: Place, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.from_str(place.key.read_text().splitlines()[1])
    (tmp_path / "by-hand.tgz").write_bytes(pyrage.decrypt(place.backup().read_bytes(), [identity]))
    listed = subprocess.run(["tar", "tzf", tmp_path / "by-hand.tgz"], capture_output=True, text=True, check=True)
    names = listed.stdout.split()
    assert names == ["header.json", "database", "secrets.json", "anchors/audit.jsonl", "files/pictures/cat.webp"]


def test_pictures_come_along_and_one_removed_meanwhile_is_not_missed(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = place.settings.data / "pictures"
    picture_files.configure(folder)
    stays, goes = (picture_files.keep({"320.webp": word * 999, "2048.jpg": word * 99_999}) for word in (b"a", b"b"))
    (folder / ".new-half").mkdir()
    (folder / ".new-half" / "320.webp").write_bytes(b"half")
    set_aside = backups._set_aside

    def removed_first(path: Path, copy: Path, *, may_change: bool) -> None:
        picture_files.remove(goes.name)
        set_aside(path, copy, may_change=may_change)

    monkeypatch.setattr(backups, "_set_aside", removed_first)
    assert place.restore(place.backup())[0] == 0
    assert picture_files.read(stays.name, stays.key, "2048.jpg") == b"a" * 99_999
    picture_files.configure(place.folder / "new" / "pictures")
    assert picture_files.read(stays.name, stays.key, "2048.jpg") == b"a" * 99_999
    with pytest.raises(NotFound):
        picture_files.read(goes.name, goes.key, "2048.jpg")
    assert not list((place.folder / "new" / "pictures").glob(".*"))
    assert not list(place.settings.data.glob(".backup-*"))


def test_where_a_file_can_have_no_second_name_it_is_copied(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_paths: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", no_links)
    assert place.restore(place.backup())[0] == 0
    assert (place.folder / "new" / "pictures" / "cat.webp").read_bytes() == b"miaow" * 1000


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_a_damaged_file_is_refused_wherever_it_was_hurt(place: Place) -> None:
    whole = place.backup().read_bytes()
    assert len(whole) > 20_000
    hurt = [_flipped(whole, at) for at in (0, 30, 120, 190, 300, len(whole) // 2, len(whole) - 1)]
    hurt += [whole[:size] for size in (0, 10, 150, 1000, len(whole) // 2, len(whole) - 1)]
    hurt += [whole + b"x", whole + whole]
    said = []
    for content in hurt:
        file = place.folder / "hurt.age"
        file.write_bytes(content)
        into = place.folder / "new"
        code, output = place.flask("restore", str(file), "--key", str(place.key), "--into", str(into))
        assert code == 1 and output.startswith("Error: ") and output.count("\n") == 1, output
        assert not into.exists()
        said.append(output)
    assert all("hurt.age" in output for output in said)
    assert not list(place.folder.glob(".restore-*"))


def test_other_keys_other_files_and_full_places_are_refused(place: Place, tmp_path: Path) -> None:
    file, other = place.backup(), tmp_path / "other-key"
    other.write_text(sealed_files.new_key()[1])
    code, said = place.restore(file, key=other)
    assert (code, "made for another" in said) == (1, True)
    no_key = tmp_path / "no-key"
    no_key.write_text("# nothing here\n")
    assert "AGE-SECRET-KEY" in place.restore(file, key=no_key)[1]
    assert "no backup of Hearth" in place.restore(place.key)[1]
    assert not (place.folder / "new").exists()
    (place.folder / "new").mkdir()
    (place.folder / "new" / "here").touch()
    assert "not empty" in place.restore(file)[1]
    assert [path.name for path in (place.folder / "new").iterdir()] == ["here"]


def test_the_other_kind_of_database_and_a_full_one_are_refused(place: Place) -> None:
    file, into, key = place.backup(), str(place.folder / "new"), str(place.key)
    if place.sqlite:
        code, said = place.flask("restore", str(file), "--key", key, "--into", into, "--database-url", "postgresql://x")
        assert (code, "SQLite" in said) == (1, True)
        assert "--into" in place.flask("restore", str(file), "--key", key)[1]
        return
    assert "--database-url" in place.flask("restore", str(file), "--key", key, "--into", into)[1]
    code, said = place.flask("restore", str(file), "--key", key, "--database-url", place.settings.database_url)
    assert (code, "not empty" in said) == (1, True)
    alone = place.empty()
    assert place.flask("restore", str(file), "--key", key, "--database-url", alone)[0] == 0, "the database alone"
    assert place.ask("SELECT count(*) FROM member", alone) == place.ask("SELECT count(*) FROM member")


def test_another_installations_backup_needs_to_be_asked_for(place: Place) -> None:
    file = place.backup()
    with crypto.using("the secret of quite another installation", None):
        code, said = place.restore(file)
        assert (code, "--foreign" in said) == (1, True)
        assert not (place.folder / "new").exists()
        assert place.restore(file, "--foreign")[0] == 0
    assert config.load({"HEARTH_DATA": str(place.folder / "new")}).secret_key == SECRET


def _rebuilt(place: Place, change: Callable[[dict[str, Any], dict[str, Path]], None]) -> Path:
    """What somebody can make who has opened a backup, or who knows no more than the public key."""
    parts_folder, staging = place.folder / "parts", place.folder / "staging"
    parts_folder.mkdir()
    staging.mkdir()
    facts = sealed_files.read(place.backup(), place.key, parts_folder)
    parts = {name: parts_folder / name for name in facts.pop("parts")}
    change(facts, parts)
    sealed_files.write(place.folder / "rebuilt.age", facts, parts, place.public, staging)
    return place.folder / "rebuilt.age"


def _newer_schema(facts: dict[str, Any], _parts: dict[str, Path]) -> None:
    facts["revision"] = "9999"


def _newer_format(facts: dict[str, Any], _parts: dict[str, Path]) -> None:
    facts["format"] = 2


def _other_counts(facts: dict[str, Any], _parts: dict[str, Path]) -> None:
    facts["counts"]["member"] += 1


def _sealed_other_counts(facts: dict[str, Any], _parts: dict[str, Path]) -> None:
    facts["counts"]["member"] += 1
    del facts["seal"]
    facts["seal"] = backups._seal(facts)


def _no_secrets(_facts: dict[str, Any], parts: dict[str, Path]) -> None:
    del parts["secrets.json"]


def _no_facts(facts: dict[str, Any], _parts: dict[str, Path]) -> None:
    facts.clear()


def _other_secret(_facts: dict[str, Any], parts: dict[str, Path]) -> None:
    parts["secrets.json"].write_text(json.dumps({"SECRET_KEY": "x" * 40, "ENCRYPTION_KEYS": None}))


def _leads_outside(_facts: dict[str, Any], parts: dict[str, Path]) -> None:
    parts["../../outside"] = parts["secrets.json"]


REBUILT = [
    (_newer_schema, "newer Hearth"),
    (_newer_format, "newer Hearth"),
    (_other_counts, "header"),
    (_sealed_other_counts, "number of rows"),
    (_no_secrets, "does not hold"),
    (_no_facts, "does not hold"),
    (_other_secret, "header"),
    (_leads_outside, "does not hold"),
]


@pytest.mark.parametrize(("change", "named"), REBUILT)
def test_a_file_that_was_put_together_anew_is_refused(
    place: Place, change: Callable[[dict[str, Any], dict[str, Path]], None], named: str
) -> None:
    code, said = place.restore(_rebuilt(place, change))
    assert (code, named in said) == (1, True), said
    assert not (place.folder / "new").exists()
    assert not (place.folder / "outside").exists()


def test_a_sealed_column_that_does_not_open_is_told_and_older_backups_are_kept(place: Place) -> None:
    place.spoil("UPDATE member SET birth_on_sealed = 's1:AAAA' WHERE birth_on_sealed IS NOT NULL")
    code, said = place.flask("backup", "--to", str(place.folder / "kept"))
    assert (code, "sealed member.birth_on_sealed" in said) == (1, True), said
    code, said = place.restore(next((place.folder / "kept").iterdir()))
    assert (code, "sealed member.birth_on_sealed" in said) == (1, True), said
    assert not (place.folder / "new").exists()


def test_a_chain_that_was_cut_is_backed_up_restored_and_named_each_time(place: Place) -> None:
    """It is evidence."""
    triggers = ("no_update", "no_delete", "no_replace") if place.sqlite else ("append_only", "no_truncate")
    for name in triggers:
        place.spoil(f"DROP TRIGGER audit_line_{name}{'' if place.sqlite else ' ON audit_line'}")
    place.spoil("UPDATE audit_line SET act = 'nothing.happened' WHERE n = 7")
    code, said = place.flask("backup", "--to", str(place.folder / "kept"))
    assert (code, "Line 7 of the audit chain" in said) == (1, True), said
    code, said = place.restore(next((place.folder / "kept").iterdir()))
    assert (code, "Line 7 of the audit chain" in said, "in place" in said) == (1, True, True), said
    assert (place.folder / "new" / "install.json").exists()


def test_what_is_missing_is_said_in_a_sentence(place: Place, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = str(place.folder / "kept")
    for changed, word in (({"backup_key": None}, "BACKUP_KEY is missing"), ({}, "BACKUP_DIR")):
        monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(place.settings, **changed))
        code, said = place.flask("backup", *(("--to", kept) if changed else ()))
        assert (code, word in said) == (1, True), said
    gone = dataclasses.replace(place.settings, database_url=f"sqlite:///{place.folder}/nowhere.db")
    monkeypatch.setitem(app.config, "SETTINGS", gone)
    assert "There is no database" in place.flask("backup", "--to", kept)[1]
    with pytest.raises(config.SettingsError):
        config.load({"HEARTH_DATA": str(place.folder / "d"), "BACKUP_KEEP": "0"})


def test_postgresql_needs_its_own_programs_of_its_version(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place.sqlite:
        return  # nothing but the standard library is needed there
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PG_BIN", str(programs))
    code, said = place.flask("backup", "--to", str(place.folder / "kept"))
    assert (code, "pg_dump of PostgreSQL 18 or newer is missing" in said) == (1, True), said
    (programs / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    (programs / "pg_dump").chmod(0o755)
    assert "is older" in place.flask("backup", "--to", str(place.folder / "kept"))[1]
    assert not list((place.folder / "kept").iterdir())


def test_a_password_is_never_an_argument_of_a_program() -> None:
    assert "geheim" not in snapshots._address("postgresql+psycopg2://hearth:geheim@db.example/hearth?sslmode=require")


def test_the_newest_are_kept(tmp_path: Path) -> None:
    for day in range(1, 6):
        (tmp_path / f"hearth-backup-2026030{day}T020000Z.age").touch()
    (tmp_path / "somebody-elses.age").touch()
    assert backups.keep_newest(tmp_path, 2) == 3
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [*(f"hearth-backup-2026030{day}T020000Z.age" for day in (4, 5)), "somebody-elses.age"]


@pytest.mark.slow
def test_it_happens_by_itself_every_night_where_it_was_asked_for(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    env = {"HEARTH_DATA": place.settings.data, "DATABASE_URL": place.settings.database_url, "SECRET_KEY": SECRET}
    env |= {"BACKUP_DIR": place.folder / "nightly", "BACKUP_KEY": place.public, "ANCHOR_DIR": place.folder / "anchors"}
    for name, value in env.items():
        monkeypatch.setenv(name, str(value))
    job = [job for job in housekeeping.JOBS if job.key == "backup"]
    with clock.at(NOW + timedelta(days=1)):
        assert run_due(job) == 0, "not asked for"
        housekeeping.back_up_nightly(True)
        try:
            assert [run_due(job), run_due(job)] == [1, 0]
        finally:
            housekeeping.back_up_nightly(False)
    (made,) = (place.folder / "nightly").iterdir()
    assert re.fullmatch(r"hearth-backup-\d{8}T\d{6}Z\.age", made.name)
    assert place.restore(made)[0] == 0


@pytest.mark.slow
def test_the_keys_it_makes_are_the_keys_it_takes(tmp_path: Path) -> None:
    env = {"PATH": "/usr/bin:/bin", "HEARTH_DATA": str(tmp_path / "d")}
    command = [sys.executable, "-m", "flask", "backup", "key"]
    said = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout
    (tmp_path / "key").write_text(said)
    public = re.search(r"BACKUP_KEY=(age1\w+)", said)
    assert public
    assert config.load({**env, "BACKUP_KEY": public[1]}).backup_key == public[1]
    (tmp_path / "in").write_text("words")
    (tmp_path / "staging").mkdir()
    (tmp_path / "out").mkdir()
    sealed_files.write(tmp_path / "f", {"a": 1}, {"in": tmp_path / "in"}, public[1], tmp_path / "staging")
    assert sealed_files.read(tmp_path / "f", tmp_path / "key", tmp_path / "out")["a"] == 1
    assert (tmp_path / "out" / "in").read_text() == "words"
