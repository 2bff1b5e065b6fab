"""Settings are loud where something that protects people is missing; time moves in trials only; the first way in."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

import config
from community.core import clock, db
from community.core.db import session, transaction
from community.members.models import Invitation
from tests.client import Browser
from tests.serve import Hearth
from tests.world import NOW, World

ROOT = Path(__file__).parents[2]
GOOD = {"HEARTH_ENV": "production", "SECRET_KEY": "k" * 40, "PUBLIC_URL": "https://hearth.example"}
REFUSED = [
    ({"SECRET_KEY": ""}, "SECRET_KEY"),
    ({"SECRET_KEY": "k" * 31}, "SECRET_KEY"),
    ({"SECRET_KEY": "change-me"}, "SECRET_KEY"),
    ({"DEMO": "1"}, "Demo"),
    ({"INSECURE_LOCAL": "1"}, "INSECURE_LOCAL"),
    ({"INSECURE_LOCAL": "1", "HOST": "0.0.0.0"}, "INSECURE_LOCAL"),
    ({"PUBLIC_URL": ""}, "PUBLIC_URL"),
    ({"PUBLIC_URL": "http://hearth.example"}, "PUBLIC_URL"),
    ({"HEARTH_ENV": "staging"}, "HEARTH_ENV"),
    ({"SQLITE_SYNCHRONOUS": "OFF"}, "SQLITE_SYNCHRONOUS"),
    ({"HEARTH_FANOUT": "quick"}, "HEARTH_FANOUT"),
    ({"PORT": "abc"}, "PORT"),
    ({"PORT": "0"}, "PORT"),
    ({"PORT": "99999"}, "PORT"),
    ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES"),
    ({"SOCKET": "/run/hearth/hearth.sock"}, "TRUSTED_PROXIES"),
    ({"HOME_ZONE": "Mars/Base"}, "HOME_ZONE"),
    ({"DATABASE_URL": "mysql://somewhere"}, "DATABASE_URL"),
    ({"HEARTH_DATA": "/proc/nowhere"}, "data folder"),
    ({"REDIS_URL": "localhost:6379"}, "REDIS_URL"),
    ({"PROCESSES": "2", "REDIS_URL": "redis://127.0.0.1/0"}, "PostgreSQL"),
    ({"PROCESSES": "2", "DATABASE_URL": "postgresql+psycopg2://hearth@/hearth"}, "Redis"),
    ({"PROCESSES": "0"}, "PROCESSES"),
]


@pytest.mark.parametrize(("changed", "names"), REFUSED, ids=lambda value: str(value)[:40])
def test_unsafe_settings_are_refused_with_a_sentence(tmp_path: Path, changed: dict[str, str], names: str) -> None:
    with pytest.raises(config.SettingsError, match=names) as refused:
        config.load({**GOOD, "HEARTH_DATA": str(tmp_path), **changed})
    assert str(refused.value).endswith(".")


def test_a_folder_with_demo_people_is_refused_in_production(tmp_path: Path) -> None:
    config.remember_demo(tmp_path)
    with pytest.raises(config.SettingsError, match="Demo"):
        config.load({**GOOD, "HEARTH_DATA": str(tmp_path)})


def test_insecure_local_needs_this_machine(tmp_path: Path) -> None:
    with pytest.raises(config.SettingsError, match="INSECURE_LOCAL"):
        config.load({"HEARTH_DATA": str(tmp_path), "INSECURE_LOCAL": "1", "HOST": "0.0.0.0"})


def test_the_first_start_makes_a_secret_and_keeps_it(tmp_path: Path) -> None:
    first, second = (config.load({"HEARTH_DATA": str(tmp_path / "new")}) for _time in range(2))
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert stat.S_IMODE((tmp_path / "new" / "install.json").stat().st_mode) == 0o600
    assert config.load({"HEARTH_DATA": str(tmp_path / "other")}).secret_key != first.secret_key


DAMAGED = ["", "{", "[]", "null", "{}", '{"secret_key": ""}', '{"secret_key": 5}', '{"secret_key": "short"}']


@pytest.mark.parametrize("content", DAMAGED)
def test_a_lost_secret_is_never_replaced_by_a_guessable_one(tmp_path: Path, content: str) -> None:
    (tmp_path / "install.json").write_text(content)
    with pytest.raises(config.SettingsError, match=r"install\.json"):
        config.load({"HEARTH_DATA": str(tmp_path)})
    assert (tmp_path / "install.json").read_text() == content


@pytest.mark.slow
def test_what_nobody_would_notice_until_it_is_needed_keeps_the_server_from_starting(tmp_path: Path) -> None:
    broken = tmp_path / "help.toml"
    broken.write_text("not toml [")
    taken = socket.create_server(("127.0.0.1", 0))
    trials = [
        ({"HELP_FILE": str(broken)}, "help numbers"),
        ({"HELP_FILE": str(tmp_path / "nowhere")}, "help numbers"),
        ({"ENCRYPTION_KEYS": "one:AAAA"}, "ENCRYPTION_KEYS"),
        ({"PORT": str(taken.getsockname()[1])}, "PORT"),
    ]
    with taken:
        for env, word in trials:
            done = _run(tmp_path / "data", "wsgi.py", INSECURE_LOCAL="1", **env)
            assert done.returncode != 0
            assert word in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "data" / "hearth.db").exists()


def test_trial_switches_do_nothing_outside_the_demo(tmp_path: Path) -> None:
    loaded = config.load({"HEARTH_DATA": str(tmp_path), "DEMO_NO_LIMITS": "1", "DEMO_SKIP_TOTP": "1"})
    assert (loaded.no_limits, loaded.skip_totp) == (False, False)
    assert config.load({**GOOD, "HEARTH_DATA": str(tmp_path), "HEARTH_TESTING": "1"}).testing is False


def _run(tmp_path: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    given = {"PATH": os.environ["PATH"], "HEARTH_DATA": str(tmp_path), **env}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=given, capture_output=True, text=True, timeout=50)


@pytest.mark.slow
def test_the_server_starts_in_production(tmp_path: Path) -> None:
    server = Hearth(tmp_path / "data", DEMO="", INSECURE_LOCAL="", **GOOD)
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    with server, contextlib.closing(line):
        line.request("GET", "/login")
        answer = line.getresponse()
        assert (answer.status, bool(answer.read())) == (200, True)
        assert str(answer.headers["Set-Cookie"]).startswith("__Host-sid=")
    assert "Traceback" not in server.log.read_text()


@pytest.mark.slow
def test_the_first_manager_of_a_fresh_installation_comes_in(tmp_path: Path) -> None:
    done = _run(tmp_path, "-m", "flask", "invite", "manager", "--house", "Ekbacken", **GOOD)
    assert done.returncode == 0, done.stderr
    assert re.search(r"https://hearth\.example/i/[\w-]{43}", done.stdout)
    assert re.search(r"[2-9A-Z]{5} [2-9A-Z]{5}", done.stdout)
    again = _run(tmp_path, "-m", "flask", "demo", "people", "--json", **GOOD)
    assert '"amina"' in again.stdout


def test_commands_act_and_refuse_with_a_sentence(app: Flask, world: World) -> None:
    runner = FlaskCliRunner(app)
    amina = Browser(app, world).signed_in("amina")
    assert amina.get("/").status_code == 200
    done = runner.invoke(args=["member", "suspend", "AMINA"])
    assert (done.exit_code, "suspended" in done.output) == (0, True)
    assert amina.get("/").status_code == 403
    assert runner.invoke(args=["member", "restore", "amina"]).exit_code == 0
    assert amina.get("/").status_code == 200
    assert "signed out of 1" in runner.invoke(args=["member", "sign-out", "amina"]).output
    assert amina.get("/").status_code == 302
    unknown = runner.invoke(args=["member", "suspend", "nobody"])
    assert (unknown.exit_code, "Nobody has that sign-in name" in unknown.output) == (1, True)


def test_the_invitation_of_the_command_line_makes_a_manager(app: Flask, world: World) -> None:
    done = FlaskCliRunner(app).invoke(args=["invite", "manager", "--house", "Solgläntan"])
    link = re.search(r"/i/([\w-]{43})", done.output)
    assert link, done.output
    made = session().scalars(select(Invitation).where(Invitation.made_by.is_(None), Invitation.used_at.is_(None))).one()
    assert (made.kind, made.duty, made.adult_checked) == ("staff", "house_manager", True)


@pytest.fixture
def moving(world: World) -> Any:
    yield
    db.remove()
    clock._offset = timedelta(0)


def test_time_moves_for_everybody_and_back(app: Flask, world: World, moving: Any) -> None:
    token = clock._fixed.set(None)
    try:
        runner = FlaskCliRunner(app)
        real = clock.now()
        for wish, expected in (("+90d", 90 * 24), ("-2h", 90 * 24 - 2), ("real", 0)):
            assert runner.invoke(args=["clock", "set", wish]).exit_code == 0
            assert abs((clock.now() - real).total_seconds() / 3600 - expected) < 0.1
        assert runner.invoke(args=["clock", "set", "2031-01-01T12:00"]).exit_code == 0
        assert clock.local(clock.now()).strftime("%Y-%m-%d %H:%M") == "2031-01-01 12:00"
        assert runner.invoke(args=["clock", "set", "soon"]).exit_code == 1
        with transaction() as s:
            clock.store(s, "real")
    finally:
        clock._fixed.reset(token)
    assert clock.now() == NOW


def test_time_stands_still_outside_trials(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses

    plain = dataclasses.replace(app.config["SETTINGS"], testing=False, demo=False)
    monkeypatch.setitem(app.config, "SETTINGS", plain)
    for args in (["clock", "set", "+1d"], ["jobs", "run", "--now", "2031-01-01"]):
        done = FlaskCliRunner(app).invoke(args=args)
        assert (done.exit_code, "demo and test mode only" in done.output) == (1, True)
