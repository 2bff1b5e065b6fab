"""After a lost line or a restart a page is exactly as if it had been loaded afresh: nothing missing, nothing twice."""

from __future__ import annotations

from collections.abc import Callable

from tests.live.house import House, eventually
from tests.live.open_page import OpenPage


def test_a_cut_line_catches_up_to_a_fresh_page(house: House) -> None:
    amina, isla = house.person("amina"), house.person("isla")
    thread = amina.starts("Linan bryts")
    pieces = [amina.says(thread, f"Före {number}") for number in range(4)]
    page = OpenPage(isla, thread)
    with isla.line().joined(thread) as line:
        pieces.append(amina.says(thread, "Medan linan höll"))
        page.hear(line.piece(pieces[-1]))
    page.check()
    amina.post(f"/pieces/{pieces[0]}/edit", part=True, text="Ändrad", version="1")
    amina.post(f"/pieces/{pieces[1]}/delete", part=True)
    amina.post(f"/pieces/{pieces[2]}/react", part=True, kind="heart")
    new = [amina.says(thread, f"Under avbrottet {number}") for number in range(3)]
    amina.post(f"/pieces/{new[1]}/delete", part=True)
    hide(house, thread, pieces[3])
    hide(house, thread, new[2])
    with isla.line() as line:
        assert line.ask("stream:join", {"stream": thread})["seq"] == house.events(thread)[-1][0]
        news = page.catch_up()
        assert {piece["id"]: piece["gone"] for piece in news["pieces"]} == {
            pieces[0]: False,
            pieces[1]: False,  # a line says that its author took it back
            pieces[2]: False,
            new[0]: False,
            new[1]: False,
            pieces[3]: True,
            new[2]: True,
        }
        page.check()
        assert page.catch_up()["pieces"] == []
        last = amina.says(thread, "Linan håller igen")
        page.hear(line.piece(last))
        page.check()
    assert "Före 3" not in isla.get(f"/t/{thread}").text


def test_joining_first_and_asking_then_leaves_no_hole(house: House) -> None:
    """Posts between the page's load, the joining and the asking come exactly once."""
    amina, isla = house.person("amina"), house.person("isla")
    thread = amina.starts("Tätt i tätt")
    page = OpenPage(isla, thread)
    amina.says(thread, "Efter laddningen")
    with isla.line().joined(thread) as line:
        between = amina.says(thread, "Efter att ha gått in")
        page.catch_up()
        page.hear(line.piece(between))
        page.hear(line.piece(amina.says(thread, "Sist")))
    page.check()
    assert len(page.arrivals) == 3


def test_an_old_cursor_and_a_strange_one(house: House) -> None:
    amina, isla = house.person("amina"), house.person("isla")
    thread = amina.starts("Markörer")
    piece = amina.says(thread, "Hej")
    for number in range(501):
        kind = "heart" if number % 2 else "hug"
        if number < 2:
            amina.post(f"/pieces/{piece}/react", part=True, kind=kind)
    seq = house.events(thread)[-1][0]
    assert isla.since(thread, seq + 1000) | {"mine": 0} == {"seq": seq, "reload": True, "pieces": [], "mine": 0}
    for number in range(seq + 1, seq + 502):
        house.ask(
            "INSERT INTO stream_event (stream_id, seq, prev, kind, piece_id, by_id, at)"
            " VALUES (:stream, :seq, :prev, 'reacted', :piece, :by, :now)",
            stream=thread,
            seq=number,
            prev=number - 1,
            piece=piece,
            by=house.member("amina"),
            now=house.now(),
        )
    house.ask("UPDATE stream SET seq = :seq WHERE id = :id", seq=seq + 501, id=thread)
    assert isla.since(thread, seq)["reload"] is True
    assert [piece["id"] for piece in isla.since(thread, seq + 1)["pieces"]] == [piece]
    for wrong in ("", "-1", "x", "1e3", "9" * 17, "%00"):
        assert isla.get(f"/streams/{thread}/since?after={wrong}", Accept="application/json").status == 422


def test_a_killed_server_comes_back_with_nothing_lost(fresh_house: Callable[..., House]) -> None:
    house = fresh_house()
    amina, isla = house.person("amina"), house.person("isla")
    thread = amina.starts("Strömavbrott")
    page = OpenPage(isla, thread)
    pieces = []
    for round_ in range(3):
        line = isla.line().joined(thread)
        page.catch_up()
        pieces.append(amina.says(thread, f"Runda {round_}"))
        page.hear(line.piece(pieces[-1]))
        house.server.kill9()
        eventually(lambda line=line: not line.open)
        line.close()
        house.server.start()
        pieces.append(amina.says(thread, f"Efter runda {round_}"))  # the same cookie still opens the house
    with isla.line().joined(thread):
        page.catch_up()
    page.check()
    assert page.arrivals == pieces


def hide(house: House, thread: int, piece: int) -> None:
    """What moderation will do: the piece leaves, and the stream gets an event."""
    seq = house.events(thread)[-1][0] + 1
    house.ask("UPDATE piece SET state = 'hidden', seq = :seq WHERE id = :id", seq=seq, id=piece)
    house.ask("UPDATE stream SET seq = :seq WHERE id = :id", seq=seq, id=thread)
    house.ask(
        "INSERT INTO stream_event (stream_id, seq, prev, kind, piece_id, by_id, at)"
        " VALUES (:stream, :seq, :prev, 'changed', :piece, :by, :now)",
        stream=thread,
        seq=seq,
        prev=seq - 1,
        piece=piece,
        by=house.member("jonna"),
        now=house.now(),
    )
