"""Who is in a chat, over two servers on one database: one of them is killed, somebody signs out at the other."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.live.house import House
from tests.live.people import Line, Person
from tests.serve import Hearth

pytestmark = pytest.mark.timeout(120)

AT_MOST = 2.0  # seconds

Sit = Callable[[Person], Line]


@pytest.fixture
def second(either_house: House) -> Iterator[Hearth]:
    with either_house.another() as server:
        yield server


@pytest.fixture
def sit(either_house: House) -> Iterator[Sit]:
    with contextlib.ExitStack() as lines:
        yield lambda person: lines.enter_context(person.line()).joined(either_house.chat())


def names_in(html: str) -> set[str]:
    return set(re.findall(r'class="who"[^>]*>([^<]+)<', html))


def shown(line: Line) -> set[str]:
    """Whom a page shows after all that it was told."""
    told = [frame for frame in line.named("chat:here") if "html" in frame]
    return names_in(told[-1]["html"]) if told else set()


def on_the_page(person: Person, house: House) -> set[str]:
    return names_in(person.get(f"/chat/{house.chat()}/here").text)


def test_two_servers_show_the_same_people(either_house: House, second: Hearth, sit: Sit) -> None:
    house = either_house
    tuva, elias, isla = house.person("tuva"), house.person("elias", second), house.person("isla", second)
    here, there = sit(tuva), sit(elias)
    everybody = {"Tuva", "Elias"}
    for line in (here, there):
        line.wait(lambda line=line: shown(line) == everybody, what="both names")
    for person in (tuva, isla):
        assert on_the_page(person, house) == everybody
    more = sit(isla)
    here.wait(lambda: shown(here) == everybody | {"Isla"})
    began = time.monotonic()
    assert isla.post("/logout").status == 303
    there.wait(lambda: shown(there) == everybody)
    gone = next(frame.at for frame in there.frames[::-1] if frame.event == "chat:here")
    assert gone - began < AT_MOST
    here.wait(lambda: shown(here) == everybody, what="her going at the other server")
    assert not more.open

    second.kill9()
    assert on_the_page(tuva, house) == everybody, "for a minute it may only be slow"
    house.ask("UPDATE chat_present SET seen_at = :long_ago WHERE CAST(member_ids AS TEXT) LIKE :elias", **_dead(house))
    assert on_the_page(tuva, house) == {"Tuva"}
    sit(house.person("isla"))
    here.wait(lambda: shown(here) == {"Tuva", "Isla"})


def _dead(house: House) -> dict[str, Any]:
    return {"elias": f"%{house.member('elias')}%", "long_ago": "2020-01-01 00:00:00.000000"}


def test_two_who_are_kept_apart_are_nowhere_to_each_other(either_house: House, second: Hearth, sit: Sit) -> None:
    """By no name, no figure and no hint, whichever server they are at."""
    house = either_house
    house.keep_apart("amina", "samir")
    amina, tuva = house.person("amina"), house.person("tuva")
    samirs = [house.person("samir", server) for server in (house.server, second)]
    with_all = sit(tuva)
    hers = sit(amina)
    with_all.wait(lambda: shown(with_all) == {"Tuva", "Amina"})
    hers.wait(lambda: hers.named("chat:here"), what="the hint that she has come")
    for samir in samirs:
        before = len(hers.named("chat:here"))
        his = sit(samir)
        with_all.wait(lambda: shown(with_all) == {"Tuva", "Amina", "Samir"})
        assert on_the_page(amina, house) == {"Tuva", "Amina"}
        assert on_the_page(samir, house) == {"Tuva", "Samir"}
        his.send("chat:typing", {"stream": house.chat()})
        his.close()
        with_all.wait(lambda: shown(with_all) == {"Tuva", "Amina"})
        hers.settle()
        assert hers.named("chat:typing") == []
        assert len(hers.named("chat:here")) == before
        assert all(set(frame) == {"stream"} for frame in hers.named("chat:here"))
    sit(house.person("elias", second))
    with_all.wait(lambda: shown(with_all) == {"Tuva", "Amina", "Elias"})
    second.stop()
    with_all.wait(lambda: shown(with_all) == {"Tuva", "Amina"}, what="the end of a server that was told to end")


def test_typing_is_seen_at_the_same_server(either_house: House, sit: Sit) -> None:
    house = either_house
    tuva, elias = sit(house.person("tuva")), sit(house.person("elias"))
    assert elias.ask("chat:typing", {"stream": house.chat()}) == {"ok": True}
    tuva.wait(lambda: tuva.named("chat:typing"))
    assert tuva.named("chat:typing")[0]["name"] == "Elias"
