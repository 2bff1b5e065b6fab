"""From a fresh clone to the first page: with nothing on the machine but Python (and Node, if there), and once more.

A clone of its own, an empty home folder (so no caches of pip and npm), `make run`, until the first 200; then the same
clone again with a new data folder.
"""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.children import free_port
from tests.serve import ROOT

AT_MOST = 900  # seconds
KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR")


def setting_up(folder: Path) -> Iterator[str]:
    home, clone = folder / "home", folder / "clone"
    home.mkdir()
    env = {name: os.environ[name] for name in KEPT if name in os.environ} | {"HOME": str(home)}
    began = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    cold = time.perf_counter() - began + first_page(clone, folder / "data-1", env)
    yield f"fresh clone, empty caches, `make run` to the first 200 | {cold:.0f} s |"
    warm = first_page(clone, folder / "data-2", env)
    yield f"the same clone again, new data folder, to the first 200 | {warm:.1f} s |"


def first_page(clone: Path, data: Path, env: dict[str, str]) -> float:
    """Seconds until the sign-in page is there."""
    port = free_port()
    command = ["make", "run", f"PORT={port}", f"DATA={data}"]
    began = time.perf_counter()
    with open(data.with_suffix(".log"), "wb") as log:
        child = subprocess.Popen(command, cwd=clone, env=env, stdout=log, stderr=log, start_new_session=True)
    try:
        while not answers(port):
            assert child.poll() is None, data.with_suffix(".log").read_text()[-2000:]
            assert time.perf_counter() - began < AT_MOST, "it takes too long"
            time.sleep(0.05)
        return time.perf_counter() - began
    finally:
        os.killpg(child.pid, signal.SIGTERM)  # make and what it started
        child.wait(20)


def answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", "/login")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
