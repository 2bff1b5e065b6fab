"""Staff pin a post until a day; each reader puts it away for herself; it ends by the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from community.channels import pinned, pinning
from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Invalid, NotAllowed, NotFound
from community.spaces.models import Space
from community.streams import actions as streams
from community.streams import keeping
from community.streams.models import Piece
from tests.client import Browser, words_of
from tests.fixtures import Heard
from tests.make import Make
from tests.world import NOW, TODAY, World

Browsers = Callable[..., Browser]


def home(world: World, name: str) -> list[int]:
    return [one.stream_id for one in pinned.on_home(world.viewer(name)).shown]


def channel(world: World, name: str, slug: str = "vardagsrummet") -> pinned.Pinned:
    place = session().get_one(Space, world.space(slug), populate_existing=True)
    return pinned.in_channel(world.viewer(name), place)


def ids(views: list[pinned.PinView]) -> list[int]:
    return [one.stream_id for one in views]


def test_a_pin_stands_where_it_was_put_until_its_day_and_goes_by_the_clock(world: World, browser: Browsers) -> None:
    open_ = world.stream("open").id
    sent = {"in_channel": "y", "on_home": "y", "until_on": TODAY + timedelta(days=13)}
    assert browser("sara").post(f"/t/{open_}/pin", sent).status_code == 303
    tuva = browser("tuva")
    for path in ("/", "/c/vardagsrummet"):
        assert "until Fri 27 Mar" in words_of(tuva.get(path))
        assert "until Fri" not in words_of(tuva.get(f"{path}?before=1900000000.0-1"))
    assert "until Fri" not in words_of(tuva.get("/c/minnen"))
    with clock.at(NOW + timedelta(days=13, hours=4)):
        assert home(world, "tuva") == [open_]
    with clock.at(NOW + timedelta(days=13, hours=6)):
        assert home(world, "tuva") == [] and channel(world, "tuva").shown == []


@pytest.mark.parametrize("days", [-1, 91])
def test_an_end_is_owed_and_lies_within_ninety_days(days: int, world: World, browser: Browsers) -> None:
    with pytest.raises(Invalid):
        pinning.pin(
            world.viewer("sara"),
            world.stream("open").id,
            in_channel=True,
            on_home=False,
            until_on=TODAY + timedelta(days=days),
        )
    sara, path = browser("sara"), f"/t/{world.stream('open').id}/pin"
    assert f'value="{TODAY + timedelta(days=7)}"' in sara.get(path).text
    assert sara.post(path, in_channel="y").status_code == 422
    assert sara.post(path, until_on=TODAY).status_code == 422
    assert sara.post(path, in_channel="y", until_on=TODAY + timedelta(days=90)).status_code == 303


def test_staff_pin_and_nobody_else(world: World, make: Make) -> None:
    for name in ("tuva", "johanna", "vera"):
        with pytest.raises(NotAllowed):
            make.pin("open", name)
    with pytest.raises(NotFound):
        make.pin("whisper", "sara")
    make.pin("open")
    with pytest.raises(NotAllowed):
        pinning.unpin(world.viewer("tuva"), world.stream("open").id)


def test_at_most_three_are_shown_the_newest(world: World, make: Make) -> None:
    threads = []
    for number in range(4):
        thread = make.thread("tuva")
        threads.insert(0, thread.id)
        with clock.at(NOW + timedelta(minutes=number)):
            until = TODAY + timedelta(days=7)
            pinning.pin(world.viewer("sara"), thread.id, in_channel=True, on_home=True, until_on=until)
    assert home(world, "tuva") == ids(channel(world, "tuva").shown) == threads[:3]
    pinning.put_away(world.viewer("tuva"), threads[0])
    assert home(world, "tuva") == threads[1:]


def test_put_away_is_for_oneself_and_undone_on_the_channels_page(world: World, make: Make, browser: Browsers) -> None:
    make.pin("open")
    open_, tuva = world.stream("open").id, browser("tuva")
    for _twice in range(2):
        assert tuva.post(f"/t/{open_}/pin/away", back="home").location == "/"
    assert home(world, "tuva") == [] and home(world, "vera") == [open_]
    assert channel(world, "tuva").shown == [] and ids(channel(world, "tuva").away) == [open_]
    page = tuva.get("/c/vardagsrummet")
    assert f'action="/t/{open_}/pin/back"' in page.text and "You have put away" in page.text
    assert tuva.post(f"/t/{open_}/pin/back", back="channel").location == "/c/vardagsrummet"
    assert home(world, "tuva") == [open_]


def test_what_is_changed_stays_put_away_what_is_pinned_anew_does_not(world: World, make: Make) -> None:
    make.pin("open")
    pinning.put_away(world.viewer("tuva"), world.stream("open").id)
    make.pin("open", days=9)
    assert home(world, "tuva") == []
    with clock.at(NOW + timedelta(days=11)):
        make.pin("open")
        assert home(world, "tuva") == [world.stream("open").id]


def test_one_is_shown_nothing_one_may_not_see(world: World, make: Make, browser: Browsers) -> None:
    for label, who in (
        ("open", "sara"),
        ("whisper", "petra"),
        ("murmur", "sara"),
        ("moved", "sara"),
        ("staff", "sara"),
    ):
        make.pin(label, who)
    at = {label: world.stream(label).id for label in ("open", "whisper", "murmur", "moved", "staff")}
    seen = {
        "tuva": {"open", "murmur"},
        "samir": {"open", "whisper"},
        "johanna": {"open", "moved"},
        "kim": {"open"},
        "elias": {"murmur"},  # blocked by who wrote the other
    }
    for name, labels in seen.items():
        assert set(home(world, name)) == {at[label] for label in labels}, name
        page = browser(name).get("/").text
        assert all(
            (f"title of {label}" in page) is (label in labels) for label in ("whisper", "murmur", "moved", "staff")
        )
    assert browser("tuva").post(f"/t/{at['whisper']}/pin/away", back="home").status_code == 404
    keeping.choose(world.viewer("tuva"), at["open"], "mute")
    assert set(home(world, "tuva")) == {at["murmur"]}


def test_what_is_taken_back_or_hidden_is_not_pinned_any_more(world: World, make: Make) -> None:
    make.pin("open")
    opening = world.piece("open")
    streams.remove_piece(world.viewer("amina"), opening.id)
    assert home(world, "tuva") == []
    with pytest.raises(NotAllowed):
        make.pin("open")
    streams.restore_piece(world.viewer("amina"), opening.id)
    assert home(world, "tuva") == [opening.stream_id]
    with transaction() as s:
        s.execute(update(Piece).where(Piece.id == opening.id).values(state="hidden"))
    assert home(world, "tuva") == []


def test_open_pages_are_told_and_given_what_is_pinned_now(
    world: World, make: Make, browser: Browsers, heard: Heard
) -> None:
    tuva, space_id = browser("tuva"), world.space("vardagsrummet")
    make.pin("open")
    assert ("feed:hint", space_id) in [(event, facts.get("space")) for _room, event, facts in heard]
    for query in ("", f"&space={space_id}"):
        part = tuva.get(f"/feed/newer?since=1900000000.0-1{query}")
        assert part.headers["X-Count"] == "0" and "title of open" in part.text
    pinning.unpin(world.viewer("sara"), world.stream("open").id)
    pinning.unpin(world.viewer("sara"), world.stream("open").id)
    assert "title of open" not in tuva.get("/feed/newer?since=1900000000.0-1").text


def test_the_chain_tells_who_pinned_changed_and_took_down(world: World, make: Make) -> None:
    make.pin("open")
    make.pin("open", days=9, on_home=False)
    pinning.unpin(world.viewer("birgitta"), world.stream("open").id)
    found = select(AuditLine.act, AuditLine.actor_id, AuditLine.facts).where(AuditLine.act.startswith("pin."))
    lines = [tuple(row) for row in session().execute(found.order_by(AuditLine.n))]
    sara, birgitta = world.id("sara"), world.id("birgitta")
    assert lines == [
        ("pin.put", sara, {"in_channel": True, "on_home": True, "days": 7}),
        ("pin.changed", sara, {"in_channel": True, "on_home": False, "days": 9}),
        ("pin.ended", birgitta, {}),
    ]


def test_the_menu_of_an_opening_offers_it_to_staff(world: World, make: Make, browser: Browsers) -> None:
    opening, reply = world.piece("open").id, world.piece("open-reply").id
    link = f"/t/{world.stream('open').id}/pin"
    assert link in browser("sara").get(f"/pieces/{opening}/more").text
    assert link not in browser("sara").get(f"/pieces/{reply}/more").text
    assert link not in browser("amina").get(f"/pieces/{opening}/more").text
