"""`flask audit verify`: OK, or the first bad line; whoever holds the database's file is seen all the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import Connection, Engine, select, text

from community.core import anchors, audit, clock, db
from community.core.jobs import run_due
from community.home import housekeeping
from tests.fixtures import SECRET
from tests.world import NOW, World

ROOT = Path(__file__).parents[2]
TRIGGERS = {
    "sqlite": [
        *(f"DROP TRIGGER audit_line_no_{what}" for what in ("update", "delete", "replace")),
        *(f"DROP TRIGGER audit_head_{what}" for what in ("only_on", "no_delete", "no_replace")),
    ],
    "postgresql": [
        *(f"DROP TRIGGER audit_line_{what} ON audit_line" for what in ("append_only", "no_truncate")),
        *(f"DROP TRIGGER audit_head_{what} ON audit_head" for what in ("only_on", "no_delete", "no_truncate")),
    ],
}

Verify = Callable[[], tuple[int, str]]


@pytest.fixture
def chain(own_database: tuple[Engine, World]) -> Engine:
    """A database of one's own with a chain in it, and an anchor over all but its last lines."""
    assert anchors.write()
    with db.transaction():
        for number in range(5):
            audit.append(None, "test.written", f"number:{number}")
    db.remove()
    return own_database[0]


@pytest.fixture
def verify(app: Flask) -> Verify:
    def run() -> tuple[int, str]:
        done = FlaskCliRunner(app).invoke(args=["audit", "verify"])
        return done.exit_code, done.output.strip()

    return run


@pytest.fixture
def attacker(chain: Engine) -> Iterator[Connection]:
    """Somebody with the database's file in her hands: what forbids changes is taken away first."""
    with chain.begin() as line:
        for statement in TRIGGERS[chain.dialect.name]:
            line.execute(text(statement))
        yield line


def _lines(line: Connection) -> int:
    return int(line.execute(text("SELECT max(n) FROM audit_line")).scalar_one())


def _move(line: Connection, n: int, to: int) -> None:
    line.execute(text("UPDATE audit_line SET n = :to WHERE n = :n"), {"n": n, "to": to})


def _edit(line: Connection) -> int:
    line.execute(text("UPDATE audit_line SET act = 'nothing.happened' WHERE n = 7"))
    return 7


def _edit_the_time(line: Connection) -> int:
    line.execute(text("UPDATE audit_line SET at = (SELECT max(at) FROM audit_line) WHERE n = 1"))
    return 1


def _delete(line: Connection) -> int:
    line.execute(text("DELETE FROM audit_line WHERE n = 9"))
    return 9


def _delete_and_close_up(line: Connection) -> int:
    last = _lines(line)
    line.execute(text("DELETE FROM audit_line WHERE n = 9"))
    for n in range(10, last + 1):
        _move(line, n, n - 1)
    line.execute(text("UPDATE audit_head SET n = n - 1"))
    return 9


def _reorder(line: Connection) -> int:
    for n, to in ((4, -1), (5, 4), (-1, 5)):
        _move(line, n, to)
    return 4


def _insert(line: Connection) -> int:
    for n in range(_lines(line), 11, -1):
        _move(line, n, n + 1)
    copied = "SELECT 12, at, actor_id, act, subject, reason, facts, hash FROM audit_line WHERE n = 3"
    line.execute(text(f"INSERT INTO audit_line (n, at, actor_id, act, subject, reason, facts, hash) {copied}"))
    line.execute(text("UPDATE audit_head SET n = n + 1"))
    return 12


def _add_at_the_end(line: Connection) -> int:
    last = _lines(line)
    copied = f"SELECT {last + 1}, at, actor_id, act, subject, reason, facts, hash FROM audit_line WHERE n = {last}"
    line.execute(text(f"INSERT INTO audit_line (n, at, actor_id, act, subject, reason, facts, hash) {copied}"))
    return last + 1


def _cut_the_end(line: Connection) -> int:
    last = _lines(line)
    line.execute(text("DELETE FROM audit_line WHERE n > :n"), {"n": last - 3})
    return last - 2


def _cut_the_end_and_the_head(line: Connection) -> int:
    """Seen against the anchor alone: lines and head fit each other."""
    line.execute(text("DELETE FROM audit_line WHERE n > 20"))
    line.execute(text("UPDATE audit_head SET n = 20, hash = (SELECT hash FROM audit_line WHERE n = 20)"))
    return 21


def _empty(line: Connection) -> int:
    line.execute(text("DELETE FROM audit_line" if line.dialect.name == "sqlite" else "TRUNCATE audit_line"))
    return 1


def _empty_with_the_head(line: Connection) -> int:
    _empty(line)
    line.execute(text("DELETE FROM audit_head" if line.dialect.name == "sqlite" else "TRUNCATE audit_head"))
    return 1


def _lose_the_head(line: Connection) -> int:
    line.execute(text("DELETE FROM audit_head"))
    return 1


def _change_the_head(line: Connection) -> int:
    line.execute(text("UPDATE audit_head SET hash = (SELECT hash FROM audit_line WHERE n = 3)"))
    return _lines(line)


ATTACKS = [
    _edit,
    _edit_the_time,
    _delete,
    _delete_and_close_up,
    _reorder,
    _insert,
    _add_at_the_end,
    _cut_the_end,
    _cut_the_end_and_the_head,
    _empty,
    _empty_with_the_head,
    _lose_the_head,
    _change_the_head,
]


def test_a_sound_chain_is_ok_with_its_count_and_head(chain: Engine, verify: Verify) -> None:
    code, said = verify()
    with chain.connect() as line:
        n, hash_ = line.execute(text("SELECT n, hash FROM audit_head")).one()
    assert (code, said) == (0, f"OK: {n} lines, 1 anchors, head {hash_}.")
    assert n > 30


@pytest.mark.parametrize("attack", ATTACKS)
def test_whoever_holds_the_file_is_seen(
    chain: Engine, attacker: Connection, verify: Verify, attack: Callable[[Connection], int]
) -> None:
    bad = attack(attacker)
    attacker.commit()
    code, said = verify()
    assert code == 1
    assert f"Line {bad} " in said, said


def test_an_end_cut_with_its_head_is_seen_by_nothing_but_the_anchor(
    attacker: Connection, verify: Verify, tmp_path: Path
) -> None:
    _cut_the_end_and_the_head(attacker)
    attacker.commit()
    anchors.configure(tmp_path / "elsewhere")
    assert verify()[0] == 0
    anchors.configure(tmp_path / "anchors")
    assert verify()[0] == 1


def test_a_chain_written_anew_with_the_key_is_seen_against_the_anchor(attacker: Connection, verify: Verify) -> None:
    attacker.execute(text("UPDATE audit_line SET act = 'nothing.happened' WHERE n = 7"))
    previous, hashes = audit.START, []
    for row in attacker.execute(select(*audit.AuditLine.__table__.columns).order_by(audit.AuditLine.n)):
        previous = audit.chained(previous, row)
        hashes.append({"n": row.n, "hash": previous})
    attacker.execute(text("UPDATE audit_line SET hash = :hash WHERE n = :n"), hashes)
    attacker.execute(text("UPDATE audit_head SET hash = :hash"), {"hash": previous})
    attacker.commit()
    code, said = verify()
    assert (code, "an anchor saw" in said) == (1, True)


def _anchor_file(tmp_path: Path) -> Path:
    for _day in range(2):
        assert anchors.write()
    return tmp_path / "anchors" / anchors.NAME


def _edited(lines: list[str]) -> list[str]:
    changed = json.loads(lines[1])
    changed["n"] -= 1
    return [lines[0], json.dumps(changed), lines[2]]


SPOILED: list[tuple[Callable[[list[str]], list[str]], str]] = [
    (_edited, "anchor 2 was changed"),
    (lambda lines: [lines[0], lines[2]], "anchor 2 was changed"),
    (lambda lines: [lines[1], lines[0], lines[2]], "anchor 1 was changed"),
    (lambda lines: [*lines, lines[2]], "anchor 4 was changed"),
    (lambda lines: lines[:2], "anchor 3 is missing"),
    (lambda lines: [], "anchor 1 is missing"),
    (lambda lines: [lines[0], "{", lines[2]], "anchor 2 can't be read"),
]


@pytest.mark.parametrize(("spoil", "named"), SPOILED)
def test_a_spoiled_anchor_is_seen_and_not_built_upon(
    chain: Engine,
    verify: Verify,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    spoil: Callable[[list[str]], list[str]],
    named: str,
) -> None:
    path = _anchor_file(tmp_path)
    lines = path.read_text().splitlines()
    assert (len(lines), verify()[0]) == (3, 0)
    spoiled = "".join(f"{line}\n" for line in spoil(lines))
    path.write_text(spoiled)
    code, said = verify()
    assert (code, named in said) == (1, True), said
    if "missing" not in named:  # a cut end shows against the chain alone, when somebody verifies
        assert not anchors.write()
        assert path.read_text() == spoiled
        assert "not anchored" in caplog.text


def test_a_chain_that_lost_its_end_is_not_anchored_again(
    attacker: Connection, app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _cut_the_end_and_the_head(attacker)
    attacker.commit()
    before = (tmp_path / "anchors" / anchors.NAME).read_text()
    done = FlaskCliRunner(app).invoke(args=["audit", "anchor"])
    assert (done.exit_code, "do not fit" in done.output) == (1, True)
    assert (tmp_path / "anchors" / anchors.NAME).read_text() == before
    assert "does not fit anchor 1" in caplog.text


def test_anchors_come_once_a_day_by_themselves_and_only_their_owner_reads_them(
    own_database: tuple[Engine, World], verify: Verify, tmp_path: Path
) -> None:
    for days in (1, 1, 2, 3):
        with clock.at(NOW.replace(hour=12) + timedelta(days=days)):
            run_due(housekeeping.JOBS)
    path = tmp_path / "anchors" / anchors.NAME
    days = [json.loads(line)["at"][:10] for line in path.read_text().splitlines()]
    assert days == ["2026-03-15", "2026-03-16", "2026-03-17"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert verify()[0] == 0


_WRITER = """
import pathlib, sys, time
from community.core import audit, crypto, db
url, secret, go, name = sys.argv[1:]
crypto.configure(secret, None)
db.configure(url)
while not pathlib.Path(go).exists():
    time.sleep(0.01)
for number in range(15):
    audit.append(None, "test.written", f"writer:{name}", number=number)
"""


@pytest.mark.slow
def test_eight_writers_at_once_make_one_chain(chain: Engine, verify: Verify, tmp_path: Path) -> None:
    url, go = chain.url.render_as_string(hide_password=False), tmp_path / "go"
    before = _head(chain)
    command = [sys.executable, "-c", _WRITER, url, SECRET, str(go)]
    writers = [subprocess.Popen([*command, str(number)], cwd=ROOT) for number in range(8)]
    go.touch()
    assert [writer.wait(50) for writer in writers] == [0] * 8
    assert _head(chain) == before + 8 * 15
    assert verify()[0] == 0
    with chain.connect() as line:
        rows = line.execute(text("SELECT subject, facts FROM audit_line WHERE n > :n ORDER BY n"), {"n": before})
        written: dict[str, list[int]] = {}
        for subject, facts in rows:
            found: Any = facts if isinstance(facts, dict) else json.loads(facts)
            written.setdefault(subject, []).append(found["number"])
    assert written == {f"writer:{number}": list(range(15)) for number in range(8)}


def _head(engine: Engine) -> int:
    with engine.connect() as line:
        return int(line.execute(text("SELECT n FROM audit_head")).scalar_one())
