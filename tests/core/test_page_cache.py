"""Compiled pages are kept from start to start, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from community.core import page_cache


def _app(tmp_path: Path) -> Flask:
    (tmp_path / "templates").mkdir(exist_ok=True)
    app = Flask(__name__, root_path=str(tmp_path))
    page_cache.init_app(app, tmp_path / "data")
    return app


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "modules").mkdir()
    monkeypatch.setattr(page_cache, "BESIDE_MODULES", tmp_path / "modules")
    return tmp_path / "modules" / "pages"


def _shown(app: Flask) -> str:
    return app.jinja_env.get_template("page.html").render()


def test_the_second_start_compiles_nothing(tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = _app(tmp_path), _app(tmp_path)
    (tmp_path / "templates/page.html").write_text("as it was")
    assert _shown(first) == "as it was"
    assert len(list(kept.iterdir())) == 1
    monkeypatch.setattr(second.jinja_env, "compile", None)
    assert _shown(second) == "as it was"


def test_a_changed_page_is_compiled_anew(tmp_path: Path, kept: Path) -> None:
    page = tmp_path / "templates/page.html"
    first, second = _app(tmp_path), _app(tmp_path)
    page.write_text("as it was")
    _shown(first)
    page.write_text("as it is")
    assert _shown(second) == "as it is"


def test_without_room_the_page_is_shown_all_the_same(tmp_path: Path, kept: Path) -> None:
    app = _app(tmp_path)
    (tmp_path / "templates/page.html").write_text("here")
    kept.rmdir()
    assert _shown(app) == "here"


def test_where_the_program_cannot_be_written_to_they_are_kept_among_the_data(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_cache, "BESIDE_MODULES", tmp_path / "not there")
    app = _app(tmp_path)
    (tmp_path / "templates/page.html").write_text("here")
    _shown(app)
    assert len(list((tmp_path / "data/pages").iterdir())) == 1
