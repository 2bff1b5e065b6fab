"""A group with a third person, behind a wall between two in it: nobody loses what was written, nobody can go on as long
as both stand there, and to each of the two the other is not there, in what the group is called neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask

from community.core import clock, ratelimit
from community.core.errors import NotAllowed, NotFound
from community.members.contact import REFUSAL
from community.streams import actions as streams
from community.talks import actions, for_owner, queries
from tests.client import Browser
from tests.make import Make
from tests.matrix.actors import Scene, scene_of
from tests.separations.deciding import apart
from tests.talks.talking import begun, say
from tests.talks.test_changes import BIRTHDAY, EIGHTEEN, born
from tests.walls.canary import NAME, WORD, Canary, comes, wall
from tests.walls.test_walk import tells
from tests.walls.visiting import Answers, alike, visit
from tests.world import World

WALLS = ("block", "blocked", "total")
pytestmark = pytest.mark.once


@pytest.fixture
def scene(make: Make) -> Scene:
    return scene_of(make)


@pytest.fixture
def canary(scene: Scene, world: World) -> Canary:
    """She has named a group after herself, and all three have written there."""
    found = comes(world)
    with ratelimit.ignored():
        found.talks["group"] = begun(world, NAME, "johanna", "samir", name=f"{NAME} och {WORD}")
        for who in (NAME, "johanna", "samir"):
            piece = say(world, who, found.talks["group"], f"{WORD} sagt" if who == NAME else f"ord av {who}")
            found.keep(f"group-{who}", piece)
        streams.react(world.viewer(NAME), found.pieces["group-johanna"][0], "strong")
    return found


def pages(group: int, piece: int) -> Iterator[tuple[str, str]]:
    yield "list", "/messages"
    for step in ("", "/state", "/waiting", "/add", "/name"):
        yield f"group{step}", f"/messages/{group}{step}"
    yield "since", f"/streams/{group}/since?after=0"
    yield "names", f"/streams/{group}/names?q=ka"
    yield "who reacted", f"/pieces/{piece}/react"
    yield "me", "/me"


def seen_by(actor: str, app: Flask, world: World, scene: Scene, canary: Canary) -> Answers:
    more = pages(canary.talks["group"], canary.pieces["group-johanna"][0])
    return visit(actor, app, world, scene, only=set(), more=more)


@pytest.mark.parametrize("kind", WALLS)
def test_she_is_nowhere_in_it_and_the_third_one_loses_nothing(
    kind: str, app: Flask, world: World, scene: Scene, canary: Canary, browser: Callable[..., Browser]
) -> None:
    free = seen_by("alumnus", app, world, scene, canary)
    told = {name for (_kind, name), (_status, page) in free.items() if tells(page)}
    assert told >= {"list", "group", "group/name", "since", "who reacted"}, "or nothing would be shown by this"
    wall(world, "johanna", kind)
    behind = seen_by("alumnus", app, world, scene, canary)
    assert {case for case, (_status, page) in behind.items() if tells(page) or str(canary.id) in page} == set()
    by_page = {name: answer for (_kind, name), answer in behind.items()}
    assert "ord av samir" in by_page["group"][1] and "ord av johanna" in by_page["group"][1]
    assert "Samir" in by_page["list"][1] and by_page["group"][0] == 200
    third = browser("samir")
    assert NAME in third.get("/messages").text.casefold()
    assert WORD in third.get(f"/messages/{canary.talks['group']}").text


@pytest.mark.parametrize("kind", WALLS)
def test_it_is_shut_for_all_three_with_the_one_sentence(kind: str, world: World, canary: Canary) -> None:
    group = canary.talks["group"]
    wall(world, "johanna", kind)
    for who in ("johanna", "samir", NAME):
        with pytest.raises(NotAllowed) as refused:
            say(world, who, group, "hej")
        assert str(refused.value.sentence) == str(REFUSAL)
    actions.leave(world.viewer(NAME), group)
    say(world, "samir", group, "hej")
    say(world, "johanna", group, "hej själv")


@pytest.mark.parametrize("kind", WALLS)
def test_whatever_she_tries_there_changes_nothing_for_the_other(
    kind: str, app: Flask, world: World, scene: Scene, canary: Canary
) -> None:
    wall(world, "johanna", kind)
    before = seen_by("alumnus", app, world, scene, canary)
    group, me = canary.talks["group"], world.viewer(NAME)
    tries: tuple[Callable[[], object], ...] = (
        lambda: say(world, NAME, group, WORD),
        lambda: actions.name_group(me, group, WORD),
        lambda: actions.add(me, group, [world.id("tuva")]),
        lambda: streams.react(me, canary.pieces["group-samir"][0], "glad"),
        lambda: streams.react(me, canary.pieces["group-johanna"][0], "glad"),
    )
    for one in tries:
        with ratelimit.ignored(), suppress(NotFound, NotAllowed):
            one()
    after = seen_by("alumnus", app, world, scene, canary)
    assert {case: alike(answer) for case, answer in after.items()} == {
        case: alike(answer) for case, answer in before.items()
    }


@pytest.mark.parametrize("kind", (*WALLS, "private"))
def test_nobody_is_asked_into_a_group_with_her(
    kind: str, world: World, canary: Canary, browser: Callable[..., Browser]
) -> None:
    """Samir asked before the wall; the ask leads nowhere, so it is not in the list."""
    with ratelimit.ignored():
        group = actions.begin(world.viewer("samir"), [canary.id, world.id("johanna")], f"{WORD} igen").id
        actions.answer(world.viewer(NAME), group, yes=True)
    assert f"/messages/{group}" in browser("johanna").get("/messages").text
    wall(world, "johanna", kind)
    johanna = browser("johanna")
    assert johanna.get(f"/messages/{group}").status_code == 404
    assert f"/messages/{group}" not in johanna.get("/messages").text


@pytest.mark.parametrize("kind", WALLS)
def test_what_one_takes_along_does_not_name_it(kind: str, world: World, canary: Canary) -> None:
    assert NAME in str(for_owner.talks(world.viewer("johanna")))
    wall(world, "johanna", kind)
    rows = for_owner.talks(world.viewer("johanna"))
    assert rows and not tells(str(rows))
    names = [name for name, _messages in for_owner.conversations(world.viewer("johanna"))]
    assert names and not tells(str(names))


def test_a_birthday_of_somebody_unseen_is_not_told(world: World, browser: Callable[..., Browser]) -> None:
    """Amina turns 18 and keeps what she has with Olle and Vera by the bridge; staff keep Vera apart from her."""
    for who, years in (("amina", 0), ("olle", 1), ("vera", 1)):
        born(world, who, EIGHTEEN.replace(year=EIGHTEEN.year + years))
    group = begun(world, "amina", "olle", "vera")
    for who in ("amina", "olle", "vera"):
        say(world, who, group)
    with clock.at(clock.start_of(BIRTHDAY) + timedelta(hours=12)):
        told = "En av er är vuxen nu"
        assert told in browser("vera").get(f"/messages/{group}").text
        apart(world, "vera", "amina")
        assert told not in browser("vera").get(f"/messages/{group}").text
        assert told in browser("olle").get(f"/messages/{group}").text
        assert queries.talk_for(world.viewer("vera"), group).name == "Olle"
