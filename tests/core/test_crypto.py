"""Sealed values open in their place only, and after keys have been changed."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator

import pytest
from flask import Flask

import config
from community.core import crypto
from community.core.crypto import Unsealable, seal, unseal


@pytest.fixture(autouse=True)
def put_back(app: Flask, settings: config.Settings) -> Iterator[None]:
    yield
    crypto.configure(settings.secret_key, settings.encryption_keys)


def _key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def test_a_sealed_value_tells_nothing_and_opens_again() -> None:
    one, two = (seal("åäö hemligt", "draft:1:sealed") for _time in range(2))
    assert one != two
    assert "hemligt" not in base64.b64decode(one.partition(":")[2]).decode("latin-1")
    assert unseal(one, "draft:1:sealed") == "åäö hemligt"


@pytest.mark.parametrize("place", ["draft:2:sealed", "draft:1:other", "member:1:sealed", ""])
def test_moved_it_does_not_open(place: str) -> None:
    with pytest.raises(Unsealable):
        unseal(seal("x", "draft:1:sealed"), place)


def test_changed_it_does_not_open() -> None:
    key_id, _, encoded = seal("x", "p").partition(":")
    raw = bytearray(base64.b64decode(encoded))
    raw[-1] ^= 1
    for wrong in (f"{key_id}:{base64.b64encode(bytes(raw)).decode()}", f"other:{encoded}"):
        with pytest.raises(Unsealable):
            unseal(wrong, "p")


def test_after_rotation_old_values_open_and_new_ones_use_the_new_key() -> None:
    old, new = _key(), _key()
    crypto.configure("s" * 40, f"k1:{old}")
    before = seal("gammalt", "p")
    crypto.configure("s" * 40, f"k2:{new},k1:{old}")
    assert unseal(before, "p") == "gammalt"
    assert seal("nytt", "p").startswith("k2:")
    crypto.configure("s" * 40, f"k2:{new}")
    with pytest.raises(Unsealable):
        unseal(before, "p")


def test_a_malformed_list_of_keys_is_refused() -> None:
    with pytest.raises(ValueError):
        crypto.configure("s" * 40, "k1:not base64!")


def test_keyed_hashes_differ_by_purpose_and_secret() -> None:
    first = crypto.keyed_hash("ABC", "one")
    assert first != crypto.keyed_hash("ABC", "two")
    crypto.configure("t" * 40, None)
    assert first != crypto.keyed_hash("ABC", "one")
