"""What follows from a home's own table for those who write: what waits, what they are told, and what the hour does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from community.core import clock, db, jobs
from community.core.db import session, transaction
from community.home import letting_through
from community.members.models import Profile, Trust
from community.rota import working
from community.safety import house_table
from community.streams import actions, waiting_edits
from community.streams.models import Piece
from tests.client import Browser, words_of
from tests.counting import counted
from tests.make import Make
from tests.publishing.conftest import Change, Cover
from tests.world import NOW, World

Browsers = Callable[..., Browser]


def as_it_is(piece: Piece) -> Piece:
    return session().get_one(Piece, piece.id, populate_existing=True)


def after(hours: float, piece: Piece) -> str:
    """What has become of a piece when the job has run then."""
    with clock.at(NOW + timedelta(hours=hours)):
        jobs.run_due([letting_through.JOB])
        return as_it_is(piece).state


def told(browser: Browsers, who: str, piece: Piece) -> str:
    return words_of(browser(who).get(f"/t/{piece.stream_id}?lang=en"))


@pytest.mark.parametrize(("who", "row"), [("amina", "16-17"), ("tuva", "adult")])
def test_what_a_home_reads_first_waits_under_a_host_and_no_hour_lets_it_through(
    who: str, row: str, world: World, make: Make, browser: Browsers, cover: Cover, change: Change
) -> None:
    cover("host", ends=8)
    assert make.reply(who, world.stream("open")).state == "published"
    change(row, host="hold", night="hold", night_own_house="hold", none="hold")
    piece = make.reply(who, world.stream("open"))
    assert (piece.state, piece.held_why) == ("held", "house")
    page = told(browser, "tuva", make.reply("tuva", world.stream("open"))) if who == "tuva" else ""
    assert who != "tuva" or "Jonna reads it first." in page
    assert after(3, piece) == "held"
    change("start")
    assert make.reply(who, world.stream("open")).state == "published"
    assert after(6, piece) == "held"  # its author was told that somebody reads it


def test_the_hour_does_not_undo_a_cell_a_home_has_made_stricter_meanwhile(
    world: World, make: Make, cover: Cover, change: Change
) -> None:
    cover()
    piece = make.reply("amina", world.stream("open"))
    assert (piece.state, piece.held_why) == ("held", "nobody")
    cover("host", begins=0, ends=9)
    change("16-17", host="hold", night_own_house="hold")
    assert after(3, piece) == "held"
    change("start")
    assert after(5, piece) == "published"


def test_where_awake_staff_are_not_enough_a_grown_up_is_told_of_the_next_host_and_waits_for_her(
    world: World, make: Make, browser: Browsers, cover: Cover, change: Change
) -> None:
    cover("night", ends=6)
    assert make.reply("tuva", world.stream("open")).state == "published"
    change("adult", night="hold", night_own_house="hold")
    piece = make.reply("tuva", world.stream("open"))
    assert (piece.state, piece.held_why) == ("held", "no host")
    make.shift("jonna", None, 6, 12, "host")
    working.forget()
    assert "We read it after 01:00." in told(browser, "tuva", piece)
    assert after(3, piece) == "held"  # somebody was awake for three hours
    assert after(6.5, piece) == "held"
    assert after(7.1, piece) == "published"


def test_a_grown_up_is_promised_the_hour_again_when_awake_staff_are_enough_again(
    world: World, make: Make, browser: Browsers, cover: Cover, change: Change
) -> None:
    cover("night", ends=9)
    change("adult", night="hold", night_own_house="hold")
    piece = make.reply("tuva", world.stream("open"))
    change("start")
    assert "It is shown within 60 minutes." in told(browser, "tuva", piece)
    assert after(1.1, piece) == "published"


def test_a_child_is_never_promised_what_only_a_host_can_keep(
    world: World, make: Make, browser: Browsers, cover: Cover
) -> None:
    """Awake staff of her own house are enough for what she writes under them, not for what has waited."""
    cover()
    elias, thread = browser("elias"), make.thread("elias", "solglantan").id
    cover("night")
    make.shift("jonna", None, 6, 12, "host")
    working.forget()
    page = words_of(elias.get(f"/t/{thread}"))
    assert "60 minut" not in page and "efter kl. 01" in page


def test_a_home_may_read_first_among_adults_too(world: World, make: Make, cover: Cover, change: Change) -> None:
    cover()
    assert make.thread("johanna", "utflyttat").listed
    change("among-adults-adult", none="hold", night="check", night_own_house="check")
    waits = session().get_one(Piece, make.thread("johanna", "utflyttat").opening_id)
    assert (waits.state, waits.held_why) == ("held", "nobody")
    cover("night", ends=5)
    read_after = session().get_one(Piece, make.thread("johanna", "utflyttat").opening_id)
    assert (read_after.state, read_after.check_at) == ("published", NOW)
    assert after(1.1, waits) == "published"


def test_a_home_may_let_a_known_adult_stand_while_nobody_works_and_reads_it_after(
    world: World, make: Make, cover: Cover, change: Change
) -> None:
    cover()
    change("adult", none="check")
    stands = make.reply("tuva", world.stream("open"))
    assert (stands.state, stands.check_at) == ("published", NOW)
    assert make.reply("amina", world.stream("open")).state == "held"


def test_more_posts_than_ten_are_counted_where_a_home_says_so(
    world: World, make: Make, cover: Cover, change: Change
) -> None:
    cover("host")
    with transaction() as s:
        s.execute(delete(Trust).where(Trust.member_id == world.id("tuva")))
    for _time in range(12):
        make.reply("tuva", world.stream("open"))
    stand = session().query(Piece).filter(Piece.author_id == world.id("tuva"), Piece.state == "published").count()
    assert stand > 12
    change("figures", first_posts=stand)
    assert make.reply("tuva", world.stream("open")).state == "published"
    change("figures", first_posts=stand + 2)
    first = make.reply("tuva", world.stream("open"))
    assert (first.state, first.held_why) == ("held", "first")


def test_a_yes_to_a_child_counts_from_the_figure_on_and_not_where_a_home_reads_first(
    world: World, make: Make, browser: Browsers, cover: Cover, change: Change
) -> None:
    cover("host")
    page, sara = f"/people/{world.id('vera')}?lang=en", browser("sara")
    assert make.reply("vera", world.stream("open")).state == "published"
    change("figures", young_posts=25)
    waits = make.reply("vera", world.stream("open"))
    assert (waits.state, waits.held_why) == ("held", "young")
    assert "25" in words_of(sara.get(page)).split("Under 16")[1]
    change("start")
    change("under-16-with-a-yes", host="hold")
    waits = make.reply("vera", world.stream("open"))
    assert (waits.state, waits.held_why) == ("held", "young")
    assert 'href="/publishing"' in sara.get(page).text.split('id="trust-title"')[1].split("</section>")[0]


def test_a_change_of_what_stands_and_words_about_oneself_follow_the_table(
    world: World, make: Make, browser: Browsers, cover: Cover, change: Change
) -> None:
    cover("host")
    piece = make.reply("amina", world.stream("open"), "det som stod")
    change("16-17", host="hold", night_own_house="hold")
    actions.edit_piece(world.viewer("amina"), piece.id, version=1, body="det som ska stå", title=None)
    assert as_it_is(piece).text == "det som stod"
    assert waiting_edits.waiting_on([piece])[piece.id].why == "house"
    browser("amina").post("/me", about="Om mig", display_name="Amina", avatar="a02", colour="a")
    about = session().get_one(Profile, world.id("amina"), populate_existing=True)
    assert (about.about, about.waiting) == ("", "Om mig")
    make.reply("sara", world.stream("open"))  # who works here is in no row
    assert make.reply("sara", world.stream("open")).state == "published"


def test_pages_and_writing_ask_no_more_for_a_table_of_their_own(
    world: World, make: Make, browser: Browsers, cover: Cover, change: Change, rolled_back: Any, monkeypatch: Any
) -> None:
    cover("host")
    elias, thread = browser("elias"), world.stream("common")
    paths = ("/", f"/t/{thread.id}")

    def asked(work: Callable[[], object]) -> int:
        db.remove()
        with counted(rolled_back) as questions:
            work()
        return len(questions)

    def write() -> None:
        make.reply("elias", thread.id)

    def all_of_it() -> list[int]:
        for path in paths:
            elias.get(path)
        return [*(asked(lambda path=path: elias.get(path)) for path in paths), asked(write)]  # type: ignore[misc]

    write()
    before = all_of_it()
    change("figures", first_posts=4)
    first = asked(write)
    assert all_of_it() == before
    assert first == before[-1] + 1  # the first who writes in a process reads the new table, once
    monkeypatch.setattr(house_table, "_known", None)
    assert asked(write) == before[-1] + 1


def test_a_promise_of_the_hour_that_is_missed_corrects_itself(
    world: World, make: Make, browser: Browsers, cover: Cover, change: Change
) -> None:
    cover("night", ends=9)
    with transaction() as s:
        s.execute(delete(Trust).where(Trust.member_id == world.id("tuva")))
    change("adult", night="hold", night_own_house="hold")
    piece = make.reply("tuva", world.stream("open"))
    assert piece.held_why == "no host"
    change("start")
    change("figures", first_posts=50)  # from now on she is somebody nobody knows
    make.shift("jonna", None, 12, 16, "host")
    working.forget()
    assert after(1.2, piece) == "held"
    with clock.at(NOW + timedelta(hours=1.2)):
        working.forget()
        assert "We read it after 07:00." in told(browser, "tuva", piece)


def test_a_change_is_never_promised_by_the_hour_because_only_a_person_lets_it_through(
    world: World, make: Make, browser: Browsers, cover: Cover
) -> None:
    cover("host")
    piece = make.reply("tuva", world.stream("open"), "what stood")
    cover()
    actions.edit_piece(world.viewer("tuva"), piece.id, version=1, body="what is to stand", title=None)
    assert waiting_edits.waiting_on([piece])[piece.id].why == "nobody"
    cover("night", ends=9)
    make.shift("jonna", None, 6, 12, "host")
    working.forget()
    page = told(browser, "tuva", piece)
    assert "We read it after 01:00." in page and "60 minutes" not in page
