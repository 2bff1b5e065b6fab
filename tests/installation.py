"""An installation of a test's own, with a pair of backup keys, and somewhere to restore to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import Engine, create_engine, text

import config
from community.core import anchors, db, sealed_files
from tests.copies import PostgresCopies
from tests.fixtures import SECRET
from tests.servers import _postgres_programs
from tests.world import World


class Place:
    """An installation of the test's own, with a pair of backup keys, and somewhere to restore to."""

    def __init__(self, app: Flask, engine: Engine, folder: Path, empty: Callable[[], str]) -> None:
        self.app, self.engine, self.folder, self.empty = app, engine, folder, empty
        self.public, secret = sealed_files.new_key()
        self.key = folder / "key"
        self.key.write_text(f"# opens backups\n{secret}\n")
        (folder / "data" / "pictures").mkdir(parents=True)
        (folder / "data" / "pictures" / "cat.webp").write_bytes(b"miaow" * 1000)
        (folder / "data" / "server.log").write_text("not for keeping")
        self.settings = config.Settings(
            data=folder / "data",
            secret_key=SECRET,
            database_url=engine.url.render_as_string(hide_password=False),
            anchor_dir=folder / "anchors",
            backup_key=self.public,
            testing=True,
        )
        self.sqlite = engine.dialect.name == "sqlite"

    def flask(self, *words: str) -> tuple[int, str]:
        done = FlaskCliRunner(self.app).invoke(args=list(words))
        assert not done.exception or isinstance(done.exception, SystemExit), done.exc_info
        return done.exit_code, done.output

    def backup(self) -> Path:
        code, said = self.flask("backup", "--to", str(self.folder / "kept"))
        assert code == 0, said
        return Path(said.split(" (")[0])

    def restore(self, file: Path, *more: str, key: Path | None = None) -> tuple[int, str]:
        target = () if self.sqlite else ("--database-url", self.empty())
        self.restored_to = f"sqlite:///{self.folder / 'new' / 'hearth.db'}" if self.sqlite else target[1]
        return self.flask(
            "restore", str(file), "--key", str(key or self.key), "--into", str(self.folder / "new"), *target, *more
        )

    def ask(self, sql: str, url: str | None = None) -> list[Any]:
        engine = create_engine(url) if url else self.engine
        with engine.connect() as line:
            found = list(line.execute(text(sql)).scalars())
        if url:
            engine.dispose()
        return found

    def spoil(self, sql: str) -> None:
        with self.engine.begin() as line:
            line.execute(text(sql))


@pytest.fixture
def place(
    app: Flask,
    own_database: tuple[Engine, World],
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Place]:
    def empty() -> str:
        copies: PostgresCopies = request.getfixturevalue("postgres_copies")
        return copies.copy("empty", lambda _url: None)

    engine = own_database[0]
    if engine.dialect.name == "postgresql":
        monkeypatch.setenv("PG_BIN", str(_postgres_programs() / "bin"))
    made = Place(app, engine, tmp_path, empty)
    monkeypatch.setitem(app.config, "SETTINGS", made.settings)
    assert anchors.write()
    yield made
    db.remove()
