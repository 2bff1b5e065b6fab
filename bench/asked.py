"""`python -m bench.asked`: one filled folder (HEARTH_DATA), its pages asked for in this process, signed in as amina.

First it prints what there is to ask for; then, for each JSON list of paths that comes in, how many milliseconds of
processor time each of them took. Everything a request costs is in it but the server's socket.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

import config
from community.app import create_app
from community.core import db, paging, schema
from community.members import actions
from community.members.models import Member
from community.streams.models import Piece, Stream

DOWN = timedelta(days=7 * 365)
PLACES = 5  # so that not one page is asked for all the time


def cookie(app: Flask) -> str:
    member = db.session().scalars(select(Member.id).where(Member.sign_in_name == "amina")).one()
    token = actions.open_session(member, kept=True)
    signed = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"sid={signed.dumps({'_user_id': token, '_fresh': True})}"


def what_there_is(settings: config.Settings) -> dict[str, Any]:
    """The folder's posts, and the places of each kind of page."""
    found = config.recall(settings.data).get("bulk")
    assert isinstance(found, dict), f"{settings.data} was not filled by `flask demo bulk`"
    s = db.session()
    thread, last = s.execute(select(Stream.id, Stream.last_nr).order_by(Stream.last_nr.desc()).limit(1)).one()
    down = datetime.fromisoformat(found["until"]) - DOWN
    feeds = [f"/?before={paging.cursor(down - timedelta(days=10 * place), 0)}" for place in range(PLACES)]
    middle = [f"/t/{thread}?around={last * (place + 1) // (PLACES + 1)}" for place in range(PLACES)]
    posts = s.scalars(select(func.count()).select_from(Piece)).one()
    return {
        "posts": found["posts"],
        "pieces": posts,
        "longest": last - 1,
        "pages": {
            "feed, first page": ["/"],
            "feed, seven years down": feeds,
            "longest thread, its newest page": [f"/t/{thread}?before={last + 1}"],
            "longest thread, deep inside": middle,
        },
    }


def main() -> None:
    settings = config.load()
    app = create_app(settings)
    with app.app_context():
        schema.upgrade(settings.database_url)
        asks, headers = app.test_client(use_cookies=False), {"Cookie": cookie(app)}
        print(json.dumps(what_there_is(settings)), flush=True)
        db.remove()
    for line in sys.stdin:
        took = []
        for path in json.loads(line):
            began = time.process_time()
            answer = asks.get(path, headers=headers)
            took.append((time.process_time() - began) * 1000)
            assert answer.status_code == 200, (path, answer.status)
        print(json.dumps(took), flush=True)


if __name__ == "__main__":
    main()
