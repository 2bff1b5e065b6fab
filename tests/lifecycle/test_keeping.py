"""What is kept, and how long: one table says it, the nightly job does it, and the pages and docs read the same one."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import Engine, func, select

from community.core import announcements, audit, clock, db, jobs, outbox
from community.core.db import session, transaction
from community.core.i18n import in_language
from community.core.model_base import new_id
from community.home import housekeeping
from community.lifecycle import keeping
from community.members import invitations
from community.members.models import Invitation
from community.safety import heard
from community.safety.models import Heard
from community.streams import actions as streams
from community.streams.models import Piece
from community.tables import METADATA
from tests.client import Browser
from tests.make import Make
from tests.world import NOW, World

SAFETY = Path(__file__).parents[2] / "docs" / "safety.md"
CANARY = "cnr-kept-too-long"
Own = tuple[Engine, World]


def test_what_the_docs_say_is_the_table(app: Flask) -> None:
    printed = FlaskCliRunner(app).invoke(args=["retention", "--table"])
    assert printed.exit_code == 0
    section = SAFETY.read_text().split("## What we keep, and how long\n\n", 1)[1]
    table = "".join(line for line in section.splitlines(keepends=True) if line.startswith("|"))
    assert table == printed.output


def test_every_table_is_in_one_class_and_in_no_other() -> None:
    named = Counter(table for kept in keeping.CLASSES for table in kept.tables)
    assert set(named) == set(METADATA.tables)
    assert set(named.values()) == {1}
    assert len({kept.key for kept in keeping.CLASSES}) == len(keeping.CLASSES)


def test_the_words_of_a_class_hold_its_numbers(app: Flask) -> None:
    with app.app_context(), in_language("en"):
        for kept in keeping.PASSING:
            for number in kept.numbers:
                figure = number.days or number // timedelta(hours=1)
                assert str(figure) in str(kept.words), kept.key


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_members_read_the_same_table(browser: Callable[..., Browser], app: Flask, lang: str) -> None:
    page = unescape(browser().get("/about", headers={"Accept-Language": lang}).text)
    with app.test_request_context(headers={"Accept-Language": lang}):
        rows = [(str(kept.what), str(kept.words)) for kept in keeping.CLASSES if kept.told]
    assert len(rows) > 15
    for what, words in rows:
        assert what in page and words in page


def test_every_class_goes_at_its_number_and_not_a_day_before(world: World, make: Make) -> None:
    """A canary of each class that can be made with one row; the others have tests in their rooms."""
    number = streams.rules.UNDO_TIME
    thread = make.thread("tuva", text=CANARY)
    streams.remove_piece(world.viewer("tuva"), thread.opening_id or 0)
    with transaction() as s:
        s.add(Heard(id=new_id(), member_id=world.id("tuva"), surface="reply", outcome="hold", grade="none",
                    alert=False, keys=[], at=NOW))  # fmt: skip
    made = make.invitation("sara")
    rows = {
        "removed": (number, lambda: session().scalar(select(func.count()).where(Piece.text == CANARY))),
        "heard": (heard.KEPT, lambda: session().scalar(select(func.count()).where(Heard.at == NOW))),
        "invitations": (
            invitations.OPEN_FOR + invitations.KEPT,
            lambda: session().scalar(select(func.count()).where(Invitation.id == made.id)),
        ),
    }
    for key, (kept_for, count) in rows.items():
        before, after = NOW + kept_for - timedelta(days=1), NOW + kept_for + timedelta(days=1)
        assert count() == 1, key
        keeping.run(before)
        assert count() == 1, key
        assert keeping.dry_run(after)[key] >= 1
        assert count() == 1, key
        assert keeping.run(after)[key] >= 1
        assert count() == 0, key


def test_a_dry_run_tells_what_a_run_does_and_does_nothing(world: World, make: Make) -> None:
    much_later = NOW + timedelta(days=500)
    lines = session().scalar(select(func.count()).select_from(audit.AuditLine))
    told = keeping.dry_run(much_later)
    assert told == keeping.dry_run(much_later)
    assert session().scalar(select(func.count()).select_from(audit.AuditLine)) == lines
    assert told["invitations"] > 0 and told["removed"] > 0
    assert keeping.run(much_later) == told
    assert not any(keeping.run(much_later).values())  # a second run finds nothing


def test_a_run_is_a_line_of_the_chain_with_figures_alone(world: World) -> None:
    gone = keeping.run(NOW + timedelta(days=500))
    line = session().scalars(select(audit.AuditLine).order_by(audit.AuditLine.n.desc()).limit(1)).one()
    assert (line.actor_id, line.act, line.facts) == (None, "retention.run", {"gone": gone})
    assert all(isinstance(figure, int) for figure in gone.values())
    assert audit.verify({}).bad is None


def test_all_of_it_goes_or_nothing(world: World, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make.invitation("sara")
    with pytest.raises(RuntimeError):
        _run_and_stop(NOW + timedelta(days=500))
    assert session().get(Invitation, made.id, populate_existing=True) is not None


def _run_and_stop(now: object) -> None:
    with transaction():
        keeping.run(now)  # type: ignore[arg-type]
        raise RuntimeError("the machine stops here")


@pytest.mark.timeout(120)
def test_killed_anywhere_it_is_done_or_not_begun(own_database: Own) -> None:
    engine, _world = own_database
    url, later = engine.url.render_as_string(hide_password=False), NOW + timedelta(days=500)
    expected, before = keeping.dry_run(later), _rows()
    dice, ends = random.Random(7), set()
    for _round in range(12):
        db.remove()
        db.engine().dispose()
        child = os.fork()
        if not child:
            try:
                db.engine().dispose(close=False)
                db.configure(url)
                with clock.at(later):
                    keeping.run(later)
            finally:
                os._exit(0)
        time.sleep(dice.uniform(0.0, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        ends.add(_rows() == before)
        if _rows() != before:
            break
    if ends == {True}:
        assert keeping.run(later) == expected
    assert not any(keeping.run(later).values())
    lines = session().scalars(select(audit.AuditLine.facts).where(audit.AuditLine.act == "retention.run")).all()
    assert lines[0] == {"gone": expected}


def _rows() -> dict[str, int]:
    session().rollback()
    names = ("invitation", "announcement", "job_occurrence", "sign_in_session")
    counts = {name: session().scalar(select(func.count()).select_from(METADATA.tables[name])) or 0 for name in names}
    return counts | {"words": session().scalar(select(func.count()).where(Piece.text != "")) or 0}


def test_the_night_runs_the_table(world: World, make: Make) -> None:
    made = make.invitation("sara")
    night = NOW + timedelta(days=200)
    with clock.at(night):
        jobs.run_due([job for job in housekeeping.JOBS if job.key == "housekeeping"])
        assert session().get(Invitation, made.id, populate_existing=True) is None
        before = session().scalar(select(func.count()).select_from(audit.AuditLine))
        jobs.run_due([job for job in housekeeping.JOBS if job.key == "housekeeping"])
        assert session().scalar(select(func.count()).select_from(audit.AuditLine)) == before


def test_the_command_says_what_would_go(app: Flask, world: World) -> None:
    with clock.at(NOW + timedelta(days=500)):
        said = FlaskCliRunner(app).invoke(args=["retention", "--dry-run"])
        assert said.exit_code == 0 and "would go" in said.output
        assert len(said.output.splitlines()) == len(keeping.PASSING)
        done = FlaskCliRunner(app).invoke(args=["retention"])
        assert done.output == said.output.replace("would go", "gone")


def test_classes_of_the_ground_floor_are_the_rooms_own_numbers() -> None:
    by_key = {kept.key: kept for kept in keeping.PASSING}
    assert by_key["letters"].numbers == (outbox.KEPT,) and by_key["announcements"].numbers == (announcements.KEPT,)
