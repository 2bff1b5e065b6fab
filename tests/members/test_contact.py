"""The contact rule is the table and nothing else, the same from both sides."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from community.members.contact import REFUSAL, Contact, Party, Stay, lived_together, may_contact
from community.members.people import ADULT, SIXTEEN_17, UNDER_16

HOME = (Stay(1, date(2024, 1, 1), None),)
AWAY = (Stay(2, date(2024, 1, 1), None),)

# The table of product 1.11, cell by cell: (one, other) -> (lived together, never did, approved, bridge).
S, N, A, T, B, V, FREE = (Contact(word) for word in (
    "screened", "none", "approved", "team inbox", "both agree", "team visible", "open"
))  # fmt: skip
TABLE = {
    (UNDER_16, UNDER_16): (S, N, N, N),
    (UNDER_16, SIXTEEN_17): (S, N, N, N),
    (UNDER_16, ADULT): (N, N, A, S),
    (UNDER_16, "staff"): (T, T, T, T),
    (SIXTEEN_17, SIXTEEN_17): (S, N, N, N),
    (SIXTEEN_17, ADULT): (N, N, A, S),
    (SIXTEEN_17, "staff"): (T, T, T, T),
    (ADULT, ADULT): (B, B, B, B),
    (ADULT, "staff"): (V, V, V, V),
    ("staff", "staff"): (FREE, FREE, FREE, FREE),
}


def _party(number: int, cell: str, stays: tuple[Stay, ...] = HOME, **more: bool) -> Party:
    band = ADULT if cell == "staff" else cell
    return Party(number, band, cell == "staff", stays, **more)


@pytest.mark.parametrize(("cells", "answers"), TABLE.items(), ids=lambda value: str(value) if value else "")
def test_every_cell(cells: tuple[str, str], answers: tuple[Contact, ...]) -> None:
    one, other, far = _party(1, cells[0]), _party(2, cells[1]), _party(2, cells[1], AWAY)
    found = (
        may_contact(one, other),
        may_contact(one, far),
        may_contact(one, far, approved=True),
        may_contact(one, far, bridge=True),
    )
    assert found == answers


def _all_pairs() -> list[tuple[Party, Party]]:
    cells = (UNDER_16, SIXTEEN_17, ADULT, "staff")
    how = list(itertools.product((HOME, AWAY), (False, True), (False, True)))
    return [
        (_party(1, a, sa, protected=pa, left=la), _party(2, b, sb, protected=pb, left=lb))
        for a, b in itertools.product(cells, cells)
        for (sa, pa, la), (sb, pb, lb) in itertools.product(how, how)
    ]


def test_it_is_the_same_from_both_sides_and_stops_at_every_wall() -> None:
    for a, b in _all_pairs():
        for excluded, approved, bridge in itertools.product((False, True), repeat=3):
            facts = {"excluded": excluded, "approved": approved, "bridge": bridge}
            there, back = may_contact(a, b, **facts), may_contact(b, a, **facts)
            assert there is back
            if excluded or a.left or b.left:
                assert there is Contact.NONE
            if (a.protected or b.protected) and not (a.staff or b.staff):
                assert there is Contact.NONE
            if (a.age_band == ADULT) != (b.age_band == ADULT) and not (a.staff or b.staff):
                assert there is Contact.NONE or approved or bridge


def test_nobody_writes_to_herself() -> None:
    assert may_contact(_party(1, ADULT), _party(1, ADULT)) is Contact.NONE


STAYS = [
    (Stay(1, date(2020, 1, 1), date(2021, 1, 1)), Stay(1, date(2021, 1, 1), None), False),
    (Stay(1, date(2020, 1, 1), date(2021, 1, 2)), Stay(1, date(2021, 1, 1), None), True),
    (Stay(1, date(2020, 1, 1), None), Stay(1, date(2025, 1, 1), None), True),
    (Stay(1, date(2020, 1, 1), date(2020, 6, 1)), Stay(1, date(2020, 3, 1), date(2020, 4, 1)), True),
    (Stay(1, date(2020, 1, 1), None), Stay(2, date(2020, 1, 1), None), False),
]


@pytest.mark.parametrize(("one", "other", "together"), STAYS)
def test_who_lived_together(one: Stay, other: Stay, together: bool) -> None:
    a, b = Party(1, UNDER_16, False, (one,)), Party(2, UNDER_16, False, (other,))
    assert lived_together(a, b) is lived_together(b, a) is together


def test_there_is_one_refusal() -> None:
    assert "You can't write to each other here" in REFUSAL._args[0]
