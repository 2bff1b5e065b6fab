"""Nobody is left unanswered: what hosts see of posts that wait, in which order, and the figure beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from community.core import clock, db, ratelimit
from community.core.errors import NotAllowed
from community.forum import unanswered
from community.streams import actions as streams
from tests.client import Browser
from tests.counting import counted
from tests.make import Make
from tests.world import NOW, World

Browsers = Callable[..., Browser]
FOUR = timedelta(hours=4)


def at(hours: float) -> Any:
    return clock.at(NOW + timedelta(hours=hours))


def waiting(world: World, name: str = "jonna") -> list[int]:
    return [view.id for view in unanswered.waiting_for(world.viewer(name), FOUR)]


def test_hosts_alone_see_it(browser: Browsers, world: World) -> None:
    for name in ("amina", "johanna", "sara", "petra", "birgitta"):
        assert browser(name).get("/unanswered").status_code == 403
        assert "/unanswered" not in browser(name).get("/me").text + browser(name).get("/").text
        for ask in (
            lambda viewer: unanswered.waiting_for(viewer, FOUR),
            lambda viewer: unanswered.count_waiting(viewer, FOUR),
            unanswered.reply_times,
        ):
            with pytest.raises(NotAllowed):
                ask(world.viewer(name))
    jonna = browser("jonna")
    assert jonna.get("/unanswered").status_code == 200
    assert 'href="/unanswered"' in jonna.get("/me").text and 'href="/unanswered"' in jonna.get("/").text


def test_what_asks_for_support_rises_after_four_hours(make: Make, world: World) -> None:
    asked, heard = make.thread("tuva", mode="ask"), make.thread("vera", just_listen=True)
    make.thread("samir", mode="tell")
    make.thread("samir", mode="happy")
    with at(3.9):
        assert waiting(world) == []
    with at(4.1):
        assert set(waiting(world)) == {asked.id, heard.id}
        assert unanswered.count_waiting(world.viewer("jonna"), FOUR) == 2
    with clock.at(NOW + timedelta(days=89)):
        assert set(waiting(world)) == {asked.id, heard.id}
    with clock.at(NOW + timedelta(days=91)):
        assert waiting(world) == []


def test_a_reply_of_her_own_or_one_taken_back_is_none(make: Make, world: World) -> None:
    thread = make.thread("tuva", mode="ask")
    make.reply("tuva", thread)
    with at(5):
        assert waiting(world) == [thread.id]
        reply = make.reply("samir", thread)
        assert waiting(world) == []
        streams.remove_piece(world.viewer("samir"), reply.id)
        assert waiting(world) == [thread.id]


def test_held_hidden_and_taken_back_posts_wait_for_nobody(make: Make, world: World) -> None:
    thread = make.thread("tuva", mode="ask")
    with at(5):
        assert waiting(world) == [thread.id]
        assert thread.opening_id
        streams.remove_piece(world.viewer("tuva"), thread.opening_id)
        assert waiting(world) == []


def test_a_host_sees_her_channels_and_nobody_she_is_kept_apart_from(make: Make, world: World) -> None:
    foreign = make.thread("tuva", "solglantan", mode="ask")
    hers = make.thread("samir", "linden", mode="ask")
    apart = make.thread("ivan", mode="ask")
    make.excluded("jonna", "ivan")
    with at(5):
        assert waiting(world) == [hers.id]
        assert foreign.id != apart.id


def test_the_longest_wait_first_in_pages(make: Make, browser: Browsers) -> None:
    made = []
    with ratelimit.ignored():
        for number in range(45):
            with clock.at(NOW + timedelta(minutes=number)):
                made.append(make.thread("tuva", "fraga", mode="ask").id)
    with at(6):
        jonna, path, found = browser("jonna"), "/unanswered", []
        while path:
            text = jonna.get(path).text
            found += [int(one) for one in re.findall(r'href="/t/(\d+)#composer"', text)]
            more = re.search(r'href="(\?after=[^"]+)"', text)
            path = f"/unanswered{more[1]}" if more else ""
    assert found == made


def test_it_says_how_long_and_whose_name_as_everywhere(make: Make, browser: Browsers) -> None:
    make.thread("noor", "fraga", title="Vem vet", mode="ask")
    with at(7.6):
        page = browser("jonna").get("/unanswered").text
    assert "har väntat i 7 timmar" in page and "Vem vet" in page and ">Noor<" in page
    assert "<time" not in page


def test_as_many_queries_for_two_as_for_twenty(make: Make, browser: Browsers, rolled_back: Any) -> None:
    counts = []
    for number in (2, 18):
        with ratelimit.ignored(), at(-6):
            for _thread in range(number):
                make.thread("tuva", "fraga", mode="ask")
        jonna = browser("jonna")
        jonna.get("/unanswered")
        db.remove()
        with counted(rolled_back) as asked:
            text = jonna.get("/unanswered").text
        assert text.count('class="card waiting"') >= number
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] - 5 <= 8  # five of them find out who is asking


def times(world: World) -> dict[int, unanswered.ReplyTime]:
    return {time.days: time for time in unanswered.reply_times(world.viewer("jonna"))}


def test_the_time_to_the_first_reply(make: Make, world: World) -> None:
    """Half of them within the median; replies of the author, second ones and posts that only tell don't count."""
    with ratelimit.ignored():
        for minutes in (10, 20, 30, 600):
            thread = make.thread("tuva", mode="ask")
            make.reply("tuva", thread)
            with clock.at(NOW + timedelta(minutes=minutes)):
                make.reply("samir", thread)
            with clock.at(NOW + timedelta(minutes=minutes + 100)):
                make.reply("vera", thread)
        told = make.thread("tuva")
        make.reply("samir", told)
        with at(24):
            few = times(world)
            assert few[30].half_within is None and (few[30].asked, few[30].answered) == (4, 4)
        fifth, waits = make.thread("vera", just_listen=True), make.thread("vera", mode="ask")
        with clock.at(NOW + timedelta(minutes=40)):
            make.reply("sara", fifth)
        with at(24):
            now = times(world)
            assert now[30].half_within == now[90].half_within == timedelta(minutes=30)
            assert (now[30].asked, now[30].answered) == (6, 5)
        assert waits.id
    with clock.at(NOW + timedelta(days=40)):
        assert (times(world)[30].asked, times(world)[30].half_within) == (0, None)
        assert times(world)[90].half_within == timedelta(minutes=30)
    with clock.at(NOW + timedelta(days=91)):
        assert times(world)[90].asked == 0


def test_under_five_it_is_too_few_to_say(make: Make, browser: Browsers) -> None:
    make.reply("samir", make.thread("tuva", mode="ask"))
    page = browser("jonna").get("/unanswered").text
    assert page.count("för få för att säga") == 2 and "har fått svar" not in page
