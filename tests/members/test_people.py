"""What a member is follows from dated periods, dated duties, a birth date and sanctions over time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from community.core import clock
from community.core.db import session, transaction
from community.core.errors import NotFound
from community.members import kept_apart, queries
from community.members.models import Duty, Member, MembershipPeriod
from community.members.people import age_band_on
from tests.make import Make
from tests.world import NOW, TODAY, World


def _period(world: World, name: str, kind: str, house: str, start: date, end: date | None = None) -> None:
    row = MembershipPeriod(member_id=world.id(name), kind=kind, house_id=world.house(house), from_on=start, to_on=end)
    with transaction() as s:
        s.add(row)
        s.flush()


def test_the_newest_current_period_wins_and_history_stays(world: World) -> None:
    _period(world, "johanna", "staff", "Linden", TODAY)
    now = world.viewer("johanna")
    assert (now.kind, now.house_id) == ("staff", world.house("Linden"))
    with clock.at(NOW - timedelta(days=1)):
        assert world.viewer("johanna").kind == "alumnus"
    with clock.at(datetime(2012, 1, 1, tzinfo=UTC)):
        assert world.viewer("johanna").kind == "resident"


def test_between_periods_one_is_nobody(world: World) -> None:
    with clock.at(datetime(2015, 1, 1, tzinfo=UTC)), pytest.raises(NotFound):
        world.viewer("johanna")
    assert world.id("johanna") in {person.id for person in queries.everybody(world.viewer("tuva"))}
    assert world.id("gun") not in {person.id for person in queries.everybody(world.viewer("tuva"))}


def test_a_period_turns_at_midnight_at_home(world: World) -> None:
    day = TODAY + timedelta(days=10)
    _period(world, "samir", "alumnus", "Linden", day)
    midnight = clock.start_of(day)
    assert midnight.hour == 23, "Stockholm is an hour ahead in March"
    for moment, kind in ((midnight - timedelta(seconds=1), "resident"), (midnight, "alumnus")):
        with clock.at(moment):
            assert world.viewer("samir").kind == kind


def test_who_moved_out_reads_other_channels(world: World) -> None:
    from community.spaces.queries import readable

    _period(world, "samir", "alumnus", "Linden", TODAY)
    assert {space.slug for space in readable(world.viewer("samir"))} == {
        "vardagsrummet", "minnen", "fraga", "utflyttat", "kanns",
    }  # fmt: skip
    assert "utflyttat" not in {space.slug for space in readable(world.viewer("kim"))}, "not before 18"


BORN = date(2010, 3, 15)
BIRTHDAYS = [
    (date(2026, 3, 14), "under 16"),
    (date(2026, 3, 15), "16-17"),
    (date(2028, 3, 14), "16-17"),
    (date(2028, 3, 15), "adult"),
]


@pytest.mark.parametrize(("day", "band"), BIRTHDAYS)
def test_bands_change_on_the_birthday(day: date, band: str) -> None:
    assert age_band_on(day, BORN, adult_checked=False) == band
    assert age_band_on(day, BORN, adult_checked=True) == band, "a birth date says more than a tick"


def test_born_on_the_29th_of_february() -> None:
    assert age_band_on(date(2028, 2, 28), date(2012, 2, 29), adult_checked=False) == "under 16"
    assert age_band_on(date(2026, 3, 1), date(2008, 2, 29), adult_checked=False) == "adult"


def test_unknown_counts_as_under_16_unless_somebody_checked() -> None:
    assert age_band_on(TODAY, None, adult_checked=False) == "under 16"
    assert age_band_on(TODAY, None, adult_checked=True) == "adult"


def test_the_band_changes_at_midnight_at_home(world: World) -> None:
    with transaction() as s:
        old = s.get_one(Member, world.id("vera"))
        fresh = Member(id=old.id, birth_on=date(2010, 3, 15))
        old.birth_on_sealed = fresh.birth_on_sealed
        s.flush()
    midnight = clock.start_of(date(2026, 3, 15))
    for moment, band in ((midnight - timedelta(seconds=1), "under 16"), (midnight, "16-17")):
        with clock.at(moment):
            assert world.viewer("vera").age_band == band


def test_the_birth_date_is_sealed_and_bound_to_its_row(world: World) -> None:
    from community.core import crypto

    rows = session().query(Member.id, Member.birth_on_sealed).filter(Member.birth_on_sealed.is_not(None)).all()
    assert rows
    assert not [sealed for _id, sealed in rows if "20" in sealed.partition(":")[2][:4] and "-01-" in sealed]
    id_, sealed = rows[0]
    with pytest.raises(crypto.Unsealable):
        crypto.unseal(sealed, f"member:{id_ + 1}:birth_on")


def test_duties_are_dated_and_only_staffs(world: World) -> None:
    with transaction() as s:
        for name, start, end in (("petra", TODAY, TODAY + timedelta(days=2)), ("tuva", TODAY, None)):
            s.add(Duty(member_id=world.id(name), kind="moderator", from_on=start, to_on=end))
        s.flush()
    assert world.viewer("tuva").duties == frozenset()
    for days, held in ((-1, False), (0, True), (1, True), (2, False)):
        with clock.at(NOW + timedelta(days=days)):
            assert ("moderator" in world.viewer("petra").duties) is held


def test_standing_over_time_the_strictest_holds(world: World, make: Make) -> None:
    hour = timedelta(hours=1)
    make.sanction("tuva", "break", starts_at=NOW, ends_at=NOW + 6 * hour)
    make.sanction("tuva", "paused", starts_at=NOW + hour, ends_at=NOW + 4 * hour)
    make.sanction("tuva", "suspended", starts_at=NOW + 2 * hour, ends_at=NOW + 3 * hour)
    expected = ["break", "paused", "suspended", "paused", "break", "break", "active"]
    for hours, state in enumerate(expected):
        with clock.at(NOW + hours * hour):
            assert world.viewer("tuva").standing.state == state, hours
    with clock.at(NOW + 2.5 * hour):
        assert world.viewer("tuva").standing.until == NOW + 3 * hour


def test_an_open_sanction_has_no_end_and_a_short_break_concerns_one_channel(world: World, make: Make) -> None:
    make.sanction("tuva", "paused", ends_at=NOW + timedelta(hours=1))
    make.sanction("tuva", "paused")
    assert world.viewer("tuva").standing.until is None
    make.sanction("olle", "cooled_off", space_id=world.space("minnen"), ends_at=NOW + timedelta(hours=1))
    assert world.viewer("olle").standing.cooled_spaces == {world.space("minnen")}
    assert world.viewer("olle").standing.state == "active"


def test_exclusions_hold_both_ways(world: World) -> None:
    for one, other in (("amina", "elias"), ("olle", "ivan")):
        assert kept_apart.excluded(world.id(one), world.id(other))
        assert kept_apart.excluded(world.id(other), world.id(one))
    assert not kept_apart.excluded(world.id("amina"), world.id("tuva"))
