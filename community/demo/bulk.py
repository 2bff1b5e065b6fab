"""A demo folder filled with as much as ten years of a large house would hold: `flask demo bulk --posts 1000000`.

Everything follows from the number of posts, the seed and the moment it ends, so a run that was stopped anywhere is
started again with the same words and ends with the same rows. Threads are written whole, in the order of their number,
some thousand posts to a transaction; the first one missing is where the next run begins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import insert, select, text

import config
from community.core import clock
from community.core.db import remove, session, transaction
from community.core.model_base import LARGEST_ID
from community.demo import seed, sentences
from community.demo.people import PEOPLE
from community.demo.rows import Row, Rows, Talk
from community.forum.models import MODES
from community.members.house_rules import FIRST
from community.members.models import House, Member, MembershipPeriod
from community.members.people import PersonFacts
from community.members.queries import as_viewer, everybody
from community.spaces.models import Space
from community.spaces.rules import reads
from community.streams.models import REACTIONS, Stream

YEARS = timedelta(days=3652)
LONGEST = 10_000  # replies in the one long thread; a quarter of a small order
NEWCOMERS = 300
BATCH = 5_000  # posts to a transaction
BEFORE_THE_ANCHOR = timedelta(days=2)  # the demo's own threads stay on the first page
STEP = 0x13C6EF372FE95 | 1  # odd, so that counting with it meets every id once
CHANNELS = {
    "vardagsrummet": 30, "minnen": 12, "fraga": 14, "koket": 8, "bo-pengar": 8, "jobb-plugg": 6, "kanns-det": 6,
    "utflyttat": 8, "solglantan": 3, "linden": 3, "ideverkstan": 1, "personalrummet": 1,
}  # fmt: skip

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Order:
    """What is to be there in the end."""

    posts: int
    seed: int
    until: datetime

    def number(self, kind: str, count: int) -> int:
        """The id of the nth of a kind. Never twice, never in order."""
        return (_start(self.seed, kind) + count * STEP) % (LARGEST_ID + 1) or LARGEST_ID

    def sizes(self) -> list[int]:
        """How many posts each thread has, its opening included: one very long, most of them short."""
        dice = Random(f"{self.seed} sizes")
        found = [min(LONGEST, self.posts // 4) + 1]
        left = self.posts - found[0]
        while left > 0:
            size = 1 if dice.random() < 0.12 else 1 + min(400, int(dice.lognormvariate(1.7, 1.0)))
            found.append(min(size, left))
            left -= found[-1]
        return found


@cache
def _start(number: int, kind: str) -> int:
    return Random(f"{number} {kind}").randrange(LARGEST_ID)


@dataclass(frozen=True)
class _Place:
    """A channel and who writes there, in the order they came."""

    space_id: int
    came: list[datetime]
    people: list[int]

    def around(self, at: datetime) -> list[int]:
        return self.people[: bisect_right(self.came, at)]


def order_for(settings: config.Settings, posts: int, number: int) -> Order:
    """What this folder is being filled with. Raises ValueError when it was begun with other numbers."""
    begun = config.recall(settings.data).get("bulk")
    if begun is None:
        until = seed.anchor_on(clock.today()) - BEFORE_THE_ANCHOR
        begun = {"posts": posts, "seed": number, "until": until.isoformat()}
        config.remember(settings.data, bulk=begun)
    assert isinstance(begun, dict)
    if (begun["posts"], begun["seed"]) != (posts, number):
        raise ValueError(
            f"This folder is being filled with --posts {begun['posts']} --seed {begun['seed']}: use these, or another."
        )
    return Order(posts, number, datetime.fromisoformat(begun["until"]))


def fill(order: Order, said: Progress = lambda _done, _all: None, *, batch: int = BATCH) -> None:
    """Write what is not there yet. `said` hears after every transaction how many posts stand of how many."""
    _with_room()
    _newcomers(order)
    places = _places(order)
    sizes = order.sizes()
    begin = _first_missing(order, len(sizes))
    done = sum(sizes[:begin])
    rows, waiting = Rows(), 0
    for thread in range(begin, len(sizes)):
        _thread(order, rows, places, thread, sizes[thread], done + waiting)
        waiting += sizes[thread]
        if waiting >= batch or thread == len(sizes) - 1:
            with transaction() as s:
                rows.write(s)
            done, waiting = done + waiting, 0
            said(done, order.posts)
    remove()


def _with_room() -> None:
    """Random ids reach all over the tables: SQLite needs them in memory."""
    if session().get_bind().dialect.name == "sqlite":
        session().execute(text("PRAGMA cache_size = -400000"))


def _first_missing(order: Order, count: int) -> int:
    """Threads stand in the order of their number, so half the question answers half of it."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if session().get(Stream, order.number("stream", middle)) is None:
            high = middle
        else:
            low = middle + 1
    return low


def _newcomers(order: Order) -> None:
    """Some hundred more people than the demo has; one transaction, so all of them or none."""
    if session().get(Member, order.number("member", 0)) is not None:
        return
    dice, today = Random(f"{order.seed} people"), clock.local(order.until).date()
    stored = session().scalars(select(Member.password_hash).order_by(Member.sign_in_name).limit(1)).one()
    houses = list(session().scalars(select(House.id).order_by(House.name)))
    members: list[Row] = []
    periods: list[Row] = []
    for n in range(NEWCOMERS):
        name = f"{sentences.GIVEN_NAMES[n % len(sentences.GIVEN_NAMES)]} {chr(65 + n // len(sentences.GIVEN_NAMES))}"
        lived = _lives(dice, n, today)
        joined = clock.start_of(lived[0][1])
        member_id, house = order.number("member", n), dice.choice(houses)
        members.append(_member(member_id, name, stored, dice, joined))
        ends = [start for _kind, start in lived[1:]] + [None]
        for part, ((kind, start), end) in enumerate(zip(lived, ends, strict=True)):
            period = {"id": order.number("period", n * 2 + part), "member_id": member_id, "kind": kind}
            periods.append({**period, "house_id": house, "from_on": start, "to_on": end})
    with transaction() as s:
        s.execute(insert(Member.__table__), members)  # type: ignore[arg-type]
        s.execute(insert(MembershipPeriod.__table__), periods)  # type: ignore[arg-type]


def _lives(dice: Random, n: int, today: date) -> list[tuple[str, date]]:
    """Of ten, two live here, one works here, seven have lived here: (kind, from) in order."""
    if n % 10 < 2:
        return [("resident", today - timedelta(days=dice.randrange(60, 1200)))]
    if n % 10 == 2:
        return [("staff", today - timedelta(days=dice.randrange(400, 6000)))]
    left = today - timedelta(days=dice.randrange(100, 4700))
    return [("resident", left - timedelta(days=dice.randrange(300, 1500))), ("alumnus", left)]


def _member(member_id: int, name: str, stored: str, dice: Random, joined: datetime) -> Row:
    """Adults whom somebody has checked; the demo's one password opens for them too."""
    return {
        "id": member_id, "sign_in_name": name.replace(" ", "").lower(), "display_name": name, "password_hash": stored,
        "language": dice.choice(("sv", "sv", "sv", "en")), "avatar": f"a{dice.randrange(1, 25):02}",
        "colour": dice.choice("abcdef"), "birth_on_sealed": None, "adult_checked_by": None, "adult_checked_at": joined,
        "protected": False, "rules_version": FIRST, "joined_at": joined, "hello_again_at": None,
        "hello_asked": 2, "left_at": None,
    }  # fmt: skip


def _places(order: Order) -> list[tuple[_Place, int]]:
    """The channels with their share of all threads, and who writes there: demo people and newcomers who read it."""
    with clock.at(order.until):
        known = session().scalars(select(Member.id).where(Member.sign_in_name == "birgitta")).one()
        everyone = _as_ordered(order, everybody(as_viewer(known)))
        came: dict[int, datetime] = {}
        periods = select(MembershipPeriod.member_id, MembershipPeriod.from_on).order_by(MembershipPeriod.from_on.desc())
        for member_id, day in session().execute(periods):
            came[member_id] = clock.start_of(day) + timedelta(days=1)
        found = []
        spaces = {space.slug: space for space in session().scalars(select(Space))}
        for slug, share in CHANNELS.items():
            space = spaces[slug]
            readers = sorted((came[one.id], one.id) for one in everyone if reads(one, space))
            place = _Place(space.id, [moment for moment, _id in readers], [member_id for _moment, member_id in readers])
            found.append((place, share))
    return found


def _as_ordered(order: Order, everyone: list[PersonFacts]) -> list[PersonFacts]:
    """Without anybody who joined since: they must not change what a second run writes."""
    demo = {person["sign_in"] for person in PEOPLE}
    names = session().execute(select(Member.id).where(Member.sign_in_name.in_(demo)))
    ours = {row.id for row in names} | {order.number("member", n) for n in range(NEWCOMERS)}
    return [one for one in everyone if one.id in ours]


def _thread(order: Order, rows: Rows, places: list[tuple[_Place, int]], thread: int, size: int, before: int) -> None:
    """One thread with all its posts; `before` counts the posts of the threads before it."""
    dice = Random(f"{order.seed} thread {thread}")
    opened, moments = _moments(order, dice, thread, size)
    place = dice.choices([place for place, _share in places], [share for _place, share in places])[0]
    people = place.around(opened)
    if thread == 0 or len(people) < 3:
        place = places[0][0]
        people = place.around(opened)
    talkers = dice.sample(people, min(len(people), 2 + size // 3, 40))
    lang = "sv" if dice.random() < 0.8 else "en"
    mode = dice.choice(MODES)
    talk = Talk(rows, order.number("stream", thread), place.space_id, mode=mode, just_listen=dice.random() < 0.08)
    kinds = [kind for kind in REACTIONS if kind != "haha" or not talk.stream["gentle"]]
    for n, at in enumerate(moments):
        words = sentences.paragraph(dice, lang)
        said: dict[str, Any] = {"text": words, "html": f"<p>{words}</p>\n", "lang": lang}
        said["client_id"] = f"bulk-{before + n}"
        if n == 0 and dice.random() < 0.7:
            said["title"] = sentences.title(dice, lang)
        author = talkers[0] if n == 0 else dice.choice(talkers)
        piece = talk.say(order.number("piece", before + n), author, at, said)
        if dice.random() < 0.25:
            then = moments[n + 1] if n + 1 < size else min(at + timedelta(hours=3), order.until)
            for reader in dice.sample(talkers, min(len(talkers), dice.choice((1, 1, 1, 2, 3)))):
                if reader != author:
                    talk.react(piece, reader, dice.choice(kinds), then)


def _moments(order: Order, dice: Random, thread: int, size: int) -> tuple[datetime, list[datetime]]:
    """When it was opened, and when each post came: soon after each other, more of them in later years."""
    start = order.until - YEARS
    opened = start if thread == 0 else start + timedelta(seconds=int(YEARS.total_seconds() * dice.random() ** 0.6))
    room = (order.until - opened).total_seconds()
    lasts = room if thread == 0 else min(room, 3600 * dice.lognormvariate(3.0, 1.2))
    later = sorted(int(lasts * dice.random() ** (1 if thread == 0 else 2)) for _post in range(size - 1))
    return opened, [opened, *(opened + timedelta(seconds=seconds) for seconds in later)]
