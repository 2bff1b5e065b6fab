"""A picture of oneself instead of the drawn one: who sees it, where, when it goes, and what of it is kept."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from community.core import clock, db, live, picture_files, pictures
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.erasing import Leaver
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.core.picture_sizes import BEGINNING, CUTS, END, MIDDLE, SQUARES
from community.directory import actions as directory
from community.forum import actions as forum
from community.members import erasing as member_erasing
from community.members.models import Member
from community.members.named import person_for
from community.members.queries import authors
from community.notices.models import OwnCard
from community.photos import actions, erasing, portrait_queries, portraits
from community.photos.models import Portrait
from community.streams.actions import Said
from tests.chat.saying import chat_of, say
from tests.client import Browser
from tests.counting import counted
from tests.fixtures import Heard
from tests.lifecycle.test_leaving_work import leave
from tests.lifecycle.test_remembering import remember
from tests.make import Make
from tests.my_data.taking import taken
from tests.photos.picturing import A_PICTURE
from tests.pictures import corpus
from tests.pictures.corpus import drawn, encoded
from tests.pictures.looking import beside_the_pixels, like, opened
from tests.pictures.test_metadata import FORMS
from tests.world import World, exclude, write

Browsers = Callable[..., Browser]
READERS = ("amina", "tuva", "elias", "olle", "isla", "johanna", "samir", "noor", "sara", "jonna", "petra")


def put_up(world: World, who: str, content: bytes = A_PICTURE, cut: str = MIDDLE) -> Portrait:
    return portraits.put_up(world.viewer(who), io.BytesIO(content), cut)


def shown(world: World, who: str, content: bytes = A_PICTURE) -> Portrait:
    """Put up, and let stand by a host."""
    portrait = put_up(world, who, content)
    look(world, who, stands=True)
    return portrait


def stands(world: World, who: str) -> str | None:
    """Which one everybody is shown."""
    return authors([world.id(who)])[world.id(who)].portrait


def look(world: World, who: str, *, stands: bool, why: str = "", by: str = "jonna") -> None:
    portrait = portrait_queries.of_member(world.id(who))
    assert portrait is not None
    portraits.decide(world.viewer(by), world.id(who), portrait.id, stands=stands, why=why)


def claim(world: World, who: str, by: str) -> None:
    portraits.claim(world.viewer(by), person_for(world.viewer(by), world.id(who)))


def file_url(world: World, who: str, name: str = "96.jpg") -> str:
    return f"/people/{world.id(who)}/picture/{name}"


# Whose, what became of it, and who sees its files then. Everybody here reads something the two wrote.
def _waits(world: World) -> str:
    put_up(world, "vera")
    return "vera"


def _stands_under_18(world: World) -> str:
    shown(world, "vera")
    return "vera"


def _grown_up_waits(world: World) -> str:
    put_up(world, "ivan")
    return "ivan"


def _grown_up(world: World) -> str:
    shown(world, "ivan")
    return "ivan"


def _claimed(world: World) -> str:
    shown(world, "ivan")
    claim(world, "ivan", "samir")
    return "ivan"


def _seen_after_a_claim(world: World) -> str:
    _claimed(world)
    look(world, "ivan", stands=True)
    return "ivan"


def _taken_away(world: World) -> str:
    shown(world, "ivan")
    portraits.take_away(world.viewer("ivan"))
    return "ivan"


def _by_a_host(world: World) -> str:
    shown(world, "ivan")
    look(world, "ivan", stands=False, why="others")
    return "ivan"


def _protected(world: World) -> str:
    shown(world, "ivan")
    with transaction() as s:
        s.execute(update(Member).where(Member.id == world.id("ivan")).values(protected=True))
    return "ivan"


def _but_olle() -> tuple[str, ...]:
    """Staff keep olle and ivan apart."""
    return tuple(name for name in READERS if name != "olle")


STATES: dict[str, tuple[Callable[[World], str], tuple[str, ...], tuple[str, ...]]] = {
    "under 18, nobody has looked": (_waits, ("jonna",), ()),
    "under 18, a host said yes": (_stands_under_18, READERS, READERS),
    "grown up, nobody has looked": (_grown_up_waits, ("jonna",), ()),
    "grown up": (_grown_up, _but_olle(), _but_olle()),
    "somebody says she is in it": (_claimed, ("jonna",), ()),
    "a host has looked after that": (_seen_after_a_claim, _but_olle(), _but_olle()),
    "taken away": (_taken_away, (), ()),
    "taken away by a host": (_by_a_host, (), ()),
    "protected since": (_protected, (), ()),
}


@pytest.mark.parametrize("state", STATES)
def test_it_is_where_it_may_be_and_nowhere_else(state: str, world: World, make: Make, browser: Browsers) -> None:
    """In its files, on her page, in the feed, on a thread and in a chat."""
    for name in ("vera", "ivan"):
        write(f"words of {name}", name, "vardagsrummet")
        say(world, name, f"in the chat, says {name}")
    made, may_fetch, meet_it = STATES[state]
    who = made(world)
    at = f"/people/{world.id(who)}/picture/"
    places = {
        "her page": f"/people/{world.id(who)}",
        "the feed": "/c/vardagsrummet",
        "the thread": f"/t/{world.stream(f'words of {who}').id}",
        "the chat": f"/chat/{chat_of(world)}",
    }
    for reader in READERS:
        her = browser(reader)
        for name in ("96.webp", "96.jpg", "320.webp", "320.jpg"):
            status = her.get(at + name).status_code
            assert status == (200 if reader in may_fetch else 404), (reader, name)
        for place, address in places.items():
            page = her.get(address)
            assert (f"{at}96." in page.text or f"{at}320." in page.text) is (reader in meet_it), (reader, place)


def test_she_sees_her_own_while_it_waits_and_others_the_drawn_one(world: World, browser: Browsers) -> None:
    put_up(world, "vera")
    vera = browser("vera")
    assert vera.get(file_url(world, "vera")).status_code == 200
    assert "Bara du" in vera.get("/me/picture").text
    assert stands(world, "vera") is None and world.viewer("vera").portrait is None


def test_staffs_stands_at_once(world: World) -> None:
    put_up(world, "sara")
    assert stands(world, "sara") is not None


def test_what_is_blocked_later_is_gone_at_the_next_look(world: World, browser: Browsers) -> None:
    shown(world, "ivan")
    tuva, url = browser("tuva"), file_url(world, "ivan")
    first = tuva.get(url)
    assert first.status_code == 200
    assert (first.headers["Cache-Control"], first.content_type) == ("private, no-cache", "image/jpeg")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert tuva.get(url, headers=tag).status_code == 304
    exclude("ivan", "tuva", maker="ivan")
    assert browser("tuva").get(url, headers=tag).status_code == 404


def test_a_new_one_ends_the_old_and_an_old_address_never_leads_to_it(world: World, browser: Browsers) -> None:
    old = shown(world, "ivan")
    name = old.name
    address = f"{file_url(world, 'ivan')}?v={stands(world, 'ivan')}"
    before = browser("tuva").get(address).data
    shown(world, "ivan", encoded(drawn(80, 80).rotate(180), "PNG"))
    assert browser("tuva").get(address).data != before
    assert not picture_files._place(name).exists()
    portraits.take_away(world.viewer("ivan"))
    portraits.take_away(world.viewer("ivan"))
    assert browser("tuva").get(address).status_code == 404
    assert portrait_queries.own(world.viewer("ivan")) is None


def test_what_is_no_name_of_a_file_is_not_there(world: World, browser: Browsers) -> None:
    shown(world, "ivan")
    tuva = browser("tuva")
    for name in ("960.jpg", "master.jpg", "96.png", "..%2f96.jpg", "96"):
        assert tuva.get(file_url(world, "ivan", name)).status_code == 404, name


def test_without_her_name_there_is_none(world: World, make: Make, browser: Browsers) -> None:
    shown(world, "ivan")
    said = Said("utan namn", "unnamed-portrait", unnamed=True, at_once=True)
    piece = forum.start_thread(world.viewer("ivan"), world.space("fraga"), said, mode="ask", just_listen=False)
    page = browser("tuva").get(f"/t/{piece.stream_id}")
    assert page.status_code == 200 and "utan namn" in page.text
    assert "/picture/" not in page.text and str(world.id("ivan")) not in page.text


def test_protected_is_refused_with_a_sentence(world: World, browser: Browsers) -> None:
    with pytest.raises(NotAllowed):
        put_up(world, "noor")
    noor = browser("noor")
    assert "skyddad identitet" in noor.get("/me/picture").text
    assert noor.post("/me/picture", {"picture": (io.BytesIO(A_PICTURE), "jag.jpg"), "cut": "middle"}).status_code == 403
    assert session().scalar(select(Portrait.id)) is None


def test_only_a_host_looks_and_never_at_what_she_has_not_seen(world: World) -> None:
    first = put_up(world, "vera").id
    for name in ("sara", "amina", "vera"):
        with pytest.raises((NotAllowed, NotFound)):
            look(world, "vera", stands=True, by=name)
    put_up(world, "vera")
    with pytest.raises(Conflict):
        portraits.decide(world.viewer("jonna"), world.id("vera"), first, stands=True)
    with pytest.raises(Invalid):
        look(world, "vera", stands=False, why="because")
    assert stands(world, "vera") is None


def test_a_host_takes_it_away_says_why_and_it_is_written_down(world: World, browser: Browsers) -> None:
    put_up(world, "vera")
    jonna = browser("jonna")
    page = jonna.get("/photos/waiting").text
    portrait_id = re.search(r'name="portrait_id" value="(\d+)"', page)
    assert portrait_id is not None and file_url(world, "vera", "320.jpg") in page
    answer = jonna.post(f"/people/{world.id('vera')}/picture/look", portrait_id=portrait_id[1], said="no", why="others")
    assert answer.status_code == 303
    line = session().scalars(select(AuditLine).where(AuditLine.act == "portrait.taken_away")).one()
    assert line.actor_id == world.id("jonna")
    card = session().scalars(select(OwnCard).where(OwnCard.kind == "portrait")).one()
    assert (card.member_id, card.what) == (world.id("vera"), "others")
    told = browser("vera").get("/notifications").text
    hers = told[told.index('class="note warm own-card"') :]
    hers = hers[: hers.index("</section>")]
    assert "Någon annan är med på den." in hers and "Jonna" not in hers
    put_up(world, "vera")  # and then the card has done its work
    assert session().scalar(select(OwnCard.id).where(OwnCard.kind == "portrait", OwnCard.done_at.is_(None))) is None


def test_the_queue_says_that_pictures_wait(world: World, browser: Browsers) -> None:
    jonna = browser("jonna")
    assert 'href="/photos/waiting"' not in jonna.get("/review").text
    put_up(world, "vera")
    assert 'href="/photos/waiting"' in jonna.get("/review").text
    look(world, "vera", stands=True)
    assert 'href="/photos/waiting"' not in jonna.get("/review").text


def test_others_staff_have_none_of_them_on_their_list(world: World, browser: Browsers) -> None:
    put_up(world, "vera")
    assert "/picture/" not in browser("petra").get("/photos/waiting").text
    assert browser("amina").get("/photos/waiting").status_code == 403


def test_i_am_in_this_hides_it_for_everybody(world: World, browser: Browsers) -> None:
    shown(world, "ivan")
    samir = browser("samir")
    assert "Jag är med på den" in samir.get(f"/people/{world.id('ivan')}/picture").text
    assert samir.post(f"/people/{world.id('ivan')}/picture/claim").status_code == 303
    assert stands(world, "ivan") is None
    assert "Samir" in browser("jonna").get("/photos/waiting").text
    assert "Samir" not in browser("ivan").get("/me/picture").text
    with pytest.raises(NotAllowed):
        claim(world, "ivan", "ivan")


def test_whoever_is_in_it_herself_does_not_decide(world: World) -> None:
    shown(world, "ivan")
    claim(world, "ivan", "jonna")
    with pytest.raises(NotAllowed):
        look(world, "ivan", stands=True)


def test_pages_that_are_open_let_go_of_it(world: World, heard: Heard) -> None:
    ids = {"member": world.id("ivan")}
    said = ("everybody", "portrait:changed", ids)
    shown(world, "ivan")
    portraits.take_away(world.viewer("ivan"))
    assert [one for one in heard if one[1] == "portrait:changed"] == [said, said]
    put_up(world, "vera")  # of one that waits nobody hears
    assert [one for one in heard if one[1] == "portrait:changed"] == [said, said]


def test_whoever_is_kept_apart_hears_nothing_of_it(app: Flask, world: World, browser: Browsers) -> None:
    lines = {name: browser(name).socket() for name in ("tuva", "olle")}
    with app.app_context():
        live.deliver("everybody", "portrait:changed", {"member": world.id("ivan")})
    names = {who: [got["name"] for got in line.get_received()] for who, line in lines.items()}
    assert "portrait:changed" in names["tuva"] and "portrait:changed" not in names["olle"]


@pytest.mark.parametrize("looked", [True, False], ids=["shown", "waits"])
def test_choosing_another_drawn_one_takes_it_away(looked: bool, world: World, browser: Browsers) -> None:
    put_up(world, "ivan")
    if looked:
        look(world, "ivan", stands=True)
    ivan = browser("ivan")
    mine = world.viewer("ivan")
    same = {"display_name": mine.name, "about": "", "tells_year": "no", "colour": mine.colour}
    assert ivan.post("/me", {**same, "avatar": mine.avatar or ""}).status_code == 303
    assert portrait_queries.own(world.viewer("ivan")) is not None
    assert ivan.post("/me", {**same, "avatar": "a09" if mine.avatar != "a09" else "a08"}).status_code == 303
    assert stands(world, "ivan") is None and portrait_queries.own(world.viewer("ivan")) is None


def test_the_form_takes_one_picture_and_says_what_is_wrong(world: World, browser: Browsers) -> None:
    ivan = browser("ivan")
    sent = {"picture": (io.BytesIO(A_PICTURE), "../../jag.jpg"), "cut": "end"}
    assert ivan.post("/me/picture", sent).location == "/me/picture?saved=1"
    assert "Bara du på bilden" in ivan.get("/me/picture").text
    assert stands(world, "ivan") is None
    look(world, "ivan", stands=True)
    for bad in (b"<svg onload=alert(1)>", b"\xff\xd8\xff\xe0 cut off"):
        answer = ivan.post("/me/picture", {"picture": (io.BytesIO(bad), "x.jpg"), "cut": "middle"})
        assert answer.status_code == 422 and 'class="note bad' in answer.text
    assert ivan.post("/me/picture", cut="middle").status_code == 422
    assert ivan.post("/me/picture", {"picture": (io.BytesIO(A_PICTURE), "x.jpg"), "cut": "x"}).status_code == 422
    assert stands(world, "ivan") is not None  # the one before stands as it stood
    assert ivan.post("/me/picture/remove").status_code == 303
    assert stands(world, "ivan") is None


@pytest.mark.parametrize(("cut", "upper", "lower"), [(BEGINNING, 0, 0), (MIDDLE, 0, 2), (END, 2, 2)])
def test_it_is_cut_to_the_square_she_chose(cut: str, upper: int, lower: int) -> None:
    """Of an upright picture of four colours, twice as high as wide."""
    parts = pictures.squared(io.BytesIO(encoded(drawn(200, 400), "PNG")), whose=1, cut=cut)
    assert set(parts) == {f"{side}.{form}" for side in (96, 320) for form in ("webp", "jpg")}
    for side in SQUARES:
        image = opened(parts[f"{side}.webp"])
        assert image.size == (side, side)
        assert like(image.getpixel((side // 4, 4)), corpus.CORNERS[upper])  # type: ignore[arg-type]
        assert like(image.getpixel((side // 4, side - 5)), corpus.CORNERS[lower])  # type: ignore[arg-type]


@pytest.mark.parametrize("name", corpus.telling())
def test_nothing_that_rode_along_comes_out(name: str) -> None:
    for cut in CUTS:
        parts = pictures.squared(io.BytesIO(corpus.telling()[name]), whose=1, cut=cut)
        for part, content in parts.items():
            assert [form for form in FORMS if form in content] == [], part
            assert beside_the_pixels(part, content) == set(), part


def test_it_is_in_what_she_takes_along(app: Flask, world: World) -> None:
    with app.app_context():
        put_up(world, "vera")
        claimed = shown(world, "ivan")
        claim(world, "ivan", "samir")
        assert claimed.id
    file = taken(app, world, "vera")
    assert set(file.photos) == {"files/portrait.jpg"}
    assert opened(file.photos["files/portrait.jpg"]).size == (320, 320)
    (row,) = file.tables["portrait"]
    assert row["state"] == "waits" and "claimed_by" not in row
    hers = taken(app, world, "ivan")
    assert "claimed_by" not in hers.tables["portrait"][0]
    assert "files/portrait.jpg" not in taken(app, world, "samir").photos


@pytest.mark.parametrize("choice", ["named", "nameless", "removed"])
def test_with_her_it_goes_whatever_she_leaves_here(choice: str, world: World, browser: Browsers) -> None:
    name = shown(world, "ivan").name
    write("words of ivan", "ivan", "vardagsrummet")
    claimed = shown(world, "samir").id
    claim(world, "samir", "ivan")
    leaver = Leaver(world.id("ivan"), choice, clock.now())
    member_erasing.close_account(leaver)
    assert stands(world, "ivan") is None
    assert browser("tuva").get(file_url(world, "ivan")).status_code == 404
    assert erasing.portrait(leaver) and erasing.portrait(leaver)
    assert not picture_files._place(name).exists()
    assert session().scalar(select(Portrait.claimed_by).where(Portrait.id == claimed)) is None


def test_of_somebody_we_remember_it_stands_as_it_stood(world: World, browser: Browsers) -> None:
    shown(world, "johanna")
    remember(world)
    assert stands(world, "johanna") is not None
    assert browser("tuva").get(file_url(world, "johanna")).status_code == 200


def test_whoever_works_here_no_more_is_drawn_again(world: World, browser: Browsers) -> None:
    name = put_up(world, "sara").name
    leave(world)
    assert stands(world, "sara") is None and portrait_queries.of_member(world.id("sara")) is None
    assert not picture_files._place(name).exists()
    assert browser("tuva").get(file_url(world, "sara")).status_code == 404


def test_the_nightly_sweep_knows_them(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = shown(world, "ivan").name
    lost = picture_files.keep({"96.jpg": A_PICTURE}).name
    monkeypatch.setattr(picture_files, "A_DAY", -1.0)
    actions.sweep()
    assert picture_files._place(kept).exists() and not picture_files._place(lost).exists()


def test_pages_ask_no_more_with_portraits_than_without(world: World, browser: Browsers, rolled_back: Any) -> None:
    write("words of ivan", "ivan", "vardagsrummet")
    say(world, "ivan", "in the chat")
    tuva = browser("tuva")
    paths = (
        "/",
        "/c/vardagsrummet",
        f"/t/{world.stream('words of ivan').id}",
        f"/chat/{chat_of(world)}",
        "/people",
        "/me",
    )

    def asked() -> list[int]:
        found = []
        for path in paths:
            tuva.get(path)
            db.remove()
            with counted(rolled_back) as statements:
                assert tuva.get(path).status_code == 200
            found.append(len(statements))
        return found

    before = asked()
    put_up(world, "sara")
    for who in ("ivan", "johanna", "tuva"):
        shown(world, who)
    assert f"/people/{world.id('ivan')}/picture/96." in tuva.get("/c/vardagsrummet").text
    assert asked() == before


def test_who_keeps_her_picture_out_of_the_directory_keeps_this_one_out_too(world: World, browser: Browsers) -> None:
    shown(world, "johanna")
    for shows in (True, False):
        directory.open_entry(world.viewer("johanna"), picture=shows, house=True, years=True)
        assert (file_url(world, "johanna", "96.webp") in browser("tuva").get("/people").text) is shows
