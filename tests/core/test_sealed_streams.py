"""A long file opens as it was written, and not at all when anything about it was changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from community.core.crypto import Unsealable
from community.core.sealed_streams import PIECE, TAG, Sealing, new_key, opened


def sealed(path: Path, content: bytes, key: str) -> Path:
    file = Sealing(path, key)
    for at in range(0, len(content), 1000):
        file.write(content[at : at + 1000])
    file.close()
    assert file.size == len(content)
    return path


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
def test_it_opens_as_it_was_written(tmp_path: Path, length: int) -> None:
    key, content = new_key(), bytes(at % 251 for at in range(length))
    path = sealed(tmp_path / "file", content, key)
    assert b"".join(opened(path, key)) == content
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_of_it_lies_open(tmp_path: Path) -> None:
    path = sealed(tmp_path / "file", b"canary " * 20_000, new_key())
    assert b"canary" not in path.read_bytes()


def test_cut_changed_moved_or_under_another_key_it_does_not_open(tmp_path: Path) -> None:
    key = new_key()
    whole = sealed(tmp_path / "file", bytes(3 * PIECE), key).read_bytes()
    one = PIECE + TAG
    spoilt = {
        "cut at a piece": whole[:one],
        "cut within": whole[: one + 20],
        "the last one twice": whole + whole[2 * one :],
        "two changed places": whole[one : 2 * one] + whole[:one] + whole[2 * one :],
        "a byte": whole[:5] + bytes([whole[5] ^ 1]) + whole[6:],
    }
    for name, content in spoilt.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(Unsealable):
            list(opened(path, key))
    with pytest.raises(Unsealable):
        list(opened(tmp_path / "file", new_key()))


def test_never_closed_it_never_opens(tmp_path: Path) -> None:
    key = new_key()
    half = Sealing(tmp_path / "half", key)
    half.write(bytes(5 * PIECE))
    half.give_up()
    with pytest.raises(Unsealable):
        list(opened(tmp_path / "half", key))
