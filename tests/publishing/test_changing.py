"""A home changes who reads first: who may, what is never safe, what is kept of it, all or nothing."""

from __future__ import annotations

import ast
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from community.core import audit, clock, db
from community.core.db import session
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.members.queries import as_viewer
from community.publishing import actions, queries, words
from community.safety import house_table, publishing
from community.safety.models import PublishingChange
from community.safety.publishing import HOLD, START, Key
from tests.digest import digest
from tests.world import NOW, World

COMMUNITY = Path(__file__).parents[2] / "community"
WHY = "Vi läser först i höst"
TEEN, ADULT = words.PARTS["16-17"], words.PARTS["adult"]


def change(world: World, who: str = "birgitta", part: words.Part = TEEN, version: int = 0, **steps: str) -> None:
    actions.change_row(world.viewer(who), part, steps or {"host": HOLD}, reason=WHY, version=version)


def in_force(world: World, who: str = "amina") -> publishing.Table:
    return house_table.as_of(world.viewer(who).table_mark)


def test_a_change_holds_at_once_and_is_remembered(world: World) -> None:
    assert in_force(world) is START
    change(world, host="hold", night_own_house="hold")
    assert in_force(world).minors["16-17"] == publishing.Cell("hold", "hold", "hold", "hold")
    line = session().scalars(select(audit.AuditLine).order_by(audit.AuditLine.n.desc())).first()
    assert line is not None and line.actor_id == world.id("birgitta")
    assert (line.act, line.subject, line.reason) == ("publishing.changed", "publishing:1", WHY)
    assert line.facts == {
        "before": {"minors/16-17/host": "check", "minors/16-17/night_own_house": "check"},
        "after": {"minors/16-17/host": "hold", "minors/16-17/night_own_house": "hold"},
    }
    (told,) = queries.history_for(world.viewer("sara"))
    assert (told.version, told.who, told.at, told.reason, told.to_start) == (1, "Birgitta", NOW, WHY, False)
    assert [(one.part, one.cover, one.before, one.after) for one in told.lines] == [
        (TEEN, "host", "check", "hold"),
        (TEEN, "night_own_house", "check", "hold"),
    ]


def test_figures_change_and_all_of_it_goes_back_in_one_press(world: World) -> None:
    birgitta = world.viewer("birgitta")
    change(world)
    actions.change_figures(birgitta, {"first_posts": 5, "young_posts": 20}, reason=WHY, version=1)
    assert (in_force(world).first_posts, in_force(world).young_posts) == (5, 20)
    actions.set_back(birgitta, reason="Det räcker så", version=2)
    assert in_force(world) == START
    assert [row.says for row in session().scalars(select(PublishingChange).order_by(PublishingChange.version))] == [
        {"minors/16-17/host": "hold"},
        {"minors/16-17/host": "hold", "first_posts": 5, "young_posts": 20},
        {},
    ]
    newest, middle, _first = queries.history_for(birgitta)
    assert newest.to_start and len(newest.lines) == 3
    assert [(one.cover, one.before, one.after) for one in middle.lines] == [
        ("first_posts", 3, 5),
        ("young_posts", 10, 20),
    ]
    acts = session().scalars(select(audit.AuditLine.act).where(audit.AuditLine.act.like("publishing.%")))
    assert sorted(acts) == ["publishing.changed", "publishing.changed", "publishing.set_back"]


@pytest.mark.parametrize("who", ["vera", "tuva", "johanna", "amina", "sara", "petra", "jonna"])
def test_nobody_else_changes_it(who: str, world: World, rolled_back: Any) -> None:
    before = digest(rolled_back)
    actor = world.viewer(who)
    for attempt in (
        lambda: change(world, who),
        lambda: actions.change_figures(actor, {"first_posts": 5}, reason=WHY, version=0),
        lambda: actions.set_back(actor, reason=WHY, version=0),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    if not actor.is_staff:
        with pytest.raises(NotAllowed):
            queries.now_for(actor)
        with pytest.raises(NotAllowed):
            queries.history_for(actor)
    assert digest(rolled_back) == before


def test_every_cell_takes_what_is_safe_there_and_refuses_what_is_not(world: World, rolled_back: Any) -> None:
    before, refused, taken = digest(rolled_back), 0, 0
    for part in words.PARTS.values():
        for key in (Key(part.where, part.row, cover) for cover in publishing.COVERS):
            for step in publishing.STEPS:
                if not words.can_change(part):
                    with pytest.raises(NotFound):
                        change(world, part=part, **{key.cover: step})
                elif not publishing.is_allowed(key, step):
                    with pytest.raises(Invalid) as told:
                        change(world, part=part, **{key.cover: step})
                    assert told.value.field == key.cover and str(words.STEPS[step]) in str(told.value.sentence)
                    refused += 1
                elif step != START.step(key):
                    db.remove()
                    with rolled_back.begin_nested() as undo:
                        change(world, part=part, **{key.cover: step})
                        assert in_force(world).step(key) == step
                        db.remove()
                        undo.rollback()
                    taken += 1
    assert digest(rolled_back) == before
    assert refused == 21 and taken > 15


@pytest.mark.parametrize(
    ("figures", "field"),
    [
        ({"first_posts": 0}, "first_posts"),
        ({"first_posts": 51}, "first_posts"),
        ({"young_posts": 9}, "young_posts"),
        ({"young_posts": 201}, "young_posts"),
    ],
)
def test_figures_have_bounds(figures: dict[str, int], field: str, world: World, rolled_back: Any) -> None:
    before = digest(rolled_back)
    with pytest.raises(Invalid) as refused:
        actions.change_figures(world.viewer("birgitta"), figures, reason=WHY, version=0)
    assert refused.value.field == field
    assert digest(rolled_back) == before


@pytest.mark.parametrize("reason", ["", "  ", "\u200b", "x" * 201])
def test_without_a_reason_nothing_changes(reason: str, world: World, rolled_back: Any) -> None:
    before = digest(rolled_back)
    with pytest.raises(Invalid) as refused:
        actions.change_row(world.viewer("birgitta"), TEEN, {"host": HOLD}, reason=reason, version=0)
    assert refused.value.field == "reason"
    assert digest(rolled_back) == before


def test_what_would_change_nothing_leaves_no_line(world: World, rolled_back: Any) -> None:
    before = digest(rolled_back)
    with pytest.raises(Invalid):
        change(world, host="check")
    with pytest.raises(Invalid):
        actions.set_back(world.viewer("birgitta"), reason=WHY, version=0)
    assert digest(rolled_back) == before


def test_of_two_who_change_one_version_the_second_is_told(world: World) -> None:
    change(world)
    with pytest.raises(Conflict) as told:
        change(world, part=ADULT, version=0, host="check")
    assert told.value.facts == {"version": 1}
    for made_up in (-1, 7, 10**30):
        with pytest.raises(Conflict):
            change(world, version=made_up)
    assert session().scalar(select(func.count()).select_from(PublishingChange)) == 1


def test_two_at_the_same_moment_make_one_change(own_database: Any) -> None:
    _engine, world = own_database
    birgitta, told, both = world.viewer("birgitta"), [], threading.Barrier(2)
    db.remove()

    def press(step: str) -> None:
        both.wait()
        try:
            with clock.at(NOW):
                actions.change_row(birgitta, ADULT, {"host": step}, reason=WHY, version=0)
            told.append("done")
        except Conflict:
            told.append("conflict")
        finally:
            db.remove()

    threads = [threading.Thread(target=press, args=(step,)) for step in ("check", "hold")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["conflict", "done"]
    acts = session().scalars(select(audit.AuditLine.act).where(audit.AuditLine.act == "publishing.changed"))
    assert len(list(acts)) == 1
    assert audit.verify({}).bad is None


def test_every_other_process_has_it_from_the_next_request_on(own_database: Any, monkeypatch: Any) -> None:
    """A process keeps the table by its mark, and the mark comes with whoever asks."""
    _engine, world = own_database
    change(world)
    mine = as_viewer(world.id("amina"))
    monkeypatch.setattr(house_table, "_known", None)  # another process, which has not seen any of it
    assert house_table.as_of(mine.table_mark).step(Key("minors", "16-17", "host")) == HOLD
    actions.set_back(world.viewer("birgitta"), reason=WHY, version=1)
    assert house_table.as_of(as_viewer(world.id("amina")).table_mark) == START


def test_a_crash_leaves_all_of_a_change_or_nothing(world: World, rolled_back: Any, monkeypatch: Any) -> None:
    before = digest(rolled_back)

    def dies(*_args: Any, **_facts: Any) -> None:
        raise RuntimeError("the power is gone")

    for where in (audit, actions):
        with monkeypatch.context() as patched:
            patched.setattr(where, *(("append", dies) if where is audit else ("new_id", dies)))
            with pytest.raises(RuntimeError):
                change(world)
        assert digest(rolled_back) == before
        assert in_force(world) is START


def test_no_facts_reach_the_gate_without_the_table_of_their_writer() -> None:
    """`facts_for` puts the table in; names of whoever joins, and the page that tests a text, ask the lists alone."""
    makers = set()
    for file in COMMUNITY.rglob("*.py"):
        tree = ast.parse(file.read_text())
        froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        known = any(one.module == "community.safety.gate" and "Facts" in {a.name for a in one.names} for one in froms)
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        if known and any(isinstance(call, ast.Name) and call.id == "Facts" for call in calls):
            makers.add(str(file.relative_to(COMMUNITY)))
    assert makers == {"members/queries.py", "members/actions.py", "wordlists/queries.py"}


def test_a_row_that_was_made_unsafe_in_the_database_is_not_followed(world: World) -> None:
    change(world)
    said = '{"minors/16-17/none": "publish", "minors/adult/host": "check", "young_posts": 1}'
    session().execute(text("UPDATE publishing_change SET says = :said"), {"said": said})
    session().execute(text("UPDATE publishing_change SET mark = mark + 1"))
    table = in_force(world)
    assert (table.minors["16-17"], table.young_posts) == (START.minors["16-17"], START.young_posts)
    assert table.minors["adult"].host == "check"
