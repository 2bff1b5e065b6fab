"""The list before a move: hers and her contact's of the day, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.members.models import Duty
from community.moving import checklist, listing
from community.moving.prepared_models import ListLine
from community.safety.models import Case, Heard
from tests.client import Browser
from tests.make import Make
from tests.moving.preparing import contact, day_comes, on_her_way
from tests.world import NOW, World

OTHERS = ("birgitta", "petra", "jonna", "vera", "tuva", "johanna")


def _begun(world: World) -> list[checklist.LineView]:
    listing.start(world.viewer("amina"), world.id("amina"))
    return list(checklist.list_for(world.viewer("amina"), world.id("amina")).lines)


def test_it_begins_with_home_bank_doctor_money_and_people_once(world: World) -> None:
    on_her_way(world, "amina")
    lines = _begun(world)
    listing.start(world.viewer("sara"), world.id("amina"))
    rows = session().scalars(select(ListLine).order_by(ListLine.place)).all()
    assert [row.start for row in rows] == ["home", "bank", "doctor", "money", "people"] and len(lines) == 5


def test_both_add_change_tick_and_take_off(world: World) -> None:
    on_her_way(world, "amina")
    amina, sara = world.viewer("amina"), world.viewer("sara")
    line = listing.add(sara, amina.id, "Hemförsäkring")
    listing.tick(amina, line.id, done=True)
    listing.change(sara, line.id, words="Försäkring", note="Sara ringer", stream_id=None, version=1)
    for viewer in (amina, sara):
        (shown,) = checklist.list_for(viewer, amina.id).lines
        assert (shown.text, shown.note, shown.done) == ("Försäkring", "Sara ringer", True)
    listing.tick(sara, line.id, done=False)
    assert checklist.list_for(amina, amina.id).done == 0
    listing.remove(amina, line.id)
    assert checklist.list_for(sara, amina.id).lines == ()


@pytest.mark.parametrize("who", OTHERS)
def test_for_everybody_else_it_does_not_exist(who: str, world: World, browser: Callable[..., Browser]) -> None:
    on_her_way(world, "amina")
    line = listing.add(world.viewer("amina"), world.id("amina"), "min egen rad")
    viewer = world.viewer(who)
    for call in (
        lambda: checklist.list_for(viewer, world.id("amina")),
        lambda: listing.add(viewer, world.id("amina"), "x"),
        lambda: listing.start(viewer, world.id("amina")),
        lambda: listing.tick(viewer, line.id, done=True),
        lambda: listing.change(viewer, line.id, words="x", note="", stream_id=None, version=1),
        lambda: listing.remove(viewer, line.id),
    ):
        with pytest.raises(NotFound):
            call()
    reader = browser(who)
    for path in (f"/people/{world.id('amina')}/list", f"/list/{line.id}", "/list/1"):
        answer = reader.get(path)
        assert answer.status_code == 404 and "min egen rad" not in answer.text


def test_when_her_contact_is_not_that_any_more_it_is_hers_alone(world: World) -> None:
    on_her_way(world, "amina")
    listing.add(world.viewer("amina"), world.id("amina"), "min")
    with transaction() as s:
        s.execute(update(Duty).where(Duty.resident_id == world.id("amina")).values(to_on=clock.today()))
    with pytest.raises(NotFound):
        checklist.list_for(world.viewer("sara"), world.id("amina"))
    mine = checklist.list_for(world.viewer("amina"), world.id("amina"))
    assert mine.with_whom == () and [line.text for line in mine.lines] == ["min"]


def test_a_contact_she_is_kept_apart_from_finds_nothing(world: World, make: Make) -> None:
    on_her_way(world, "amina")
    make.excluded("amina", "sara")
    with pytest.raises(NotFound):
        checklist.list_for(world.viewer("sara"), world.id("amina"))
    assert checklist.list_for(world.viewer("amina"), world.id("amina")).with_whom == ()


def test_without_a_move_there_is_no_list(world: World, browser: Callable[..., Browser]) -> None:
    with pytest.raises(NotFound):
        checklist.list_for(world.viewer("sara"), world.id("amina"))
    assert browser("amina").get("/me/move").location == "/me"


def test_it_stays_after_the_move(world: World) -> None:
    move_id = on_her_way(world, "amina", 0)
    _begun(world)
    day_comes(move_id)
    assert len(checklist.list_for(world.viewer("amina"), world.id("amina")).lines) == 5


def test_it_is_sealed_and_never_screened_or_noted(world: World) -> None:
    on_her_way(world, "amina")
    before = session().scalar(select(func.count()).select_from(AuditLine))
    line = listing.add(world.viewer("amina"), world.id("amina"), "vill inte vakna i morgon")
    listing.change(
        world.viewer("sara"), line.id, words="vill inte vakna i morgon", note="orkar inte", stream_id=None, version=1
    )
    checklist.list_for(world.viewer("sara"), world.id("amina"))
    row = session().get_one(ListLine, line.id)
    assert row.text_sealed is not None and "vakna" not in row.text_sealed and "orkar" not in str(row.note_sealed)
    assert session().scalars(select(Heard).where(Heard.at >= NOW)).all() == []
    assert session().scalars(select(Case).where(Case.since >= NOW)).all() == []
    assert session().scalar(select(func.count()).select_from(AuditLine)) == before


def test_two_who_change_a_line_at_once_meet(world: World) -> None:
    on_her_way(world, "amina")
    line = listing.add(world.viewer("amina"), world.id("amina"), "Bank")
    listing.change(world.viewer("sara"), line.id, words="Banken", note="", stream_id=None, version=1)
    with pytest.raises(Conflict):
        listing.change(world.viewer("amina"), line.id, words="Banka", note="", stream_id=None, version=1)


def test_a_line_leads_to_a_post_each_of_them_reads(world: World, make: Make) -> None:
    on_her_way(world, "samir")
    contact(world, "petra", "samir")
    samir, petra = world.viewer("samir"), world.viewer("petra")
    common, staff = make.thread("sara", title="Första hyran"), make.thread("petra", space="personal")
    line = listing.add(samir, samir.id, "Hyra")
    listing.change(samir, line.id, words="Hyra", note="", stream_id=common.id, version=1)
    assert checklist.list_for(samir, samir.id).lines[0].thread == "Första hyran"
    with pytest.raises(Invalid):
        listing.change(samir, line.id, words="Hyra", note="", stream_id=staff.id, version=2)
    listing.change(petra, line.id, words="Hyra", note="", stream_id=staff.id, version=2)
    assert checklist.list_for(samir, samir.id).lines[0].thread is None
    assert checklist.list_for(petra, samir.id).lines[0].thread_id == staff.id
    listing.change(samir, line.id, words="Hyran", note="", stream_id=None, version=3)
    assert checklist.list_for(petra, samir.id).lines[0].thread_id == staff.id


def test_pages_work_without_javascript_and_keep_what_was_typed(world: World, browser: Callable[..., Browser]) -> None:
    on_her_way(world, "amina")
    amina, sara, path = browser("amina"), browser("sara"), f"/people/{world.id('amina')}/list"
    assert amina.post(path, {"line": "Nycklar"}).status_code == 303
    assert "Nycklar" in amina.get("/me/move").text and "Nycklar" in sara.get(path).text
    line_id = session().scalar(select(ListLine.id))
    assert sara.post(f"/list/{line_id}/tick", {"do": "done"}).location.endswith(f"/list#line-{line_id}")
    wrong = amina.post(f"/list/{line_id}", {"line": "Nya ord", "note": "", "link": "ingenstans", "version": "1"})
    assert wrong.status_code == 422 and "Nya ord" in wrong.text
    assert amina.post(path, {"line": "x" * 121}).status_code == 422
    assert amina.post(f"/list/{line_id}/remove", {}).status_code == 303


def test_a_member_who_is_closed_out_keeps_her_list(world: World, browser: Callable[..., Browser], make: Make) -> None:
    on_her_way(world, "amina")
    make.sanction("amina", "suspended", ends_at=NOW + timedelta(days=1))
    amina = browser("amina")
    assert amina.get("/me/move").status_code == 200
    assert amina.post(f"/people/{world.id('amina')}/list", {"line": "Nycklar"}).status_code == 303
