"""Due work is done once, by whoever claims it, and by another when the first one died."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from community.core import clock, db
from community.core.db import session, transaction
from community.core.jobs import LEASE, Due, Job, Occurrence, daily, run_due
from community.members.models import House
from tests.fixtures import Heard
from tests.world import NOW, World


def _job(done: list[str], fail: bool = False) -> Job:
    def run(due: Due) -> None:
        done.append(due.what)
        with transaction() as s:
            s.add(House(name=f"Made by {due.what} {len(done)}"))
            s.flush()
        if fail:
            raise RuntimeError("the machine died here")

    return Job("test", lambda now: [Due("one", NOW)] if now >= NOW else [], run)


def test_it_is_done_once(world: World) -> None:
    done: list[str] = []
    assert [run_due([_job(done)]) for _time in range(3)] == [1, 0, 0]
    assert done == ["one"]


def test_not_before_it_is_due(world: World) -> None:
    done: list[str] = []
    with clock.at(NOW - timedelta(seconds=1)):
        assert run_due([_job(done)]) == 0


def test_one_that_fails_leaves_nothing_and_is_tried_again_when_its_lease_is_over(
    world: World, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    assert run_due([_job(done, fail=True)]) == 0
    assert "did not finish" in caplog.text
    assert not session().scalar(select(House.id).where(House.name.startswith("Made by")))
    assert run_due([_job(done)]) == 0, "the lease still holds"
    with clock.at(NOW + LEASE + timedelta(seconds=1)):
        assert run_due([_job(done)]) == 1
        assert run_due([_job(done)]) == 0
    assert done == ["one", "one"]
    assert session().scalars(select(Occurrence.done_at)).one() == NOW + LEASE + timedelta(seconds=1)


def test_two_runners_do_it_once(own_database: object) -> None:
    done: list[str] = []
    together, counts = threading.Barrier(2), []

    def runner() -> None:
        with clock.at(NOW):
            together.wait(10)
            counts.append(run_due([_job(done)]))
        db.remove()

    runners = [threading.Thread(target=runner) for _number in range(2)]
    for each in runners:
        each.start()
    for each in runners:
        each.join()
    assert sorted(counts) == [0, 1]
    assert done == ["one"]


@pytest.mark.parametrize(("hours", "days"), [(0, 0), (10, 0), (11, 1), (34, 1), (35, 2)])
def test_daily_work_is_due_once_a_day_at_its_hour_at_home(hours: int, days: int) -> None:
    at = NOW + timedelta(hours=hours)  # NOW is seven in the evening at home
    due = daily(at, 4)
    expected = clock.local(at).date()
    if clock.local(at).hour < 4:
        assert due == []
    else:
        assert [one.what for one in due] == [expected.isoformat()]
        assert due[0].due_at <= at
    assert days >= 0
