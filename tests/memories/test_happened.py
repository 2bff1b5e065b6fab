"""When something happened: every way to say it, round trips, and what can't be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.i18n import in_language
from community.memories import happened
from community.memories.happened import FIRST_YEAR, PARTS, PRECISIONS, Happened, Impossible, from_parts, years_back
from community.memories.looking_back import YEARS
from community.memories.words import when_words

pytestmark = pytest.mark.once
TODAY = date(2026, 3, 14)

whole_years = st.integers(FIRST_YEAR, TODAY.year)
parts = st.sampled_from(PARTS)
days = st.none() | st.integers(1, 31)


def _said(year: int, part: str, day: int | None) -> Happened | None:
    try:
        return from_parts(year, part, day, TODAY)
    except Impossible:
        return None


@given(whole_years, parts, days)
def test_the_first_day_is_never_after_the_last_and_never_in_the_future(year: int, part: str, day: int | None) -> None:
    said = _said(year, part, day)
    if said is not None:
        assert said.first <= said.last and said.first <= TODAY
        assert said.precision in PRECISIONS and said.year == year


@given(whole_years, parts, days)
def test_what_was_said_is_said_again_the_same(year: int, part: str, day: int | None) -> None:
    said = _said(year, part, day)
    if said is not None:
        assert from_parts(said.year, said.part, said.day, TODAY) == said
        assert (said.year, said.part, said.day) == (year, part, day)


@given(whole_years, st.sampled_from([part for part in PARTS if part != happened.ABOUT]))
def test_the_later_year_is_ordered_after_the_earlier(year: int, part: str) -> None:
    one, other = _said(year, part, None), _said(year + 1, part, None)
    if one is not None and other is not None:
        assert one.first < other.first and one.last < other.last


@given(whole_years, st.integers(1, 12), st.integers(1, 28))
def test_a_day_lies_in_its_month_its_month_in_its_year(year: int, month: int, day: int) -> None:
    exact, whole, all_of = _said(year, str(month), day), _said(year, str(month), None), _said(year, "", None)
    about = _said(year, "about", None)
    if exact is not None and whole is not None and all_of is not None and about is not None:
        assert about.first < all_of.first <= whole.first <= exact.first <= whole.last <= all_of.last < about.last


@given(st.integers(-10_000, 20_000), parts, st.none() | st.integers(-5, 400))
def test_whatever_is_sent_is_a_time_or_refused(year: int, part: str, day: int | None) -> None:
    said = _said(year, part, day)
    assert said is None or FIRST_YEAR <= said.year <= TODAY.year


@pytest.mark.parametrize(
    "year,part,day,first,last,english,swedish",
    [
        (2014, "3", 15, "2014-03-15", "2014-03-15", "15 March 2014", "15 mars 2014"),
        (2014, "3", None, "2014-03-01", "2014-03-31", "March 2014", "mars 2014"),
        (2014, "summer", None, "2014-06-01", "2014-08-31", "summer 2014", "sommaren 2014"),
        (2014, "winter", None, "2013-12-01", "2014-02-28", "winter 2013/14", "vintern 2013/14"),
        (2000, "winter", None, "1999-12-01", "2000-02-29", "winter 1999/00", "vintern 1999/00"),
        (2014, "", None, "2014-01-01", "2014-12-31", "2014", "2014"),
        (2014, "about", None, "2013-01-01", "2015-12-31", "about 2014", "omkring 2014"),
    ],
)
def test_in_words(
    year: int, part: str, day: int | None, first: str, last: str, english: str, swedish: str, app: object
) -> None:
    said = from_parts(year, part, day, TODAY)
    assert (said.first.isoformat(), said.last.isoformat()) == (first, last)
    with app.test_request_context():  # type: ignore[attr-defined]
        for lang, words in (("en", english), ("sv", swedish)):
            with in_language(lang):
                assert when_words(said) == words


@pytest.mark.parametrize(
    "year,part,day,field,why",
    [
        (1949, "", None, "year", happened.YEAR),
        (20140, "", None, "year", happened.YEAR),
        (2027, "", None, "year", happened.FUTURE),
        (2027, "about", None, "year", happened.FUTURE),
        (2026, "3", 15, "year", happened.FUTURE),
        (2026, "summer", None, "year", happened.FUTURE),
        (2014, "2", 29, "day", happened.DAY),
        (2014, "2", 0, "day", happened.DAY),
        (2014, "summer", 3, "part", happened.MONTH),
        (2014, "", 3, "part", happened.MONTH),
    ],
)
def test_what_can_not_have_been(year: int, part: str, day: int | None, field: str, why: str) -> None:
    with pytest.raises(Impossible) as refused:
        from_parts(year, part, day, TODAY)
    assert (refused.value.field, refused.value.why) == (field, why)


def test_today_itself_has_happened() -> None:
    assert from_parts(2026, "3", 14, TODAY).first == TODAY


@given(st.dates(date(1960, 1, 1), date(2100, 12, 31)))
def test_looking_back_finds_the_same_day_of_earlier_years(today: date) -> None:
    for day, back in years_back(today, YEARS).items():
        assert today.year - day.year == back
        assert (day.month, day.day) in {(today.month, today.day), (2, 29)}


def test_the_29th_of_february_is_met_on_the_28th_where_there_is_none() -> None:
    assert years_back(date(2026, 2, 28), (2,)) == {date(2024, 2, 28): 2, date(2024, 2, 29): 2}
    assert date(2020, 2, 29) not in years_back(date(2024, 2, 28), (4,))
    assert years_back(date(2024, 2, 29), (4, 1)) == {date(2020, 2, 29): 4}
