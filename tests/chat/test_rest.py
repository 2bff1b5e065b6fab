"""When a chat rests: a table of shifts and hours, and the same as people meet it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from community.chat.rest import watch
from community.core import clock
from community.core.errors import NotAllowed
from community.rota.actions import at_home
from community.rota.cover import OnShift
from tests.chat.saying import chat_of, say
from tests.client import Browser, words_of
from tests.make import Make
from tests.world import NOW, World, nobody_works

HOUSE, OTHER = 1, 2


def on(
    hours: str, role: str = "host", house: int | None = HOUSE, name: str = "Sara Ek", counts: bool = True
) -> OnShift:
    """A shift of the 14th of March, '14-22'; an end before its beginning is on the 15th."""
    begins, ends = map(int, hours.split("-"))
    starts_at = datetime(2026, 3, 14, begins)
    ends_at = datetime(2026, 3, 14 if ends > begins else 15, ends)
    return OnShift(1, 7, name, house, role, at_home(starts_at), at_home(ends_at), counts=counts)


EVENING, NIGHT = on("14-22", "staff"), on("22-7", "staff", name="Lars Berg")
MORNING = OnShift(
    3, 9, "Elin Öst", HOUSE, "host", at_home(datetime(2026, 3, 15, 8)), at_home(datetime(2026, 3, 15, 15))
)

TABLE = [
    ("a host", [on("14-22")], 18, "Sara", "22:00"),
    ("a host at night", [on("20-2")], 23, "Sara", "02:00"),
    ("somebody who works the evening", [EVENING], 18, "Sara", "22:00"),
    ("then somebody who is awake", [EVENING, NIGHT], 21, "Sara", "22:00"),
    ("at night nobody keeps an eye", [EVENING, NIGHT, MORNING], 23, None, "08:00"),
    ("not even after midnight", [NIGHT, MORNING], 24, None, "08:00"),
    ("on call is nobody's eye", [on("14-22", "on_call"), MORNING], 18, None, "08:00"),
    ("somebody of another house", [on("14-22", house=OTHER), MORNING], 18, None, "08:00"),
    ("one for all houses", [on("14-22", house=None)], 18, "Sara", "22:00"),
    ("one who does not count", [on("14-22", counts=False)], 18, None, None),
    ("nobody", [], 18, None, None),
    ("two that touch are one", [on("14-18"), on("18-21", "staff")], 15, "Sara", "21:00"),
]


@pytest.mark.parametrize(("case", "shifts", "hour", "who", "until"), TABLE, ids=[row[0] for row in TABLE])
def test_who_keeps_an_eye_and_until_when(
    case: str, shifts: list[OnShift], hour: int, who: str | None, until: str | None, world: World
) -> None:
    found = watch(shifts, HOUSE, at_home(datetime(2026, 3, 14) + timedelta(hours=hour)))
    assert (found.host.first_name if found.host else None) == who
    assert (f"{clock.local(found.until):%H:%M}" if found.until else None) == until
    assert found.resting is (who is None)


def test_what_belongs_to_all_houses_has_an_eye_wherever_somebody_works(world: World) -> None:
    assert watch([on("14-22", house=OTHER)], None, at_home(datetime(2026, 3, 14, 18))).host is not None


def test_it_is_said_a_quarter_of_an_hour_before_and_the_page_knows_when_to_look_again(world: World) -> None:
    at = at_home(datetime(2026, 3, 14, 21, 30))
    found = watch([EVENING, NIGHT, MORNING], HOUSE, at)
    assert not found.ends_soon(at)
    assert found.changes_in(at) == timedelta(minutes=15)
    assert found.ends_soon(at + timedelta(minutes=15))
    assert found.changes_in(at + timedelta(minutes=15)) == timedelta(minutes=15)
    resting = watch([EVENING, NIGHT, MORNING], HOUSE, at + timedelta(minutes=30))
    assert resting.awake is not None
    assert resting.awake.first_name == "Lars"
    assert resting.changes_in(at + timedelta(minutes=30)) == timedelta(hours=10)


def test_people_read_that_it_rests_who_is_awake_and_where_help_is(
    world: World, make: Make, browser: Callable[..., Browser]
) -> None:
    nobody_works()
    make.shift("sara", "Solgläntan", -1, 3)  # 18:00 to 22:00 at home
    make.shift("sara", "Solgläntan", 3, 12)
    make.shift("jonna", "Linden", 4, 12, role="host")  # not theirs
    make.shift("sara", "Solgläntan", 12, 20)
    page = f"/chat/{chat_of(world, 'solglantan')}"
    with clock.at(NOW + timedelta(hours=2, minutes=50)):
        say(world, "amina", "hej", "solglantan")
        assert "Chatten vilar från kl. 22." in words_of(browser("amina").get(page))
    with clock.at(NOW + timedelta(hours=4)):
        words = words_of(browser("amina").get(page))
        assert "Chatten vilar till kl. 07." in words
        assert "Sara är vaken i huset." in words
        assert "Hjälp nu" in words
        with pytest.raises(NotAllowed):
            say(world, "amina", "hej igen", "solglantan")
