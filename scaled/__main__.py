"""The supervisor: `python -m scaled`, with the settings of a server in the environment; PROCESSES says how many.

DATABASE_URL and REDIS_URL name servers that run already; without them both are started here. Ends with Ctrl-C or TERM,
and takes everything it started with it.
"""

from __future__ import annotations

import contextlib
import fcntl
import http.client
import os
import shlex
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import config
from scaled import front, stores
from scaled.children import CannotStart, Child

ROOT = Path(__file__).parents[1]
PROCESSES, MOST = "2", 16
ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
LONGEST_PATH = 100  # the system takes no longer names of socket files


def main() -> None:
    for number in ENDS:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup sets it
            signal.signal(number, _told_to_end)
    env = {"PROCESSES": PROCESSES, "TRUSTED_PROXIES": "1", **os.environ}
    data = Path(env.get("HEARTH_DATA") or "data-scaled").absolute()
    env |= {"HEARTH_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    env.pop("SOCKET", None)
    given = _checked(env)
    with _folder(data) as folder, contextlib.ExitStack() as ending:
        children = []
        for child, setting in _stores(given, data, folder):
            ending.callback(child.end)
            children.append(child)
            env |= setting
        sockets = [folder / f"{number}.sock" for number in range(1, given.processes + 1)]
        servers = ending.enter_context(_servers(env, sockets))
        door = front.nginx(folder, given.port, sockets)
        ending.callback(door.end)
        print(_greeting(given, env), flush=True)
        while True:
            for child in (*children, *servers, door):
                child.tend()
            time.sleep(0.2)


def _checked(env: dict[str, str]) -> config.Settings:
    """The settings all processes will have, refused here where one of them would refuse. Raises SystemExit."""
    to_come = {"DATABASE_URL": "postgresql+psycopg2:///", "REDIS_URL": "unix:///"}  # started here when not given
    given = config.load({**to_come, **{name: value for name, value in env.items() if value}})
    if given.production:
        raise CannotStart("make run-scaled is for trials: for real use there are units and a proxy in deploy/.")
    if given.processes > MOST:
        raise CannotStart(f"N is {given.processes}; up to {MOST} processes can be started here.")
    front.program()
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", given.port))
        except OSError as error:
            raise CannotStart(
                f"Port {given.port} can't be used ({error.strerror}): end what runs there, or choose another with PORT."
            ) from error
    return given


@contextlib.contextmanager
def _folder(data: Path) -> Iterator[Path]:
    """Where socket files and logs lie while this runs, and no second supervisor of the same data."""
    folder = data / "run"
    if len(str(data / "postgres" / ".s.PGSQL.5432.lock")) > LONGEST_PATH:
        raise CannotStart(f"{data} is too long a path for socket files: choose a shorter one with DATA.")
    folder.mkdir(mode=0o700, exist_ok=True)
    with (data / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(f"Another make run-scaled uses {data}: end it, or choose another with DATA.") from None
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _stores(given: config.Settings, data: Path, folder: Path) -> Iterator[tuple[Child, dict[str, str]]]:
    """What was not given, running, each with the setting that leads there."""
    if not os.environ.get("DATABASE_URL"):
        if os.geteuid() == 0:
            data.chmod(0o711)  # PostgreSQL runs as another user, who must get to a folder of its own in there
        child, url = stores.postgres(data / "postgres", given.processes)
        yield child, {"DATABASE_URL": url}
    if not os.environ.get("REDIS_URL"):
        child, url = stores.redis(folder)
        yield child, {"REDIS_URL": url}


@contextlib.contextmanager
def _servers(env: dict[str, str], sockets: list[Path]) -> Iterator[list[Child]]:
    """The first one migrates and fills in the demo; then the others. They are told to end together."""
    servers: list[Child] = []
    try:
        for number, file in enumerate(sockets, 1):
            own = {"SOCKET": str(file)}
            if env.get("METRICS_PORT"):
                own["METRICS_PORT"] = str(int(env["METRICS_PORT"]) + number - 1)
            servers.append(Child(f"Server {number}", [sys.executable, "wsgi.py"], env={**env, **own}, cwd=ROOT))
            if number == 1:
                _wait(servers[0], file)
        for server, file in zip(servers, sockets, strict=True):
            _wait(server, file)
        yield servers
    finally:
        for server in servers:
            server.tell_to_end()
        for server in servers:
            server.end()


def _wait(server: Child, file: Path) -> None:
    server.wait_until(lambda: _is_well(file))


def _is_well(file: Path) -> bool:
    line = http.client.HTTPConnection("localhost")
    line.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.sock.settimeout(5)
    try:
        line.sock.connect(str(file))
        line.request("GET", "/health")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _greeting(given: config.Settings, env: dict[str, str]) -> str:
    people = (
        "Sign in as amina (lives here), johanna (has lived here) or birgitta (house manager); password hearth-demo\n"
    )
    names = ("HEARTH_DATA", "DATABASE_URL", "REDIS_URL")
    beside = " ".join(f"{name}={shlex.quote(env[name])}" for name in names)
    return (
        f"\nHearth is at http://localhost:{given.port}, by {given.processes} processes\n{people if given.demo else ''}"
        f"Commands beside it: {beside} .venv/bin/flask ...\nEnd with Ctrl-C.\n"
    )


def _told_to_end(*_signal: Any) -> None:
    for number in ENDS:
        signal.signal(number, signal.SIG_IGN)  # once is enough: what follows is the end, in its order
    raise SystemExit(0)


if __name__ == "__main__":
    main()
