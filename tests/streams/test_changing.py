"""Changing, taking back, putting back, reacting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from community.core import clock
from community.core.db import session
from community.core.errors import Invalid
from community.core.jobs import run_due
from community.home import housekeeping
from community.streams import actions, own
from community.streams.models import REACTIONS, Piece, PieceRevision, Reaction, Stream
from tests.client import Browser, field_in, words_of
from tests.make import Make
from tests.world import NOW, World

Browsers = Callable[..., Browser]


def test_the_text_changes_for_everybody_and_says_so(browser: Browsers, make: Make, world: World) -> None:
    piece = make.reply("amina", world.stream("common"), "första orden")
    amina = browser("amina")
    form = amina.get(f"/pieces/{piece.id}/edit")
    assert field_in(form, "text") == "första orden"
    answer = amina.post(f"/pieces/{piece.id}/edit", text="andra orden", version=field_in(form, "version"))
    assert answer.status_code == 303
    page = words_of(browser("sara").get(answer.location))
    assert "andra orden" in page and "första orden" not in page
    assert "ändrat" in page or "changed" in page


@pytest.mark.parametrize(("seconds", "status"), [(15 * 60, 303), (15 * 60 + 1, 403)])
def test_fifteen_minutes_to_the_second(browser: Browsers, make: Make, world: World, seconds: int, status: int) -> None:
    piece, amina = make.reply("amina", world.stream("common")), browser("amina")
    with clock.at(NOW + timedelta(seconds=seconds)):
        answer = amina.post(f"/pieces/{piece.id}/edit", text="för sent?", version=1)
        assert answer.status_code == status
        if status == 403:
            assert "för sent?" in answer.text


def test_staff_see_what_it_said_before_and_others_do_not(browser: Browsers, make: Make, world: World) -> None:
    piece = make.reply("amina", world.stream("common"), "ett")
    for version, words in enumerate(("två", "tre"), 1):
        actions.edit_piece(world.viewer("amina"), piece.id, version=version, body=words, title=None)
    page = words_of(browser("sara").get(f"/pieces/{piece.id}/history?why=report"))
    assert page.index("två") < page.index("ett")
    for name in ("amina", "tuva"):
        assert browser(name).get(f"/pieces/{piece.id}/history").status_code == 403


def test_of_two_changes_the_later_one_is_told_and_loses_nothing(browser: Browsers, make: Make, world: World) -> None:
    piece, amina = make.reply("amina", world.stream("common"), "början"), browser("amina")
    assert amina.post(f"/pieces/{piece.id}/edit", text="från telefonen", version=1).status_code == 303
    stale = amina.post(f"/pieces/{piece.id}/edit", text="från datorn", version=1)
    assert stale.status_code == 409
    assert field_in(stale, "text") == "från datorn"
    assert "från telefonen" in words_of(stale)
    assert session().get_one(Piece, piece.id, populate_existing=True).text == "från telefonen"
    chosen = amina.post(f"/pieces/{piece.id}/edit", text="från datorn", version=field_in(stale, "version"))
    assert chosen.status_code == 303
    assert session().get_one(Piece, piece.id, populate_existing=True).text == "från datorn"


BAD_EDITS = ["", "\u200b", "a\x00b", "x" * 10_001, "x" * 100_000]


@pytest.mark.parametrize("text", BAD_EDITS, ids=["empty", "invisible", "NUL", "long", "very long"])
def test_bad_changes_are_refused_and_kept(browser: Browsers, make: Make, world: World, text: str) -> None:
    piece = make.reply("amina", world.stream("common"), "orört")
    refused = browser("amina").post(f"/pieces/{piece.id}/edit", text=text, version=1)
    assert refused.status_code == 422
    assert field_in(refused, "text").replace("\ufffd", "\x00") in (text, text.replace("\x00", ""))
    assert session().get_one(Piece, piece.id, populate_existing=True).text == "orört"


def test_taking_back_leaves_a_sign_and_thirty_days(browser: Browsers, make: Make, world: World) -> None:
    piece, amina = make.reply("amina", world.stream("common"), "borttagna ord"), browser("amina")
    answer = amina.post(f"/pieces/{piece.id}/delete")
    assert answer.status_code == 303
    offered = amina.get(answer.location)
    assert f'action="/pieces/{piece.id}/restore"' in offered.text
    page = browser("tuva").get(f"/t/{piece.stream_id}?around={piece.nr}")
    assert "borttagna ord" not in page.text
    assert f'data-piece="{piece.id}"' in page.text
    assert amina.post(f"/pieces/{piece.id}/delete").status_code == 303, "twice is once"
    with clock.at(NOW + timedelta(days=30)), clock.at(NOW + timedelta(days=30)):
        viewer = world.viewer("amina")
        assert actions.restore_piece(viewer, piece.id).state == "published"
    assert "borttagna ord" in browser("tuva").get(f"/t/{piece.stream_id}?around={piece.nr}").text


def test_after_thirty_days_the_words_are_gone_for_good(make: Make, world: World, browser: Browsers) -> None:
    piece = make.reply("amina", world.stream("common"), "glöm mig")
    actions.edit_piece(world.viewer("amina"), piece.id, version=1, body="glöm mig nu", title=None)
    make.reaction("sara", piece.id)
    actions.remove_piece(world.viewer("amina"), piece.id)
    with clock.at(NOW + timedelta(days=30, seconds=1)):
        amina = browser("amina")
        assert amina.post(f"/pieces/{piece.id}/restore").status_code == 403
    with clock.at(NOW + timedelta(days=32)):
        assert run_due(housekeeping.JOBS) == 2  # clearing out, anchoring
    row = session().get_one(Piece, piece.id, populate_existing=True)
    assert (row.text, row.html, row.title, row.state) == ("", "", None, "removed")
    for table in (PieceRevision, Reaction):
        assert not session().scalar(select(func.count()).select_from(table).where(table.piece_id == piece.id))
    assert f'data-piece="{piece.id}"' in browser("tuva").get(f"/t/{piece.stream_id}?around={piece.nr}").text


def test_a_thread_taken_back_takes_no_replies(browser: Browsers, make: Make, world: World) -> None:
    stream = make.thread("amina")
    make.reply("tuva", stream, "står kvar")
    assert stream.opening_id
    actions.remove_piece(world.viewer("amina"), stream.opening_id)
    tuva = browser("tuva")
    assert "står kvar" in tuva.get(f"/t/{stream.id}").text
    refused = tuva.post(f"/t/{stream.id}/replies", text="för sent", client_id="too-late-1")
    assert refused.status_code == 403


def test_a_reaction_is_a_switch(browser: Browsers, world: World) -> None:
    piece, tuva = world.piece("own-amina"), browser("tuva")
    for expected in (1, 0, 1):
        assert tuva.post(f"/pieces/{piece.id}/react", kind="hug").status_code == 303
        count = session().scalar(select(func.count()).select_from(Reaction).where(Reaction.piece_id == piece.id))
        assert count == expected
    page = tuva.get(f"/pieces/{piece.id}/react").text
    assert "Tuva" in page


def test_there_is_no_laughing_where_somebody_only_wants_to_be_heard(
    browser: Browsers, make: Make, world: World
) -> None:
    gentle = make.thread("amina", just_listen=True)
    assert gentle.opening_id
    assert actions.offered(gentle, session().get_one(Piece, gentle.opening_id)) == tuple(
        kind for kind in REACTIONS if kind != "haha"
    )
    assert 'value="haha"' not in browser("tuva").get(f"/pieces/{gentle.opening_id}/react").text
    assert browser("tuva").post(f"/pieces/{gentle.opening_id}/react", kind="haha").status_code == 422
    with pytest.raises(Invalid):
        make.reaction("tuva", gentle.opening_id, "haha")
    assert make.reaction("tuva", world.piece("open").id, "haha")


@pytest.mark.parametrize("kind", ["", "like", "HEART", "heart ", "\x00", "x" * 100_000])
def test_only_the_six_reactions_exist(browser: Browsers, world: World, kind: str) -> None:
    assert browser("tuva").post(f"/pieces/{world.piece('own-amina').id}/react", kind=kind).status_code == 422


def test_marks_of_reading_never_go_back(world: World, make: Make) -> None:
    thread = make.thread("amina")
    for _reply in range(6):
        make.reply("sara", thread)
    tuva, stream = world.viewer("tuva"), session().get_one(Stream, thread.id, populate_existing=True)
    for nr, expected in ((3, 3), (2, 3), (-5, 3), (5, 5), (10**9, stream.last_nr), (1, stream.last_nr)):
        actions.mark_read(tuva, stream, nr)
        session().expire_all()
        assert own.place_in(tuva, stream.id).read_nr == expected
