"""Who may write to whom: the table of product 1.11 over every pair of the cast, by form and by line, and one refusal
for every cause."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from flask import Flask

from community.core.errors import NotAllowed
from community.members import blocks
from community.members.contact import REFUSAL
from community.talks import actions, queries, rules
from tests.client import TOKEN, Browser
from tests.make import Make
from tests.talks.talking import begun, say, standing
from tests.world import CAST, World

ACTING = [name for name in CAST if name not in ("leo", "hanna", "mira", "gun")]  # who may write at all
APART = {frozenset(("amina", "elias")), frozenset(("olle", "ivan"))}
MINORS = {"amina", "vera", "elias", "olle", "mira", "hanna", "isla", "noor", "kim"}
STAFF = {name for name, (kind, *_rest) in CAST.items() if kind == "staff"} - {"gun"}
HERE = set(CAST) - {"gun"}


def cell(one: str, other: str) -> str:
    """The table once more, in words of its own."""
    if {one, other} & {"gun"}:
        return "team" if {one, other} & STAFF else "no"  # whoever works here reads the same of everybody who does not
    if {one, other} <= STAFF:
        return "open"
    if {one, other} & STAFF:
        return "team"
    if frozenset((one, other)) in APART or "noor" in (one, other):
        return "no"
    young = {one, other} & MINORS
    if len(young) == 2:
        return "open" if {CAST[one][:2], CAST[other][:2]} == {("resident", CAST[one][1])} else "no"
    return "no" if young else "ask"


PAIRS = [(one, other) for one, other in permutations(CAST, 2) if one in ACTING]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_every_pair_begins_as_the_table_says(world: World, one: str, other: str) -> None:
    wanted = cell(one, other)
    offered = {person.id for person in queries.choices_for(world.viewer(one))}
    assert (world.id(other) in offered) is (wanted in ("open", "ask"))
    assert queries.may_write_to(world.viewer(one), world.id(other)) is (wanted in ("open", "ask"))
    if wanted in ("no", "team"):
        with pytest.raises(NotAllowed) as refused:
            actions.begin(world.viewer(one), [world.id(other)])
        assert str(refused.value.sentence) == str(rules.TO_TEAM if wanted == "team" else REFUSAL)
        return
    stream = actions.begin(world.viewer(one), [world.id(other)])
    assert standing(world, stream.id, other) == {"open": "in", "ask": "asked"}[wanted]


def test_the_form_refuses_every_pair_the_same_way(app: Flask, world: World) -> None:
    """One sentence, one status, one body for age, another house, block, separation and protection; another for staff;
    what was never anybody is not there."""
    seen: dict[str, set[tuple[int, str]]] = {"no": set(), "team": set()}
    for one in ("amina", "elias", "olle", "tuva", "johanna", "kim", "isla"):
        browser = Browser(app, world).signed_in(one)
        bodies = {"no": set(), "team": set()}
        for other in sorted(HERE - {one}):
            if cell(one, other) in bodies:
                answer = browser.post("/messages/new", to=str(world.id(other)), name="")
                body = TOKEN.sub("", answer.text)  # the page's own token counts seconds
                bodies[cell(one, other)].add((answer.status_code, body))
        assert len(bodies["no"]) <= 1, one
        assert len(bodies["team"]) == 1, one
        for kind, found in bodies.items():
            seen[kind] |= {(status, "") for status, _body in found}
        assert browser.post("/messages/new", to="4711", name="").status_code == 404
    assert {status for status, _body in seen["no"]} == {403}


def test_where_staff_are_named_a_link_leads_to_the_team(app: Flask, world: World) -> None:
    """By the refusal of a new talk, and above the field of one that is only read by now; staff are led to their own."""
    johanna, sara = (Browser(app, world).signed_in(name) for name in ("johanna", "sara"))
    assert 'href="/inbox"' in johanna.post("/messages/new", to=str(world.id("sara")), name="").text
    assert 'href="/team"' in _main(sara.post("/messages/new", to=str(world.id("johanna")), name="").text)
    stream_id = begun(world, "johanna", "tuva")
    assert 'href="/inbox"' not in johanna.get(f"/messages/{stream_id}").text
    blocks.block(world.viewer("tuva"), world.id("johanna"))
    for path in (f"/messages/{stream_id}", f"/messages/{stream_id}/state"):
        assert 'href="/inbox"' in johanna.get(path).text
    assert johanna.get("/inbox").status_code == 200


def _main(page: str) -> str:
    return page.partition("<main")[2]


def test_by_the_line_nobody_sends_into_a_talk_that_is_not_hers(app: Flask, world: World) -> None:
    stream_id = begun(world, "amina", "vera")
    for who in sorted(set(ACTING) - {"amina", "vera"}):
        browser = Browser(app, world).signed_in(who)
        line = browser.socket()
        for event, payload in (
            ("stream:join", {"stream": stream_id}),
            ("talk:send", {"stream": stream_id, "client_id": "by-line-0001", "text": "hej"}),
            ("chat:send", {"stream": stream_id, "client_id": "by-line-0002", "text": "hej"}),
        ):
            answer = line.emit(event, payload, callback=True)
            assert (answer["ok"], answer["code"]) == (False, "not_found"), (who, event)
        for path in ("", "/state", "/waiting", "/card", "/add", "/name"):
            assert browser.get(f"/messages/{stream_id}{path}").status_code == 404, (who, path)
        assert browser.get(f"/streams/{stream_id}/since?after=0").status_code == 404


def test_a_group_is_every_pair_in_it(world: World) -> None:
    """Begun with three, and joined by a fourth: lawful exactly where all pairs are."""
    some = ("amina", "vera", "tuva", "johanna", "olle", "elias", "isla", "sara", "petra")
    for trio in combinations(some, 3):
        cells = {cell(one, other) for one, other in combinations(trio, 2)}
        one, *others = trio
        ids = [world.id(other) for other in others]
        if cells <= {"open", "ask"}:
            assert actions.begin(world.viewer(one), ids)
        else:
            with pytest.raises(NotAllowed):
                actions.begin(world.viewer(one), ids)
    group = begun(world, "amina", "vera", "olle")
    for other in ("tuva", "elias", "isla", "sara", "noor", "johanna"):
        with pytest.raises(NotAllowed) as refused:
            actions.add(world.viewer("vera"), group, [world.id(other)])
        assert str(refused.value.sentence) in (str(REFUSAL), str(rules.TO_TEAM))
        assert standing(world, group, other) is None


def test_a_yes_is_judged_when_it_is_said(world: World, make: Make) -> None:
    """Asked into a group of adults, and kept apart from one of them meanwhile."""
    stream = actions.begin(world.viewer("tuva"), [world.id("johanna"), world.id("samir")])
    actions.answer(world.viewer("johanna"), stream.id, yes=True)
    make.excluded("johanna", "samir")
    with pytest.raises(Exception) as refused:
        actions.answer(world.viewer("samir"), stream.id, yes=True)
    assert refused.type.__name__ in ("NotAllowed", "NotFound")
    assert standing(world, stream.id, "samir") == "asked"
    assert say(world, "tuva", stream.id).nr == 1
