"""What stands unread: hosts see it by channel, and say once for a channel that it is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import Invalid, NotAllowed, NotFound
from community.streams import actions, checking
from community.streams.models import CheckedMark, Piece
from community.streams.unchecked import unchecked_for
from tests.client import Browser
from tests.make import Make
from tests.world import NOW, World

Browsers = Callable[..., Browser]


def seen(world: World, name: str = "jonna") -> set[int]:
    return {piece.id for group in unchecked_for(world.viewer(name)) for piece in group.pieces}


@pytest.fixture
def read(world: World) -> None:
    """All of the world's is read."""
    for group in unchecked_for(world.viewer("jonna")):
        checking.mark_checked(world.viewer("jonna"), group.space.id, NOW, group.house_id)
    assert seen(world) == set()


def test_hosts_alone(world: World, browser: Browsers) -> None:
    for name in ("amina", "johanna", "sara", "birgitta"):
        with pytest.raises(NotAllowed):
            unchecked_for(world.viewer(name))
        with pytest.raises(NotAllowed):
            checking.mark_checked(world.viewer(name), world.space("vardagsrummet"), NOW)
        assert browser(name).get("/review/unchecked").status_code == 403
        assert "/review/unchecked" not in browser(name).get("/me").text
    assert "/review/unchecked" in browser("jonna").get("/me").text


@pytest.mark.usefixtures("read")
def test_what_children_write_is_there_until_its_channel_is_read(world: World, make: Make, browser: Browsers) -> None:
    with clock.at(NOW + timedelta(minutes=1)):
        first, jonna = make.reply("vera", world.stream("open"), "barnets ord"), browser("jonna")
        older = make.reply("amina", world.stream("open"))
        make.reply("tuva", world.stream("open"))
        assert seen(world) == {first.id, older.id}, "hers who is 17 too, and nobody's who is grown up"
        page = jonna.get("/review/unchecked").text
        assert "barnets ord" in page
        until = page.split('name="until" value="')[1].split('"')[0]
    with clock.at(NOW + timedelta(minutes=2)):
        second = make.reply("vera", world.stream("open"), "skrivet medan hon läste")
        space_id = world.space("vardagsrummet")
        answer = jonna.post(f"/review/unchecked/{space_id}", until=until, house_id="0")
        assert answer.status_code == 303
        assert seen(world) == {second.id}  # what came after she looked is not read
        mark = session().scalars(select(CheckedMark).where(CheckedMark.space_id == space_id)).one()
        assert (mark.until, mark.by_id) == (NOW + timedelta(minutes=1), world.id("jonna"))
        line = session().scalars(select(AuditLine).order_by(AuditLine.n.desc()).limit(1)).one()
        assert (line.act, line.subject, line.actor_id) == ("space.checked", f"space:{space_id}", world.id("jonna"))
        checking.mark_checked(world.viewer("jonna"), space_id, NOW)  # it never goes back
        assert session().get_one(CheckedMark, (space_id, 0), populate_existing=True).until > NOW


@pytest.mark.usefixtures("read")
def test_a_change_has_to_be_read_again_and_what_is_taken_back_not(world: World, make: Make) -> None:
    with clock.at(NOW + timedelta(minutes=1)):
        piece = make.reply("vera", world.stream("open"))
        checking.mark_checked(world.viewer("jonna"), world.space("vardagsrummet"), clock.now())
        assert seen(world) == set()
    with clock.at(NOW + timedelta(minutes=2)):
        actions.edit_piece(world.viewer("vera"), piece.id, version=1, body="andra ord", title=None)
        assert session().get_one(Piece, piece.id, populate_existing=True).text == "andra ord"
        assert seen(world) == {piece.id}
        actions.remove_piece(world.viewer("vera"), piece.id)
        assert seen(world) == set()


@pytest.mark.usefixtures("read")
def test_what_is_said_to_a_house_is_marked_for_itself_by_those_who_read_it(world: World, make: Make) -> None:
    with clock.at(NOW + timedelta(minutes=1)):
        here = make.thread("isla", "kanns", whom="house")
        there = make.thread("vera", "kanns", whom="house")
        assert seen(world) == {here.opening_id}  # jonna works at Linden
        kanns = world.space("kanns")
        checking.mark_checked(world.viewer("jonna"), kanns, clock.now())
        assert seen(world) == {here.opening_id}
        checking.mark_checked(world.viewer("jonna"), kanns, clock.now(), world.house("Linden"))
        assert seen(world) == set()
        with pytest.raises(Invalid):
            checking.mark_checked(world.viewer("jonna"), kanns, clock.now(), world.house("Solgläntan"))
    assert there.opening_id


@pytest.mark.usefixtures("read")
def test_not_what_is_still_to_come_and_not_elsewhere(world: World, browser: Browsers) -> None:
    jonna = world.viewer("jonna")
    with pytest.raises(Invalid):
        checking.mark_checked(jonna, world.space("vardagsrummet"), NOW + timedelta(seconds=1))
    with pytest.raises(NotFound):
        checking.mark_checked(jonna, world.space("solglantan"), NOW)
    for until in ("", "x", "1.2", "99999999999.000000-0"):
        sent = {"until": until, "house_id": "0"}
        assert browser("jonna").post(f"/review/unchecked/{world.space('linden')}", sent).status_code in (400, 422)
