"""Asking for one's data, seeing how far it is, fetching it, letting it go: for its owner alone, and always for her."""

from __future__ import annotations

import io
import os
import posix
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from community.core import clock, sealed_streams
from community.core.db import session, transaction
from community.core.errors import Conflict, NotFresh, TooMany
from community.members.incident import start as make_read_only
from community.members.models import Member, SignInSession
from community.my_data import actions, building, keeping, making, queries
from community.my_data.models import Export
from tests.client import Browser, words_of
from tests.fixtures import Heard
from tests.make import Make
from tests.my_data.taking import asked, fresh
from tests.world import NOW, PASSWORD, World

Open = Callable[..., Browser]


@pytest.fixture(autouse=True)
def own_folder(app: Flask, tmp_path: Path) -> Iterator[None]:
    keeping.configure(tmp_path)
    yield
    keeping.configure(app.config["SETTINGS"].data)


def files() -> list[Path]:
    return sorted(keeping.folder().iterdir())


def row_of(export_id: int) -> Export:
    row = session().get(Export, export_id, populate_existing=True)
    assert row is not None
    return row


def latest(world: World, who: str) -> int:
    view = queries.latest_for(world.viewer(who))
    assert view is not None
    return view.id


def test_the_whole_way(app: Flask, world: World, browser: Open, heard: Heard) -> None:
    amina = browser("amina")
    assert "Gör min fil" in amina.get("/me/data").text
    assert amina.post("/me/data", lang="sv").status_code == 303
    page = amina.get("/me/data").text
    assert "Din fil görs nu" in page and 'http-equiv="refresh"' in page
    export_id = latest(world, "amina")
    heard.clear()
    with app.app_context():
        building.build(export_id)
    told = [ids for room, event, ids in heard if event == "my-data:changed" and room == f"member:{world.id('amina')}"]
    assert len(told) > 10, "each part that is read is told to her pages"
    assert "Filen med allt om dig är klar." in amina.get("/notifications").text
    page = words_of(amina.get("/me/data"))
    assert "Din fil är klar" in page and "21 mars" in page
    assert "Filen med allt om dig är klar." not in amina.get("/notifications").text, "she has looked"
    answer = amina.get(f"/me/data/{export_id}/file")
    assert answer.status_code == 200 and answer.mimetype == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "my-data-2026-03-14.zip" in answer.headers["Content-Disposition"]
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        assert {"index.html", "data.json", "LAS-MIG.txt", "README.txt"} <= set(file.namelist())


def test_its_file_is_sealed_and_hers_alone_on_the_disk(app: Flask, world: World) -> None:
    with app.app_context():
        export_id = asked(world, "amina").id
        building.build(export_id)
    (file,) = files()
    assert file.stat().st_mode & 0o777 == 0o600 and file.parent.stat().st_mode & 0o777 == 0o700
    assert file.read_bytes()[:2] != b"PK" and b"amina" not in file.read_bytes().lower()
    static = Path(app.static_folder or "").resolve()
    assert static not in file.resolve().parents


def test_nobody_else_finds_it(world: World, make: Make, browser: Open) -> None:
    export_id = make.export("amina")
    for who in ("tuva", "sara", "birgitta"):
        other = browser(who)
        for path in (f"/me/data/{export_id}/file", "/me/data/4711/file"):
            assert other.get(path).status_code == 404
        assert other.post(f"/me/data/{export_id}/remove").status_code == 404
        assert "Din fil är klar" not in other.get("/me/data").text
    assert row_of(export_id).state == "ready"


def test_one_at_a_time(world: World, browser: Open) -> None:
    amina = browser("amina")
    amina.post("/me/data", lang="sv")
    again = amina.post("/me/data", lang="en")
    assert again.status_code == 409
    assert "Din fil görs nu" in again.text and "Den håller redan på att göras." in again.text
    with pytest.raises(Conflict):
        actions.begin(fresh(world.viewer("amina")), "sv")


def test_in_no_language_of_ours_there_is_none(browser: Open) -> None:
    answer = browser("amina").post("/me/data", lang="de")
    assert answer.status_code == 422 and "Gör min fil" in answer.text


def test_the_password_stands_before_making_and_fetching(world: World, make: Make, browser: Open) -> None:
    export_id = make.export("amina")
    amina = browser("amina")
    long_ago = update(SignInSession).where(SignInSession.member_id == world.id("amina"))
    with transaction() as s:
        s.execute(long_ago.values(password_at=NOW - timedelta(minutes=16)))
    asked_again = amina.post("/me/data", lang="sv")
    assert asked_again.status_code == 403 and "Skriv ditt lösenord en gång till" in asked_again.text
    away = amina.get(f"/me/data/{export_id}/file")
    assert away.status_code == 302 and away.location.startswith("/confirm?next=")
    assert "Skriv ditt lösenord, ladda sedan ner" in amina.get("/me/data").text
    back = amina.post("/confirm", password=PASSWORD, next="/me/data")
    assert back.status_code == 303 and back.location == "/me/data"
    assert amina.get(f"/me/data/{export_id}/file").status_code == 200
    with pytest.raises(NotFresh):
        actions.begin(replace(world.viewer("amina"), password_at=None), "sv")


@pytest.mark.parametrize("who", ["mira", "leo", "hanna"])
def test_paused_closed_out_or_owing_a_yes_she_has_it_all_the_same(
    who: str, app: Flask, world: World, browser: Open
) -> None:
    """Mira is paused, leo suspended, hanna owes a yes to the rules."""
    one = browser(who)
    assert one.get("/me/data").status_code == 200
    assert "/me/data" in one.get("/rules" if who == "hanna" else "/me").text, "and finds the way there"
    assert one.post("/me/data", lang="sv").status_code == 303
    with app.app_context():
        building.build(latest(world, who))
    assert one.get(f"/me/data/{latest(world, who)}/file").status_code == 200


def test_on_a_break_and_while_everything_is_read_only(app: Flask, world: World, make: Make, browser: Open) -> None:
    make.sanction("tuva", "break")
    make_read_only(world.viewer("birgitta"), "Vi lagar något.", "We mend something.", "a test")
    tuva = browser("tuva")
    assert tuva.post("/me/data", lang="en").status_code == 303
    with app.app_context():
        building.build(latest(world, "tuva"))
    assert tuva.get(f"/me/data/{latest(world, 'tuva')}/file").status_code == 200


def test_in_the_day_after_help_to_come_in_it_waits(app: Flask, world: World, make: Make, browser: Open) -> None:
    """Who was helped in may be somebody else: neither a file of before nor one under way is given."""
    ready, under_way = make.export("amina"), asked(world, "tuva").id
    names = [world.id("amina"), world.id("tuva")]
    with transaction() as s:
        s.execute(update(Member).where(Member.id.in_(names)).values(private_shut_until=NOW + timedelta(hours=3)))
    amina = browser("amina")
    for answer in (amina.get("/me/data"), amina.get(f"/me/data/{ready}/file"), amina.post("/me/data", lang="sv")):
        assert answer.status_code == 403
    with app.app_context():
        building.build(under_way)
    assert row_of(under_way).state == "gone"


def test_after_seven_days_it_is_gone(app: Flask, world: World, make: Make, browser: Open) -> None:
    export_id = make.export("amina")
    amina = browser("amina")
    (file,) = files()
    with clock.at(NOW + timedelta(days=7)):
        amina = browser("amina")
        late = amina.get(f"/me/data/{export_id}/file")
        assert late.status_code == 410 and "Gör en ny" in late.text
        assert "den fanns här i sju dagar" in amina.get("/me/data").text
        job = next(job for job in making.JOBS if job.key == "my data over")
        with app.app_context():
            (due,) = job.due(clock.now())
            job.run(due)
            assert list(job.due(clock.now())) == []
            row = row_of(export_id)
            assert (row.state, row.file, row.key_sealed) == ("gone", None, None)
        assert amina.get(f"/me/data/{export_id}/file").status_code == 410
    assert not file.exists()


def test_it_goes_when_she_says_so(world: World, make: Make, browser: Open) -> None:
    export_id = make.export("amina")
    amina = browser("amina")
    assert amina.post(f"/me/data/{export_id}/remove").status_code == 303
    assert files() == [] and amina.get(f"/me/data/{export_id}/file").status_code == 410
    assert amina.post(f"/me/data/{export_id}/remove").status_code == 303, "twice is once"
    assert not world.viewer("amina").data_ready


def test_stopped_while_it_is_made_nothing_is_left(app: Flask, world: World) -> None:
    """She stops it from another page: whoever makes it hears so at the next part, and what it has written is gone."""
    with app.app_context():
        export_id, name = asked(world, "amina").id, keeping.new_name()
        actions.start(export_id, 11, name)
        keeping.path_of(name).write_bytes(b"half")
        assert actions.note_progress(export_id, name, 3)
        actions.remove(world.viewer("amina"), export_id)
        assert not actions.note_progress(export_id, name, 4)
        assert not actions.finish(export_id, name, sealed_streams.new_key(), 4)
        building.build(export_id)
    assert files() == [] and row_of(export_id).state == "gone"


def test_a_newer_one_takes_the_place_of_the_one_before(app: Flask, world: World, make: Make, browser: Open) -> None:
    before = make.export("amina")
    with app.app_context():
        now = asked(world, "amina").id
        assert row_of(before).state == "ready", "it can be fetched until the new one is ready"
        building.build(now)
    assert [path.name for path in files()] == [row_of(now).file]
    amina = browser("amina")
    assert amina.get(f"/me/data/{before}/file").status_code == 410
    assert amina.get(f"/me/data/{now}/file").status_code == 200


def test_without_room_it_says_so(app: Flask, world: World, browser: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """/dev/full is a disk that is full."""
    with app.app_context():
        export_id = asked(world, "amina").id
        monkeypatch.setattr(os, "open", lambda path, *how: posix.open("/dev/full", os.O_WRONLY))
        building.build(export_id)
        monkeypatch.undo()
    assert row_of(export_id).why == "full" and files() == []
    page = browser("amina").get("/me/data").text
    assert "Det fanns ingen plats kvar här för din fil." in page and "Gör min fil" in page


def test_whoever_died_at_it_leaves_no_half_and_three_times_is_enough(app: Flask, world: World, browser: Open) -> None:
    with app.app_context():
        export_id = asked(world, "amina").id
        for _try in range(actions.MOST_TRIES):
            name = keeping.new_name()
            assert actions.start(export_id, 11, name) is not None
            keeping.path_of(name).write_bytes(b"half")
        assert [path.name for path in files()] == [name], "the half of the one before is gone"
        assert not actions.finish(export_id, keeping.new_name(), sealed_streams.new_key(), 4), "not by another's name"
        building.build(export_id)
    assert row_of(export_id).why == "broken" and files() == []
    assert "Din fil gick inte att göra." in browser("amina").get("/me/data").text


def test_begun_anew_after_a_death_it_becomes_whole(app: Flask, world: World, browser: Open) -> None:
    with app.app_context():
        export_id = asked(world, "amina").id
        name = keeping.new_name()
        actions.start(export_id, 11, name)
        keeping.path_of(name).write_bytes(b"half")
        building.build(export_id)
    assert len(files()) == 1 and row_of(export_id).tries == 2
    assert browser("amina").get(f"/me/data/{export_id}/file").status_code == 200


def test_what_is_not_in_the_folder_any_more_is_gone(make: Make, browser: Open) -> None:
    """After a restore the rows are there, and the files are not."""
    export_id = make.export("amina")
    files()[0].unlink()
    assert browser("amina").get(f"/me/data/{export_id}/file").status_code == 410


def test_rows_go_after_ninety_days_and_strays_after_one(app: Flask, world: World, make: Make) -> None:
    export_id = make.export("amina")
    stray, young = keeping.path_of(keeping.new_name()), keeping.path_of(keeping.new_name())
    stray.write_bytes(b"half")
    young.write_bytes(b"half")
    _make_old(stray)
    with app.app_context():
        actions.clear_out(NOW)
        assert not stray.exists() and young.exists() and len(files()) == 2
        actions.end(export_id, "gone", "over")
        with clock.at(NOW + timedelta(days=91)):
            actions.clear_out(clock.now())
        assert session().scalars(select(Export.id)).all() == []


def test_ten_a_day_are_enough(world: World) -> None:
    for _nr in range(10):
        actions.remove(world.viewer("amina"), actions.begin(fresh(world.viewer("amina")), "sv").id)
    with pytest.raises(TooMany):
        actions.begin(fresh(world.viewer("amina")), "sv")


def _make_old(path: Path) -> None:
    os.utime(path, (1, 1))
