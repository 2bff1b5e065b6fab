"""What the shifts of a moment make: host, night or none, and who it is; over the changes of the clocks, too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from community.rota.actions import at_home
from community.rota.cover import HOST, NIGHT, NONE, OnShift, cover, gaps

HERE, THERE = 1, 2
AT = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def on(
    role: str,
    house: int | None = HERE,
    starts_at: datetime = AT - HOUR,
    ends_at: datetime = AT + HOUR,
    *,
    id_: int = 1,
    counts: bool = True,
) -> OnShift:
    return OnShift(id_, id_, f"Name {id_}", house, role, starts_at, ends_at, counts=counts)


def expected(roles: set[str]) -> str:
    """Product 3.2, said in another way than the code says it."""
    return HOST if "host" in roles else NIGHT if roles else NONE


@pytest.mark.parametrize("house", [HERE, THERE, None])
def test_cover_is_the_table(house: int | None) -> None:
    """Every set of roles, each at this house, at the other one, for all houses or not at all."""
    count = 0
    for places in product(("not at all", HERE, THERE, None), repeat=3):
        placed = zip(("host", "staff", "on_call"), places, strict=True)
        shifts = [
            on(role, place, id_=number) for number, (role, place) in enumerate(placed, 1) if place != "not at all"
        ]  # type: ignore[arg-type]
        counting = [one for one in shifts if house is None or one.house_id in (house, None)]
        found = cover(shifts, house, AT)
        assert found.kind == expected({one.role for one in counting}), (house, places)
        ranks = {"host": 0, "staff": 1, "on_call": 2}
        best = min((ranks[one.role] for one in counting), default=None)
        assert {one.id for one in found.people} == {one.id for one in counting if ranks[one.role] == best}
        count += 1
    assert count == 64


def test_a_shift_holds_from_its_first_moment_until_just_before_its_last() -> None:
    shift, tick = on("host"), timedelta(microseconds=1)
    kinds = [cover([shift], HERE, at).kind for at in (AT - HOUR - tick, AT - HOUR, AT + HOUR - tick, AT + HOUR)]
    assert kinds == [NONE, HOST, HOST, NONE]


def test_who_does_not_count_is_no_cover() -> None:
    away = on("host", counts=False)
    assert cover([away], HERE, AT).kind == NONE
    assert [(gap.starts_at, gap.ends_at) for gap in gaps([away], HERE, AT, AT + HOUR)] == [(AT, AT + HOUR)]


def test_the_one_in_the_house_comes_first_then_who_stays_longest() -> None:
    shifts = [
        on("staff", None, ends_at=AT + 5 * HOUR, id_=1),
        on("staff", id_=2),
        on("staff", ends_at=AT + 2 * HOUR, id_=3),
    ]
    assert [one.id for one in cover(shifts, HERE, AT).people] == [3, 2, 1]


def test_gaps_are_where_cover_is_none() -> None:
    """Minute by minute the two say the same."""
    shifts = [
        on("host", HERE, AT + HOUR, AT + 3 * HOUR, id_=1),
        on("staff", None, AT + 2 * HOUR, AT + 4 * HOUR, id_=2),
        on("staff", THERE, AT + 4 * HOUR, AT + 9 * HOUR, id_=3),
        on("on_call", HERE, AT + 6 * HOUR, AT + 7 * HOUR, id_=4),
    ]
    found = gaps(shifts, HERE, AT, AT + 8 * HOUR)
    assert [(gap.starts_at, gap.ends_at) for gap in found] == [
        (AT, AT + HOUR), (AT + 4 * HOUR, AT + 6 * HOUR), (AT + 7 * HOUR, AT + 8 * HOUR),
    ]  # fmt: skip
    for minute in range(8 * 60):
        at = AT + timedelta(minutes=minute)
        inside = any(gap.starts_at <= at < gap.ends_at for gap in found)
        assert inside is (cover(shifts, HERE, at).kind == NONE), at
    assert gaps([], HERE, AT, AT + HOUR)[0].ends_at == AT + HOUR
    assert gaps([on("host", ends_at=AT + 9 * HOUR)], HERE, AT, AT + HOUR) == []


@pytest.mark.parametrize(
    ("evening", "hours"),
    [
        (datetime(2027, 3, 26, 22), 9),  # an ordinary night
        (datetime(2027, 3, 27, 22), 8),  # 02:00 becomes 03:00
        (datetime(2027, 10, 30, 22), 10),  # 03:00 becomes 02:00
    ],
)
def test_a_night_is_as_long_as_the_clocks_make_it(evening: datetime, hours: int) -> None:
    begins, ends = at_home(evening), at_home(evening + timedelta(hours=9))
    night = on("staff", HERE, begins, ends)
    assert ends - begins == hours * HOUR
    assert night.hours == "22:00–07:00"
    assert gaps([night], HERE, begins, ends) == []
    day = on("staff", HERE, ends, ends + 8 * HOUR)
    assert gaps([night, day], HERE, begins, ends + 8 * HOUR) == []


def test_an_hour_left_out_is_the_next_one_and_of_one_that_comes_twice_the_first() -> None:
    assert at_home(datetime(2027, 3, 28, 2, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert at_home(datetime(2027, 10, 31, 2, 30)) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
