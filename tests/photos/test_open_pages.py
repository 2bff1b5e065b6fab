"""Open pages of everybody hear of pictures from every process, also from those that serve no request just then."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from community.core.db import transaction
from community.forum import actions as forum
from community.forum.questions import mark_helped
from community.forum.sockets import bring_helped
from community.photos import actions, asking
from community.streams.actions import Said
from community.streams.sockets import bring_piece
from tests.photos.picturing import NOBODY_IN_IT, loose, standing
from tests.world import World


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The last frame for everybody, by language."""
    frames: dict[str, Any] = {}
    for module in ("streams", "forum"):
        fanout = f"community.{module}.sockets.fanout"
        monkeypatch.setattr(f"{fanout}.anybody_in", lambda room: True)
        monkeypatch.setattr(f"{fanout}.rooms_under", lambda start: [])
        monkeypatch.setattr(f"{fanout}.broadcast", lambda room, event, frame: frames.update({room[-2:]: frame}))
    return frames


def test_a_picture_comes_and_goes_in_every_process(app: Flask, world: World, heard: dict[str, Any]) -> None:
    piece, photo = standing(world, "johanna", told=NOBODY_IN_IT)
    said = {"stream": piece.stream_id, "seq": piece.seq, "prev": piece.seq - 1, "piece": piece.id, "by": 0}
    with app.app_context():
        bring_piece(said)
    assert [f"/photos/{photo.id}/" in frame["html"] for frame in heard.values()] == [True, True]
    actions.remove(world.viewer("johanna"), photo.id)
    with app.app_context():
        bring_piece(said)
    assert [f"/photos/{photo.id}" in frame["html"] for frame in heard.values()] == [False, False]


def test_what_helped_may_be_a_picture(app: Flask, world: World, heard: dict[str, Any]) -> None:
    asked = Said("Hur gör man?", "asked-000001")
    thread = forum.start_thread(
        world.viewer("sara"), world.space("vardagsrummet"), asked, mode="ask", just_listen=False
    ).stream_id
    photo = loose(world, "sara")
    reply = forum.reply(world.viewer("sara"), thread, Said("Så här", "shown-000001"), photos=[photo.id])
    actions.say_who(world.viewer("sara"), photo.id, NOBODY_IN_IT)
    with transaction():
        asking.confirm_all(world.viewer("jonna"), reply)
    mark_helped(world.viewer("sara"), reply.id)
    with app.app_context():
        bring_helped({"stream": thread, "was": 0, "piece": reply.id})
    assert set(heard) == {"en", "sv"}
    assert all(f"/photos/{photo.id}/" in frame["html"] for frame in heard.values())
