"""Without a name: nobody learns whose it is, from no page, frame or moment; and it does not go round a separation."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from community.app import JOBS
from community.core import clock, live
from community.core.db import session
from community.core.errors import Invalid, NotAllowed
from community.core.jobs import run_due
from community.forum import actions as forum
from community.forum import feed
from community.members.models import Member
from community.safety.word_lists import in_force
from community.streams import actions, own, placing, sockets
from community.streams.actions import Said
from community.streams.models import Piece, Stream
from community.streams.unnamed import LATEST, SOONEST, moment_after
from tests.client import Browser, field_in
from tests.make import Make
from tests.world import HOLD, NOW, World

Browsers = Callable[..., Browser]
OTHERS = ("tuva", "vera", "samir", "noor", "johanna", "kim", "sara", "jonna", "petra", "birgitta")


@pytest.fixture
def ask(world: World) -> Callable[..., Piece]:
    """Start a post without a name; `at_once` or at its minute."""
    number = iter(range(1_000))

    def start(who: str, text: str = "Hur gör ni när det är svårt", *, at_once: bool = True, **more: Any) -> Piece:
        said = Said(text, f"nameless-{next(number)}", unnamed=True, at_once=at_once, **more)
        piece = forum.start_thread(world.viewer(who), world.space("vardagsrummet"), said, mode="ask", just_listen=False)
        return _let_go(piece)

    return start


def _answered(world: World, who: str, opening: Piece, text: str = "Tack för svaren", *, unnamed: bool = True) -> Piece:
    said = Said(text, f"answer-{opening.id}"[:36], unnamed=unnamed)
    return _let_go(forum.reply(world.viewer(who), opening.stream_id, said))


def _let_go(piece: Piece) -> Piece:
    """As it is now, readable also after a request has given the session back."""
    session().refresh(piece)
    session().expunge(piece)
    return piece


def _bring(app: Flask, heard: list[Any]) -> None:
    """What open pages are told of what happened so far."""
    sockets._pending.clear()
    with app.app_context():
        for room, event, ids in heard:
            live.deliver(room, event, ids)
    heard.clear()
    sockets._pending.clear()  # no hint comes later, into another test


def _changed(member_id: int) -> tuple[str, ...]:
    """What would name her: id, name, and a picture nobody else has."""
    member = session().get_one(Member, member_id)
    member.display_name, member.avatar = "Kanariefågel", "a23"
    session().flush()
    return (str(member_id), "Kanariefågel", "#a23")


def test_every_page_and_frame_of_everybody_else_is_silent_about_her(
    app: Flask, world: World, ask: Callable[..., Piece], browser: Browsers
) -> None:
    names = _changed(world.id("amina"))
    opening = ask("amina")
    answer = _answered(world, "amina", opening)
    actions.edit_piece(world.viewer("amina"), answer.id, version=1, body="Tack för alla svaren", title=None)
    forum.reply(world.viewer("tuva"), opening.stream_id, Said("Jag ringer tidigt", "from-tuva-1"))
    pages = ["/", "/c/vardagsrummet", "/feed/newer", "/?sort=followed", "/me/saved", f"/t/{opening.stream_id}"]
    pages.append(f"/streams/{opening.stream_id}/since?after=0")
    for piece in (opening, answer):
        pages += [f"/pieces/{piece.id}/{page}" for page in ("more", "react", "history")]
    for name in OTHERS:
        reader = browser(name)
        reader.post(f"/pieces/{opening.id}/save")
        for path in pages:
            text = reader.get(path).text
            # What others wrote with her name elsewhere stands in the feed; it is not about this post.
            about = _articles(text, opening.stream_id) if path in pages[:4] else text
            assert not [word for word in names if word in about], (name, path)
    shown = browser("tuva").get(f"/t/{opening.stream_id}").text
    assert "Someone in the group" in shown and "The one who asked" in shown


def test_open_pages_hear_nothing_of_her(
    app: Flask, world: World, ask: Callable[..., Piece], browser: Browsers, heard: list[Any]
) -> None:
    names = _changed(world.id("amina"))
    opening = ask("amina")
    lines = [browser(name).socket() for name in ("tuva", "jonna")]
    for line in lines:
        assert line.emit("stream:join", {"stream": opening.stream_id}, callback=True)["ok"]
        line.emit("feed:join", {}, callback=True)
    answer = _answered(world, "amina", opening)
    actions.remove_piece(world.viewer("amina"), answer.id)
    actions.restore_piece(world.viewer("amina"), answer.id)
    ask("amina", "Ett till utan namn")
    _bring(app, heard)
    for line in lines:
        told = str(line.get_received())
        assert "Tack för svaren" in told and "feed:hint" in told
        assert not [word for word in names if word in told]
        line.disconnect()


def test_two_of_hers_look_like_two_of_two_people(world: World, ask: Callable[..., Piece], browser: Browsers) -> None:
    hers, hers_too, anothers = ask("amina"), ask("amina", "Hur gör ni när det är svårt"[:25]), ask("samir")
    reader = browser("tuva")

    def shape(opening: Piece) -> str:
        text = reader.get(f"/t/{opening.stream_id}").text
        text = text.replace(opening.text, "WORDS").replace(opening.html, "WORDS")
        for number in (opening.stream_id, opening.id):
            text = text.replace(str(number), "ID")
        return re.sub(r'name="(csrf_token|client_id)"[^>]*|data-mine=\'[^\']*\'|<title>[^<]*|h1[^>]*>[^<]*', "", text)

    assert shape(hers) == shape(hers_too) == shape(anothers)


def test_it_comes_later_at_a_whole_minute_by_chance(world: World, ask: Callable[..., Piece], browser: Browsers) -> None:
    opening = ask("amina", "Ingen ser det än", at_once=False)
    assert opening.state == "delayed" and opening.nr is None and opening.due_at is not None
    assert timedelta(minutes=SOONEST) <= opening.due_at - NOW <= timedelta(minutes=LATEST)
    assert len({moment_after(NOW) for _try in range(200)}) > 10
    assert {moment_after(NOW + timedelta(seconds=41)).second for _try in range(20)} == {0}
    reader = browser("tuva")
    for path in ("/", "/feed/newer", "/c/vardagsrummet"):
        assert "Ingen ser det än" not in reader.get(path).text
    for path in (
        f"/t/{opening.stream_id}",
        f"/streams/{opening.stream_id}/since?after=0",
        f"/pieces/{opening.id}/more",
    ):
        assert reader.get(path).status_code == 404
    waits = browser("amina").get(f"/t/{opening.stream_id}").text
    assert "Det visas inom en halvtimme, utan ditt namn." in waits and "Ingen ser det än" in waits
    with clock.at(opening.due_at - timedelta(seconds=1)):
        assert run_due(JOBS[:0] + _delayed()) == 0
    with clock.at(opening.due_at):
        assert run_due(_delayed()) == 1
        assert run_due(_delayed()) == 0
        shown = browser("tuva").get("/").text
        assert "Ingen ser det än" in shown
        assert browser("tuva").get(f"/t/{opening.stream_id}").status_code == 200
    piece = session().get_one(Piece, opening.id, populate_existing=True)
    assert (piece.state, piece.nr) == ("published", 1)


def _delayed() -> tuple[Any, ...]:
    return tuple(job for job in JOBS if job.key == "delayed pieces")


def test_who_may_not_write_any_more_is_read_by_a_host_first(
    world: World, ask: Callable[..., Piece], make: Make
) -> None:
    opening = ask("samir", at_once=False)
    make.sanction("samir", "paused")
    with clock.at(opening.due_at + timedelta(minutes=1)):
        run_due(_delayed())
    piece = session().get_one(Piece, opening.id, populate_existing=True)
    assert (piece.state, piece.nr) == ("held", None)


def test_while_it_waits_she_changes_it_takes_it_back_and_puts_it_back(world: World, ask: Callable[..., Piece]) -> None:
    opening, amina = ask("amina", at_once=False), world.viewer("amina")
    with clock.at(NOW + timedelta(minutes=20)):  # past the quarter of an hour that counts from when it stands
        actions.edit_piece(amina, opening.id, version=1, body="Lite lugnare sagt", title=None)
    actions.remove_piece(amina, opening.id)
    with clock.at(opening.due_at + timedelta(minutes=1)):
        run_due(_delayed())
        assert session().get_one(Piece, opening.id, populate_existing=True).state == "removed"
        back = actions.restore_piece(amina, opening.id)
        assert back.state == "delayed" and back.due_at > clock.now()
    with clock.at(back.due_at):
        run_due(_delayed())
    assert session().get_one(Piece, opening.id, populate_existing=True).text == "Lite lugnare sagt"


def test_no_page_tells_the_hour(world: World, ask: Callable[..., Piece], browser: Browsers) -> None:
    opening = ask("amina")
    _answered(world, "amina", opening)
    reader = browser("tuva")
    for path in ("/", f"/t/{opening.stream_id}", f"/streams/{opening.stream_id}/since?after=0"):
        shown = _articles(reader.get(path).text, opening.stream_id)
        assert "2026-03-14" in shown, path
        assert not re.search(r"2026-03-14T|\b19:0\d\b|\b18:0\d\b", shown), path


def _articles(page: str, stream_id: int) -> str:
    """Of a feed the one item of a thread; of another page all of it."""
    found = re.search(rf'<article class="feed-item" data-thread="{stream_id}">.*?</article>', page, re.DOTALL)
    if found:
        return found[0]
    return "" if 'class="feed-item"' in page else page


def test_a_block_does_not_tell_and_a_separation_holds(
    world: World, ask: Callable[..., Piece], browser: Browsers
) -> None:
    by_elias, by_ivan = ask("elias", "Fråga ett"), ask("ivan", "Fråga två")  # amina blocked elias; olle apart from ivan
    _answered(world, "elias", by_elias, "Svar i fråga ett")
    _answered(world, "ivan", by_ivan, "Svar i fråga två")
    amina, olle = browser("amina"), browser("olle")
    assert "Fråga ett" in amina.get("/").text and "Svar i fråga ett" in amina.get(f"/t/{by_elias.stream_id}").text
    assert "Svar i fråga ett" in amina.get(f"/streams/{by_elias.stream_id}/since?after=0").json["pieces"][1]["html"]
    assert "Fråga två" in amina.get("/").text and "Fråga två" not in olle.get("/").text
    for path in (f"/t/{by_ivan.stream_id}", f"/streams/{by_ivan.stream_id}/since?after=0"):
        assert olle.get(path).status_code == 404
    counted = {view.id: view.reply_count for view in feed.feed_for(world.viewer("amina"))}
    assert counted[by_elias.stream_id] == 1
    elias = forum.reply(world.viewer("elias"), by_elias.stream_id, Said("Nu med namn", "elias-named"))
    assert elias.nr == 3 and "Nu med namn" not in amina.get(f"/t/{by_elias.stream_id}").text


def test_hints_follow_the_same_rule(
    app: Flask, world: World, ask: Callable[..., Piece], browser: Browsers, heard: list[Any]
) -> None:
    by_elias, by_ivan = ask("elias", "Fråga ett"), ask("ivan", "Fråga två")
    amina, olle = browser("amina").socket(), browser("olle").socket()
    olle.emit("feed:join", {}, callback=True)
    heard.clear()
    assert amina.emit("stream:join", {"stream": by_elias.stream_id}, callback=True)["ok"]
    assert not olle.emit("stream:join", {"stream": by_ivan.stream_id}, callback=True)["ok"]
    _answered(world, "ivan", by_ivan, "Svar i fråga två")
    _bring(app, heard)
    assert olle.get_received() == []
    _answered(world, "elias", by_elias, "Svar i fråga ett")
    _bring(app, heard)
    assert [frame["args"][0] for frame in amina.get_received()] == [{"stream": by_elias.stream_id}]
    amina.disconnect()
    olle.disconnect()


def test_staff_never_write_without_their_name(world: World, ask: Callable[..., Piece], browser: Browsers) -> None:
    with pytest.raises(NotAllowed):
        ask("sara")
    assert 'name="unnamed"' not in browser("sara").get("/write").text
    assert 'name="unnamed"' in browser("johanna").get("/write").text


def test_only_the_one_who_asked_answers_without_a_name(
    world: World, ask: Callable[..., Piece], browser: Browsers
) -> None:
    opening = ask("amina")
    with pytest.raises(NotAllowed):
        _answered(world, "tuva", opening)
    with pytest.raises(NotAllowed):
        _answered(world, "amina", world.piece("open"))
    assert 'name="with_name"' not in browser("tuva").get(f"/t/{opening.stream_id}").text


def test_without_a_word_she_answers_as_the_one_who_asked(
    world: World, ask: Callable[..., Piece], browser: Browsers
) -> None:
    opening, amina = ask("amina"), browser("amina")
    path = f"/t/{opening.stream_id}"
    assert "Du svarar som den som frågade." in amina.get(path).text
    amina.post(f"{path}/replies", text="Utan ett ord", client_id="asker-says-1")
    amina.post(f"{path}/replies", text="Nu är det jag", client_id="asker-says-2", with_name="y")
    assert (world.piece("asker-says-1").unnamed, world.piece("asker-says-2").unnamed) == (True, False)
    shown = browser("tuva").get(path).text
    assert "The one who asked" in shown and ">Amina<" in shown


def test_the_form_sends_it_and_the_draft_keeps_the_wish(world: World, browser: Browsers) -> None:
    amina = browser("amina")
    amina.post("/drafts", place="new", fields='{"text": "Halvt skrivet", "unnamed": "y"}')
    page = amina.get("/write").text
    assert re.search(r'<input[^>]*name="unnamed"[^>]*checked|<input[^>]*checked[^>]*name="unnamed"', page)
    assert "Vi är" in page and "Någon kanske gissar" in page
    sent = {"text": "Helt skrivet", "client_id": "form-nameless", "space_id": world.space("vardagsrummet")}
    answer = amina.post("/write", mode="ask", unnamed="y", **sent)
    assert answer.status_code == 303
    assert (world.piece("form-nameless").unnamed, world.piece("form-nameless").state) == (True, "delayed")
    refused = amina.post(
        "/write", mode="ask", unnamed="y", text="  ", client_id="form-nameless-2", space_id=sent["space_id"]
    )
    assert refused.status_code == 422 and "checked" in refused.text[refused.text.index('name="unnamed"') - 120 :][:300]
    assert field_in(refused, "text").strip() == ""


def test_a_host_lets_it_through_without_its_name(world: World, ask: Callable[..., Piece], browser: Browsers) -> None:
    with in_force(HOLD):
        opening = ask("vera", "ett heldword mitt i", at_once=False)
        with pytest.raises(Invalid):
            ask("vera", "ett refusedword")
    assert opening.state == "held"
    placing.publish_held(session().get_one(Piece, opening.id), world.id("jonna"))
    shown = browser("jonna").get(f"/t/{opening.stream_id}").text
    assert "Någon i gruppen" in shown and ">Vera<" not in shown


def test_a_language_nobody_can_tell_is_the_homes(world: World, ask: Callable[..., Piece]) -> None:
    assert ask("tuva", "?!").lang == "sv"


def test_she_follows_it_and_it_is_hers_on_her_own_page_alone(
    world: World, ask: Callable[..., Piece], browser: Browsers
) -> None:
    opening = ask("amina")
    stream = session().get_one(Stream, opening.stream_id)
    for who, hers in (("amina", [opening.id]), ("tuva", [])):
        viewer = world.viewer(who)
        assert own.views_and_own(viewer, [opening])[1].pieces == hers
    assert stream.id in [view.id for view in feed.feed_for(world.viewer("amina"), followed=True)]
    assert browser("amina").get(f"/pieces/{opening.id}/edit").status_code == 200
    assert browser("tuva").get(f"/pieces/{opening.id}/edit").status_code == 403
