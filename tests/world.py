"""The small cast every test knows by name, and what they have written by NOW. All of it is made up.

Built once per run through the house's own actions where there are any (joining, writing, taking back, suspending);
what has no action yet (older periods, exclusions, a pause) is written as rows.

What is written here and at NOW is published at once, unless a test is about just that: jonna is a host for all houses
the whole time (`_rota`; tests of the rota begin by emptying it), every adult is known to whoever invited her, and of
vera and isla, who are under 16, ten posts were let through before and staff have said that hers are read after. Those
ten stand in the thread that is hidden, where no page and no list finds them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import delete, select, update

from community.chat import actions as chats
from community.core import clock, ratelimit
from community.core.db import session, transaction
from community.forum import actions as forum
from community.members import actions, invitations, trust
from community.members.invitations import Wish
from community.members.models import Duty, Exclusion, House, Member, MembershipPeriod, Sanction
from community.members.named import person_for
from community.members.people import Viewer, Visitor
from community.members.queries import as_viewer
from community.members.rules import COMMAND_LINE
from community.rota import working
from community.rota.models import Shift
from community.safety import cases
from community.safety.models import Case, CaseKeptFrom, CaseStep
from community.safety.publishing import YOUNG_POSTS
from community.safety.word_lists import WordLists, in_force
from community.spaces import actions as spaces
from community.spaces.models import Space
from community.streams import actions as streams
from community.streams import placing
from community.streams.actions import Said
from community.streams.models import Piece, Stream

NOW = datetime(2026, 3, 14, 18, 0, tzinfo=UTC)  # a Saturday evening
TODAY = date(2026, 3, 14)
COVERED = range(-400, 800, 3)  # days from NOW on which a shift of a host's begins
WROTE_AT = NOW - timedelta(minutes=5)  # still within the time for changing it
JOINED_AT = NOW - timedelta(days=400)
PASSWORD = "lampa moped blåbär"
HOUSES = ("Solgläntan", "Linden")
HOLD = WordLists(hold=frozenset({"heldword"}), refuse=frozenset({"refusedword"}))

# name: (kind, house, years old or None for "adult, I have checked", language)
CAST: dict[str, tuple[str, str, int | None, str]] = {
    "amina": ("resident", "Solgläntan", 17, "sv"),  # writes most; has blocked elias
    "vera": ("resident", "Solgläntan", 14, "sv"),
    "tuva": ("resident", "Solgläntan", 18, "en"),
    "elias": ("resident", "Solgläntan", 16, "sv"),  # blocked by amina
    "olle": ("resident", "Solgläntan", 17, "sv"),  # staff keep olle and ivan apart
    "ivan": ("resident", "Solgläntan", 18, "sv"),
    "mira": ("resident", "Solgläntan", 17, "sv"),  # paused: reads, does not write
    "leo": ("resident", "Solgläntan", 18, "sv"),  # suspended
    "hanna": ("resident", "Solgläntan", 16, "sv"),  # owes a yes to the house rules
    "samir": ("resident", "Linden", 18, "sv"),
    "isla": ("resident", "Linden", 15, "en"),
    "noor": ("resident", "Linden", 16, "sv"),  # protected identity
    "johanna": ("alumnus", "Solgläntan", None, "sv"),
    "kim": ("alumnus", "Linden", 17, "en"),  # moved before turning 18
    "birgitta": ("staff", "Solgläntan", None, "sv"),  # house manager
    "sara": ("staff", "Solgläntan", None, "sv"),  # amina's key worker
    "jonna": ("staff", "Linden", None, "sv"),  # moderator
    "petra": ("staff", "Linden", None, "en"),
    "gun": ("staff", "Solgläntan", None, "sv"),  # worked here until yesterday
}


class World:
    """Look people, channels and pieces up by name."""

    @cached_property
    def _ids(self) -> dict[str, int]:
        return dict(session().execute(select(Member.sign_in_name, Member.id)).all())

    def id(self, name: str) -> int:
        return self._ids[name]

    def viewer(self, name: str) -> Viewer:
        """A member as she is at this moment."""
        return as_viewer(self.id(name))

    def space(self, slug: str) -> int:
        found = session().scalar(select(Space.id).where(Space.slug == slug))
        assert found is not None, slug
        return found

    def house(self, name: str) -> int:
        found = session().scalar(select(House.id).where(House.name == name))
        assert found is not None, name
        return found

    def piece(self, label: str) -> Piece:
        """What was written under a label (its client id), in its present state."""
        found = session().scalar(
            select(Piece).where(Piece.client_id == label).execution_options(populate_existing=True)
        )
        assert found is not None, label
        return found

    def stream(self, label: str) -> Stream:
        """The stream a labelled piece stands in."""
        return session().get_one(Stream, self.piece(label).stream_id, populate_existing=True)


def build() -> None:
    """Fill a migrated, empty database."""
    with ratelimit.ignored(), transaction():
        with clock.at(JOINED_AT):
            _people()
        with clock.at(NOW - timedelta(days=1)):
            _changes()
            _rota()
        with clock.at(WROTE_AT), in_force(HOLD):
            _passed()
            _writing()
        with clock.at(WROTE_AT):
            _limits()


def join_as(name: str, invitation_id: int, language: str = "sv") -> int:
    member_id, made = actions.join(
        Visitor("127.0.0.1"),
        invitation_id,
        display_name=name.capitalize(),
        password=PASSWORD,
        language=language,
        avatar="a01",
        colour="a",
    )
    assert made == name
    return member_id


def _people() -> None:
    first = invitations.invite_first_manager(COMMAND_LINE, HOUSES[0])
    birgitta = join_as("birgitta", first.id)
    with transaction() as s:
        s.add(House(name=HOUSES[1]))
        s.flush()
    spaces.open_first_spaces(COMMAND_LINE)
    houses = dict(session().execute(select(House.name, House.id)).all())
    for name, (kind, house, years, language) in CAST.items():
        if name == "birgitta":
            continue
        birth_on = TODAY.replace(year=TODAY.year - years, month=1) if years else None
        adult = years is None or years >= 18
        who = {"birth_on": birth_on, "adult_checked": years is None, "known": adult}
        wish = Wish(kind, houses[house], language=language, **who)
        join_as(name, invitations.make_invitation(as_viewer(birgitta), wish).id, language)
    with transaction() as s:
        s.add(
            Space(
                slug="kanns",
                name_sv="Känns det",
                name_en="How it feels",
                kind="talk",
                audience="all",
                asks_whom=True,
                colour="rose",
                position=80,
                opened_at=clock.now(),
            )
        )
        s.add(
            Space(
                slug="personal",
                name_sv="Personal",
                name_en="Staff",
                kind="staff",
                audience="staff",
                colour="clay",
                position=90,
                opened_at=clock.now(),
            )
        )
        s.flush()
    chats.open_standing()


def _changes() -> None:
    """Older periods, duties and exclusions, which have no screen yet."""
    world = World()
    lived = MembershipPeriod(kind="resident", house_id=world.house("Solgläntan"), member_id=world.id("johanna"))
    lived.from_on, lived.to_on = date(2010, 6, 1), date(2014, 6, 1)
    duties = [
        Duty(member_id=world.id("sara"), kind="key_worker", resident_id=world.id("amina"), from_on=date(2025, 3, 1)),
        Duty(member_id=world.id("jonna"), kind="moderator", from_on=date(2025, 3, 1)),
    ]
    with transaction() as s:
        s.add_all([lived, *duties])
        s.add(_exclusion("amina", "elias", "block", "amina"))
        s.add(_exclusion("olle", "ivan", "separation", "birgitta"))
        s.execute(update(Member).where(Member.sign_in_name == "noor").values(protected=True))
        s.flush()


def _rota() -> None:
    """A host for all houses, whenever a test may write."""
    world = World()
    with transaction() as s:
        for day in COVERED:
            begins = NOW + timedelta(days=day)
            shift = Shift(member_id=world.id("jonna"), house_id=None, role="host", starts_at=begins)
            shift.ends_at, shift.day = begins + timedelta(days=3), clock.local(begins).date()
            s.add(shift)
        s.flush()


def nobody_works() -> None:
    """From here on the rota is empty: the world's host is there only so that others may write."""
    with transaction() as s:
        s.execute(delete(Shift))
    working.forget()


def nothing_waits() -> None:
    """What the world's own texts left for staff to read is not there."""
    with transaction() as s:
        for table in (CaseKeptFrom, CaseStep, Case):
            s.execute(delete(table))


def _passed() -> None:
    """What the youngest wrote before, let through by a host."""
    world = World()
    write("hidden", "amina", "vardagsrummet")
    for name in ("vera", "isla"):
        for number in range(YOUNG_POSTS):
            let_through(answer(f"passed-{name}-{number}", name, "hidden"))
        trust.give(world.viewer("jonna"), person_for(world.viewer("jonna"), world.id(name)))


def let_through(piece: Piece, by: str = "jonna") -> None:
    """A host has read what waited, and it takes its place."""
    case = cases.open_case_of(f"piece:{piece.id}")
    assert case is not None
    placing.publish_held(piece, World().id(by))
    cases.close_case(case, World().id(by), "published")


def _exclusion(one: str, other: str, kind: str, maker: str) -> Exclusion:
    world = World()
    low, high = sorted((world.id(one), world.id(other)))
    return Exclusion(low_id=low, high_id=high, kind=kind, made_by=world.id(maker), made_at=clock.now())


def exclude(one: str, other: str, kind: str = "block", maker: str | None = None) -> None:
    """Keep two people apart from this moment on."""
    with transaction() as s:
        s.add(_exclusion(one, other, kind, maker or one))
        s.flush()


def write(label: str, who: str, space: str, words: str = "", **more: Any) -> int:
    """A thread under a label; its words name it. Returns the stream's id."""
    world = World()
    said = Said(words or f"words of {label}", label, more.pop("title", f"title of {label}"))
    how = {"mode": "tell", "just_listen": False, **more}
    return forum.start_thread(world.viewer(who), world.space(space), said, **how).stream_id


def answer(label: str, who: str, thread: str, words: str = "") -> Piece:
    """A reply under a label."""
    world = World()
    return forum.reply(world.viewer(who), world.stream(thread).id, Said(words or f"words of {label}", label))


def _writing() -> None:
    world = World()
    write("common", "tuva", "vardagsrummet")
    for name in CAST:  # everybody has something of her own, and something she took back
        answer(f"own-{name}", name, "common")
        answer(f"undo-{name}", name, "common")
        streams.remove_piece(world.viewer(name), world.piece(f"undo-{name}").id)
    write("open", "amina", "vardagsrummet")
    answer("open-reply", "sara", "open")
    write("house", "amina", "solglantan")
    write("linden", "samir", "linden")
    answer("linden-reply", "isla", "linden")
    write("moved", "johanna", "utflyttat")
    write("staff", "sara", "personal")
    write("whisper", "samir", "kanns", whom="house")  # for Linden alone
    answer("whisper-reply", "noor", "whisper")
    write("murmur", "tuva", "kanns", whom="house")  # for Solgläntan alone
    write("held", "vera", "vardagsrummet", "with a heldword in it")
    answer("held-reply", "vera", "common", "with a heldword in it")
    answer("held-gone", "vera", "common", "another heldword in it")
    streams.remove_piece(world.viewer("vera"), world.piece("held-gone").id)
    write("removed", "amina", "vardagsrummet")
    streams.remove_piece(world.viewer("amina"), world.piece("removed").id)
    answer("hidden-inner", "sara", "hidden")
    answer("hidden-reply", "amina", "common")
    with transaction() as s:  # as a host's act leaves it, without the act
        s.execute(update(Stream).where(Stream.id == world.stream("common").id).values(gaps=1))
        for label in ("hidden", "hidden-reply"):
            s.execute(update(Piece).where(Piece.client_id == label).values(state="hidden"))
        s.execute(update(Stream).where(Stream.id == world.stream("hidden").id).values(listed=False))
    write("ivans", "ivan", "vardagsrummet")
    streams.react(world.viewer("sara"), world.piece("open").id, "heart")


def _limits() -> None:
    """Last of all, because from here on they write no more."""
    world = World()
    actions.suspend(COMMAND_LINE, "leo")
    ended = update(MembershipPeriod).where(MembershipPeriod.member_id == world.id("gun")).values(to_on=TODAY)
    with transaction() as s:
        s.add(Sanction(member_id=world.id("mira"), kind="paused", starts_at=clock.now()))
        s.execute(update(Member).where(Member.sign_in_name == "hanna").values(rules_version=0))
        s.execute(ended)
        s.flush()
