"""From what somebody writes to what follows: who is shown the help card, what waits, what is put down, and what a host
makes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from community.core import ratelimit
from community.core.db import session, transaction
from community.core.errors import NotAllowed, NotFound
from community.safety.models import Heard
from community.streams.models import Piece
from community.wordlists import actions, queries
from community.wordlists.models import Judgement, PhraseRecord
from tests.client import Browser
from tests.make import Make
from tests.world import World

Browsers = Callable[..., Browser]
Sent = tuple[TestResponse, Browser]
CARD = 'id="help-card"'
WRITER = "tuva"  # grown up: what is held here is held for its words


@pytest.fixture(autouse=True)
def nothing_heard_yet(world: World) -> None:
    """The world's own people have written words the gate held."""
    with transaction() as s:
        s.execute(delete(Heard))


@pytest.fixture
def write(world: World, make: Make, browser: Browsers) -> Callable[[str], Sent]:
    thread, writer = make.thread("amina"), browser(WRITER)

    def send(text: str) -> Sent:
        return writer.post(f"/t/{thread.id}/replies", {"text": text, "client_id": f"help-{abs(hash(text))}"}), writer

    return send


def written(text: str) -> Piece:
    return session().scalars(select(Piece).where(Piece.text == text)).one()


def put_down() -> list[tuple[str, str, bool]]:
    return [tuple(row) for row in session().execute(select(Heard.outcome, Heard.grade, Heard.alert))]  # type: ignore[misc]


@pytest.mark.parametrize("text", ["jag dör 😂", "kill me lol", "ring Självmordslinjen 90101 om det är tungt"])
def test_a_way_of_speaking_wakes_nobody(text: str, write: Callable[[str], Sent]) -> None:
    answer, writer = write(text)
    assert CARD not in writer.get(answer.location).text
    assert written(text).state == "published"
    assert put_down() == []


@pytest.mark.parametrize("text", ["jag orkar inte mer", "I hate myself"])
def test_heavy_words_stand_bring_help_and_a_quiet_row(
    text: str, write: Callable[[str], Sent], browser: Browsers
) -> None:
    answer, writer = write(text)
    assert writer.get(answer.location).text.count(CARD) == 1
    piece = written(text)
    assert piece.state == "published"
    assert put_down() == [("publish", "heavy", False)]
    page = browser("johanna").get(f"/t/{piece.stream_id}").text
    assert text in page and CARD not in page


@pytest.mark.parametrize("text", ["jag v i l l d ö", "#killmyself", "har samlat tabletter"])
def test_intent_waits_brings_help_at_once_and_cannot_wait_long(
    text: str, write: Callable[[str], Sent], browser: Browsers
) -> None:
    answer, writer = write(text)
    assert answer.location.endswith("#help-card")
    assert writer.get(answer.location).text.count(CARD) == 1
    piece = written(text)
    assert (piece.state, piece.nr) == ("held", None)
    assert put_down() == [("hold", "intent", True)]
    assert text not in browser("johanna").get(f"/t/{piece.stream_id}").text


def test_a_refused_word_is_named_but_never_turns_a_cry_for_help_away(
    write: Callable[[str], Sent],
) -> None:
    answer, _writer = write("din h0ra")
    assert (answer.status_code, "hora" in answer.text, "din h0ra" in answer.text) == (422, True, True)
    assert put_down() == []
    for text, grade in (("dom kallar mig hora, jag vill dö", "intent"), ("jag är en hora, orkar inte mer", "heavy")):
        answer, writer = write(text)
        assert answer.status_code == 303
        assert writer.get(answer.location).text.count(CARD) == 1
        assert written(text).state == "held"
        assert ("hold", grade, grade == "intent") in put_down()
    told = "pappa slår mig och kallar mig kuk och fitta"
    write(told)
    assert written(told).state == "held"
    assert session().scalar(select(Heard.alert).where(Heard.piece_id == written(told).id)) is True


def test_a_host_says_not_this_of_a_piece(world: World, make: Make) -> None:
    jonna, piece = (
        world.viewer("jonna"),
        make.reply(WRITER, world.stream("open"), "jag orkar inte mer, ring 070-174 06 05"),
    )
    heavy, phone = queries.heard_in(jonna, [piece.id])[piece.id]
    assert (heavy.action, phone.key) == ("heavy", "personal:phone")
    assert {heavy.right, phone.right} == {None}
    actions.judge_piece(jonna, piece.id, heavy.key, right=False)
    actions.judge_piece(jonna, piece.id, phone.key, right=True)
    actions.judge_piece(jonna, piece.id, heavy.key, right=False)  # pressed twice
    assert {one.key: one.right for one in queries.heard_in(jonna, [piece.id])[piece.id]} == {
        heavy.key: False, phone.key: True,
    }  # fmt: skip
    record = session().get_one(PhraseRecord, heavy.key)
    assert (record.right, record.wrong) == (0, 1)
    assert len(session().scalars(select(Judgement)).all()) == 2
    assert queries.heard_in(jonna, []) == {}


def test_who_may_say_so(world: World, make: Make) -> None:
    piece = make.reply("jonna", world.stream("open"), "jag orkar inte mer")
    ((heard,),) = queries.heard_in(world.viewer("sara"), [piece.id]).values()
    for name in ("jonna", WRITER, "amina", "johanna"):
        with pytest.raises(NotAllowed):
            actions.judge_piece(world.viewer(name), piece.id, heard.key, right=False)
    for name in (WRITER, "amina", "johanna"):
        with pytest.raises(NotAllowed):
            queries.heard_in(world.viewer(name), [piece.id])
    for piece_id, key in ((piece.id, "heavy:nothing like it"), (piece.id + 1, heard.key)):
        with pytest.raises(NotFound):
            actions.judge_piece(world.viewer("sara"), piece_id, key, right=False)
    assert session().scalars(select(Judgement)).all() == []


def test_a_phrase_staff_said_not_this_of_is_up_for_review_on_the_page(
    world: World, make: Make, browser: Browsers
) -> None:
    sara, text = world.viewer("sara"), "jag mår inte alls bra"
    with ratelimit.ignored():
        pieces = [make.reply(WRITER, world.stream("open"), f"{text} {number}").id for number in range(actions.ENOUGH)]
    (key,) = {heard.key for piece in queries.heard_in(sara, pieces).values() for heard in piece}
    birgitta = browser("birgitta")
    for piece_id in pieces[:-1]:
        actions.judge_piece(sara, piece_id, key, right=False)
    assert "do=keep" not in birgitta.get("/lists").text
    actions.judge_piece(sara, pieces[-1], key, right=False)
    assert "do=keep" in birgitta.get("/lists").text
    answer = birgitta.post("/lists/change", {"key": key, "do": "off", "reason": "Hörs för ofta", "version": 0})
    assert answer.status_code == 303
    assert "do=keep" not in birgitta.get("/lists").text
    assert [one.kind for one in queries.history_for(sara)] == ["off"]
