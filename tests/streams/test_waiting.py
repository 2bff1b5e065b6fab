"""What waits to be read first: what decides that, the case it opens, what its author is told, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from community.core import clock, jobs
from community.core.db import session, transaction
from community.core.errors import NotAllowed
from community.forum import actions as forum
from community.home import letting_through
from community.members import profile, trust
from community.members.models import Profile, Trust
from community.members.named import person_for
from community.moderation import deciding
from community.moderation.actions import be_busy
from community.moderation.deciding import Decision
from community.notices.models import Notice
from community.rota import working
from community.rota.models import Shift
from community.safety import cases
from community.safety.models import HARM, LIFE, LOOK, PLAIN, Case, Heard
from community.safety.word_lists import WordLists, in_force
from community.spaces.models import Space
from community.streams import actions, gating, promises, waiting_edits
from community.streams.actions import Said
from community.streams.models import Piece, WaitingEdit
from tests.client import Browser, field_in, words_of
from tests.counting import counted
from tests.make import Make
from tests.world import HOLD, NOW, World

Browsers = Callable[..., Browser]
Cover = Callable[..., None]
INTENT, HEAVY = "jag vill inte leva", "orkar inte mer"
ALERTS = WordLists(alert=frozenset({"alertword"}))


@pytest.fixture
def cover(world: World, make: Make) -> Iterator[Cover]:
    """`cover("host")`: who works from an hour ago to four hours from now, and nobody else at any time."""

    def works(kind: str = "none", house: str | None = None, begins: float = -1, ends: float = 4) -> None:
        with transaction() as s:
            s.execute(delete(Shift))
        working.forget()
        if kind != "none":
            who, role = ("jonna", "host") if kind == "host" else ("sara", "staff")
            make.shift(who if house != "Solgläntan" else "sara", house, begins, ends, role)

    yield works
    working.forget()
    promises.forget()


def case_of(piece: Piece) -> Case | None:
    return session().scalar(
        select(Case).where(Case.target == f"piece:{piece.id}").order_by(Case.since.desc()),
        execution_options={"populate_existing": True},
    )


def doubt(world: World, who: str) -> None:
    """Nobody has said anything of her."""
    with transaction() as s:
        s.execute(delete(Trust).where(Trust.member_id == world.id(who)))


@pytest.mark.parametrize(
    ("who", "space", "kind", "state"),
    [
        ("amina", "vardagsrummet", "host", "published"),
        ("amina", "vardagsrummet", "night", "held"),
        ("amina", "solglantan", "night", "published"),
        ("amina", "solglantan", "none", "held"),
        ("tuva", "vardagsrummet", "night", "published"),
        ("tuva", "vardagsrummet", "none", "held"),
        ("johanna", "utflyttat", "none", "published"),
        ("sara", "vardagsrummet", "none", "published"),
        ("vera", "vardagsrummet", "host", "published"),
        ("vera", "solglantan", "night", "held"),
    ],
)
def test_who_works_decides(who: str, space: str, kind: str, state: str, world: World, make: Make, cover: Cover) -> None:
    cover(kind, "Solgläntan" if space == "solglantan" and kind == "night" else None)
    opening = session().get_one(Piece, make.thread(who, space).opening_id)
    assert opening.state == state
    case = case_of(opening)
    assert (case is not None) == (state == "held")
    if case is not None:
        assert (case.reasons, case.harm, case.member_id, case.state) == (["held"], PLAIN, world.id(who), "open")
        assert case.house_id == (world.house("Solgläntan") if space == "solglantan" else None)


def test_what_is_said_to_one_house_has_that_houses_cover(world: World, make: Make, cover: Cover) -> None:
    cover("host", "Linden")
    asked = {"text": None, "whom": "house"}
    here, there = make.thread("elias", "kanns", **asked), make.thread("noor", "kanns", **asked)
    states = [session().get_one(Piece, stream.opening_id).state for stream in (here, there)]
    assert states == ["held", "published"]
    assert session().get_one(Piece, make.thread("elias", "vardagsrummet").opening_id).state == "published"


def test_the_first_three_posts_of_an_adult_nobody_knows(world: World, make: Make, cover: Cover) -> None:
    cover("host")
    make.reply("ivan", world.stream("open"))
    doubt(world, "ivan")  # three posts of his stand, so his next is not among his first
    assert make.reply("ivan", world.stream("open")).state == "published"
    with transaction() as s:
        s.query(Piece).filter(Piece.author_id == world.id("ivan")).update({"state": "removed"})
    first = make.reply("ivan", world.stream("open"))
    assert (first.state, first.held_why) == ("held", "first")
    assert make.thread("johanna", "utflyttat").listed
    doubt(world, "johanna")
    with transaction() as s:
        s.query(Piece).filter(Piece.author_id == world.id("johanna")).update({"state": "removed"})
    among_adults = session().get_one(Piece, make.thread("johanna", "utflyttat").opening_id)
    assert among_adults.state == "published" and among_adults.check_at == NOW


def test_an_invitation_says_that_somebody_is_known(world: World) -> None:
    said = set(session().scalars(select(Trust.member_id).where(Trust.kind == trust.KNOWN, Trust.ended_at.is_(None))))
    assert {world.id("tuva"), world.id("johanna"), world.id("sara")} <= said and world.id("amina") not in said


def test_a_childs_posts_stand_after_ten_and_a_yes_and_wait_again_when_it_ends(
    world: World, make: Make, browser: Browsers, cover: Cover
) -> None:
    cover("host")
    piece = make.reply("vera", world.stream("open"))
    assert (piece.state, piece.check_at) == ("published", NOW)
    sara, page = browser("sara"), f"/people/{world.id('vera')}"
    assert f"{page}/trust/end" in sara.get(page).text
    for name in ("amina", "petra", "johanna"):
        assert "trust-title" not in browser(name).get(page).text
        assert browser(name).post(f"{page}/trust/end").status_code in (403, 404)
    assert sara.post(f"{page}/trust/end").status_code == 303
    waits = make.reply("vera", world.stream("open"))
    assert (waits.state, waits.held_why) == ("held", "young")
    assert f'{page}/trust"' in sara.get(page).text
    assert sara.post(f"{page}/trust").status_code == sara.post(f"{page}/trust").status_code == 303
    assert make.reply("vera", world.stream("open")).state == "published"
    rows = session().scalars(select(Trust).where(Trust.member_id == world.id("vera"))).all()
    assert sorted((row.ended_by == world.id("sara"), row.ended_at == NOW) for row in rows) == [
        (False, False),
        (True, True),
    ]
    assert browser("birgitta").get(f"/people/{world.id('tuva')}").text.count("trust-title") == 0


@pytest.mark.parametrize(
    ("words", "lists", "reasons", "harm", "alerted"),
    [
        ("ett heldword", HOLD, ["word"], LOOK, False),
        (INTENT, None, ["word"], LIFE, True),
        ("ett alertword", ALERTS, ["word"], HARM, True),
        ("ring 070-123 45 67", None, ["word"], LOOK, False),
    ],
)
def test_what_a_list_holds_says_how_much_harm_may_come_of_it(
    words: str, lists: WordLists | None, reasons: list[str], harm: int, alerted: bool, world: World, make: Make
) -> None:
    if lists is not None:
        with in_force(lists):
            piece = make.reply("amina", world.stream("open"), words)
    else:
        piece = make.reply("amina", world.stream("open"), words)
    case = case_of(piece)
    assert case is not None and piece.state == "held"
    assert (case.reasons, case.harm, case.alert_at is not None) == (reasons, harm, alerted)


def test_what_is_heavy_stands_with_a_quiet_line(world: World, make: Make) -> None:
    piece = make.reply("amina", world.stream("open"), HEAVY)
    case = case_of(piece)
    assert piece.state == "published" and case is not None
    assert (case.reasons, case.harm, case.alert_at) == (["check"], LOOK, None)


@pytest.mark.parametrize("how", [{"mode": "ask"}, {"just_listen": True}])
def test_who_asks_for_support_comes_first(how: dict[str, Any], world: World, make: Make, cover: Cover) -> None:
    cover()
    asked, told = make.thread("amina", **how), make.thread("amina")
    waits = [case_of(session().get_one(Piece, stream.opening_id)) for stream in (asked, told)]
    assert [case.harm for case in waits if case] == [PLAIN + 1, PLAIN]


def test_of_what_has_no_name_no_case_knows_whose_it_is(world: World, cover: Cover) -> None:
    cover()
    said = Said("Hur gör man", "nameless-1", unnamed=True, at_once=True)
    piece = forum.start_thread(world.viewer("tuva"), world.space("fraga"), said, mode="ask", just_listen=False)
    actions.remove_piece(world.viewer("tuva"), piece.id)
    case = case_of(piece)
    assert case is not None and (case.state, case.outcome) == ("closed", "withdrawn")
    assert case.member_id is None and case.closed_by is None


def test_a_delayed_one_whose_author_may_not_write_any_more_waits_as_a_case(world: World, make: Make) -> None:
    from community.home import delayed

    said = Said("Utan namn", "nameless-2", unnamed=True)
    piece = forum.start_thread(world.viewer("tuva"), world.space("fraga"), said, mode="tell", just_listen=False)
    assert piece.state == "delayed" and case_of(piece) is None
    make.sanction("tuva", "paused")
    with clock.at(NOW + timedelta(hours=1)):
        jobs.run_due([delayed.JOB])
    case = case_of(piece)
    assert session().get_one(Piece, piece.id, populate_existing=True).state == "held"
    assert case is not None and case.state == "open"


# What the author is told


def told(browser: Browsers, who: str, stream_id: int) -> str:
    page = words_of(browser(who).get(f"/t/{stream_id}"))
    return " ".join(page.split())


def test_the_host_who_reads_is_named_and_several_are_not(
    world: World, make: Make, browser: Browsers, cover: Cover
) -> None:
    cover("host")
    doubt(world, "isla")
    piece = make.reply("isla", world.stream("open"))
    assert "Jonna reads it first. Then everyone sees it. Right now that usually takes 10 minutes." in told(
        browser, "isla", piece.stream_id
    )
    for name in ("tuva", "sara", "jonna"):
        assert "reads it first" not in told(browser, name, piece.stream_id)
    make.shift("petra", None, -1, 4, "host")  # without the duty she is no host
    working.forget()
    assert "Jonna reads it first." in told(browser, "isla", piece.stream_id)


def test_who_is_busy_is_not_promised(world: World, make: Make, browser: Browsers, cover: Cover) -> None:
    cover("host")
    doubt(world, "isla")
    piece = make.reply("isla", world.stream("open"))
    be_busy(world.viewer("jonna"), 30)
    page = told(browser, "isla", piece.stream_id)
    back = clock.local(NOW + timedelta(minutes=30))
    assert f"Saved. We read it after {back:%H:%M}." in page and "usually takes" not in page
    with clock.at(NOW + timedelta(minutes=31)):
        assert "Jonna reads it first." in told(browser, "isla", piece.stream_id)
    be_busy(world.viewer("jonna"), 0)
    assert "Jonna reads it first." in told(browser, "isla", piece.stream_id)


def test_without_a_name_no_host_is_named(world: World, browser: Browsers, cover: Cover) -> None:
    cover("host")
    with in_force(HOLD):
        said = Said("ett heldword", "nameless-3", unnamed=True, at_once=True)
        piece = forum.start_thread(world.viewer("tuva"), world.space("fraga"), said, mode="tell", just_listen=False)
    page = told(browser, "tuva", piece.stream_id)
    assert "A host reads it first." in page and "Jonna reads" not in page


@pytest.mark.parametrize(("minutes", "promised"), [(3, 10), (10, 10), (11, 20), (35, 40), (59, 60), (500, 60)])
def test_the_promise_is_the_median_rounded_up(
    minutes: int, promised: int, world: World, make: Make, cover: Cover
) -> None:
    cover("host")
    with transaction() as s:
        s.execute(update(Case).values(outcome="withdrawn"))  # what the world has counts no more
        for number, wait in enumerate((minutes, 1, 999, minutes, 0, 1000, minutes)):
            since = NOW - timedelta(days=number + 1)
            case = Case(target=f"piece:{number}", reasons=["held"], harm=0, since=since, changed_at=since)
            case.piece_id, case.state, case.closed_at = number, "closed", since + timedelta(minutes=wait)
            case.outcome, case.id, case.version = "published", number + 1, 1
            s.add(case)
        old = Case(target="piece:99", reasons=["held"], harm=0, since=NOW - timedelta(days=15), changed_at=NOW)
        old.piece_id, old.state, old.closed_at, old.outcome, old.id, old.version = 99, "closed", NOW, "published", 99, 1
        s.add(old)
        s.flush()
    promises.forget()
    assert promises.usual_minutes(clock.local(NOW).hour) == promised


def test_a_promise_that_is_missed_says_so(world: World, make: Make, browser: Browsers, cover: Cover) -> None:
    cover("host")
    doubt(world, "isla")
    piece = make.reply("isla", world.stream("open"))
    with clock.at(NOW + timedelta(minutes=11)):
        page = told(browser, "isla", piece.stream_id)
    assert "It's taking longer than usual. Your text is safe." in page and "usually takes" not in page


def test_at_night_the_hour_is_said_and_help_offered(world: World, make: Make, browser: Browsers, cover: Cover) -> None:
    cover("night")
    doubt(world, "isla")
    make.shift("jonna", None, 12, 20, "host")  # NOW is 19:00 at home
    make.shift("sara", None, 6, 11, "staff")
    piece = make.reply("isla", world.stream("open"))
    page = told(browser, "isla", piece.stream_id)
    assert "Saved. We read it after 07:00." in page and "Want to talk to someone now?" in page
    with clock.at(NOW + timedelta(hours=12, minutes=1)):
        working.forget()
        assert "Jonna reads it first." in told(browser, "isla", piece.stream_id)


def test_a_grown_up_is_told_when_anybody_comes(world: World, make: Make, browser: Browsers, cover: Cover) -> None:
    cover()
    make.shift("sara", None, 6, 11, "staff")
    make.shift("jonna", None, 12, 20, "host")
    piece = make.reply("tuva", world.stream("open"))
    assert "We read it after 01:00." in told(browser, "tuva", piece.stream_id)
    with clock.at(NOW + timedelta(hours=6, minutes=1)):
        working.forget()
        assert "It is shown within 60 minutes." in told(browser, "tuva", piece.stream_id)


def test_nobody_planned_is_said_truthfully(world: World, make: Make, browser: Browsers, cover: Cover) -> None:
    cover()
    piece = make.reply("tuva", world.stream("open"))
    page = told(browser, "tuva", piece.stream_id)
    assert "Nobody who works here is reading just now." in page and "Want to talk to someone now?" in page


def test_a_page_with_what_waits_costs_two_more_and_then_one(
    world: World, make: Make, browser: Browsers, cover: Cover, rolled_back: Any
) -> None:
    cover("host")
    doubt(world, "isla")
    thread, reader = make.thread("sara"), browser("isla")

    def asked() -> int:
        with counted(rolled_back) as statements:
            reader.get(f"/t/{thread.id}")
        return len(statements)

    asked()
    before = asked()
    make.reply("isla", thread)
    assert (asked() - before, asked() - before) == (2, 1)


def test_writing_asks_two_questions_more_at_most(world: World, make: Make, rolled_back: Any) -> None:
    space = session().get_one(Space, world.space("vardagsrummet"))
    for who, most in (("amina", 1), ("tuva", 2), ("vera", 2), ("sara", 0)):
        viewer = world.viewer(who)
        with counted(rolled_back) as asked:
            gating.facts_at(viewer, space, None)
        assert len(asked) == most, who


# Changing and taking back


def test_what_waits_may_be_changed_and_taken_back_at_any_time(
    world: World, make: Make, browser: Browsers, cover: Cover
) -> None:
    cover()
    piece, tuva = make.reply("tuva", world.stream("open"), "först"), browser("tuva")
    with clock.at(NOW + timedelta(hours=3)):
        tuva = browser("tuva")
        assert "more minute" not in tuva.get(f"/pieces/{piece.id}/edit").text
        assert tuva.post(f"/pieces/{piece.id}/edit", text="sedan", version=1).status_code == 303
        changed = session().get_one(Piece, piece.id, populate_existing=True)
        assert (changed.text, changed.state, changed.nr) == ("sedan", "held", None)
        tuva.post(f"/pieces/{piece.id}/delete")
    case = case_of(piece)
    assert case is not None and (case.state, case.outcome) == ("closed", "withdrawn")
    with clock.at(NOW + timedelta(hours=4)):
        actions.restore_piece(world.viewer("tuva"), piece.id)
    again = case_of(piece)
    assert again is not None and again.state == "open" and again.id != case.id


def test_put_back_it_goes_on_waiting_although_the_rule_would_publish_it_now(
    world: World, make: Make, cover: Cover
) -> None:
    cover()
    piece = make.reply("tuva", world.stream("open"))
    actions.remove_piece(world.viewer("tuva"), piece.id)
    cover("host")
    again = actions.restore_piece(world.viewer("tuva"), piece.id)
    assert (again.state, again.held_why) == ("held", "nobody")
    assert cases.open_case_of(gating.target_of(piece)) is not None


def test_taking_back_a_cry_for_help_ends_no_alert(world: World, make: Make) -> None:
    piece = make.reply("amina", world.stream("open"), INTENT)
    actions.remove_piece(world.viewer("amina"), piece.id)
    case = case_of(piece)
    assert case is not None and case.state == "open" and case.alert_at is not None


def test_a_change_that_is_held_waits_and_what_stood_stands(world: World, make: Make, browser: Browsers) -> None:
    piece, tuva, sara = make.reply("tuva", world.stream("open"), "vanliga ord"), browser("tuva"), browser("sara")
    path, here = f"/pieces/{piece.id}/edit", f"/t/{piece.stream_id}"
    with in_force(HOLD):
        for words in ("nu med heldword", "nu med heldword två"):
            assert tuva.post(path, text=words, version=1).status_code == 303
    stands = session().get_one(Piece, piece.id, populate_existing=True)
    assert (stands.text, stands.version, stands.state) == ("vanliga ord", 1, "published")
    own = words_of(tuva.get(here))
    assert "nu med heldword två" in own and "vanliga ord" in own
    assert "Until then others see what stood here before." in own
    assert "nu med heldword två" in tuva.get(path).text  # she goes on from it
    for name in ("amina", "sara", "jonna"):
        for page in (here, f"{here}/waiting", f"/streams/{piece.stream_id}/since?after=0"):
            assert "heldword" not in browser(name).get(page).text
    case = case_of(piece)
    assert case is not None and (case.reasons, case.state) == (["word"], "open")
    with transaction():
        waiting_edits.publish_waiting_edit(session().get_one(Piece, piece.id), world.viewer("jonna"))
    assert "nu med heldword två" in sara.get(here).text
    assert session().get(WaitingEdit, piece.id) is None
    assert session().get_one(Piece, piece.id, populate_existing=True).version == 2


def test_a_change_that_waits_is_taken_back_or_replaced(world: World, make: Make, browser: Browsers) -> None:
    piece, tuva = make.reply("tuva", world.stream("open"), "vanliga ord"), browser("tuva")
    path, more = f"/pieces/{piece.id}/edit", f"/pieces/{piece.id}/more"
    with in_force(HOLD):
        assert "Take back the change that waits" not in tuva.get(more).text
        tuva.post(path, text="ett heldword", version=1)
        assert "Take back the change that waits" in tuva.get(more).text
        assert "Take back the change that waits" not in browser("sara").get(more).text
        assert browser("sara").post(f"/pieces/{piece.id}/change/delete").status_code == 403
        assert tuva.post(f"/pieces/{piece.id}/change/delete").status_code == 303
        assert session().get(WaitingEdit, piece.id, populate_existing=True) is None
        case = case_of(piece)
        assert case is not None and (case.state, case.outcome) == ("closed", "withdrawn")
        tuva.post(path, text="ett heldword", version=1)
        tuva.post(path, text="utan det", version=1)
    assert session().get_one(Piece, piece.id, populate_existing=True).text == "utan det"
    assert session().get(WaitingEdit, piece.id, populate_existing=True) is None
    assert {case.state for case in session().scalars(select(Case).where(Case.piece_id == piece.id))} == {"closed"}


def test_a_change_sent_back_keeps_her_words_and_she_may_change_them(
    world: World, make: Make, browser: Callable[..., Browser]
) -> None:
    piece = make.reply("amina", world.stream("open"), "vanliga ord")
    with in_force(HOLD):
        actions.edit_piece(world.viewer("amina"), piece.id, version=1, body="ett heldword", title=None)
    (case,) = session().scalars(select(Case).where(Case.piece_id == piece.id, Case.state == "open"))
    back = Decision("back", version=case.version, words="Skriv det snällare.")
    deciding.decide(world.viewer("jonna"), case.id, back)
    assert waiting_edits.waiting_on([session().get_one(Piece, piece.id)]) == {}
    shown = browser("amina").get(f"/t/{piece.stream_id}").text
    assert "ett heldword" in shown and "Skriv det snällare." in shown and "vanliga ord" in shown
    assert "heldword" not in browser("tuva").get(f"/t/{piece.stream_id}").text
    with in_force(HOLD):
        actions.edit_piece(world.viewer("amina"), piece.id, version=1, body="ett snällt ord", title=None)
    assert session().get(WaitingEdit, piece.id, populate_existing=True) is None
    assert "ett snällt ord" in browser("tuva").get(f"/t/{piece.stream_id}").text


def test_a_change_a_host_lets_through_stands(world: World, make: Make, browser: Callable[..., Browser]) -> None:
    piece = make.reply("amina", world.stream("open"), "vanliga ord")
    with in_force(HOLD):
        actions.edit_piece(world.viewer("amina"), piece.id, version=1, body="ett heldword", title=None)
    (case,) = session().scalars(select(Case).where(Case.piece_id == piece.id, Case.state == "open"))
    assert "heldword" in browser("jonna").get(f"/review/{case.id}").text
    deciding.decide(world.viewer("jonna"), case.id, Decision("publish", version=case.version))
    assert "ett heldword" in browser("tuva").get(f"/t/{piece.stream_id}").text


# What waited an hour


@pytest.mark.parametrize(
    ("who", "written_under", "then", "stands"),
    [
        ("amina", "none", "host", True),
        ("amina", "none", "night", False),
        ("tuva", "none", "night", True),
        ("tuva", "none", "host", True),
        ("tuva", "none", "none", False),
        ("isla", "none", "host", False),
    ],
)
def test_what_waited_only_for_somebody_to_be_there_stands_after_an_hour_with_them(
    who: str, written_under: str, then: str, stands: bool, world: World, make: Make, cover: Cover
) -> None:
    cover(written_under)
    doubt(world, "isla")
    piece = make.reply(who, world.stream("open"))
    assert piece.state == "held"
    cover(then, begins=2, ends=6)
    for hours, state in ((2.9, "held"), (3.1, "published" if stands else "held")):
        with clock.at(NOW + timedelta(hours=hours)):
            jobs.run_due([letting_through.JOB])
            now = session().get_one(Piece, piece.id, populate_existing=True)
            assert now.state == state, hours
    if stands:
        case = case_of(piece)
        assert case is not None and (case.state, case.outcome, case.closed_by) == ("closed", "published", None)
        assert now.nr is not None and now.check_at == NOW + timedelta(hours=3.1)
        kinds = session().scalars(select(Notice.kind).where(Notice.piece_id == piece.id)).all()
        assert list(kinds) == ["published"]


def test_what_a_list_has_heard_never_stands_by_itself(world: World, make: Make, cover: Cover) -> None:
    cover()
    heavy = make.reply("tuva", world.stream("open"), HEAVY)
    with in_force(HOLD):
        held = make.reply("tuva", world.stream("open"), "ett heldword")
    cover("host", begins=0, ends=6)
    with clock.at(NOW + timedelta(hours=3)):
        jobs.run_due([letting_through.JOB])
    for piece in (heavy, held):
        assert session().get_one(Piece, piece.id, populate_existing=True).state == "held"
    assert session().scalars(select(Heard)).all()


def test_who_may_not_write_any_more_waits_for_a_person(world: World, make: Make, cover: Cover) -> None:
    cover()
    piece = make.reply("tuva", world.stream("open"))
    make.sanction("tuva", "paused")
    cover("host", begins=0, ends=6)
    with clock.at(NOW + timedelta(hours=3)):
        jobs.run_due([letting_through.JOB])
    assert session().get_one(Piece, piece.id, populate_existing=True).state == "held"


# Words about oneself, and live


def test_a_childs_words_about_herself_wait_as_a_case_and_are_let_through_or_sent_back(
    world: World, browser: Browsers, cover: Cover
) -> None:
    cover()
    amina, how = browser("amina"), {"display_name": "Amina", "avatar": "a02", "colour": "a"}
    assert amina.post("/me", about="Om mig", **how).status_code == 303
    target = f"profile:{world.id('amina')}"
    case = cases.open_case_of(target)
    assert case is not None
    assert (case.reasons, case.member_id, case.house_id) == (["profile"], world.id("amina"), world.house("Solgläntan"))
    row = session().get_one(Profile, world.id("amina"), populate_existing=True)
    assert (row.about, row.waiting) == ("", "Om mig")
    with transaction():
        profile.send_back(row)
    assert field_in(amina.get("/me"), "about") == "Om mig"
    assert "Om mig" not in browser("tuva").get(f"/people/{world.id('amina')}").text
    amina.post("/me", about="Om mig igen", **how)
    amina.post("/me", about="", **how)
    assert cases.open_case_of(target) is None
    assert session().get_one(Profile, world.id("amina"), populate_existing=True).waiting == ""


def test_her_own_open_pages_hear_of_it_and_nobody_elses(
    world: World, make: Make, browser: Browsers, heard: list[Any], cover: Cover
) -> None:
    cover()
    piece = make.reply("tuva", world.stream("open"), "väntar här")
    mine = {"member": world.id("tuva"), "stream": piece.stream_id}
    assert (f"member:{world.id('tuva')}", "own:changed", mine) in heard
    assert "väntar här" in browser("tuva").get(f"/t/{piece.stream_id}/waiting").text
    assert "väntar här" not in browser("amina").get(f"/t/{piece.stream_id}/waiting").text
    actions.remove_piece(world.viewer("tuva"), piece.id)
    assert "väntar här" not in browser("tuva").get(f"/t/{piece.stream_id}/waiting").text


def test_nobody_else_gives_the_yes(world: World) -> None:
    vera = person_for(world.viewer("sara"), world.id("vera"))
    for name in ("amina", "petra"):
        for act in (trust.give, trust.end):
            with pytest.raises(NotAllowed):
                act(world.viewer(name), vera)
