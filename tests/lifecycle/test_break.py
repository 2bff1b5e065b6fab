"""A break of one's own: reading goes on, notices rest, help and staff stay, and it ends by itself or by one press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from community.core import clock
from community.core.audit import AuditLine
from community.core.db import session
from community.core.errors import Invalid, NotAllowed
from community.lifecycle import taking_break
from community.members.models import Sanction
from tests.client import Browser
from tests.inbox import saying
from tests.make import Make
from tests.notices.letters import DAY, Inbox, has_address, post_day, wants
from tests.notices.told import unread
from tests.world import NOW, World

DAY_LONG = timedelta(days=1)


def test_it_begins_at_once_and_ends_by_itself(world: World, make: Make) -> None:
    stream = make.thread("sara")
    assert taking_break.take_break(world.viewer("tuva"), "1w") == NOW + timedelta(weeks=1)
    assert (world.viewer("tuva").standing.state, world.viewer("tuva").standing.until) == (
        "break",
        NOW + timedelta(weeks=1),
    )
    with pytest.raises(NotAllowed) as refused:
        make.reply("tuva", stream)
    assert "break" in str(refused.value.sentence) or "paus" in str(refused.value.sentence)
    with clock.at(NOW + timedelta(days=7, seconds=1)):
        assert world.viewer("tuva").standing.state == "active"
        make.reply("tuva", stream)


@pytest.mark.parametrize("length", ["", "0d", "4m", "1y", "break"])
def test_only_a_day_to_three_months(length: str, world: World) -> None:
    with pytest.raises(Invalid) as refused:
        taking_break.take_break(world.viewer("tuva"), length)
    assert refused.value.field == "length"
    assert max(length for _said, length in taking_break.LENGTHS.values()) <= timedelta(days=92)
    assert min(length for _said, length in taking_break.LENGTHS.values()) == DAY_LONG


def test_she_ends_it_when_she_wants_and_twice_is_once(world: World, make: Make) -> None:
    stream = make.thread("sara")
    taking_break.take_break(world.viewer("tuva"), "3m")
    with clock.at(NOW + DAY_LONG):
        taking_break.end_break(world.viewer("tuva"))
        make.reply("tuva", stream)
        taking_break.end_break(world.viewer("tuva"))
    ended = select(func.count()).select_from(AuditLine).where(AuditLine.act == "break.ended")
    assert session().scalar(ended) == 1


def test_another_end_takes_the_place_of_the_first(world: World) -> None:
    taking_break.take_break(world.viewer("tuva"), "3m")
    with clock.at(NOW + timedelta(hours=1)):
        taking_break.take_break(world.viewer("tuva"), "1d")
        assert taking_break.own_break(world.viewer("tuva")) == clock.now() + DAY_LONG
    with clock.at(NOW + timedelta(days=2)):
        assert world.viewer("tuva").standing.state == "active"
    assert session().scalar(select(func.count()).select_from(Sanction).where(Sanction.kind == "break")) == 2


def test_nothing_is_asked_and_nobody_is_told(world: World) -> None:
    taking_break.take_break(world.viewer("tuva"), "1w")
    line = session().scalar(select(AuditLine).where(AuditLine.act == "break.began"))
    assert line is not None and line.reason is None and line.facts == {}
    assert world.viewer("tuva").acts_unseen == 0


def test_who_works_here_has_a_rota_for_that(world: World, browser: Callable[..., Browser]) -> None:
    with pytest.raises(NotAllowed):
        taking_break.take_break(world.viewer("sara"), "1d")
    assert browser("sara").get("/me/break").status_code == 403
    assert "/me/break" not in browser("sara").get("/me").text


def test_reading_help_staff_and_what_is_hers_stay(world: World, make: Make, browser: Callable[..., Browser]) -> None:
    stream, tuva = make.thread("sara"), browser("tuva")
    taking_break.take_break(world.viewer("tuva"), "1w")
    for path in ("/", f"/t/{stream.id}", "/notifications", "/me", "/me/settings", "/me/acts", "/inbox", "/help/talk"):
        assert tuva.get(path).status_code in (200, 302, 303), path
    saying.write(world, "tuva", "to the team")
    assert tuva.post("/tell", reason="other", words="something").status_code == 303
    refused = tuva.post(f"/t/{stream.id}/replies", text="my words", client_id="break-keeps-1")
    assert refused.status_code == 403 and "my words" in refused.text
    assert tuva.post("/me/break/end").status_code == 303
    assert tuva.post(f"/t/{stream.id}/replies", text="my words", client_id="break-keeps-1").status_code == 303


def test_notices_rest_but_for_what_the_team_answers(world: World, make: Make) -> None:
    stream = make.thread("tuva")
    saying.write(world, "tuva", "to the team")
    before = unread(world, "tuva").count
    taking_break.take_break(world.viewer("tuva"), "1w")
    make.reply("sara", stream)
    assert unread(world, "tuva").figure == ""
    saying.answer(world, "sara", saying.inbox_of(world, "tuva"), "we are here")
    assert unread(world, "tuva").count == 1
    taking_break.end_break(world.viewer("tuva"))
    assert unread(world, "tuva").count == before + 2  # nothing was lost


def test_letters_wait_for_the_end_of_the_break(app: Flask, world: World, make: Make, inbox: Inbox) -> None:
    wants(world, "tuva")
    has_address(world, "tuva")
    with clock.at(DAY):
        stream = make.thread("tuva")
        taking_break.take_break(world.viewer("tuva"), "3d")
        make.reply("sara", stream)
    post_day(app, DAY + timedelta(hours=1))
    post_day(app, DAY + timedelta(days=2))
    assert inbox == []
    post_day(app, DAY + timedelta(days=3, minutes=1))
    assert len(inbox) == 1


def test_letters_go_when_she_is_back_before(app: Flask, world: World, make: Make, inbox: Inbox) -> None:
    wants(world, "tuva")
    has_address(world, "tuva")
    with clock.at(DAY):
        stream = make.thread("tuva")
        taking_break.take_break(world.viewer("tuva"), "3m")
        make.reply("sara", stream)
    post_day(app, DAY + timedelta(hours=1))
    with clock.at(DAY + timedelta(days=2)):
        taking_break.end_break(world.viewer("tuva"))
    post_day(app, DAY + timedelta(days=2, minutes=1))
    assert len(inbox) == 1


def test_the_page_says_what_it_means(world: World, browser: Callable[..., Browser]) -> None:
    tuva = browser("tuva")
    page = tuva.get("/me/break").text
    assert "You read as always" in page and "3 months" in page
    assert tuva.post("/me/break", length="nonsense").status_code == 422
    assert tuva.post("/me/break", length="1w").status_code == 303
    assert "You are on a break until" in tuva.get("/me/break").text
    assert "You are on a break until" in tuva.get("/").text
