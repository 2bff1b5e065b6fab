"""What somebody who works here could try: deciding about her own, on words that have changed, or finding out a name."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from community.acts import standing
from community.acts.standing import Wish
from community.core import clock
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed
from community.forum import actions as forum
from community.members.models import Sanction
from community.moderation import actions, deciding, queries
from community.moderation.deciding import Decision
from community.notices import actions as notices
from community.reports import queries as reports
from community.safety.models import Case
from community.streams.actions import Said
from community.streams.models import Piece
from tests.make import Make
from tests.moderation.conftest import MakeCase
from tests.reports.told import case_of, tell
from tests.world import World


def open_nameless(world: World, who: str = "amina") -> int:
    said = Said("Hur gör ni när det är svårt", "nameless-misuse", unnamed=True, at_once=True)
    space = world.space("vardagsrummet")
    return forum.start_thread(world.viewer(who), space, said, mode="tell", just_listen=False).id


def test_what_she_told_herself_somebody_else_decides(world: World, make: Make, waits: MakeCase) -> None:
    piece = world.piece("open")
    case = case_of(tell(world, "jonna", piece, "unkind"))
    jonna = world.viewer("jonna")
    with pytest.raises(NotAllowed):
        deciding.decide(jonna, case.id, Decision("hide", case.version, "unkind"))
    with pytest.raises(NotAllowed):
        actions.claim(jonna, case.id)
    (to, _name), *_others = queries.colleagues_for(jonna, case) or [(0, "")]
    with pytest.raises(NotAllowed):
        actions.hand_over(jonna, case.id, to)


def test_what_was_told_about_her_own_words_is_not_hers_to_read(world: World, waits: MakeCase) -> None:
    case = waits("own-jonna", "report")
    with pytest.raises(NotAllowed):
        reports.told_about(world.viewer("jonna"), case)


@pytest.mark.parametrize("first", ["unkind", "unwanted"])
def test_no_case_of_a_text_without_a_name_knows_whose_it_is(first: str, world: World, waits: MakeCase) -> None:
    id_ = open_nameless(world)

    case = case_of(tell(world, "tuva", session().get_one(Piece, id_), first))
    assert case.member_id is None and case.piece_id == id_


def test_trying_one_member_after_the_other_finds_no_name(world: World, waits: MakeCase) -> None:
    """A limit that names the case of a text without a name is refused for everybody in the same way."""
    id_ = open_nameless(world)
    case = waits("open")

    with transaction() as s:  # as such a case was written before
        row = s.get_one(Case, case.id)
        row.piece_id, row.member_id = id_, world.id("amina")
    said = []
    for name in ("amina", "tuva", "ivan"):
        wish = Wish("paused", next(iter(standing.words.LENGTHS["paused"])), "unkind", "", 0, case_id=case.id)
        with pytest.raises(Invalid) as refused:
            standing.take_step(world.viewer("birgitta"), world.id(name), wish)
        said.append((str(refused.value.sentence), refused.value.field))
    assert len(set(said)) == 1
    assert session().scalar(select(Sanction.id).where(Sanction.starts_at == clock.now()).limit(1)) is None


def test_fine_is_not_said_of_words_that_came_after(world: World, make: Make, waits: MakeCase) -> None:
    thread = make.thread("tuva", text="helt vanliga ord")
    assert thread.opening_id is not None

    case = case_of(tell(world, "ivan", session().get_one(Piece, thread.opening_id), "worried"))
    seen = case.version
    notices.edit_piece(world.viewer("tuva"), thread.opening_id, version=1, body="helt andra ord", title=None)
    with pytest.raises(Conflict):
        deciding.decide(world.viewer("jonna"), case.id, Decision("fine", seen))
    fresh = session().get_one(Case, case.id, populate_existing=True)
    deciding.decide(world.viewer("jonna"), case.id, Decision("fine", fresh.version))
