"""Signed out is signed out: within two seconds the open page's line is cut and the browser's cookie opens nothing.

Somebody keeps posting all the while; what a line got after the cut is counted, and must be nothing.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.live.crash import Where
from tests.live.house import House
from tests.live.people import CLOSED, PASSWORD, Line, Person, Refused, mark
from tests.live.talks import Chat, Talk, Thread

ROUNDS = int(os.environ.get("REVOCATION_ROUNDS", "3"))  # of each cause; `make proof` does more
PEOPLE = ("amina", "isla", "birgitta", "johanna", "callum")
AT_MOST = 2.0  # seconds


@contextlib.contextmanager
def keeps_posting(writer: Person, thread: int) -> Iterator[list[tuple[float, int]]]:
    """Posts until the block ends; a list of (when acknowledged, piece)."""
    with keeps_saying(lambda text: writer.says(thread, text)) as said:
        yield said


@contextlib.contextmanager
def keeps_talking(writer: Person, talk: Talk) -> Iterator[list[tuple[float, int]]]:
    """The same in a thread or a chat."""

    def say(text: str) -> int:
        receipt = talk.says(writer, text, mark())
        assert receipt, "nothing was acknowledged"
        return receipt[0]

    with keeps_saying(say) as said:
        yield said
    talk.end()


@contextlib.contextmanager
def keeps_saying(say: Callable[[str], int]) -> Iterator[list[tuple[float, int]]]:
    said: list[tuple[float, int]] = []
    ending = threading.Event()

    def post() -> None:
        while not ending.wait(0.05):
            piece = say(f"Nummer {len(said)}")
            said.append((time.monotonic(), piece))

    thread_of_posts = threading.Thread(target=post)
    thread_of_posts.start()
    try:
        yield said
    finally:
        ending.set()
        thread_of_posts.join()


def check_cut(line: Line, copy: Person, began: float, said: list[tuple[float, int]]) -> None:
    """`began`: the command had ended. `copy`: the same browser, with the cookies it had before."""
    line.wait(lambda: not line.open, 10, "the cut")
    closed = next(frame.at for frame in line.frames if frame.event == CLOSED)
    assert closed - began < AT_MOST
    assert copy.get("/").status in (302, 403)  # to sign in, or the page that says it is closed
    assert copy.reply(1, "Får jag ändå?").status in (401, 403)
    with pytest.raises(Refused):
        copy.line()
    later = time.monotonic()
    while not any(at > later for at, _piece in said):
        time.sleep(0.02)
    assert line.frames[-1].event == CLOSED
    assert "session:ended" in {frame.event for frame in line.frames[-4:]}


Command = Callable[..., str]


def sign_out_here(house: House, person: Person, _command: Command) -> float:
    began = time.monotonic()  # the strictest reading: from the press of the button
    assert person.post("/logout").status == 303
    return began


def sign_out_by_command(_house: House, person: Person, command: Command) -> float:
    command("member", "sign-out", person.name)
    return time.monotonic()


def suspend_by_command(_house: House, person: Person, command: Command) -> float:
    command("member", "suspend", person.name)
    return time.monotonic()


def end_in_the_database(house: House, person: Person, _command: Command) -> float:
    """A row changed by hand, with no announcement."""
    id_ = house.member(person.name)
    house.ask("UPDATE sign_in_session SET ended_at = :now WHERE member_id = :id", now=house.now(), id=id_)
    return time.monotonic()


def leave_unused(house: House, person: Person, _command: Command) -> float:
    """As if nobody had touched the page for longer than a shared device allows."""
    long_ago = "'2020-01-01 00:00:00.000000'"
    id_ = house.member(person.name)
    house.ask(f"UPDATE sign_in_session SET last_seen_at = {long_ago} WHERE member_id = :id", id=id_)
    return time.monotonic()


def sign_out_elsewhere(house: House, person: Person, _command: Command) -> float:
    """From another browser of the same member's, all at once."""
    other = house.person(person.name)
    began = time.monotonic()
    assert other.post("/me/sessions/end-others").status == 303
    return began


def change_the_password(house: House, person: Person, _command: Command) -> float:
    """From another browser; the next story finds the old one again."""
    other, id_ = house.person(person.name), house.member(person.name)
    (stored,) = house.ask("SELECT password_hash FROM member WHERE id = :id", id=id_)[0]
    assert other.post("/me/password", old_password=PASSWORD, password="kanel gitarr blåbär").status == 303
    began = time.monotonic()
    house.ask("UPDATE member SET password_hash = :stored WHERE id = :id", stored=stored, id=id_)
    return began


CAUSES = [
    sign_out_here,
    sign_out_by_command,
    sign_out_elsewhere,
    change_the_password,
    suspend_by_command,
    end_in_the_database,
    leave_unused,
]


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.__name__)
@pytest.mark.parametrize("where", [Thread, Chat])
def test_a_line_is_cut_within_two_seconds(
    house: House, where: Where, cause: Callable[[House, Person, Command], float]
) -> None:
    writer = house.person("elias")
    talk = where(house, writer)
    with house.command_line() as command, keeps_talking(writer, talk) as said:
        for round_ in range(ROUNDS):
            person = house.person(PEOPLE[round_ % len(PEOPLE)])
            copy = person.copy()
            with person.line().joined(talk.stream) as line:
                line.wait(line.pieces)
                began = cause(house, person, command)
                check_cut(line, copy, began, said)
            if cause is suspend_by_command:
                assert Person(house.server).sign_in(person.name).get("/").status == 403
                command("member", "restore", person.name)


def test_closed_by_staff_in_the_middle_of_reading(house: House) -> None:
    """The line is cut within two seconds; help, objecting, her own data and signing out stay open to her browser."""
    writer, anders, person = house.person("elias"), house.person("anders"), house.person("tuva")
    thread, id_ = writer.starts("Om att stänga"), house.member("tuva")
    with person.line().joined(thread) as line, keeps_posting(writer, thread) as said:
        line.wait(line.pieces)
        wish = {"length": "24h", "reason": "quarrel", "words": "Vi pratar i morgon.", "seen": "0"}
        began = time.monotonic()  # the strictest reading: from the press of the button
        assert anders.post(f"/people/{id_}/steps/suspended", **wish).status == 303
        check_cut(line, person.copy(), began, said)
    try:
        closed = person.get("/")
        assert closed.status == 403 and "Vi pratar i morgon." in closed.text
        act = house.ask("SELECT id FROM act WHERE member_id = :id", id=id_)[0][0]
        for path in ("/help", "/me", "/me/acts", f"/me/acts/{act}", "/me/settings"):
            assert person.get(path).status == 200, path
        assert person.post(f"/me/acts/{act}", words="Det var inte jag.").status == 303
        assert "Det var inte jag." in person.get(f"/me/acts/{act}").text
        assert person.post("/logout").status == 303
    finally:
        with house.command_line() as command:
            command("member", "restore", person.name)  # the others of this house go on with her


def test_who_leaves_work_is_out_within_two_seconds(house: House) -> None:
    writer, birgitta, elin = house.person("elias"), house.person("birgitta"), house.person("elin")
    thread, id_ = writer.starts("Om att sluta"), house.member("elin")
    with elin.line().joined(thread) as line, keeps_posting(writer, thread) as said:
        line.wait(line.pieces)
        wish = {"successor_id": str(house.member("jonna")), "when": "now"}
        began = time.monotonic()  # the strictest reading: from the press of the button
        assert birgitta.post(f"/people/{id_}/membership/leave-work", **wish).status == 303
        check_cut(line, elin.copy(), began, said)
    assert elin.get("/").status == 302


def test_the_command_as_people_type_it(house: House) -> None:
    person = house.person("amina")
    with person.line().joined_feed() as line:
        assert "suspended" in house.flask("member", "suspend", "amina")
        began = time.monotonic()
        line.wait(lambda: not line.open)
        assert time.monotonic() - began < AT_MOST
    assert person.get("/").status == 403
    house.flask("member", "restore", "amina")
    assert house.person("amina").get("/").status == 200


def lock_by_hand(_house: House, person: Person) -> None:
    assert person.post("/lock").status == 303


def leave_the_tablet_unused(house: House, person: Person) -> None:
    long_ago = "'2020-01-01 00:00:00.000000'"
    id_ = house.member(person.name)
    house.ask(f"UPDATE sign_in_session SET last_seen_at = {long_ago} WHERE member_id = :id", id=id_)


@pytest.mark.parametrize("cause", [lock_by_hand, leave_the_tablet_unused], ids=lambda cause: cause.__name__)
def test_a_locked_tablet_hears_nothing_until_the_pin(house: House, cause: Callable[[House, Person], None]) -> None:
    writer, sara = house.person("elias"), house.person("sara")
    thread = writer.starts(f"Om plattan: {cause.__name__}")
    assert sara.post("/me/tablet", pin="2580").status == 303
    with sara.line().joined(thread) as line, keeps_posting(writer, thread) as said:
        line.wait(line.pieces)
        cause(house, sara)
        check_cut(line, sara.copy(), time.monotonic(), said)
    assert sara.post("/unlock", pin="2580").status == 303
    with sara.line().joined(thread) as line:
        line.piece(writer.says(thread, "Efter pausen"))


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
        with keeps_posting(writer, thread) as said, house.command_line() as command:
            for cause in (sign_out_here, sign_out_by_command, suspend_by_command):
                person = house.person("noor")
                elsewhere = person.copy(second)
                with elsewhere.line().joined(thread) as line:
                    line.wait(line.pieces, AT_MOST + 1, "a post from the other server")
                    began = cause(house, person, command)
                    check_cut(line, elsewhere, began, said)
            command("member", "restore", "noor")
        with house.person("isla", second).line().joined(thread) as line:
            known = house.events(thread)[-1][0]
            began = time.monotonic()
            pieces = [writer.says(thread, f"Ett av tio: {number}") for number in range(10)]
            line.piece(pieces[-1])
            assert time.monotonic() - began < AT_MOST + 1
            frames = [frame for frame in line.pieces() if frame["seq"] > known]
            assert [frame["id"] for frame in frames] == pieces
            assert [frame["prev"] for frame in frames[1:]] == [frame["seq"] for frame in frames[:-1]]


def moves_to_the_other_house(house: House, person: Person) -> None:
    house.ask(
        "UPDATE membership_period SET house_id = (SELECT id FROM house WHERE name = 'Linden') WHERE member_id = :id",
        id=house.member(person.name),
    )


def is_here_no_more(house: House, person: Person) -> None:
    house.ask("UPDATE membership_period SET to_on = from_on WHERE member_id = :id", id=house.member(person.name))


def is_kept_apart_from_the_writer(house: House, person: Person) -> None:
    house.keep_apart(person.name, "elias")


def blocks_the_writer(house: House, person: Person) -> None:
    assert person.post(f"/people/{house.member('elias')}/block").status == 303


def is_blocked_by_the_writer(house: House, person: Person) -> None:
    assert house.person("elias").post(f"/people/{house.member(person.name)}/block").status == 303


CHANGES = {
    "amina": moves_to_the_other_house,
    "sara": is_here_no_more,
    "tuva": is_kept_apart_from_the_writer,
    "wilma": blocks_the_writer,
    "johanna": is_blocked_by_the_writer,
}


@pytest.mark.parametrize("name", CHANGES)
def test_who_may_not_hear_any_more_hears_no_more(house: House, name: str) -> None:
    """A change that ends no session still counts on lines that are open: they come in anew, by what holds now."""
    writer, person = house.person("elias"), house.person(name)
    space = "vardagsrummet" if name == "johanna" else "solglantan"  # she has moved out
    thread = writer.starts("I vårt hus", space=space)
    with person.line().joined(thread) as line:
        line.piece(writer.says(thread, "Hörs än"))
        CHANGES[name](house, person)
        line.wait(lambda: not line.open, AT_MOST)
        heard = len(line.pieces())
        writer.says(thread, "Hörs inte mer")
        assert len(line.pieces()) == heard
    assert person.get(f"/t/{thread}").status in (302, 404)


def test_who_loses_a_channel_hears_nothing_more(fresh_house: Callable[..., House]) -> None:
    """A house manager lets fewer people read: open pages of the others are cut, and what they ask for is not there."""
    house = fresh_house()
    writer, birgitta, tuva, isla, callum = map(house.person, ("sara", "birgitta", "tuva", "isla", "callum"))
    thread = writer.starts("Lappar på kylskåpet", space="koket")
    names = "id, name_sv, name_en, about_sv, about_en, kind, writers, colour, version"
    found = house.ask(f"SELECT {names} FROM space WHERE slug = 'koket'")[0]
    row = dict(zip(names.split(", "), map(str, found), strict=True))
    path = f"/channels/{row.pop('id')}"
    with contextlib.ExitStack() as lines, keeps_posting(writer, thread) as said:
        on_thread, on_feed, stays = tuva.line().joined(thread), isla.line().joined_feed(), callum.line().joined(thread)
        for line in (on_thread, on_feed, stays):
            lines.enter_context(line)
        on_thread.wait(on_thread.pieces)
        answer = birgitta.post(path, **row, audience="moved_out", sure="moved_out")
        assert answer.status == 303, answer.text[:500]
        began = time.monotonic()
        for line in (on_thread, on_feed):
            line.wait(lambda line=line: not line.open, 10, "the cut")
            assert line.frames[-1].event == CLOSED and line.frames[-1].at - began < AT_MOST
        later = time.monotonic()
        stays.wait(lambda: stays.pieces() and stays.frames[-1].at > later)
        assert stays.open and said
        assert tuva.get(f"/t/{thread}").status == tuva.get("/c/koket").status == 404
        with tuva.line() as again:
            assert again.ask("stream:join", {"stream": thread})["code"] == "not_found"
