"""Notices about what was written without a name tell no name, no hour, and go round no block and no separation."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from community.app import JOBS
from community.core import clock
from community.core.db import session
from community.core.jobs import run_due
from community.forum import actions as forum
from community.streams import muting
from community.streams.actions import Said
from community.streams.models import Piece
from tests.client import Browser
from tests.make import Make
from tests.notices.told import names, told
from tests.world import World

Browsers = Callable[..., Browser]


def _asked(world: World, who: str, *, at_once: bool = True) -> Piece:
    said = Said("Hur gör ni när det är svårt", f"nameless-of-{who}", unnamed=True, at_once=at_once)
    return forum.start_thread(world.viewer(who), world.space("vardagsrummet"), said, mode="ask", just_listen=False)


def _answers(world: World, who: str, stream_id: int, words: str = "Tack") -> None:
    forum.reply(world.viewer(who), stream_id, Said(words, f"{who}-says-{words}", unnamed=True))


def test_the_list_says_the_one_who_asked_and_the_day_alone(world: World, make: Make, browser: Browsers) -> None:
    asked = _asked(world, "amina").stream_id
    make.reply("tuva", asked)
    _answers(world, "amina", asked)
    (one,) = told(world, "tuva", world.stream("nameless-of-amina"))
    assert names(one) == ["The one who asked"] or names(one) == ["Den som frågade"]
    page = browser("tuva").get("/notifications").text
    item = re.search(rf'<li class="notice[^>]*id="notice-{one.id}".*?</li>', page, re.DOTALL)
    assert item and "Amina" not in item[0] and str(world.id("amina")) not in item[0]
    assert "2026-03-14" in item[0] and "2026-03-14T" not in item[0]


def test_a_block_keeps_none_back_and_a_separation_does(world: World, make: Make) -> None:
    by_elias, by_ivan = _asked(world, "elias").stream_id, _asked(world, "ivan").stream_id
    make.reply("amina", by_elias)  # she has blocked elias
    make.reply("tuva", by_ivan)
    _answers(world, "elias", by_elias)
    assert len(told(world, "amina", world.stream("nameless-of-elias"))) == 1
    make.excluded("tuva", "ivan", "separation")
    _answers(world, "ivan", by_ivan)
    assert told(world, "tuva", world.stream("nameless-of-ivan")) == []


def test_its_author_is_told_when_it_stands(world: World, make: Make, browser: Browsers) -> None:
    opening = _asked(world, "amina", at_once=False)
    due_at = opening.due_at
    assert due_at is not None and told(world, "amina", world.stream("nameless-of-amina")) == []
    with clock.at(due_at + timedelta(seconds=1)):
        run_due(tuple(job for job in JOBS if job.key == "delayed pieces"))
        assert session().get_one(Piece, opening.id, populate_existing=True).state == "published"
        (one,) = told(world, "amina", world.stream("nameless-of-amina"))
        assert one.kind == "published"


def test_lists_of_hosts_and_of_tags_name_nobody(world: World, make: Make, browser: Browsers) -> None:
    asked = _asked(world, "amina")
    with clock.at((asked.published_at or asked.written_at) + timedelta(hours=30)):
        listed = browser("jonna").get("/unanswered").text
        item = listed[listed.index("Hur gör ni när det är svårt") - 600 :][:1200]
        assert "Amina" not in item and str(world.id("amina")) not in item and "Någon i gruppen" in item
    answer = browser("tuva").get(f"/people/{world.id('amina')}").text
    assert "Hur gör ni när det är svårt" not in answer


def test_whom_one_muted_tells_nothing_by_name_and_without_one_nobody_is_muted(world: World, make: Make) -> None:
    thread = make.thread("tuva")
    muting.mute_person(world.viewer("tuva"), world.id("amina"))
    make.reply("amina", thread)
    assert told(world, "tuva", thread) == []
    asked = _asked(world, "amina").stream_id
    make.reply("tuva", asked)
    _answers(world, "amina", asked)
    assert len(told(world, "tuva", world.stream("nameless-of-amina"))) == 1
