"""Two people who are kept apart are nowhere to each other: every page, list, figure, offer and frame is asked for and
compared with a world in which the other one is not."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.chat.saying import chat_of
from tests.make import Make
from tests.matrix.actors import ACTORS, Scene, scene_of
from tests.plugin import leaves_nothing_out
from tests.walls.canary import NAME, WORD, Canary, before, comes, is_everywhere, wall
from tests.walls.visiting import PASSED_BY, Answers, alike, routes, visit
from tests.world import World

pytestmark = [pytest.mark.timeout(600), pytest.mark.once]


@pytest.fixture
def scene(make: Make) -> Scene:
    """What the matrix asks for, and what is there in every world."""
    made = scene_of(make)
    before(make.world)
    return made


def addresses(world: World, canary: Canary | None) -> Iterator[tuple[str, str]]:
    """What the other one's own things are asked for by, and what was never there in their place."""
    ids = dict.fromkeys(("person", "stream", "piece", "talk", "photo", "album"), 4711)
    if canary is not None:
        piece_id, stream_id = canary.pieces["vardagsrummet"]
        ids = {"person": canary.id, "stream": stream_id, "piece": piece_id}
        ids["photo"], ids["album"] = canary.photo, canary.album
        ids["talk"] = canary.talks.get("asked", 4711)
    yield "her page", f"/people/{ids['person']}"
    for step in ("block", "keep-in-touch", "tell"):
        yield f"her page, {step}", f"/people/{ids['person']}/{step}"
    yield "writing to her", f"/messages/new?to={ids['person']}"
    yield "her thread", f"/t/{ids['stream']}"
    for step in ("waiting", "helped", "locked"):
        yield f"her thread, {step}", f"/t/{ids['stream']}/{step}"
    yield "her thread, since", f"/streams/{ids['stream']}/since?after=0"
    yield "names in her thread", f"/streams/{ids['stream']}/names?q=ka"
    yield "figures of her thread", f"/feed/figures?threads={ids['stream']}"
    for step in ("more", "react", "edit", "history"):
        yield f"her piece, {step}", f"/pieces/{ids['piece']}/{step}"
    yield "her album", f"/albums/{ids['album']}"
    yield "her album, add", f"/albums/{ids['album']}/add"
    yield "her timeline", f"/memories/person/{ids['person']}"
    yield "when her piece was", f"/pieces/{ids['piece']}/when"
    yield "her picture", f"/photos/{ids['photo']}"
    yield "the picture of herself", f"/people/{ids['person']}/picture"
    yield "a file of it", f"/people/{ids['person']}/picture/96.jpg"
    yield "a file of her picture", f"/photos/{ids['photo']}/320.jpg"
    for name, thread in (("common", "common"), ("open", "open")):
        yield f"names offered in {name}", f"/streams/{world.stream(thread).id}/names?q=ka"
        yield f"{name} since the beginning", f"/streams/{world.stream(thread).id}/since?after=0"
    yield "names offered in a channel", f"/channels/{world.space('vardagsrummet')}/names?q=ka"
    chat = chat_of(world)
    yield "looking for her words in a chat", f"/chat/{chat}/search?q={WORD[:7]}"
    yield "a chat since the beginning", f"/streams/{chat}/since?after=0"
    yield "what helped", f"/t/{world.stream('unanswered').id}/helped"
    yield "what is new", "/feed/newer?since=1700000000.000000-1"
    yield "looking for her name", f"/people?q={NAME[:7]}"
    yield "looking for those of a house", f"/people?house={world.house('Solgläntan')}"


# Where her words or her name stand for whoever is kept apart from nobody: else the walk would be blind.
SEEN = {
    *("home.feed", "home.space", "home.newer", "forum.thread", "streams.since", "chat.room", "talks.index"),
    *("notices.notifications", "directory.index", "streams.react", "what helped"),
    *("her page", "writing to her", "names offered in common", "names offered in a channel", "looking for her name"),
    *("memories.index", "memories.albums", "memories.album", "memories.today", "her album", "her timeline"),
    *("looking for her words in a chat", "a chat since the beginning", "what is new", "her picture"),
}


def test_every_way_to_look_is_walked(app: Flask) -> None:
    """Read off the running program: a new route is walked, or is passed by for a reason that stands here."""
    with app.app_context():
        there = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert {endpoint for endpoint, _target in routes(app)} == there
    assert set(PASSED_BY) <= there


def test_without_a_wall_the_walk_finds_her(app: Flask, world: World, scene: Scene) -> None:
    canary = is_everywhere(world, "johanna")
    answers = visit("alumnus", app, world, scene, more=addresses(world, canary))
    seen = {name for case, (_status, page) in answers.items() if tells(page) for name in case}
    assert seen >= SEEN, SEEN - seen


PAIRS = [("alumnus", "total"), ("author", "blocked"), ("author", "total"), ("alumnus", "block")]
"""In `make proof` each of them is asked both questions; else the one half one of them, and the other half the other."""
HER_OWN_LIST = {"home.blocked"}  # whom she has blocked herself


@pytest.mark.parametrize(("actor", "kind"), PAIRS if leaves_nothing_out() else PAIRS[:2])
def test_behind_a_wall_there_is_nothing_of_her(actor: str, kind: str, app: Flask, world: World, scene: Scene) -> None:
    """Of all she did before: not her name, not her words, not her number."""
    near = str(ACTORS[actor])
    canary = is_everywhere(world, near)
    wall(world, near, kind)
    behind = visit(actor, app, world, scene, more=addresses(world, canary))
    told = {case for case, (_status, page) in behind.items() if tells(page) or str(canary.id) in page}
    assert {case for case in told if not (kind == "block" and case[0] in HER_OWN_LIST)} == set()


@pytest.mark.parametrize(("actor", "kind"), PAIRS if leaves_nothing_out() else PAIRS[2:])
def test_behind_a_wall_it_is_as_if_she_never_was(
    actor: str, kind: str, app: Flask, world: World, scene: Scene, rolled_back: Any
) -> None:
    """Whatever she does from then on, every answer is what it is in a world without her."""
    near = str(ACTORS[actor])
    with rolled_back.begin_nested() as undo:
        without = visit(actor, app, world, scene, more=addresses(world, None))
        undo.rollback()
    canary = comes(world)
    wall(world, near, kind)
    is_everywhere(world, near, canary)
    behind = visit(actor, app, world, scene, more=addresses(world, canary))
    differ = {case: how for case, how in differences(without, behind).items() if case[0] not in HER_OWN_LIST}
    assert differ == {}, said(differ)


LEVELS = {
    "private": ({"talks", "inbox", "preparing"}, {"writing to her", "her page", "her page, keep-in-touch"}),
    "chat": ({"chat", "notices"}, {"a chat since the beginning", "looking for her words in a chat"}),
}
"""Which rooms a lesser wall may change, and which addresses."""


@pytest.mark.parametrize("kind", LEVELS)
def test_a_lesser_wall_changes_its_rooms_and_nothing_else(
    kind: str, app: Flask, world: World, scene: Scene, rolled_back: Any
) -> None:
    canary = is_everywhere(world, "johanna")
    with rolled_back.begin_nested() as undo:
        free = visit("alumnus", app, world, scene, more=addresses(world, canary))
        undo.rollback()
    wall(world, "johanna", kind)
    behind = visit("alumnus", app, world, scene, more=addresses(world, canary))
    rooms, named = LEVELS[kind]
    differ = {
        case: how
        for case, how in differences(free, behind, bell=kind != "chat").items()
        if case[0].partition(".")[0] not in rooms and case[1] not in named
    }
    assert differ == {}, said(differ)
    if kind == "chat":
        told = {case for case, (_status, page) in behind.items() if tells(page)}
        assert {case for case in told if case[0].startswith("chat.") or case[1] in named} == set()


def said(differ: dict[Any, str]) -> str:
    return "\n".join(f"{case}: {how}" for case, how in differ.items())


def tells(page: str) -> bool:
    return NAME in page.casefold() or WORD in page.casefold()


def differences(one: Answers, other: Answers, *, bell: bool = True) -> dict[Any, str]:
    """By answer, the first lines that differ."""
    found = dict.fromkeys(one.keys() ^ other.keys(), "only in one of them")
    for case in one.keys() & other.keys():
        before, after = alike(one[case], bell=bell), alike(other[case], bell=bell)
        if before != after:
            lines = difflib.unified_diff(before[1].splitlines(), after[1].splitlines(), lineterm="", n=0)
            found[case] = f"{before[0]} {after[0]}\n" + "\n".join(list(lines)[2:12])
    return found
