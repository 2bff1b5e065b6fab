"""Moderation as states, walked by chance: every change of a piece has its audit line, what is not published is
invisible to all but its author, nobody decides about her own, and undoing leads back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import Conflict, NotAllowed, NotFound
from community.moderation import actions, deciding, queries, waiting
from community.moderation.deciding import Decision
from community.safety import cases
from community.safety.models import Case
from community.streams import actions as streams
from community.streams import catching_up
from community.streams import queries as pieces
from tests.moderation.conftest import case_about
from tests.world import World

LABELS = ("held-reply", "open-reply", "own-jonna")
AUTHOR = {"held-reply": "vera", "open-reply": "sara", "own-jonna": "jonna"}
STREAM = {"held-reply": "common", "open-reply": "open", "own-jonna": "common"}


class Walk(RuleBasedStateMachine):
    """One host, three pieces. `world` and `connection` are set by the test."""

    world: World
    connection: Any

    def __init__(self) -> None:
        super().__init__()
        self.inside = self.connection.begin_nested()
        session().expire_all()
        waiting.forget()
        self.step: Any = None
        for label in LABELS:
            case_about(self.world.piece(label), "report" if label != "held-reply" else "held")

    def teardown(self) -> None:
        session().rollback()
        self.inside.rollback()

    def case(self, label: str) -> Case | None:
        return cases.open_case_of(f"piece:{self.world.piece(label).id}")

    def lines(self) -> int:
        return session().scalar(select(func.count()).select_from(AuditLine)) or 0

    @rule(label=st.sampled_from(LABELS), what=st.sampled_from(sorted(deciding.OUTCOME)))
    def decide(self, label: str, what: str) -> None:
        case = self.case(label)
        if case is None:
            return
        jonna, before, state = self.world.viewer("jonna"), self.lines(), self.world.piece(label).state
        try:
            self.step = deciding.decide(jonna, case.id, Decision(what, case.version, None, "därför", 1))
        except NotAllowed:
            assert label == "own-jonna", "only about her own words"
            assert self.world.piece(label).state == state
        except Conflict:
            assert self.world.piece(label).state == state
        else:
            assert label != "own-jonna", "nobody decides about her own words"
            assert self.lines() > before, "every decision has its audit line"

    @precondition(lambda self: self.step is not None)
    @rule()
    def undo(self) -> None:
        before = self.lines()
        try:
            actions.undo(self.world.viewer("jonna"), self.step.id)
            assert self.lines() > before
        except (Conflict, NotAllowed, NotFound):
            pass
        self.step = None

    @rule(label=st.sampled_from(LABELS))
    def told_again(self, label: str) -> None:
        case_about(self.world.piece(label), "report", by_id=self.world.id("tuva"))

    @rule(label=st.sampled_from(("held-reply", "open-reply")), body=st.sampled_from(("nytt", "annat")))
    def its_author_changes_it(self, label: str, body: str) -> None:
        piece = self.world.piece(label)
        try:
            streams.edit_piece(self.world.viewer(AUTHOR[label]), piece.id, version=piece.version, body=body, title=None)
        except (NotAllowed, NotFound, Conflict):
            assert self.world.piece(label).text == piece.text

    @invariant()
    def only_what_stands_is_seen(self) -> None:
        for label in LABELS:
            piece = self.world.piece(label)
            for name in ("tuva", "samir", "birgitta"):
                viewer = self.world.viewer(name)
                stream = pieces.stream_for(viewer, self.world.stream(STREAM[label]).id)
                shown = {one.id for one in pieces.replies_after(viewer, stream, 0, 100) if one.state != "removed"}
                caught = {id_ for id_, view in catching_up.changes_since(viewer, stream, 0).pieces if view is not None}
                assert (piece.id in shown) == (piece.state == "published" and piece.nr is not None)
                assert (piece.id in caught) == (piece.nr is not None and piece.state in pieces.SHOWN)
            assert piece.state not in ("held", "returned") or piece.author_id == self.world.id(AUTHOR[label])

    @invariant()
    def figures_are_right(self) -> None:
        for label in ("common", "open"):
            stream = self.world.stream(label)
            seen = pieces.replies_after(self.world.viewer("samir"), stream, 0, 200)
            assert stream.last_nr - 1 - stream.gaps == len(seen)

    @invariant()
    def a_case_is_open_once(self) -> None:
        open_ones = select(Case.target).where(Case.state == "open")
        found = session().scalars(open_ones).all()
        assert len(found) == len(set(found))
        assert all(queries.kind_of(case) for case in session().scalars(select(Case)))


@contextmanager
def _walking(world: World, connection: Any) -> Iterator[None]:
    Walk.world, Walk.connection = world, connection
    yield


@pytest.mark.timeout(180)
def test_no_way_through_the_states_breaks_a_promise(world: World, rolled_back: Any) -> None:
    with _walking(world, rolled_back):
        run_state_machine_as_test(
            Walk,
            settings=settings(
                max_examples=12,
                stateful_step_count=12,
                deadline=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
                database=None,
            ),
        )
