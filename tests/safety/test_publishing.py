"""The publishing rule, cell by cell: what product 3.2 says, written a second time and in other words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from community.safety import publishing
from community.safety.gate import BY_RULE, NEVER_HELD, NEVER_SCREENED, Facts, Grade, Outcome, Surface, screen
from community.safety.publishing import (
    FIRST_POSTS,
    LOOSEST,
    MOST,
    START,
    STEPS,
    YOUNG_POSTS,
    Place,
    Table,
    Writer,
    all_cells,
    bounds,
    changed,
    changes_in,
    decide,
    is_allowed,
    is_looser,
    is_uneven,
    lets_through,
)
from community.safety.word_lists import in_force
from tests.world import HOLD

BANDS = ("under 16", "16-17", "adult")
COVERS = ("host", "night", "none")
PASSED = (0, FIRST_POSTS - 1, FIRST_POSTS, YOUNG_POSTS - 1, YOUNG_POSTS, 500)
YES = (False, True)


def expected(band: str, passed: int, trusted: bool, known: bool, adults: bool, own: bool, cover: str) -> str:
    """The table of product 3.2 as one reads it."""
    if band == "adult":
        new = passed < 3 and not known
        if adults:
            return "check" if new else "publish"
        return "hold" if new or cover == "none" else "publish"
    if adults:
        return "hold"  # no child is there
    if band == "16-17":
        return "check" if cover == "host" or (cover == "night" and own) else "hold"
    return "check" if passed >= 10 and trusted and cover == "host" else "hold"


@pytest.mark.parametrize("kind", ["resident", "alumnus"])
@pytest.mark.parametrize("band", BANDS)
def test_every_cell_on_every_surface(kind: str, band: str) -> None:
    for passed, trusted, known, adults, own, cover in product(PASSED, YES, YES, YES, YES, COVERS):
        cell = (passed, trusted, known, adults, own, cover)
        step, why = decide(Writer(kind, band, passed, trusted, known), Place(adults, own, cover))
        assert step == expected(band, *cell), cell
        assert (why is not None) == (step == "hold"), cell
        facts = Facts(band, kind, passed, adults, cover, own, trusted, known)
        for surface in Surface:
            verdict, ruled = screen("some plain words", surface, facts), surface in BY_RULE
            assert verdict.outcome.value == ("hold" if ruled and step == "hold" else "publish"), (surface, cell)
            assert verdict.check == (ruled and step == "check"), (surface, cell)
            assert (verdict.why is not None) == (verdict.outcome is Outcome.HOLD), (surface, cell)


@pytest.mark.parametrize(("adults", "own", "cover"), list(product(YES, YES, COVERS)))
@pytest.mark.parametrize("surface", Surface)
def test_staff_publish_and_nothing_for_oneself_or_to_staff_waits(
    surface: Surface, adults: bool, own: bool, cover: str
) -> None:
    by_staff = Facts("adult", "staff", adults_only=adults, own_house=own, cover=cover)
    assert screen("some plain words", surface, by_staff).outcome is Outcome.PUBLISH
    if surface in NEVER_HELD | NEVER_SCREENED:
        child = Facts("under 16", "resident", adults_only=adults, own_house=own, cover=cover)
        with in_force(HOLD):
            for words in ("plain", "a heldword", "a refusedword"):
                assert screen(words, surface, child).outcome is Outcome.PUBLISH


def test_what_is_said_to_staff_is_heard_and_for_oneself_is_not() -> None:
    child = Facts("under 16", "resident")
    said = screen("jag vill inte leva", Surface.TO_STAFF, child)
    assert (said.grade, said.alert, said.help, said.outcome) == (Grade.INTENT, True, True, Outcome.PUBLISH)
    own = screen("jag vill inte leva", Surface.DRAFT, child)
    assert (own.grade, own.alert, own.hits) == (Grade.NONE, False, ())


@pytest.mark.parametrize("cover", COVERS)
def test_a_list_is_never_softened_by_the_rule(cover: str) -> None:
    grown_up = Facts("adult", "resident", 500, cover=cover)
    with in_force(HOLD):
        held, refused = (screen(f"a {word}", Surface.REPLY, grown_up) for word in ("heldword", "refusedword"))
    assert (held.outcome, held.why, refused.outcome) == (Outcome.HOLD, "word", Outcome.REFUSE)


def test_why_it_waits() -> None:
    def why(band: str, cover: str, *, own: bool = False, **said: bool) -> str | None:
        return decide(Writer("resident", band, **said), Place(False, own, cover))[1]  # type: ignore[arg-type]

    assert why("under 16", "host") == why("under 16", "none") == publishing.YOUNG
    assert why("adult", "host") == why("adult", "none") == publishing.FIRST
    assert why("16-17", "night") == publishing.HOST_ASLEEP
    assert why("16-17", "none") == why("adult", "none", known=True) == publishing.NOBODY
    assert why("adult", "night", known=True) is why("16-17", "night", own=True) is None


# A home's own table


def allowed_tables(seed: int = 1907, many: int = 300) -> Iterator[Table]:
    """Tables a home may have, drawn at random; always the same ones. The loosest of all is among them."""
    yield LOOSEST
    draw = random.Random(seed)
    for _time in range(many):
        says: dict[str, str | int] = {
            str(key): draw.choice([step for step in STEPS if is_allowed(key, step)]) for key in all_cells()
        }
        says |= {figure: draw.randint(*bounds(figure)) for figure in MOST}
        table = changed(says)
        assert {str(key): table.step(key) for key in all_cells()} == {k: v for k, v in says.items() if "/" in k}
        yield table


def test_no_allowed_table_lets_a_childs_words_stand_unread_or_looser_than_at_the_start() -> None:
    writers = [Writer("resident", band, passed, trusted) for band, passed, trusted in product(BANDS[:2], PASSED, YES)]
    places = [Place(*one) for one in product(YES, YES, COVERS)]
    for table in allowed_tables():
        for writer, place in product(writers, places):
            step, why = decide(writer, place, table)
            assert step != "publish", (table, writer, place)
            assert not is_looser(step, decide(writer, place)[0]), (table, writer, place)
            assert (why is not None) == (step == "hold")
            if place.adults_only:
                assert step == "hold"


def test_no_allowed_table_lets_an_unknown_adult_or_a_night_alone_stand_unread_where_children_read() -> None:
    for table in allowed_tables():
        for own, cover in product(YES, COVERS):
            place = Place(False, own, cover)
            assert decide(Writer("resident", "adult"), place, table)[0] != "publish"
        assert decide(Writer("alumnus", "adult", known=True), Place(False, True, "none"), table)[0] != "publish"
        assert decide(Writer("staff", "adult"), Place(False, False, "none"), table) == ("publish", None)
        assert 1 <= table.first_posts <= 50 and 10 <= table.young_posts <= 200


def test_what_waits_for_cover_is_only_what_would_stand_under_a_host() -> None:
    """Whoever is told that nobody works sees her words stand once a host does; and nothing a home reads first is let
    through by the hour."""
    for table, writer, place in product(
        allowed_tables(many=60),
        [Writer("resident", band, 10, trusted, known) for band, trusted, known in product(BANDS, YES, YES)],
        [Place(*one) for one in product(YES, YES, COVERS)],
    ):
        _step, why = decide(writer, place, table)
        under_a_host = decide(writer, place._replace(cover="host"), table)[0]
        if why in publishing.FOR_COVER:
            assert under_a_host != "hold", (table, writer, place)
        if under_a_host == "hold":
            assert lets_through(writer, place, table) is None
        if lets_through(writer, place, table) == "night":
            assert writer.age_band == "adult"
            assert decide(writer, place._replace(cover="night"), table)[0] != "hold"


def test_what_is_not_allowed_is_as_though_it_had_not_been_said() -> None:
    """No stored row makes the rule unsafe, whatever wrote it."""
    unsafe: dict[str, Any] = {
        "minors/under 16/host": "publish",
        "minors/16-17/none": "check",
        "minors/adult, first posts/host": "publish",
        "minors/adult/none": "publish",
        "minors/nobody/host": "hold",
        "adults/adult/host": "whatever",
        "first_posts": 0,
        "young_posts": 9,
    }
    for name, value in unsafe.items():
        assert changed({name: value}) == START, name
    assert changed({"young_posts": "12", "first_posts": 51}) == START


def test_a_table_is_what_it_says_otherwise_than_the_start() -> None:
    assert changes_in(START) == {}
    for table in allowed_tables(many=40):
        assert changed(changes_in(table)) == table


def test_the_figures_move_the_rows() -> None:
    table = changed({"first_posts": 20, "young_posts": 15})
    assert table.most_counted == 20
    assert [table.row_of(Writer("resident", "adult", n)) for n in (19, 20)] == ["adult, first posts", "adult"]
    child = [table.row_of(Writer("resident", "under 16", n, trusted=True)) for n in (14, 15)]
    assert child == ["under 16", "under 16, trusted"]


def test_why_it_waits_stays_true_when_a_home_is_stricter() -> None:
    def why(says: dict[str, str | int], writer: Writer, cover: str) -> str | None:
        return decide(writer, Place(False, False, cover), changed(says))[1]

    known, new, teen = Writer("resident", "adult", known=True), Writer("resident", "adult"), Writer("resident", "16-17")
    child = Writer("resident", "under 16", 10, trusted=True)
    read_first: dict[str, str | int] = {f"minors/{row}/host": "hold" for row in ("adult", "16-17", "under 16, trusted")}
    for cover in COVERS:
        assert why(read_first | {"minors/adult/night": "hold"}, known, cover) == publishing.HOUSE
        assert why(read_first, teen, cover) == publishing.HOUSE
        assert why(read_first, child, cover) == publishing.YOUNG
    assert why({"minors/adult/night": "hold"}, known, "night") == publishing.HOST_ASLEEP
    assert why({"minors/adult/night": "hold"}, known, "none") == publishing.NOBODY
    # An unknown adult's always waits for a reader, also where a home lets them stand under a host.
    assert why({"minors/adult, first posts/host": "check"}, new, "none") == publishing.FIRST
    assert why({"minors/adult, first posts/host": "check"}, new, "host") is None


def test_whose_hour_lets_through() -> None:
    adult, teen = Writer("resident", "adult", known=True), Writer("resident", "16-17")
    here = Place(False, True, "none")
    assert (lets_through(adult, here), lets_through(teen, here)) == ("night", "host")
    assert lets_through(adult, here, changed({"minors/adult/night_own_house": "hold"})) == "host"
    assert lets_through(adult, here, changed({"minors/adult/host": "hold"})) is None
    assert lets_through(teen, here, changed({"minors/16-17/host": "hold"})) is None


def test_more_unread_while_fewer_work_is_noticed() -> None:
    assert not any(is_uneven(cell) for rows in (START.minors, START.adults) for cell in rows.values())
    assert is_uneven(changed({"minors/16-17/host": "hold"}).minors["16-17"])
