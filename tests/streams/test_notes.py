"""A heads-up: it folds a text wherever it is shown, is changed and kept like the text, and nobody laughs there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.core import text
from community.core.db import session
from community.core.errors import Conflict
from community.forum import actions as forum
from community.members.look import change_look
from community.streams import actions, queries, writing
from community.streams.actions import Said
from community.streams.models import Piece, PieceRevision, Stream
from community.streams.sockets import bring_piece
from tests.client import Browser, field_in, words_of
from tests.make import Make
from tests.world import World

Browsers = Callable[..., Browser]
FOLD = re.compile(r'<details class="folded"( open)?><summary>.*?</summary>(.*?)</details>', re.DOTALL)
BODY, NOTE = "orden därunder", "om ett sjukt djur"


def noted(world: World, who: str = "sara", title: str | None = None, label: str = "noted-00001") -> Stream:
    said = Said(BODY, label, title, NOTE)
    piece = forum.start_thread(world.viewer(who), world.space("vardagsrummet"), said, mode="tell", just_listen=False)
    return session().get_one(Stream, piece.stream_id)


def note_of(piece_id: int) -> str | None:
    return session().get_one(Piece, piece_id, populate_existing=True).note


def test_written_with_the_forms_it_folds_the_opening_and_the_reply(browser: Browsers, world: World) -> None:
    tuva, space = browser("tuva"), world.space("vardagsrummet")
    fields = {"client_id": "noted-00002", "space_id": space, "mode": "tell"}
    at = tuva.post("/write", text=BODY, note=f"  {NOTE}\n", **fields).location
    tuva.post(f"{at}/replies", text="svaret därunder", note="om samma djur", client_id="noted-00003")
    page = browser("amina").get(at)
    folds = [inner for _open, inner in FOLD.findall(page.text)]
    assert [BODY in folds[0], "svaret därunder" in folds[1]] == [True, True] and len(folds) == 2
    assert f"Förvarning: {NOTE}" in words_of(page) and "Förvarning: om samma djur" in words_of(page)
    bare = FOLD.sub("", page.text)
    assert BODY not in bare and "svaret därunder" not in bare, "nowhere else, the page's name included"


@pytest.mark.parametrize("title", [None, "En rubrik"])
def test_lists_show_the_heads_up_and_not_the_words(title: str | None, browser: Browsers, world: World) -> None:
    stream, amina = noted(world, title=title), browser("amina")
    assert stream.opening_id
    amina.post(f"/pieces/{stream.opening_id}/save")
    opening = stream.opening_id
    for path in ("/", "/me/saved", f"/pieces/{opening}/more", f"/pieces/{opening}/react"):
        page = amina.get(path)
        assert BODY not in page.text, path
        assert NOTE in words_of(page) or (title and title in words_of(page)), path


def test_earlier_versions_are_folded_under_what_they_said_then(browser: Browsers, world: World, make: Make) -> None:
    piece, author = make.reply("amina", world.stream("common"), "utan"), world.viewer("amina")
    for version, (body, note) in enumerate((("ett", "första"), ("två", "andra"), ("tre", None)), 1):
        actions.edit_piece(author, piece.id, version=version, body=body, title=None, note=note)
    assert note_of(piece.id) is None
    kept = session().query(PieceRevision).filter_by(piece_id=piece.id).order_by(PieceRevision.version)
    assert [(row.text, row.note) for row in kept] == [("utan", None), ("ett", "första"), ("två", "andra")]
    page = browser("sara").get(f"/pieces/{piece.id}/history?why=report")
    assert ["två" in inner or "ett" in inner for _open, inner in FOLD.findall(page.text)] == [True, True]


def test_a_change_of_the_heads_up_alone_is_a_change(browser: Browsers, make: Make, world: World) -> None:
    piece, amina = make.reply("amina", world.stream("common"), "samma ord"), browser("amina")
    form = amina.get(f"/pieces/{piece.id}/edit")
    assert field_in(form, "note") == ""
    sent = {"text": "samma ord", "note": NOTE, "version": 1}
    assert amina.post(f"/pieces/{piece.id}/edit", sent).status_code == 303
    assert note_of(piece.id) == NOTE and field_in(amina.get(f"/pieces/{piece.id}/edit"), "note") == NOTE
    stale = amina.post(f"/pieces/{piece.id}/edit", text="samma ord", note="en annan", version=1)
    assert stale.status_code == 409 and field_in(stale, "note") == "en annan"
    assert f"Förvarning: {NOTE}" in words_of(stale), "both are there to choose from"
    with pytest.raises(Conflict):
        actions.edit_piece(world.viewer("amina"), piece.id, version=1, body="samma ord", title=None)


@pytest.mark.parametrize("where", ["/write", "reply", "edit"])
@pytest.mark.parametrize("note", ["x" * 121, "a\x00b"], ids=["long", "NUL"])
def test_a_bad_heads_up_is_refused_and_everything_kept(
    where: str, note: str, browser: Browsers, make: Make, world: World
) -> None:
    piece, amina = make.reply("amina", world.stream("common")), browser("amina")
    path = {"reply": f"/t/{piece.stream_id}/replies", "edit": f"/pieces/{piece.id}/edit"}.get(where, where)
    more = {"version": 1} if where == "edit" else {"client_id": "noted-00004"}
    more |= {"space_id": world.space("minnen"), "mode": "tell"} if where == "/write" else {}
    refused = amina.post(path, text="allt jag skrev", note=note, **more)
    assert refused.status_code == 422 and field_in(refused, "text") == "allt jag skrev"
    assert field_in(refused, "note").replace("\ufffd", "\x00") in (note, note.replace("\x00", ""))
    assert re.search(r'id="note(-\d+)?-err"', refused.text) and re.search(r"<details[^>]* open", refused.text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from(" \t\n\u200b\u00a0\u2800\u3164"), max_size=20))
def test_a_heads_up_that_says_nothing_is_none(note: str) -> None:
    assert writing.line_of(note, text.LONGEST_NOTE, "note") is None


def test_nobody_laughs_where_there_is_a_heads_up(browser: Browsers, make: Make, world: World) -> None:
    stream, tuva = noted(world), browser("tuva")
    under = make.reply("samir", stream)
    plain = make.thread("sara")
    reply = forum.reply(world.viewer("sara"), plain.id, Said("bara här", "noted-00006", None, NOTE))
    for piece in (stream.opening_id, under.id, reply.id):
        assert 'value="haha"' not in tuva.get(f"/pieces/{piece}/react").text
        assert tuva.post(f"/pieces/{piece}/react", kind="haha").status_code == 422
    assert tuva.post(f"/pieces/{plain.opening_id}/react", kind="haha").status_code == 303


def test_a_heads_up_that_comes_later_ends_the_laughing(browser: Browsers, make: Make, world: World) -> None:
    stream = make.thread("amina")
    assert stream.opening_id
    make.reaction("tuva", stream.opening_id, "haha")
    actions.edit_piece(world.viewer("amina"), stream.opening_id, version=1, body="ord", title=None, note=NOTE)
    assert session().get_one(Stream, stream.id, populate_existing=True).gentle
    piece = session().get_one(Piece, stream.opening_id, populate_existing=True)
    assert queries.views(world.viewer("sara"), [piece])[0].reactions == ()
    assert "😂" not in browser("sara").get(f"/t/{stream.id}").text


def test_who_wants_them_open_gets_them_open_and_nobody_else(browser: Browsers, world: World) -> None:
    stream, amina = noted(world), browser("amina")
    kept = {"lang": "sv", "text_size": "normal", "theme": "device"}
    assert amina.post("/me/settings", **kept, notes_open="y").status_code == 303
    for name, opened in (("amina", True), ("tuva", False)):
        page = browser(name).get(f"/t/{stream.id}")
        assert [bool(mark) for mark, _inner in FOLD.findall(page.text)] == [opened]
        assert (BODY in browser(name).get("/").text) is opened
        assert ("notes-open" in page.text) is opened
    assert amina.post("/me/settings", **kept).status_code == 303
    assert "notes-open" not in amina.get(f"/t/{stream.id}").text


def test_what_everybody_gets_live_is_folded_and_knows_nobody(
    app: Flask, browser: Browsers, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shared frame is the same whoever wrote last and whatever she wants open."""
    change_look(world.viewer("sara"), replace(world.viewer("sara").look, notes_open=True))
    stream, sent = noted(world), []
    monkeypatch.setattr("community.streams.sockets.fanout.anybody_in", lambda room: True)
    monkeypatch.setattr("community.streams.sockets.fanout.rooms_under", lambda start: [])
    monkeypatch.setattr("community.streams.sockets.fanout.broadcast", lambda room, event, frame: sent.append(frame))
    sara = browser("sara")
    sara.get(f"/t/{stream.id}")
    with app.app_context():
        bring_piece({"stream": stream.id, "seq": 1, "prev": 0, "piece": stream.opening_id, "by": world.id("sara")})
    assert len(sent) == 2
    assert all([bool(mark) for mark, _inner in FOLD.findall(frame["html"])] == [False] for frame in sent)
    fetched = sara.get(f"/streams/{stream.id}/since?after=0").json
    assert fetched and [bool(mark) for mark, _inner in FOLD.findall(fetched["pieces"][0]["html"])] == [False]


def test_a_draft_carries_it(browser: Browsers, world: World) -> None:
    tuva, thread = browser("tuva"), world.stream("common").id
    for place, path in (("new", "/write"), (f"reply:{thread}", f"/t/{thread}")):
        fields = '{"text": "halvt", "note": "om det andra"}'
        assert tuva.post("/drafts", place=place, fields=fields).status_code == 204
        assert field_in(tuva.get(path), "note") == "om det andra"


def test_a_text_whose_session_ended_takes_it_along(browser: Browsers, world: World) -> None:
    amina, thread = browser("amina"), world.stream("common").id
    amina.get(f"/t/{thread}")
    quoted = world.piece("common").id
    fields = {"text": "sent i kväll", "note": NOTE, "quote": quoted, "client_id": "noted-00007"}
    token = amina.token()
    browser("amina").post("/me/sessions/end-others")
    ended = amina.open("POST", f"/t/{thread}/replies", data={**fields, "csrf_token": token})
    assert ended.status_code == 401
    answer = amina.sign_in("amina", carried=field_in(ended, "carried"))
    assert answer.status_code == 303
    kept = world.piece("noted-00007")
    assert (kept.text, kept.note, kept.quote_id) == ("sent i kväll", NOTE, quoted)


def test_words_taken_back_take_their_heads_up_with_them(browser: Browsers, world: World) -> None:
    stream = noted(world)
    assert stream.opening_id
    actions.remove_piece(world.viewer("sara"), stream.opening_id)
    page = browser("amina").get(f"/t/{stream.id}")
    assert NOTE not in page.text and BODY not in page.text
