"""nginx in front of the server processes, with the pages part of real use (deploy/nginx-pages.conf)."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Sequence
from pathlib import Path

from scaled.children import CannotStart, Child

DEPLOY = Path(__file__).parents[1] / "deploy"
PLACES = "/usr/sbin:/usr/local/sbin:/opt/homebrew/bin"  # where it lies though the path of a person does not lead there


def program() -> str:
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:{PLACES}")
    if found is None:
        raise CannotStart("nginx is missing: install it (Debian: apt install nginx-light).")
    return found


def written(folder: Path, port: int, sockets: Sequence[Path]) -> str:
    """The whole configuration; `folder` is for what nginx keeps while it runs."""
    values = {
        "USER": "user root;" if os.geteuid() == 0 else "",
        "FOLDER": str(folder),
        "PORT": str(port),
        "PAGES": str(DEPLOY / "nginx-pages.conf"),
        "SERVERS": "\n".join(f'        server "unix:{file}" max_fails=1 fail_timeout=2s;' for file in sockets),
    }
    text = (DEPLOY / "nginx-scaled.conf").read_text()
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def nginx(folder: Path, port: int, sockets: Sequence[Path]) -> Child:
    """Running, and answering on the port of this machine."""
    file, log = folder / "nginx.conf", folder / "nginx.log"
    file.write_text(written(folder, port, sockets))
    child = Child("nginx", [program(), "-p", str(folder), "-c", str(file), "-e", str(log)], log=log, cwd=folder)
    child.wait_until(lambda: _is_open(port))
    return child


def _is_open(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0
