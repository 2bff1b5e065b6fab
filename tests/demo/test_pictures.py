"""The demo's pictures hang where they belong, for whoever reads there, and leave nothing behind when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from community.core import picture_files
from community.core.db import session
from community.demo import in_touch, pictures
from community.members.models import Member
from community.members.queries import as_viewer
from community.photos import queries
from community.photos.actions import alt_of, sweep
from community.photos.consent import SHOWN
from community.photos.models import Photo
from tests.demo.conftest import OpenHouse

pytestmark = pytest.mark.once


def files() -> list[Path]:
    return [path for path in picture_files._folder.rglob("*") if path.is_file()]


def test_every_picture_is_shown_with_what_it_shows_in_words(open_house: OpenHouse) -> None:
    with open_house(pictured=True):
        tuva = as_viewer(session().scalars(select(Member.id).where(Member.sign_in_name == "tuva")).one())
        photos = session().scalars(select(Photo).where(Photo.piece_id.is_not(None))).all()
        expected = sum(map(len, pictures.ON_POSTS.values()))
        assert len(photos) >= expected
        for photo in photos:
            assert queries.photo_for(tuva, photo.id).state == SHOWN
            assert len(alt_of(photo)) > 20
        assert sweep() == 0


def test_drawings_are_the_same_every_time() -> None:
    for name, draw in pictures.ALL.items():
        assert draw().jpeg() == draw().jpeg(), name


def test_a_demo_that_fails_leaves_no_files(open_house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    before = len(files())

    def failing(*_: object) -> None:
        assert len(files()) > before
        raise RuntimeError("the power went")

    monkeypatch.setattr(in_touch, "write", failing)
    with pytest.raises(RuntimeError, match="the power went"), open_house(pictured=True):
        pass
    assert len(files()) == before
