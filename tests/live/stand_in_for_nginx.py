"""In nginx's place where a machine has none: passes connections on to the sockets its configuration names, in turns,
and past those where nobody listens. Called as the supervisor calls nginx: `-p FOLDER -c FILE -e LOG`."""

import contextlib
import itertools
import re
import socket
import sys
import threading
from pathlib import Path


def main() -> None:
    text = Path(sys.argv[sys.argv.index("-c") + 1]).read_text()
    files = re.findall(r'server "unix:([^"]+)"', text)
    port = int(re.findall(r"listen 127\.0\.0\.1:(\d+);", text)[0])
    turns = itertools.count()
    with socket.create_server(("127.0.0.1", port), backlog=128) as door:
        while True:
            caller = door.accept()[0]
            first = next(turns)
            order = [files[(first + step) % len(files)] for step in range(len(files))]
            threading.Thread(target=serve, args=(caller, order), daemon=True).start()


def serve(caller: socket.socket, files: list[str]) -> None:
    for file in files:
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with contextlib.suppress(OSError):
            server.connect(file)
            back = threading.Thread(target=carry, args=(server, caller), daemon=True)
            back.start()
            carry(caller, server)
            back.join()
            server.close()
            break
        server.close()
    caller.close()


def carry(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while said := one.recv(65536):
            other.sendall(said)
    with contextlib.suppress(OSError):
        other.shutdown(socket.SHUT_RDWR)


if __name__ == "__main__":
    main()
