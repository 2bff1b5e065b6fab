"""A knock names rows and nothing else, and what else is said on the same Redis is no knock."""

from __future__ import annotations

import pytest

from community.core import knock


def test_a_knock_comes_back_as_it_was_said() -> None:
    said = knock.written("somebody", {3, 1, 2}).encode()
    assert said == b"somebody 1 2 3"
    assert knock.numbers_in(said, own="else") == {1, 2, 3}


def test_ones_own_knock_is_passed_over() -> None:
    assert knock.numbers_in(b"somebody 1 2", own="somebody") == set()


@pytest.mark.parametrize("said", [b"", b" ", b"\xff\xfe", b"somebody -1 x 2.5 1e9", b"somebody " + b"9" * 400])
def test_what_is_no_knock_names_nothing(said: bytes) -> None:
    assert knock.numbers_in(said, own="me") == set()


def test_a_knock_is_never_longer_than_one_look_can_read() -> None:
    said = " ".join(map(str, range(100_000))).encode()
    assert len(knock.numbers_in(b"somebody " + said, own="me")) <= knock.MOST


def test_a_process_that_hears_nobody_keeps_nothing() -> None:
    knock.send(7)
    assert not knock._waiting


def test_what_is_passed_on_is_two_numbers_and_no_row() -> None:
    said = knock.written("somebody", {7}, {(5, 9), (4, 1)}).encode()
    assert said == b"somebody 7 4:1 5:9"
    assert knock.numbers_in(said, own="else") == {7}
    assert knock.pairs_in(said, own="else") == {(5, 9), (4, 1)}
    assert knock.pairs_in(said, own="somebody") == set()


@pytest.mark.parametrize(
    "said", [b"", b"x :", b"x 1:", b"x :2", b"x 1:2:3", b"x a:b", b"x -1:2", b"x " + b"9" * 400 + b":1"]
)
def test_what_is_no_pair_passes_nothing_on(said: bytes) -> None:
    assert knock.pairs_in(said, own="me") == set()


def test_no_more_is_passed_on_at_once_than_anybody_needs() -> None:
    said = " ".join(f"{n}:{n}" for n in range(1000))
    assert len(knock.pairs_in(b"somebody " + said.encode(), own="me")) == knock.MOST_PAIRS
    knock.pass_on(1, 2)
    assert not knock._passing, "a process that hears nobody keeps nothing"
