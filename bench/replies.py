"""`python -m bench.replies PERSON THREAD COUNT`: so many replies by the real action, one after the other, no server
and no page; prints replies a second. The settings come from the environment, as for any command."""

from __future__ import annotations

import sys
import time

import config
from community.app import create_app
from community.core import db
from community.forum import actions
from community.members.queries import as_viewer
from community.streams.actions import Said


def main(person: int, thread: int, count: int) -> None:
    with create_app(config.load()).app_context():
        viewer = as_viewer(person)
        actions.reply(viewer, thread, Said("Uppvärmning", f"bench-{time.time_ns()}"))
        began = time.perf_counter()
        for number in range(count):
            actions.reply(viewer, thread, Said(f"Svar {number}", f"bench-{time.time_ns()}"))
            db.remove()
        print(count / (time.perf_counter() - began))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:4]))
