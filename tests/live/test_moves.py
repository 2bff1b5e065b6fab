"""The day somebody moves, beside a running server: her open page loses its line at midnight, and whatever is killed in
the middle of that day's work, all of it is done or nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.live.house import House, eventually
from tests.live.people import CLOSED
from tests.serve import ROOT

HOME = ZoneInfo("Europe/Stockholm")
EVENING, AT_MOST = 25.0, 2.0  # seconds: before midnight, and after it

_KILLED = """
import json, os, sys
from datetime import datetime, timedelta

from sqlalchemy import event

from community.app import create_app
from community.core import clock, db, jobs
from community.lifecycle import moving_out

begins = datetime.fromisoformat(sys.argv[1])

def work(number):
    with create_app().app_context():
        left = [number]

        @event.listens_for(db.engine(), "before_cursor_execute")
        def count(*_any):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), 9)

        with clock.at(begins + timedelta(minutes=10 * number)):  # a lease of what was killed has run out
            jobs.run_due(moving_out.JOBS)
        os._exit(0)

for number in range(1, 200):
    child = os.fork()
    if not child:
        work(number)
    _pid, status = os.waitpid(child, 0)
    print(json.dumps([number, os.WIFSIGNALED(status)]), flush=True)
    sys.stdin.readline()
    if not os.WIFSIGNALED(status):
        break
"""


def midnight_of(house: House, who: str) -> datetime:
    """The midnight at home at which somebody moves."""
    asked = "SELECT moves_on FROM move WHERE member_id = :member"
    day = house.ask(asked, member=house.member(who))[0][0]
    on = day if isinstance(day, date) else date.fromisoformat(day)
    return datetime(on.year, on.month, on.day, tzinfo=HOME)


@pytest.mark.timeout(200)
def test_at_midnight_an_open_page_of_the_house_loses_its_line(fresh_house: Callable[..., House]) -> None:
    house = fresh_house()
    midnight = midnight_of(house, "samir")
    house.flask("clock", "set", (midnight - timedelta(seconds=EVENING)).isoformat())
    set_at = time.monotonic()
    samir, isla = house.person("samir"), house.person("isla")
    thread = isla.starts("Vem diskar", space="linden")
    with samir.line().joined(thread) as line:
        before = isla.says(thread, "Före midnatt")
        line.piece(before)
        line.wait(lambda: not line.open, 2 * EVENING, "the cut")
        closed = next(frame.at for frame in line.frames if frame.event == CLOSED)
        assert closed - set_at < EVENING + AT_MOST
        after = isla.says(thread, "Efter midnatt")
        assert after not in [piece.get("id") for piece in line.pieces()]
    page = samir.get(f"/t/{thread}")
    assert "Före midnatt" in page.text and "Efter midnatt" not in page.text
    with samir.line() as again:
        assert again.ask("stream:join", {"stream": thread})["code"] == "not_found"
    assert samir.get(f"/streams/{thread}/since?after=0").status == 404
    done = "SELECT done_at FROM move WHERE member_id = :member"
    assert eventually(lambda: house.ask(done, member=house.member("samir"))[0][0])


def whole(house: House) -> tuple[bool, bool, int, int]:
    """What the day's work leaves: the move open or done, its line in the audit chain, what open pages are told."""
    move_id, open_, done_at = house.ask("SELECT id, is_open, done_at FROM move")[0]
    assert move_id
    acts = house.ask("SELECT count(*) FROM audit_line WHERE act = 'move.done'")[0][0]
    told = house.ask("SELECT count(*) FROM announcement WHERE event = 'member:moved'")[0][0]
    return bool(open_), done_at is not None, int(acts), int(told)


@pytest.mark.timeout(300)
def test_killed_at_any_statement_it_is_done_or_not_begun(fresh_house: Callable[..., House]) -> None:
    house = fresh_house()
    command = [sys.executable, "-c", _KILLED, midnight_of(house, "samir").isoformat()]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    run = subprocess.Popen(command, cwd=ROOT, env=house.server.env, **pipes)  # type: ignore[call-overload]
    killed, seen = 0, set()
    with run.stdin, run.stdout:
        for line in run.stdout:
            seen.add(whole(house))
            killed += json.loads(line)[1]
            print(file=run.stdin, flush=True)
        run.wait(30)
    assert killed > 10
    assert seen == {(True, False, 0, 0), (False, True, 1, 1)}
