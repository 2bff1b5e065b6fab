"""What deploy/ and the docs name exists: settings, files, ports and limits agree with the program's own."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest
from flask import Flask

import config
from community.core import fanout, web
from community.core.picture_sizes import MOST_BYTES
from community.photos.rules import MOST_ON_A_PIECE
from scaled import front

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SITE, PAGES = ((DEPLOY / name).read_text() for name in ("nginx.conf", "nginx-pages.conf"))
NGINX = SITE + PAGES
COMPOSE = (DEPLOY / "compose.yaml").read_text()
ENV = (DEPLOY / "hearth.env.example").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
UNITS = sorted(path.name for path in DEPLOY.glob("*.service"))
NOT_FOR_PEOPLE = {"HEARTH_TESTING", "HEARTH_WORD_LISTS", "PGPASSWORD", "LC_ALL"}  # tests; for pg_dump


def _settings() -> set[str]:
    """Every variable the program reads."""
    source = (ROOT / "config.py").read_text() + (ROOT / "community" / "core" / "snapshots.py").read_text()
    return set(re.findall(r"env(?:iron)?(?:\.get\(|\[|, )\"([A-Z_]+)\"", source))


def _unit(name: str) -> dict[str, list[str]]:
    parser = configparser.RawConfigParser(strict=False, dict_type=dict)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / name)
    assert parser.has_section("Service")
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / name).read_text().splitlines():
        key, sign, value = line.partition("=")
        if sign and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def _code(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.strip().startswith("#"))


def _one(pattern: str) -> str:
    (found,) = set(re.findall(pattern, _code(NGINX)))
    return str(found)


def test_every_setting_is_in_the_docs_and_no_other() -> None:
    table = OPERATIONS.split("## Settings")[1].split("## ")[0]
    told = {name for row in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`([A-Z_]+)`", row)}
    assert len(_settings()) > 20
    assert told == _settings() - NOT_FOR_PEOPLE


def test_the_example_names_settings_that_exist_and_holds_no_secret() -> None:
    given = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", ENV, re.M))
    assert len(given) > 15
    assert set(given) <= _settings()
    assert (given["SECRET_KEY"], given["ENCRYPTION_KEYS"]) == ("", "")
    assert "AGE-SECRET" not in ENV


def test_the_example_starts_once_its_secret_is_filled_in(tmp_path: Path) -> None:
    given = {**dict(re.findall(r"^([A-Z_]+)=(.*)$", ENV, re.M)), "HEARTH_DATA": str(tmp_path)}
    with pytest.raises(config.SettingsError, match="SECRET_KEY"):
        config.load(given)
    loaded = config.load({**given, "SECRET_KEY": "k" * 40})
    assert (loaded.production, loaded.trusted_proxies, loaded.log_form) == (True, 1, "json")


@pytest.mark.parametrize("name", UNITS)
def test_units_start_what_is_there_with_settings_that_exist(name: str) -> None:
    unit = _unit(name)
    assert unit["WorkingDirectory"] == ["/opt/hearth"]
    assert unit["EnvironmentFile"] == ["/etc/hearth/hearth.env"]
    assert {value.split("=")[0] for value in unit["Environment"]} <= _settings()
    program, *words = unit["ExecStart"][0].split()
    if program == "/usr/bin/env":
        own = [word for word in words if "=" in word]
        assert {word.split("=")[0] for word in own} <= _settings()
        program, *words = words[len(own) :]
    assert program.startswith("/opt/hearth/.venv/bin/")
    assert all((ROOT / word).exists() for word in words if word.endswith(".py"))
    assert {"User", "NoNewPrivileges", "ProtectSystem", "CapabilityBoundingSet", "LogNamespace"} <= set(unit)
    assert unit["User"] != ["root"]


def test_the_unit_lets_the_server_write_where_the_example_says() -> None:
    unit, places = _unit("hearth.service"), re.findall(r"^#?(?:BACKUP_DIR|ANCHOR_DIR)=(.*)$", ENV, re.M)
    assert len(places) == 2
    assert set(places) == {place.lstrip("-") for place in unit["ReadWritePaths"][0].split()}
    assert unit["Environment"] == ["HEARTH_DATA=/var/lib/hearth"] and unit["StateDirectory"] == ["hearth"]


def test_the_proxy_is_well_formed() -> None:
    code = _code(NGINX)
    assert code.count("{") == code.count("}")
    for line in filter(None, (line.strip() for line in code.splitlines())):
        assert line[-1] in ";{}", line


def test_the_proxy_leads_to_the_server_and_sets_what_it_believes() -> None:
    given = dict(re.findall(r"^([A-Z_]+)=(.*)$", ENV, re.M))
    assert _one(r"server unix:(\S+);") == given["SOCKET"] == "/run/hearth/hearth.sock"
    assert _unit("hearth.service")["RuntimeDirectory"] == ["hearth"] and given["TRUSTED_PROXIES"] == "1"
    assert set(re.findall(r"proxy_pass (\S+);", _code(NGINX))) == {"http://hearth"}
    sent = dict(re.findall(r"proxy_set_header (\S+) (\S+);", _code(NGINX)))
    assert (sent["X-Forwarded-For"], sent["X-Forwarded-Proto"]) == ("$remote_addr", "$scheme")
    assert {sent[name] for name in ("X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "Forwarded")} == {
        '""'
    }
    assert (sent["Upgrade"], sent["Connection"]) == ("$http_upgrade", "$hearth_connection")
    name = _one(r"server_name (\S+);")
    assert f"PUBLIC_URL=https://{name}" in ENV
    assert code_of_location("/socket.io/").count("proxy_read_timeout") == 1
    assert "/metrics" not in NGINX and "9100" not in NGINX


def test_the_unit_of_several_is_the_one_of_one() -> None:
    """But for what each process has for itself; and one that ends leaves the others their socket files."""
    one, several = _unit("hearth.service"), _unit("hearth@.service")
    assert several["RuntimeDirectoryPreserve"] == ["yes"]
    differing = {"Description", "After", "ExecStart", "RuntimeDirectoryPreserve"}
    assert {key: value for key, value in several.items() if key not in differing} == {
        key: value for key, value in one.items() if key not in differing
    }
    assert "SOCKET=/run/hearth/%i.sock PROCESSES=2 " in several["ExecStart"][0]


def test_the_upstream_knows_each_process() -> None:
    """Of the units and of the compose file, as comments to be taken in."""
    found = re.findall(r"^ *#server unix:(\S+) max_fails=1 fail_timeout=2s;$", SITE, re.M)
    assert found == ["/run/hearth/1.sock", "/run/hearth/2.sock"]
    assert re.findall(r"SOCKET: (\S+)", COMPOSE) == found


def test_the_compose_file_gives_settings_that_exist_and_names_no_registry() -> None:
    given = set(re.findall(r"^ +([A-Z_]+): ", COMPOSE, re.M))
    assert {"DATABASE_URL", "REDIS_URL", "TRUSTED_PROXIES", "PROCESSES", "SOCKET"} <= given
    assert {name for name in given if not name.startswith("POSTGRES_")} <= _settings()
    images = re.findall(r"image: (\S+)", COMPOSE) + re.findall(
        r"^FROM (\S+)", (DEPLOY / "Dockerfile").read_text(), re.M
    )
    assert len(images) == 5 and all(re.fullmatch(r"[a-z]+(:[a-z0-9.-]+)?", image) for image in images), images
    for mounted in re.findall(r"- \./(\S+?):", COMPOSE):
        assert mounted == "site.conf" or (DEPLOY / mounted).exists()
    kept_out = (DEPLOY / "Dockerfile.dockerignore").read_text().split()
    assert {"deploy/hearth.env", "deploy/.env", "data", ".git"} <= set(kept_out)


def test_run_scaled_serves_the_same_pages(tmp_path: Path) -> None:
    written = front.written(tmp_path, 5055, [tmp_path / "1.sock", tmp_path / "2.sock"])
    code = _code(written)
    assert "@" not in code and code.count("{") == code.count("}")
    assert re.findall(r'server "unix:(\S+)" max_fails=1', code) == [f"{tmp_path}/1.sock", f"{tmp_path}/2.sock"]
    assert re.findall(r'include "(\S+)";', code) == [str(DEPLOY / "nginx-pages.conf")]
    assert "include /etc/nginx/hearth-pages.conf;" in SITE and "listen 127.0.0.1:5055;" in code
    for zone in re.findall(r"zone[= ](hearth_\w+)", _code(PAGES)) + re.findall(r"limit_conn (\w+) ", _code(PAGES)):
        assert f"zone={zone}:" in code and f"zone={zone}:" in SITE


def test_the_proxys_limits_fit_the_servers(app: Flask) -> None:
    small, pictures = re.findall(r"client_max_body_size (\d+)m;", _code(NGINX))
    assert int(small) * 1024 * 1024 == web.LARGEST_BODY
    assert int(pictures) * 1024 * 1024 == web.LARGEST_BODY + MOST_ON_A_PIECE * MOST_BYTES
    wait = re.search(r"proxy_read_timeout (\d+)s", code_of_location("/socket.io/"))
    engine = fanout.socketio.server.eio
    assert wait and int(wait[1]) > engine.ping_interval + engine.ping_timeout


def code_of_location(path: str) -> str:
    found = re.search(rf"location {re.escape(path)} {{(.*?)}}", _code(NGINX), re.DOTALL)
    assert found, path
    return found[1]
