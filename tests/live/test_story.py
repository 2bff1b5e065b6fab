"""Two people on one thread, each in her own language; nothing on the line differs from a freshly loaded page."""

from __future__ import annotations

import time

import socketio

from tests.live.house import House
from tests.live.people import cookie_header


def test_a_reply_comes_to_everybody_in_her_own_language(house: House) -> None:
    amina, isla, samir = house.person("amina"), house.person("isla"), house.person("samir")
    thread = samir.starts("På två språk")
    with amina.line().joined(thread) as swedish, isla.line().joined(thread) as english:
        piece = samir.says(thread, "Jag kommer, **kanske** sent.")
        for person, line in ((amina, swedish), (isla, english)):
            frame = line.piece(piece)
            assert set(frame) == {"stream", "seq", "prev", "id", "nr", "html"}
            assert frame["html"] == person.thread(thread).pieces[piece]
        assert "Svar av Samir" in swedish.piece(piece)["html"]
        assert "Reply by Samir" in english.piece(piece)["html"]


def test_the_writer_gets_an_answer_while_others_listen(house: House) -> None:
    """Rendering for others must not make the writer a stranger in her own request."""
    amina, isla = house.person("amina"), house.person("isla")
    thread = amina.starts("En egen tråd")
    with isla.line().joined(thread):
        answer = amina.reply(thread, "Hörs jag?")
        assert (answer.status, "X-Piece" in answer.headers) == (200, True)
        piece = int(answer.headers["X-Piece"])
        assert amina.post(f"/pieces/{piece}/react", part=True, kind="heart").status == 200
        assert amina.post(f"/pieces/{piece}/delete", part=True).status == 200
        page = amina.post(f"/t/{thread}/replies", text="Utan modul", client_id="without-module-1")
        assert page.status == 303, page.text[:300]


def test_reacting_editing_and_taking_back_come_live(house: House) -> None:
    amina, isla = house.person("amina"), house.person("isla")
    thread = amina.starts("En egen tråd")
    with isla.line().joined(thread) as line:
        piece = amina.says(thread, "Första versionen")
        first = line.piece(piece)
        amina.post(f"/pieces/{piece}/react", part=True, kind="hug")
        amina.post(f"/pieces/{piece}/edit", part=True, text="Andra versionen", version="1")
        amina.post(f"/pieces/{piece}/delete", part=True)
        amina.post(f"/pieces/{piece}/restore", part=True)
        frames = line.wait(lambda: len(line.pieces()) == 5 and line.pieces())
        assert [frame["id"] for frame in frames] == [piece] * 5
        assert [frame["prev"] for frame in frames[1:]] == [frame["seq"] for frame in frames[:-1]]
        assert {frame["nr"] for frame in frames} == {first["nr"]}
        reacted, edited, removed, restored = (frame["html"] for frame in frames[1:])
        assert "🫂" in reacted
        assert "Andra versionen" in edited and "Första versionen" not in edited
        assert "versionen" not in removed
        assert restored == isla.thread(thread).pieces[piece]


def test_a_hidden_piece_is_gone_live(house: House) -> None:
    amina, isla = house.person("amina"), house.person("isla")
    thread = amina.starts("En egen tråd")
    with isla.line().joined(thread) as line:
        piece = amina.says(thread, "Det här göms")
        line.piece(piece)
        house.ask("UPDATE piece SET state = 'hidden' WHERE id = :id", id=piece)
        seq = house.events(thread)[-1][0]
        announce = "INSERT INTO announcement (room, event, ids, created_at) VALUES (:room, 'stream:piece', :ids, :now)"
        ids = (
            f'{{"stream": {thread}, "seq": {seq + 1}, "prev": {seq}, "piece": {piece}, "by": {house.member("jonna")}}}'
        )
        house.ask(announce, room=f"stream:{thread}", ids=ids, now=house.now())
        frame = line.piece(piece, gone=True)
        assert set(frame) == {"stream", "seq", "prev", "id", "gone"}
    assert piece not in isla.thread(thread).pieces


def test_the_feed_is_told_at_once_and_then_at_most_once_a_second(house: House) -> None:
    amina, isla = house.person("amina"), house.person("isla")
    thread = amina.starts("En egen tråd")
    with isla.line().joined_feed() as line:
        began = time.monotonic()
        posts = 0
        while time.monotonic() - began < 2.5:
            amina.says(thread, f"Nummer {posts}")
            posts += 1
        line.wait(lambda: line.frames and time.monotonic() - line.frames[-1].at > 1.3, 6, "quiet")
        hints = [frame for frame in line.frames if frame.event == "feed:hint"]
        assert 3 <= len(hints) <= 5 < posts
        # Over the whole stretch, not from one to the next: a frame may be read late on a busy machine.
        assert hints[-1].at - hints[0].at > 0.8 * (len(hints) - 1)
        space = house.ask("SELECT space_id FROM stream WHERE id = :id", id=thread)[0][0]
        assert all(hint.payload == {"space": space} for hint in hints)
        amina.says(thread, "Efter en paus")  # and the quiet did not make it deaf
        line.wait(lambda: len(line.named("feed:hint")) == len(hints) + 1)
    assert f"/t/{thread}" in isla.part("/feed/newer?since=").text


def test_the_stock_client_speaks_with_the_door(house: House) -> None:
    amina, isla = house.person("amina"), house.person("isla")
    thread = amina.starts("En egen tråd")
    with socketio.SimpleClient() as client:
        headers = {"Cookie": cookie_header(isla.cookies)}  # its Origin is the address it was given
        client.connect(house.server.url, headers=headers, transports=["websocket"])
        assert client.call("stream:join", {"stream": thread})["ok"]
        piece = amina.says(thread, "Hej klienten")
        event, frame = client.receive(timeout=10)
        assert (event, frame["id"]) == ("stream:piece", piece)
