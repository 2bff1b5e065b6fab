"""Fills an empty database with the demo: people first, then everything they wrote, in the order of time."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

import config
from community.core import clock, ratelimit
from community.core.db import ids_from, remove, session, transaction
from community.core.model_base import LARGEST_ID
from community.demo.people import HOUSES, PEOPLE
from community.demo.threads import ANCHOR_TIME, THREADS
from community.forum import actions as forum
from community.members import passwords
from community.members.house_rules import RULES_VERSION
from community.members.models import Duty, House, Member, MembershipPeriod
from community.members.queries import as_viewer
from community.members.rules import COMMAND_LINE
from community.spaces import actions as spaces
from community.spaces.models import Space
from community.streams import actions as streams
from community.streams.actions import Said
from community.streams.models import Stream

PASSWORD = "hearth-demo"
SEED = 1907
LAST_VISIT = timedelta(hours=30)  # before the anchor: what came after is new to everybody

Step = tuple[datetime, int, Callable[[], None]]


def fill(settings: config.Settings, day: date | None = None) -> bool:
    """Fill the database unless it has members already. Returns whether it did. All or nothing."""
    if session().scalar(select(Member.id).limit(1)) is not None:
        return False
    anchor = anchor_on(day or clock.today())
    stored = passwords.hashed(PASSWORD)
    with _same_every_time(), transaction():
        with clock.at(anchor - timedelta(days=500)):
            people = _people(anchor, stored)
            spaces.open_first_spaces(COMMAND_LINE)
        for moment, _number, step in sorted(_Writing(anchor, people).steps(), key=lambda step: step[:2]):
            with clock.at(moment):
                step()
    config.remember_demo(settings.data)
    remove()
    return True


def anchor_on(day: date) -> datetime:
    """The Saturday evening everything is told from: the latest that has passed, so that weekdays in texts are right."""
    hour, minute = (int(part) for part in ANCHOR_TIME.split(":"))
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    evening = clock.start_of(saturday) + timedelta(hours=hour, minutes=minute)
    return evening if evening <= clock.now() or saturday < day else evening - timedelta(days=7)


@contextmanager
def _same_every_time() -> Iterator[None]:
    dice = random.Random(SEED)
    with ids_from(lambda: dice.randrange(1, LARGEST_ID)), ratelimit.ignored():
        yield


def _people(anchor: datetime, stored: str) -> dict[str, int]:
    today = clock.local(anchor).date()
    s = session()
    houses = {house["key"]: House(name=house["name"]) for house in HOUSES}
    s.add_all(houses.values())
    s.flush()
    ids: dict[str, int] = {}
    for person in PEOPLE:
        member = _member(person, today, stored)
        s.add(member)
        s.flush()
        ids[person["sign_in"]] = member.id
        for kind, house, start, end in person["periods"]:
            period = MembershipPeriod(
                member_id=member.id, kind=kind, house_id=houses[house].id, from_on=_day(today, start)
            )
            period.to_on = None if end is None else _day(today, end)
            s.add(period)
    for person in PEOPLE:
        for kind, resident in person["duties"]:
            start = _day(today, person["periods"][-1][2])
            s.add(Duty(member_id=ids[person["sign_in"]], kind=kind, resident_id=ids.get(resident or ""), from_on=start))
    s.flush()
    return ids


def _member(person: dict[str, Any], today: date, stored: str) -> Member:
    age = person["age"]
    birth_on = None
    if age is not None:  # the birthday lies some months back, so that nobody turns a year older during a trial
        birth_on = (today - timedelta(days=120 + 7 * len(person["name"]))).replace(day=15)
        birth_on = birth_on.replace(year=birth_on.year - age)
    return Member(
        sign_in_name=person["sign_in"],
        display_name=person["name"],
        password_hash=stored,
        language=person["language"],
        avatar=person["avatar"],
        colour=person["colour"],
        birth_on=birth_on,
        adult_checked_at=clock.now() if age is None else None,
        protected=person["protected"],
        rules_version=RULES_VERSION,
        joined_at=clock.now(),
        hello_asked=2,
    )


def _day(today: date, said: int | str) -> date:
    return today + timedelta(days=said) if isinstance(said, int) else date.fromisoformat(said)


class _Writing:
    """Everything that was written, as steps in time; later steps refer to earlier ones by name."""

    def __init__(self, anchor: datetime, people: dict[str, int]) -> None:
        self.anchor, self.people = anchor, people
        self.places = {space.slug: space.id for space in session().scalars(select(Space))}
        self.pieces: dict[str, int] = {}

    def steps(self) -> Iterator[Step]:
        for thread in THREADS:
            name, opened = thread["key"], self.anchor - timedelta(days=thread["days_ago"])
            yield opened, 0, partial(self.open, thread)
            yield from self.reactions(name, opened, thread["reactions"])
            for number, reply in enumerate(thread["replies"], 1):
                said_at = opened + timedelta(hours=reply["hours_after"])
                yield said_at, number, partial(self.reply, thread, reply, f"{name}/{number}")
                yield from self.reactions(f"{name}/{number}", said_at, reply["reactions"])
        yield self.anchor - LAST_VISIT, 0, partial(_everybody_visits, self.people)

    def reactions(self, name: str, after: datetime, made: list[tuple[str, str]]) -> Iterator[Step]:
        for number, (who, kind) in enumerate(made, 1):
            moment = max(after + timedelta(minutes=3 * number), _came_in(who, clock.local(self.anchor).date()))
            yield moment, 100, partial(self.react, name, who, kind)

    def open(self, thread: dict[str, Any]) -> None:
        actor, space_id = as_viewer(self.people[thread["author"]]), self.places[thread["space"]]
        said = Said(thread["text"], _try(thread["key"]), thread["title"])
        piece = forum.start_thread(actor, space_id, said, mode=thread["mode"], just_listen=thread["just_listen"])
        self.pieces[thread["key"]] = piece.id

    def reply(self, thread: dict[str, Any], reply: dict[str, Any], name: str) -> None:
        stream_id = session().scalar(select(Stream.id).where(Stream.opening_id == self.pieces[thread["key"]]))
        assert stream_id is not None
        actor = as_viewer(self.people[reply["author"]])
        self.pieces[name] = forum.reply(actor, stream_id, Said(reply["text"], _try(name))).id

    def react(self, name: str, who: str, kind: str) -> None:
        streams.react(as_viewer(self.people[who]), self.pieces[name], kind)


def _came_in(who: str, today: date) -> datetime:
    """The afternoon somebody came to the group; she reacts to older posts then."""
    person = next(person for person in PEOPLE if person["sign_in"] == who)
    return clock.start_of(_day(today, person["periods"][0][2])) + timedelta(hours=17)


def _everybody_visits(people: dict[str, int]) -> None:
    """Everybody has read all that stands so far."""
    for member_id in people.values():
        viewer = as_viewer(member_id)
        for stream in session().scalars(select(Stream)):
            streams.mark_read(viewer, stream, stream.last_nr)


def _try(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"demo/{name}"))
