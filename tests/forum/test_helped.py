"""The reply that helped: who marks it, where it is shown, and for whom it is not there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from community.core import audit, clock, ratelimit
from community.core.db import session, transaction
from community.core.errors import NotAllowed, NotFound
from community.forum import actions as forum
from community.forum import questions
from community.forum.models import AnswerMark
from community.streams import actions as streams
from community.streams import muting
from community.streams.actions import Said
from community.streams.models import Piece
from tests.client import Browser
from tests.fixtures import Heard
from tests.make import Make
from tests.world import NOW, World

Browsers = Callable[..., Browser]


def marked(stream_id: int) -> int | None:
    found = select(AnswerMark.piece_id).where(AnswerMark.stream_id == stream_id)
    return session().scalar(found.execution_options(populate_existing=True))


def on_top(browser: Browser, stream_id: int) -> str:
    """What stands below the question, on its page; nothing where no reply is marked."""
    found = re.search(r'<section class="helped".*?</section>', browser.get(f"/t/{stream_id}").text, re.DOTALL)
    return found[0] if found else ""


def in_feed(browser: Browser, stream_id: int, path: str = "/") -> str:
    item = re.search(
        rf'<article class="feed-item" data-thread="{stream_id}">.*?</article>', browser.get(path).text, re.S
    )
    assert item
    return item[0]


def test_the_asker_and_a_host_mark_and_nobody_else(make: Make, world: World) -> None:
    thread = make.thread("tuva", mode="ask")
    first, second = make.reply("samir", thread), make.reply("vera", thread)
    for name in ("samir", "vera", "birgitta", "sara", "petra", "johanna"):
        with pytest.raises(NotAllowed):
            questions.mark_helped(world.viewer(name), first.id)
        with pytest.raises(NotAllowed):
            questions.unmark_helped(world.viewer(name), first.id)
    assert marked(thread.id) is None
    questions.mark_helped(world.viewer("tuva"), first.id)
    assert marked(thread.id) == first.id
    questions.mark_helped(world.viewer("jonna"), second.id)  # a host; one at a time
    assert marked(thread.id) == second.id
    questions.unmark_helped(world.viewer("tuva"), first.id)  # it is not there any more
    assert marked(thread.id) == second.id
    questions.unmark_helped(world.viewer("tuva"), second.id)
    assert marked(thread.id) is None


def test_she_may_have_found_the_answer_herself(make: Make, world: World) -> None:
    thread = make.thread("tuva", mode="ask")
    own = make.reply("tuva", thread)
    questions.mark_helped(world.viewer("tuva"), own.id)
    assert marked(thread.id) == own.id


def test_only_standing_replies_in_questions_can_be_marked(make: Make, world: World) -> None:
    asked, told = make.thread("tuva", mode="ask"), make.thread("tuva", mode="tell")
    reply, gone, elsewhere = make.reply("samir", asked), make.reply("samir", asked), make.reply("samir", told)
    streams.remove_piece(world.viewer("samir"), gone.id)
    assert asked.opening_id
    for piece_id in (gone.id, elsewhere.id, asked.opening_id):
        with pytest.raises(NotAllowed):
            questions.mark_helped(world.viewer("tuva"), piece_id)
    streams.remove_piece(world.viewer("tuva"), asked.opening_id)
    with pytest.raises(NotAllowed):
        questions.mark_helped(world.viewer("tuva"), reply.id)


def test_who_only_reads_just_now_marks_nothing(make: Make, world: World) -> None:
    thread = make.thread("tuva", mode="ask")
    reply = make.reply("samir", thread)
    make.sanction("tuva", "paused")
    with pytest.raises(NotAllowed):
        questions.mark_helped(world.viewer("tuva"), reply.id)


def test_it_stands_on_top_and_at_its_place_and_in_the_feed(make: Make, world: World, browser: Browsers) -> None:
    thread = make.thread("tuva", "fraga", mode="ask")
    make.reply("vera", thread)
    reply = make.reply("samir", thread, "lösningen är **salt**")
    reader = browser("johanna")
    assert "answered" not in in_feed(reader, thread.id) and on_top(reader, thread.id) == ""
    questions.mark_helped(world.viewer("tuva"), reply.id)
    page, top = reader.get(f"/t/{thread.id}").text, on_top(reader, thread.id)
    assert "lösningen är <strong>salt</strong>" in top and f'href="/t/{thread.id}?around=3#p3"' in top
    assert page.count("lösningen är <strong>salt</strong>") == 2
    assert page.index('class="helped"') < page.index('id="replies"') < page.index(f'data-piece="{reply.id}" data-nr')
    assert 'class="answered"' in in_feed(reader, thread.id)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)), "the copy brings no id a second time"


def test_on_a_page_far_from_its_place_it_stands_on_top_all_the_same(
    make: Make, world: World, browser: Browsers
) -> None:
    thread = make.thread("tuva", mode="ask")
    with ratelimit.ignored():
        replies = [make.reply("samir" if number % 2 else "vera", thread) for number in range(60)]
    questions.mark_helped(world.viewer("tuva"), replies[0].id)
    page = browser("johanna").get(f"/t/{thread.id}?after=30").text
    assert 'data-nr="2"' not in page and replies[0].text in page


def test_what_was_taken_back_or_hidden_is_not_on_top(make: Make, world: World, browser: Browsers) -> None:
    thread = make.thread("tuva", mode="ask")
    reply, reader = make.reply("samir", thread, "svar som försvinner"), browser("johanna")
    questions.mark_helped(world.viewer("tuva"), reply.id)
    streams.remove_piece(world.viewer("samir"), reply.id)
    assert on_top(reader, thread.id) == "" and "answered" not in in_feed(reader, thread.id)
    assert "svar som försvinner" not in reader.get(f"/t/{thread.id}/helped").text
    streams.restore_piece(world.viewer("samir"), reply.id)
    assert "svar som försvinner" in on_top(reader, thread.id)
    with transaction() as s:
        s.execute(update(Piece).where(Piece.id == reply.id).values(state="hidden"))
    assert on_top(reader, thread.id) == "" and "svar som försvinner" not in reader.get(f"/t/{thread.id}/helped").text


def test_what_a_reader_has_muted_folds_on_top_as_in_its_place(make: Make, world: World, browser: Browsers) -> None:
    thread = make.thread("tuva", mode="ask")
    reply = make.reply("samir", thread, "ring hyresvärden")
    questions.mark_helped(world.viewer("tuva"), reply.id)
    muting.mute_person(world.viewer("vera"), world.id("samir"))
    muting.mute_word(world.viewer("johanna"), "hyresvärden")
    for name, why in (("vera", "person"), ("johanna", "word"), ("kim", None)):
        reader = browser(name)
        part = reader.get(f"/t/{thread.id}/helped").text
        for top in (on_top(reader, thread.id), part):
            assert re.findall(r'data-fold="(\w+)"', top) == ([why] if why else []), name
            assert "ring hyresvärden" in top
            if why:
                assert top.index("data-fold") < top.index("<article")


def test_who_asked_is_not_told_what_the_one_who_asks_would_like(make: Make, world: World, browser: Browsers) -> None:
    hers, anothers, advice = make.thread("tuva", mode="ask"), make.thread("vera", mode="ask"), "They would like advice."
    assert advice in browser("tuva").get(f"/t/{anothers.id}").text
    assert advice not in browser("tuva").get(f"/t/{hers.id}").text


def test_whoever_wants_heads_ups_open_has_them_open_on_top(make: Make, world: World, browser: Browsers) -> None:
    thread = make.thread("tuva", mode="ask")
    said = Said("det var så här", "noted-answer", note="om pengar")
    reply = forum.reply(world.viewer("samir"), thread.id, said)
    questions.mark_helped(world.viewer("tuva"), reply.id)
    vera, kim = browser("vera"), browser("kim")
    vera.post("/me/settings", lang="sv", text_size="normal", theme="device", notes_open="y")
    assert '<details class="folded" open>' in on_top(vera, thread.id)
    assert '<details class="folded" open>' in vera.get(f"/t/{thread.id}/helped").text
    assert '<details class="folded">' in on_top(kim, thread.id)


def test_who_is_kept_apart_from_its_author_sees_no_mark(make: Make, world: World, browser: Browsers) -> None:
    thread = make.thread("tuva", mode="ask")
    reply = make.reply("elias", thread, "ord av elias")
    questions.mark_helped(world.viewer("tuva"), reply.id)
    amina, vera = browser("amina"), browser("vera")
    assert "ord av elias" in on_top(vera, thread.id)
    assert on_top(amina, thread.id) == "" and "answered" not in in_feed(amina, thread.id)
    assert amina.get(f"/t/{thread.id}/helped").text.strip() == ""
    with pytest.raises(NotFound):
        questions.mark_helped(world.viewer("amina"), reply.id)


def test_open_pages_hear_of_it_by_ids_alone(make: Make, world: World, heard: Heard) -> None:
    thread = make.thread("tuva", mode="ask")
    first, second = make.reply("samir", thread), make.reply("vera", thread)
    heard.clear()
    questions.mark_helped(world.viewer("tuva"), first.id)
    questions.mark_helped(world.viewer("tuva"), first.id)  # the same once more is no news
    questions.mark_helped(world.viewer("tuva"), second.id)
    questions.unmark_helped(world.viewer("tuva"), second.id)
    room = f"stream:{thread.id}"
    assert heard == [
        (room, "thread:helped", {"stream": thread.id, "was": 0, "piece": first.id}),
        (room, "thread:helped", {"stream": thread.id, "was": first.id, "piece": second.id}),
        (room, "thread:helped", {"stream": thread.id, "was": second.id, "piece": 0}),
    ]


def test_the_frame_is_the_part_of_the_page_and_those_apart_get_a_hint_only(
    own_database: tuple[object, World], app: Flask
) -> None:
    _engine, world = own_database
    make = Make(world)
    thread = make.thread("tuva", mode="ask")
    ivans, veras = make.reply("ivan", thread, "ord av ivan"), make.reply("vera", thread, "ord av vera")
    sockets = {name: Browser(app, world).signed_in(name).socket() for name in ("johanna", "isla", "olle")}
    for socket in sockets.values():
        assert socket.emit("stream:join", {"stream": thread.id}, callback=True)["ok"]
        socket.get_received()

    def frames(name: str) -> list[dict[str, object]]:
        received = sockets[name].get_received()
        return [one["args"][0] for one in received if one["name"] == "thread:helped"]

    tuva = Browser(app, world).signed_in("tuva")
    tuva.post(f"/pieces/{ivans.id}/helped")
    (swedish,), (english,) = frames("johanna"), frames("isla")
    assert "ord av ivan" in str(swedish["html"]) and "Det här hjälpte" in str(swedish["html"])
    assert "This helped" in str(english["html"]) and "csrf" not in str(english["html"])
    assert frames("olle") == []  # staff keep him and ivan apart
    tuva.post(f"/pieces/{veras.id}/helped")
    assert frames("olle") == [{"stream": thread.id}]
    tuva.post(f"/pieces/{veras.id}/helped-no-more")
    assert [one["html"] for one in frames("johanna")][-1] == ""


def test_the_menu_offers_it_to_those_who_may(make: Make, world: World, browser: Browsers) -> None:
    thread = make.thread("tuva", mode="ask")
    reply = make.reply("samir", thread)
    path = f"/pieces/{reply.id}/helped"
    offered = {name: path in browser(name).get(f"/pieces/{reply.id}/more").text for name in ("tuva", "jonna", "samir")}
    assert offered == {"tuva": True, "jonna": True, "samir": False}
    answer = browser("tuva").post(path)
    assert (answer.status_code, answer.location) == (303, f"/t/{thread.id}#on-top")
    assert f"{path}-no-more" in browser("tuva").get(f"/pieces/{reply.id}/more").text
    assert browser("tuva").post(f"{path}-no-more").status_code == 303
    assert marked(thread.id) is None


def test_what_a_host_does_for_somebody_else_is_in_the_audit_chain(make: Make, world: World) -> None:
    thread = make.thread("tuva", mode="ask")
    reply = make.reply("samir", thread)
    acts = select(audit.AuditLine.act).where(audit.AuditLine.act.startswith("question."))
    questions.mark_helped(world.viewer("tuva"), reply.id)
    assert session().scalars(acts).all() == []
    questions.unmark_helped(world.viewer("jonna"), reply.id)
    assert session().scalars(acts).all() == ["question.unmarked"]


def still(browser: Browser, stream_id: int) -> str:
    found = re.search(r'<form class="still".*?</form>', browser.get(f"/t/{stream_id}").text, re.DOTALL)
    return found[0] if found else ""


def test_after_a_year_it_is_asked_and_again_a_year_after_the_last_word(
    make: Make, world: World, browser: Browsers
) -> None:
    thread = make.thread("tuva", mode="ask")  # english
    reply = make.reply("samir", thread)
    questions.mark_helped(world.viewer("tuva"), reply.id)
    people = {name: browser(name) for name in ("tuva", "jonna", "kim")}

    def asked() -> dict[str, bool]:
        return {name: 'value="true"' in still(one, thread.id) for name, one in people.items()}

    def at(days: int) -> object:
        return clock.at(NOW + timedelta(days=days))

    def top() -> str:
        return on_top(people["kim"], thread.id)

    with at(364):
        assert not any(asked().values()) and "more than a year" not in top()
    with at(366):
        people = {name: browser(name) for name in people}
        assert asked() == {"tuva": True, "jonna": True, "kim": False}
        assert "This is more than a year old." in top()
        assert people["kim"].post(f"/t/{thread.id}/still-true", word="true").status_code == 403
        assert people["tuva"].post(f"/t/{thread.id}/still-true", word="true").status_code == 303
        assert not any(asked().values())
        assert "Said to be still true in Mar 2027." in top() and "more than a year" not in top()
    with at(366 + 364):
        people = {name: browser(name) for name in people}
        assert not any(asked().values())
    with at(366 + 366):
        people = {name: browser(name) for name in people}
        assert asked() == {"tuva": True, "jonna": True, "kim": False} and "more than a year" in top()
        assert people["jonna"].post(f"/t/{thread.id}/still-true", word="not").status_code == 303
        assert "Not true any more, it was said in Mar 2028." in top()
        assert asked() == {"tuva": True, "jonna": True, "kim": False}  # who was wrong may say so at once
    with at(366 * 3 + 1):
        people = {name: browser(name) for name in people}
        assert "Is it still true" in still(people["tuva"], thread.id)


def test_bad_words_and_nothing_marked(make: Make, browser: Browsers) -> None:
    thread = make.thread("tuva", mode="ask")
    make.reply("samir", thread)
    tuva = browser("tuva")
    assert tuva.post(f"/t/{thread.id}/still-true", word="true").status_code == 404
    assert tuva.post(f"/t/{thread.id}/still-true", word="perhaps").status_code == 422
    assert tuva.post(f"/t/{thread.id}/still-true").status_code == 422


def test_another_answer_begins_without_the_old_word(make: Make, world: World, browser: Browsers) -> None:
    thread = make.thread("tuva", mode="ask")
    old, new = make.reply("samir", thread), make.reply("vera", thread)
    questions.mark_helped(world.viewer("tuva"), old.id)
    questions.say_still_true(world.viewer("tuva"), thread.id, "not")
    assert "Not true any more" in on_top(browser("kim"), thread.id)
    questions.mark_helped(world.viewer("tuva"), new.id)
    assert "Not true any more" not in on_top(browser("kim"), thread.id)
