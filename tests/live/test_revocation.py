"""Signed out is signed out: within two seconds the open page's line is cut and the browser's cookie opens nothing.

Somebody keeps posting all the while; what a line got after the cut is counted, and must be nothing.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.live.house import House
from tests.live.people import CLOSED, Line, Person

ROUNDS = 5
AT_MOST = 2.0  # seconds


@contextlib.contextmanager
def keeps_posting(writer: Person, thread: int) -> Iterator[list[tuple[float, int]]]:
    """Posts until the block ends; a list of (when acknowledged, piece)."""
    said: list[tuple[float, int]] = []
    ending = threading.Event()

    def post() -> None:
        while not ending.wait(0.05):
            piece = writer.says(thread, f"Nummer {len(said)}")
            said.append((time.monotonic(), piece))

    thread_of_posts = threading.Thread(target=post)
    thread_of_posts.start()
    try:
        yield said
    finally:
        ending.set()
        thread_of_posts.join()


def check_cut(line: Line, person: Person, began: float, said: list[tuple[float, int]]) -> None:
    """`began` is when the revocation was complete (the command had ended, the answer was there)."""
    line.wait(lambda: not line.open, 10, "the cut")
    closed = next(frame.at for frame in line.frames if frame.event == CLOSED)
    assert closed - began < AT_MOST
    assert person.get("/").status == 302  # to sign in
    later = time.monotonic()
    while not any(at > later for at, _piece in said):
        time.sleep(0.02)
    assert line.frames[-1].event == CLOSED
    assert {frame.event for frame in line.frames[-3:]} >= {"session:ended"}
    assert not [frame for frame in line.frames if frame.event == "stream:piece" and frame.at > began + AT_MOST]


def sign_out_here(house: House, person: Person) -> float:
    began = time.monotonic()  # the strictest reading: from the press of the button
    assert person.post("/logout").status == 303
    return began


def sign_out_by_command(house: House, person: Person) -> float:
    house.flask("member", "sign-out", person.name)
    return time.monotonic()


def suspend_by_command(house: House, person: Person) -> float:
    house.flask("member", "suspend", person.name)
    return time.monotonic()


def end_in_the_database(house: House, person: Person) -> float:
    house.ask(
        "UPDATE sign_in_session SET ended_at = :now WHERE member_id = :id", now=house.now(), id=whose(house, person)
    )
    return time.monotonic()


def leave_unused(house: House, person: Person) -> float:
    """As if nobody had touched the page for longer than a shared device allows."""
    long_ago = "'2020-01-01 00:00:00.000000'"
    house.ask(f"UPDATE sign_in_session SET last_seen_at = {long_ago} WHERE member_id = :id", id=whose(house, person))
    return time.monotonic()


def whose(house: House, person: Person) -> int:
    return house.member(person.name)


CAUSES = [sign_out_here, sign_out_by_command, suspend_by_command, end_in_the_database, leave_unused]


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.__name__)
def test_a_line_is_cut_within_two_seconds(house: House, cause: Callable[[House, Person], float]) -> None:
    writer = house.person("elias")
    thread = writer.starts(f"Om {cause.__name__}")
    with keeps_posting(writer, thread) as said:
        for name in ("amina", "isla", "birgitta", "johanna", "callum")[:ROUNDS]:
            person = house.person(name)
            with person.line().joined(thread) as line:
                line.wait(line.pieces)
                began = cause(house, person)
                check_cut(line, person, began, said)
            if cause is suspend_by_command:
                assert "stängt" in (text := Person(house.server).sign_in(name).get("/").text) or "closed" in text
                house.flask("member", "restore", name)


def test_only_the_browser_that_signed_out_is_cut(house: House) -> None:
    writer = house.person("elias")
    thread = writer.starts("Två skärmar")
    one, other = house.person("amina"), house.person("amina")
    with one.line().joined(thread) as cut, other.line().joined(thread) as stays:
        one.post("/logout")
        cut.wait(lambda: not cut.open)
        stays.piece(writer.says(thread, "Fortfarande här"))
        assert stays.open and not cut.pieces()


def test_two_servers_on_one_database(house: House) -> None:
    """Posts and revocations reach the lines of the other process, with nothing between them but the database."""
    second = house.another()
    with second:
        writer = house.person("elias")
        thread = writer.starts("Två servrar")
        with keeps_posting(writer, thread) as said:
            for cause in (sign_out_here, sign_out_by_command, suspend_by_command):
                person = house.person("noor")
                elsewhere = Person(second, dict(person.cookies), "noor")
                with elsewhere.line().joined(thread) as line:
                    line.wait(line.pieces, AT_MOST + 1, "a post from the other server")
                    began = cause(house, person)
                    check_cut(line, elsewhere, began, said)
            house.flask("member", "restore", "noor")
        with house.person("isla", second).line().joined(thread) as line:
            began = time.monotonic()
            pieces = [writer.says(thread, f"Ett av tio: {number}") for number in range(10)]
            line.piece(pieces[-1])
            assert time.monotonic() - began < AT_MOST + 1
            frames = line.pieces()
            assert [frame["id"] for frame in frames] == pieces
            assert [frame["prev"] for frame in frames[1:]] == [frame["seq"] for frame in frames[:-1]]
