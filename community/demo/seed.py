"""Fills an empty database with the demo: people first, then everything they wrote, in the order of time."""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

import config
from community.channels import actions as channels
from community.channels import pinning
from community.chat import actions as chats
from community.core import clock, mentions, text
from community.core.db import ids_from, new_id, remove, session, take_turns, transaction
from community.core.model_base import LARGEST_ID
from community.demo import (
    acts,
    albums,
    apart,
    chatting,
    concerns,
    found,
    in_touch,
    leaving,
    moves,
    moving,
    notices,
    pictures,
    questions,
    rota,
    talking,
    team,
    threads,
    threads_first,
    threads_own,
    threads_second,
    waiting,
)
from community.demo.people import HOUSES, PEOPLE
from community.demo.rows import Row, Rows, Talk
from community.demo.spaces import MORE
from community.members import passwords, trust
from community.members.house_rules import FIRST
from community.members.models import Duty, House, Member, MembershipPeriod, Profile, Trust
from community.members.queries import as_viewer, everybody
from community.members.rules import COMMAND_LINE
from community.spaces import actions as spaces
from community.spaces.models import Space
from community.spaces.rules import reads

PASSWORD = "hearth-demo"
SEED = 1907
TURN, FILLING = 1907, 60.0  # the number processes take turns by, and seconds one waits for another
THREADS: list[dict[str, Any]] = [
    *threads.THREADS,
    *threads_first.FIRST,
    *threads_second.SECOND,
    *threads_own.OWN,
    *questions.MORE,
]

Step = tuple[datetime, int, Callable[[], None]]


def fill(settings: config.Settings, day: date | None = None, *, pictured: bool = False) -> bool:
    """Fill the database unless it has members already; `pictured`: with drawn pictures, which takes some seconds more.
    Returns whether it did. All or nothing, and by one process where several start at once."""
    if _has_members():
        return False
    drawn: AbstractContextManager[pictures.Drawn] = pictures.drawn() if pictured else nullcontext({})
    try:
        with drawn as files:
            _fill(anchor_on(day or clock.today()), files)
    except _SomebodyDid:
        return False
    config.remember_demo(settings.data)
    remove()
    return True


class _SomebodyDid(Exception):
    """Another process filled it meanwhile."""


def _fill(anchor: datetime, files: pictures.Drawn) -> None:
    stored = passwords.hashed(PASSWORD)
    with _same_every_time(), transaction(patience=FILLING) as s:
        take_turns(TURN)
        if _has_members():
            raise _SomebodyDid
        with clock.at(anchor - timedelta(days=500)):
            people = _people(anchor, stored)
            spaces.open_first_spaces(COMMAND_LINE)
            spaces.open_spaces(COMMAND_LINE, MORE)
            chats.open_standing()
        leaving.plan(anchor, people)
        with clock.at(anchor):
            writing = _Writing(anchor, people)
            made = writing.rows()
            told = notices.told(made, list(writing.talks.values()), writing.reads, anchor)
            made.write(s)
            notices.write(s, told)
            rota.write(s, anchor, people)
        _by_staff(anchor, people, writing)
        _known(anchor, people)
        concerns.write(anchor, people)
        waiting.write(anchor, people, writing.talks["sunday-dinner"].stream["id"])
        chatting.write(anchor, people)
        talking.write(anchor, people)
        team.write(anchor, people)
        apart.write(anchor, people)
        found.write(anchor, people)
        moves.write(anchor, people)
        moving.write(anchor, people, writing.talks["first-rent"].stream["id"])
        in_touch.write(anchor, people)
        pieces = {name: row["id"] for name, row in writing.pieces.items()}
        pictures.write(anchor, people, pieces, files)
        albums.write(anchor, people, pieces, files)


def _has_members() -> bool:
    return session().scalar(select(Member.id).limit(1)) is not None


def _by_staff(anchor: datetime, people: dict[str, int], writing: _Writing) -> None:
    """What the house manager has changed about a channel, and what is pinned, through the actions themselves."""
    with clock.at(anchor - timedelta(days=30)):
        birgitta, space = as_viewer(people["birgitta"]), writing.places["kanns-det"]
        wish = channels.Wish(**{**channels.values_of(space), "asks_whom": True})
        channels.change_channel(birgitta, space.id, wish, version=space.version)
    acts.decide(anchor, people, {slug: place.id for slug, place in writing.places.items()})
    today = clock.local(anchor).date()
    for thread, who, on_home, days in (("welcome-home", "birgitta", True, 12), ("budget", "sara", False, 40)):
        with clock.at(anchor - timedelta(days=1)):
            pinning.pin(
                as_viewer(people[who]),
                writing.talks[thread].stream["id"],
                in_channel=True,
                on_home=on_home,
                until_on=today + timedelta(days=days),
            )


def _known(anchor: datetime, people: dict[str, int]) -> None:
    """Everybody grown up was invited by somebody who knows her, so that nobody's first posts wait any more."""
    with transaction() as s:
        for person in PEOPLE:
            if person["periods"][-1][0] != "staff" and (person["age"] is None or person["age"] >= 18):
                known = Trust(member_id=people[person["sign_in"]], kind=trust.KNOWN, given_by=people["birgitta"])
                known.given_at = anchor - timedelta(days=400)
                s.add(known)
        s.flush()


def anchor_on(day: date) -> datetime:
    """The Saturday evening everything is told from: the latest that has passed, so that weekdays in texts are right."""
    hour, minute = (int(part) for part in threads.ANCHOR_TIME.split(":"))
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    evening = clock.start_of(saturday) + timedelta(hours=hour, minutes=minute)
    return evening if evening <= clock.now() or saturday < day else evening - timedelta(days=7)


@contextmanager
def _same_every_time() -> Iterator[None]:
    dice = random.Random(SEED)
    with ids_from(lambda: dice.randrange(1, LARGEST_ID)):
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
        ids[person["sign_in"]] = member.id
    s.flush()
    for person in PEOPLE:
        member_id = ids[person["sign_in"]]
        for kind, house, start, end in person["periods"]:
            period = MembershipPeriod(member_id=member_id, kind=kind, house_id=houses[house].id)
            period.from_on, period.to_on = _day(today, start), None if end is None else _day(today, end)
            s.add(period)
        begins, ends = person["periods"][-1][2:]
        for kind, resident, start, end in person["duties"]:
            duty = Duty(member_id=member_id, kind=kind, resident_id=ids.get(resident or ""))
            duty.from_on = _day(today, begins if start is None else start)
            last = ends if end is None else end
            duty.to_on = None if last is None else _day(today, last)
            s.add(duty)
        if person["about"]:
            s.add(
                Profile(
                    member_id=member_id, about=person["about"], tells_year=person["tells_year"], changed_at=clock.now()
                )
            )
    s.flush()
    return ids


def _member(person: dict[str, Any], today: date, stored: str) -> Member:
    age = person["age"]
    birth_on = None
    if age is not None:
        birth_on = _birthday(person, today)
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
        rules_version=FIRST,
        joined_at=clock.now(),
        hello_asked=2,
    )


def _birthday(person: dict[str, Any], today: date) -> date:
    """The last one. Unless it is told of, it lies some months back: nobody turns a year older during a trial."""
    if person["birthday"] is not None:
        day = today + timedelta(days=person["birthday"])
        return day if (day.month, day.day) != (2, 29) else day + timedelta(days=1)
    return (today - timedelta(days=120 + 7 * len(person["name"]))).replace(day=15)


def _day(today: date, said: int | str) -> date:
    return today + timedelta(days=said) if isinstance(said, int) else date.fromisoformat(said)


class _Writing:
    """Everything that was written, as steps in time; later steps refer to earlier ones by name."""

    def __init__(self, anchor: datetime, people: dict[str, int]) -> None:
        self.anchor, self.people = anchor, people
        self.names = {mentions.folded(person["name"]): [people[person["sign_in"]]] for person in PEOPLE}
        self.language = {person["sign_in"]: person["language"] for person in PEOPLE}
        self.places = {space.slug: space for space in session().scalars(select(Space))}
        self.readers = {facts.id: facts for facts in everybody(as_viewer(people["birgitta"]))}
        self.talks: dict[str, Talk] = {}
        self.pieces: dict[str, Row] = {}
        self.nameless: dict[str, str] = {}  # who wrote a thread without her name, and goes on so
        self.made = Rows()

    def rows(self) -> Rows:
        for _moment, _number, step in sorted(self.steps(), key=lambda step: step[:2]):
            step()
        return self.made

    def steps(self) -> Iterator[Step]:
        for thread in THREADS:
            name, opened = thread["key"], self.anchor - timedelta(days=thread["days_ago"])
            yield opened, 0, partial(self.open, thread, opened)
            yield from self.reactions(name, name, opened, thread["reactions"])
            if name in questions.HELPED:
                number, hours = questions.HELPED[name]
                said_at = opened + timedelta(hours=hours)
                yield said_at, 200, partial(self.helped, thread, f"{name}/{number}", said_at)
            for number, reply in enumerate(thread["replies"], 1):
                said_at = opened + timedelta(hours=reply["hours_after"])
                yield said_at, number, partial(self.say, name, f"{name}/{number}", reply, said_at)
                yield from self.reactions(name, f"{name}/{number}", said_at, reply["reactions"])
        visits = defaultdict(list)
        for person in PEOPLE:
            visits[person["last_visit"]].append(self.people[person["sign_in"]])
        for hours, visitors in visits.items():
            moment = self.anchor - timedelta(hours=hours)
            yield moment, 0, partial(self.visit, visitors, moment)

    def reactions(self, thread: str, name: str, after: datetime, made: list[tuple[str, str]]) -> Iterator[Step]:
        for number, (who, kind) in enumerate(made, 1):
            moment = max(after + timedelta(minutes=3 * number), _came_in(who, clock.local(self.anchor).date()))
            yield moment, 100, partial(self.react, thread, name, who, kind, moment)

    def open(self, thread: dict[str, Any], at: datetime) -> None:
        name, listen = thread["key"], thread["just_listen"]
        if thread.get("nameless"):
            self.nameless[name] = thread["author"]
        space = self.places[thread["space"]]
        tags = questions.TAGS.get(name, ())
        house_id = None
        if thread.get("whom") == "house":
            house_id = self.readers[self.people[thread["author"]]].house_id
        self.talks[name] = Talk(
            self.made, new_id(), space.id, mode=thread["mode"], just_listen=listen, tags=tags, house_id=house_id
        )
        self.say(name, name, thread, at)

    def say(self, thread: str, name: str, what: dict[str, Any], at: datetime) -> None:
        body, title = text.tidy(what["text"]), what.get("title")
        lang = text.language_of(f"{title or ''} {body}", self.language[what["author"]])
        body = mentions.with_marks(body, self.names)
        said = {"text": body, "html": text.to_html(body), "lang": lang, "title": title, "client_id": _try(name)}
        if what["author"] == self.nameless.get(thread):
            said["unnamed"] = True
        said |= {"note": what.get("note"), **self.quoted(what)}
        self.pieces[name] = self.talks[thread].say(new_id(), self.people[what["author"]], at, said)

    def quoted(self, what: dict[str, Any]) -> Row:
        """What a reply quotes: (name of a piece, words of it)."""
        if "quotes" not in what:
            return {}
        name, words = what["quotes"]
        source = self.pieces[name]
        start = text.plain(source["html"]).index(words)
        place = {"quote_from": start, "quote_to": start + len(words)}
        return {"quote_id": source["id"], "quote_version": source["version"], **place}

    def react(self, thread: str, name: str, who: str, kind: str, at: datetime) -> None:
        self.talks[thread].react(self.pieces[name], self.people[who], kind, at)

    def helped(self, thread: dict[str, Any], name: str, at: datetime) -> None:
        self.talks[thread["key"]].mark(self.pieces[name], self.people[thread["author"]], at)

    def reads(self, member_id: int, talk: Talk) -> bool:
        space = next(space for space in self.places.values() if space.id == talk.space_id)
        return reads(self.readers[member_id], space, talk.house_id)

    def visit(self, visitors: list[int], at: datetime) -> None:
        """They have read all that stands so far and is theirs to read; what comes after is new to them."""
        spaces = {space.id: space for space in self.places.values()}
        for talk in self.talks.values():
            for member_id in visitors:
                if reads(self.readers[member_id], spaces[talk.space_id], talk.house_id):
                    talk.read(member_id, talk.stream["last_nr"], at)


def _came_in(who: str, today: date) -> datetime:
    """The afternoon somebody came to the group; she reacts to older posts then."""
    person = next(person for person in PEOPLE if person["sign_in"] == who)
    return clock.start_of(_day(today, person["periods"][0][2])) + timedelta(hours=17)


def _try(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"demo/{name}"))
