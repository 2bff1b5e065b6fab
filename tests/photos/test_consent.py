"""Every combination of answers, purely: nothing but a yes of everybody shows a face."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from community.photos import consent
from community.photos.consent import SHOWN, needed, rectangles, state_of

ANSWERS = (None, "yes", "blur", "no")


def photo(**more: Any) -> Any:
    given = {"piece_id": 1, "who": "people", "cells": [], "blurred": [], "blur_unanswered": False}
    return SimpleNamespace(**{**given, "needs_host": False, "confirmed_by": None, **more})


def person(answer: str | None, **more: Any) -> Any:
    given = {"claimed": False, "minor": False, "cells": [4], "answer": answer, "staff_answer": None}
    return SimpleNamespace(**{**given, **more})


@pytest.mark.parametrize(("one", "other"), list(product(ANSWERS, ANSWERS)))
@pytest.mark.parametrize("staff", [None, "yes", "no"])
@pytest.mark.parametrize("minor", [False, True])
@pytest.mark.parametrize("unanswered", [False, True])
@pytest.mark.parametrize("drawn", [[], [4]])
def test_shown_means_a_yes_or_a_blur_of_everybody(
    one: str | None, other: str | None, staff: str | None, minor: bool, unanswered: bool, drawn: list[int]
) -> None:
    people = [person(one, minor=minor, staff_answer=staff), person(other)]
    if state_of(photo(blur_unanswered=unanswered, blurred=drawn), people) != SHOWN:
        return
    for each in people:
        open_yes = each.answer == "yes" and (not each.minor or each.staff_answer == "yes")
        assert open_yes or drawn == [4]
        assert each.answer != "no" and not (each.minor and each.staff_answer == "no")
        assert unanswered or (each.answer and (not each.minor or each.staff_answer == "yes"))


def test_a_plain_yes_shows_it() -> None:
    assert state_of(photo(), [person("yes"), person("yes", minor=True, staff_answer="yes")]) == SHOWN


@pytest.mark.parametrize(
    ("given", "people", "state"),
    [
        ({"piece_id": None}, [], "own"),
        ({"who": None}, [], "unsaid"),
        ({"who": "unseen"}, [], "unmarked"),
        ({"who": "unseen", "cells": [3]}, [], "drawing"),
        ({"who": "unseen", "cells": [3], "blurred": [2, 3]}, [], "shown"),
        ({"needs_host": True}, [], "unconfirmed"),
        ({"needs_host": True, "confirmed_by": 7}, [], "shown"),
        ({}, [person(None, claimed=True)], "claimed"),
        ({"blur_unanswered": True}, [person(None, claimed=True)], "claimed"),
        ({}, [person(None)], "waits"),
        ({"blur_unanswered": True}, [person(None, cells=[])], "unmarked"),
        ({}, [person("no")], "refused"),
    ],
)
def test_what_it_waits_for(given: dict[str, Any], people: list[Any], state: str) -> None:
    assert state_of(photo(**given), people) == state


def test_somebody_with_a_protected_identity_hides_it() -> None:
    assert state_of(photo(), [person("yes")], protected=True) == "refused"


def test_nobody_is_blurred_before_her_own_eyes() -> None:
    assert needed(photo(), [person(None)]) == set()


def test_squares_become_rectangles_of_whole_rows() -> None:
    assert rectangles([]) == []
    assert rectangles([0, 1, 3, 6]) == [(0, 0, 2 / 6, 1 / 6), (3 / 6, 0, 1 / 6, 1 / 6), (0, 1 / 6, 1 / 6, 1 / 6)]
    assert len(rectangles(consent.CELLS)) == 6
