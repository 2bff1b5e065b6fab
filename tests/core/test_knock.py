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
