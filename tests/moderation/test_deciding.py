"""Deciding: what becomes of a piece, what its author is told, who may not decide, who was first, and undoing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from community.acts.models import Act
from community.concerns import calls
from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotAllowed, NotFound
from community.moderation import actions, deciding, queries
from community.moderation.deciding import Decision
from community.notices import actions as notices
from community.notices.models import Notice
from community.safety.models import Case, CaseStep
from community.streams import actions as streams
from community.streams.models import Piece, PieceTold
from community.streams.told import words_of
from tests.client import Browser
from tests.client import words_of as read
from tests.moderation.conftest import MakeCase
from tests.world import NOW, World

Browsers = Callable[..., Browser]


def do(world: World, who: str, case: Case, what: str, **how: object) -> object:
    version = how.pop("version", None) or fresh(case).version
    return deciding.decide(world.viewer(who), case.id, Decision(what, version, **how))  # type: ignore[arg-type]


def fresh(case: Case) -> Case:
    return session().get_one(Case, case.id, populate_existing=True)


def lines(act: str) -> int:
    return session().scalar(select(func.count()).where(AuditLine.act == act)) or 0


def test_publishing_gives_it_its_place_and_tells_its_author(world: World, waits: MakeCase) -> None:
    case = waits("held-reply")
    do(world, "jonna", case, "publish")
    piece = world.piece("held-reply")
    assert piece.state == "published" and piece.nr is not None
    assert fresh(case).state == "closed" and fresh(case).outcome == "published"
    told = select(Notice.kind).where(Notice.member_id == world.id("vera"), Notice.piece_id == piece.id)
    assert session().scalars(told).all() == ["published"]
    assert lines("act.published") == 1
    assert session().scalars(select(Act.kind).where(Act.member_id == world.id("vera"))).all() == ["published"]


def test_sending_back_keeps_the_text_and_says_why_to_its_author_alone(
    world: World, waits: MakeCase, browser: Browsers
) -> None:
    case = waits("held")
    do(world, "jonna", case, "back", words="Det står ett nummer i den.")
    piece = world.piece("held")
    assert (piece.state, piece.text) == ("returned", "with a heldword in it")
    told = session().get_one(PieceTold, piece.id)
    assert words_of(told) == "Det står ett nummer i den." and "nummer" not in (told.words_sealed or "")
    vera = browser("vera")
    for page in (vera.get(f"/t/{piece.stream_id}"), vera.get("/me/waiting")):
        assert "Jonna skickade tillbaka din text." in read(page)
        assert "Det står ett nummer i den." in read(page) and "Ändra och skicka" in read(page)
    assert browser("tuva").get(f"/t/{piece.stream_id}").status_code == 404
    assert browser("sara").get(f"/t/{piece.stream_id}").status_code == 404


def test_she_changes_it_and_it_stands_or_waits_by_the_gate_again(world: World, waits: MakeCase) -> None:
    case = waits("held-reply")
    do(world, "jonna", case, "back", reason="private")
    piece = world.piece("held-reply")
    same = notices.edit_piece(world.viewer("vera"), piece.id, version=piece.version, body=piece.text, title=None)
    assert same.state == "held", "what a host sent back, unchanged, is read by a host again"
    again = session().scalars(select(Case).where(Case.target == f"piece:{piece.id}", Case.state == "open")).one()
    do(world, "jonna", again, "back", reason="private")
    done = notices.edit_piece(world.viewer("vera"), piece.id, version=piece.version, body="Nu utan", title=None)
    assert done.state == "published" and done.nr is not None
    assert session().get(PieceTold, piece.id) is None
    heard = select(Notice.member_id).where(Notice.kind == "reply", Notice.to_nr == done.nr)
    assert world.id("tuva") in session().scalars(heard).all(), "whoever follows the thread hears of it"


def test_without_a_reason_nothing_is_limited(world: World, waits: MakeCase, browser: Browsers) -> None:
    case = waits("open-reply", "report", by_id=world.id("tuva"))
    for what in ("hide", "back", "remove", "rewrite"):
        with pytest.raises(Invalid) as refused:
            do(world, "jonna", case, what)
        assert refused.value.field == "reason"
    for what in ("heads-up", "lock", "cool", "member-note"):
        with pytest.raises(Invalid) as refused:
            do(world, "jonna", case, what)
        assert refused.value.field == "words"
    answer = browser("jonna").post(f"/review/{case.id}/do/hide", version=fresh(case).version)
    assert answer.status_code == 422
    assert world.piece("open-reply").state == "published"
    assert lines("act.hidden") == 0


def test_an_old_version_answers_409_with_what_was_done_and_by_whom(
    world: World, waits: MakeCase, browser: Browsers
) -> None:
    case = waits("held")
    old = fresh(case).version
    with transaction() as s:  # a second host of the house
        s.execute(_host(world, "petra"))
    do(world, "petra", case, "back", reason="unkind")
    answer = browser("jonna").post(f"/review/{case.id}/do/publish", version=old)
    assert answer.status_code == 409
    assert "Petra var först: skickade tillbaka det." in read(answer)
    assert world.piece("held").state == "returned"


def _host(world: World, who: str) -> object:
    from sqlalchemy import insert

    from community.core.db import new_id
    from community.members.models import Duty

    return insert(Duty).values(id=new_id(), member_id=world.id(who), kind="moderator", from_on=NOW.date())


def test_nobody_decides_about_her_own_words_or_her_own_report(world: World, waits: MakeCase, browser: Browsers) -> None:
    own, told = waits("own-jonna", "report", by_id=world.id("tuva")), waits("open", "report", by_id=world.id("jonna"))
    for case in (own, told):
        for what in ("fine", "hide"):
            with pytest.raises(NotAllowed):
                do(world, "jonna", case, what, reason="unkind")
        with pytest.raises(NotAllowed):
            actions.claim(world.viewer("jonna"), case.id)
        answer = browser("jonna").post(f"/review/{case.id}/do/fine", version=fresh(case).version)
        assert answer.status_code == 403
    assert world.piece("own-jonna").state == world.piece("open").state == "published"


def test_a_failure_between_decision_and_notice_loses_both(world: World, waits: MakeCase) -> None:
    """All of it is one transaction: what fails last takes everything with it."""
    case = waits("held-reply")
    version = fresh(case).version
    with pytest.raises(RuntimeError), transaction():
        do(world, "jonna", case, "publish")
        raise RuntimeError
    piece = world.piece("held-reply")
    assert (piece.state, piece.nr) == ("held", None)
    assert (fresh(case).state, fresh(case).version) == ("open", version)
    assert session().scalars(select(Notice).where(Notice.piece_id == piece.id)).all() == []
    assert lines("act.published") == 0


def test_only_one_takes_it_and_a_claim_lapses(world: World, waits: MakeCase) -> None:
    with transaction() as s:
        s.execute(_host(world, "petra"))
    case = waits("held")
    actions.claim(world.viewer("jonna"), case.id)
    with pytest.raises(Conflict):
        actions.claim(world.viewer("petra"), case.id)
    with pytest.raises(Conflict):
        do(world, "petra", case, "publish")
    with clock.at(NOW + timedelta(minutes=9)):
        actions.write_note(world.viewer("jonna"), case.id, "ringer hem")
    with clock.at(NOW + timedelta(minutes=18)), pytest.raises(Conflict):
        actions.claim(world.viewer("petra"), case.id)
    with clock.at(NOW + timedelta(minutes=19, seconds=1)):
        actions.claim(world.viewer("petra"), case.id)
        assert queries.holder_of(fresh(case)) == world.id("petra")
        steps = queries.steps_of(world.viewer("petra"), [case])[case.id]
        assert list(queries.notes_of(world.viewer("petra"), steps).values()) == ["ringer hem"], "notes stay"


def test_what_may_cost_a_life_lapses_after_three_minutes(world: World, waits: MakeCase) -> None:
    case = waits("held", "word", harm=3)
    actions.claim(world.viewer("jonna"), case.id)
    assert queries.holder_of(fresh(case), NOW + timedelta(minutes=2, seconds=59)) == world.id("jonna")
    assert queries.holder_of(fresh(case), NOW + timedelta(minutes=3)) is None


def test_handing_over_goes_to_whoever_may_know_of_it(world: World, waits: MakeCase) -> None:
    with transaction() as s:
        s.execute(_host(world, "petra"))
    case = waits("linden-reply", "report", by_id=world.id("samir"))
    with pytest.raises(Invalid):
        actions.hand_over(world.viewer("jonna"), case.id, world.id("sara"))
    actions.hand_over(world.viewer("jonna"), case.id, world.id("petra"))
    assert queries.holder_of(fresh(case)) == world.id("petra")
    with pytest.raises(Conflict):
        do(world, "jonna", case, "fine")


UNDONE = [
    ("held-reply", "publish", {}),
    ("held-reply", "back", {"reason": "private"}),
    ("held-reply", "remove", {"reason": "unkind"}),
    ("held", "publish", {}),
    ("open-reply", "hide", {"reason": "unkind"}),
    ("open-reply", "back", {"reason": "unkind"}),
    ("open-reply", "remove", {"reason": "unkind"}),
    ("open-reply", "rewrite", {"reason": "unkind"}),
    ("open-reply", "heads-up", {"words": "om mat"}),
    ("open-reply", "cool", {"words": "en paus", "hours": 1}),
    ("open", "hide", {"reason": "unkind"}),
    ("open-reply", "fine", {}),
]


@pytest.mark.parametrize(("label", "what", "how"), UNDONE)
def test_ten_seconds_in_which_nothing_has_happened(
    label: str, what: str, how: dict[str, object], world: World, waits: MakeCase
) -> None:
    def state() -> tuple[object, ...]:
        piece, stream = world.piece(label), world.stream(label)
        stands = (stream.listed, stream.locked_at, stream.last_nr - stream.gaps)
        return piece.state, piece.note, piece.note_by, piece.rewrite_until, piece.decided_by, piece.text, *stands

    case, before = waits(label, "report" if label.startswith("open") else "held"), state()
    step = do(world, "jonna", case, what, **how)
    if what != "fine":
        assert state() != before
    with clock.at(NOW + timedelta(seconds=9)):
        actions.undo(world.viewer("jonna"), step.id)  # type: ignore[attr-defined]
    assert state() == before
    assert fresh(case).state == "open"
    assert session().scalars(select(PieceTold).where(PieceTold.piece_id == world.piece(label).id)).all() == []
    if what != "fine":
        assert session().scalars(select(Act.undone_by)).all() == [world.id("jonna")]
    assert session().scalars(select(Notice).where(Notice.kind == "published")).all() == []
    assert lines("review.undone") == 1


def test_who_takes_a_case_and_undoes_that_has_nothing_in_hand(world: World, waits: MakeCase) -> None:
    """An alert that nobody has in hand goes on to the next; one press by mistake does not stop it."""
    case = waits("held-reply")
    actions.claim(world.viewer("jonna"), case.id)
    assert calls.in_hand(fresh(case), clock.now())
    step = session().scalars(select(CaseStep).where(CaseStep.case_id == case.id, CaseStep.what == "claimed")).one()
    actions.undo(world.viewer("jonna"), step.id)
    assert fresh(case).claimed_by is None and not calls.in_hand(fresh(case), clock.now())


def test_undoing_is_for_whoever_did_it_and_ten_seconds(world: World, waits: MakeCase) -> None:
    with transaction() as s:
        s.execute(_host(world, "petra"))
    case = waits("held-reply")
    step = do(world, "jonna", case, "publish")
    with pytest.raises(NotAllowed):
        actions.undo(world.viewer("petra"), step.id)  # type: ignore[attr-defined]
    with clock.at(NOW + timedelta(seconds=14)), pytest.raises(NotAllowed):
        actions.undo(world.viewer("jonna"), step.id)  # type: ignore[attr-defined]
    assert world.piece("held-reply").state == "published"


def test_what_a_host_took_away_its_author_cannot_put_back(world: World, waits: MakeCase) -> None:
    do(world, "jonna", waits("open-reply", "report"), "remove", reason="unkind")
    with pytest.raises(NotAllowed):
        streams.restore_piece(world.viewer("sara"), world.piece("open-reply").id)
    do(world, "jonna", waits("open", "report"), "hide", reason="unkind")
    with pytest.raises(NotAllowed):
        streams.remove_piece(world.viewer("amina"), world.piece("open").id)


def test_a_heads_up_from_a_host_says_so_and_stays(world: World, waits: MakeCase, browser: Browsers) -> None:
    do(world, "jonna", waits("open", "report"), "heads-up", words="om mat")
    page = read(browser("tuva").get(f"/t/{world.piece('open').stream_id}"))
    assert "om mat" in page and "(from a host)" in page
    piece = streams.edit_piece(
        world.viewer("amina"), world.piece("open").id, version=2, body="andra ord", title=None, note=None
    )
    assert (piece.note, piece.text) == ("om mat", "andra ord")


def test_a_thread_that_rests_takes_no_replies_and_says_why(world: World, waits: MakeCase, browser: Browsers) -> None:
    do(world, "jonna", waits("open-reply", "report"), "cool", words="Vi tar en paus", hours=1)
    thread = world.piece("open").stream_id
    tuva = browser("tuva")
    assert "Vi tar en paus" in read(tuva.get(f"/t/{thread}"))
    assert tuva.post(f"/t/{thread}/replies", text="hej", client_id="a-new-reply").status_code == 403
    with clock.at(NOW + timedelta(minutes=61)):
        assert tuva.post(f"/t/{thread}/replies", text="hej", client_id="a-new-reply").status_code == 303


def test_asked_for_other_words_she_has_a_week(world: World, waits: MakeCase, browser: Browsers) -> None:
    do(world, "jonna", waits("open", "report"), "rewrite", words="Skriv utan namnet")
    assert "Skriv utan namnet" in read(browser("amina").get("/me/waiting"))
    assert "Skriv utan namnet" not in read(browser("tuva").get(f"/t/{world.piece('open').stream_id}"))
    with clock.at(NOW + timedelta(days=6)):
        piece = streams.edit_piece(
            world.viewer("amina"), world.piece("open").id, version=1, body="utan", title=None, note=None
        )
        assert piece.rewrite_until is None


def test_what_one_may_not_know_of_is_not_there(world: World, waits: MakeCase, browser: Browsers) -> None:
    others = waits("house", "report")  # Solgläntan's
    leads = waits("open", "report", lane="leads")
    for case in (others, leads):
        with pytest.raises(NotFound):
            do(world, "jonna", case, "fine")
        unknown = browser("jonna").get("/review/4711")
        assert browser("jonna").get(f"/review/{case.id}").status_code == unknown.status_code == 404
    assert browser("birgitta").get(f"/review/{leads.id}").status_code == 200, "a house manager is a lead here"
    for name in ("sara", "tuva"):
        assert browser(name).get("/review").status_code == 403
    piece = session().get_one(Piece, world.piece("open").id)
    assert piece.state == "published"
