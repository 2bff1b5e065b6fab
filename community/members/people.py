"""Plain values about people that travel through the house: the viewer, the visitor, and how an author is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from community.core import clock
from community.core.i18n import _

UNDER_16, SIXTEEN_17, ADULT = "under 16", "16-17", "adult"


@dataclass(frozen=True)
class Standing:
    """What a member may do just now, apart from what she is. `state` is the strictest that holds."""

    state: str = "active"
    until: datetime | None = None
    breaks: tuple[tuple[int, datetime | None], ...] = ()  # channels in which she is on a short break, until when

    @property
    def cooled_spaces(self) -> frozenset[int]:
        return frozenset(space_id for space_id, _until in self.breaks)


@dataclass(frozen=True)
class Footing:
    """What decides which places somebody hears in. When it changes, her open lines have to come in anew."""

    kind: str
    house_id: int
    excluded_ids: frozenset[int]
    separated_ids: frozenset[int]
    shown: bool = True
    not_in_chat_ids: frozenset[int] = frozenset()

    @property
    def met_in_no_chat(self) -> frozenset[int]:
        """Whom she must not meet in a chat."""
        return self.excluded_ids | self.not_in_chat_ids


@dataclass(frozen=True)
class Look:
    """How a member wants every page to look."""

    text_size: str = "normal"
    theme: str = "device"
    calm: bool = False
    saver: bool = False
    notes_open: bool = False  # texts with a heads-up stand open from the start

    def changes(self) -> dict[str, Any]:
        """What differs from how pages look by themselves; small enough for the cookie."""
        return {name: value for name, value in asdict(self).items() if value != getattr(Look, name)}

    @classmethod
    def of(cls, changes: dict[str, Any]) -> Look:
        """The look behind `changes`; what it does not know is left out."""
        return cls(**{name: value for name, value in changes.items() if name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class ReadOnly:
    """That everything is read-only for everybody just now, and what staff say about why."""

    words_sv: str
    words_en: str

    def words(self, lang: str) -> str:
        return self.words_sv if lang == "sv" else self.words_en


LATELY = timedelta(days=30)  # so long after her day somebody may still say goodbye, and is asked about her name


@dataclass(frozen=True)
class Past:
    """A house somebody lived in and has moved out of: what was written there before `until`, the beginning at home of
    the day she moved, is hers to read for good, and nothing newer."""

    house_id: int
    until: datetime


@dataclass(frozen=True)
class Viewer:
    """A signed-in member as everything else knows her; read fresh for every request and socket event."""

    id: int
    name: str
    language: str
    avatar: str | None
    colour: str
    kind: str
    house_id: int
    age_band: str
    duties: frozenset[str]
    standing: Standing
    protected: bool
    rules_version: int
    excluded_ids: frozenset[int]
    session_id: int = 0
    session_kept: bool = False
    last_seen_at: datetime | None = None
    password_at: datetime | None = None  # when the password was last typed in this session
    second_step: str | None = None  # what this session waits for: a step to give, or one to set up (see second_step.py)
    key_worker_of: frozenset[int] = field(default_factory=frozenset)
    look: Look = Look()
    tablet: bool = False  # this session is the house's tablet
    locked_at: datetime | None = None
    app_lock: bool = False  # she has a PIN on her private pages
    private_at: datetime | None = None
    private_shut_until: datetime | None = None  # the private side of somebody who was helped back in waits a day
    way_in_id: int | None = None
    # What was read for her already, for the one request or event a viewer lives.
    known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    hello_offered: bool = False  # an offer to say hello waits for her, or will
    hello_due: bool = False  # it waits now
    separated_ids: frozenset[int] = frozenset()  # those of `excluded_ids` whom staff keep apart from her
    not_private_ids: frozenset[int] = frozenset()  # whom staff let her meet, but not write to in private
    not_in_chat_ids: frozenset[int] = frozenset()  # whom staff let her meet, but in no chat
    told_ids: frozenset[int] = frozenset()  # pieces she told staff of: they are not there for her
    acts_unseen: int = 0  # of what staff did about her, how much she has not read
    owes_rules: bool = False  # the house rules have changed since she said yes to them
    incident: ReadOnly | None = None
    table_mark: int | None = None  # the newest change of the publishing table; None: there was none
    shown_here: bool = True  # her wish: others in a chat see that she is there
    portrait: str | None = None  # a picture of herself stands instead of the drawn one: which
    new_contact_id: int | None = None  # her contact person is another one, and she has not read it
    leaving_at: datetime | None = None  # she has asked to leave, and may change her mind until then
    data_ready: bool = False  # the file of all her data is ready, and she has not looked
    since: date | None = None  # the first day of her present period
    ends_on: date | None = None  # the day it ends, where that is known: of whoever lives here, the day she moves out
    past: tuple[Past, ...] = ()

    @property
    def leaving_on(self) -> date | None:
        """The day on which her membership ends by her own wish, while she may change her mind."""
        return clock.local(self.leaving_at).date() if self.leaving_at is not None else None

    @property
    def idle_limit(self) -> timedelta | None:
        """After how long unused this session ends or locks; None where that takes months."""
        if self.tablet:
            return TABLET_LOCKS
        if not self.session_kept:
            return SHARED_IDLE
        return STAFF_IDLE if self.is_staff else None

    @property
    def locked(self) -> bool:
        """Whether the house's tablet waits for the PIN."""
        return self.tablet and lock_shut(locked_at=self.locked_at, last_seen_at=self.last_seen_at)

    @property
    def private_open(self) -> bool:
        """Whether her private pages need no PIN just now."""
        return not self.app_lock or (self.private_at is not None and abs(clock.now() - self.private_at) <= PRIVATE_IDLE)

    @property
    def sees_less(self) -> bool:
        """Whether something others read is not there for her, so that nothing made for all of them is hers. In what is
        past for her (`streams/past.py`) that is so for everybody."""
        less = self.excluded_ids or self.not_in_chat_ids or self.told_ids
        return bool(less or self.known.get("ceilings"))

    @property
    def met_in_no_chat(self) -> frozenset[int]:
        """Whom she must not meet in a chat."""
        return self.excluded_ids | self.not_in_chat_ids

    @property
    def met_in_no_inbox(self) -> frozenset[int]:
        """Whom staff keep her apart from where a member and the team write to each other."""
        return self.separated_ids | self.not_private_ids

    @property
    def footing(self) -> Footing:
        return Footing(
            self.kind, self.house_id, self.excluded_ids, self.separated_ids, self.shown, self.not_in_chat_ids
        )

    @property
    def shown(self) -> bool:
        """Whether others may see that she is in a chat, and that she writes there."""
        return self.shown_here and not self.protected

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"

    @property
    def moves_on(self) -> date | None:
        """The day she moves out; None of whoever does not live here, or has no such day."""
        return self.ends_on if self.kind == "resident" else None

    @property
    def moved_lately(self) -> bool:
        """Whether she moved out of a house within the last 30 days."""
        return bool(self.past) and self.since is not None and clock.today() - self.since <= LATELY

    @property
    def leaves_at(self) -> datetime | None:
        """The midnight at which that day begins at home."""
        return clock.start_of(self.moves_on) if self.moves_on is not None else None

    @property
    def suspended(self) -> bool:
        return self.standing.state == "suspended"

    @property
    def badge(self) -> str | None:
        return badge_of(self.kind)

    @property
    def initials(self) -> str:
        return initials_of(self.name)


@dataclass(frozen=True)
class Visitor:
    """Somebody who is not signed in, known by where she comes from."""

    address: str
    id: None = None


@dataclass(frozen=True)
class AuthorView:
    """How a person is shown beside what she wrote. The same for every reader. Without her name: id 0 and no picture."""

    id: int
    name: str
    kind: str
    avatar: str | None
    colour: str
    here: bool = True  # whether she is a member today
    remembered: bool = False  # she has died
    portrait: str | None = None  # a picture of herself stands instead of the drawn one: which

    @property
    def badge(self) -> str | None:
        return badge_of(self.kind)

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def first_name(self) -> str:
        """What somebody who works here is called to members."""
        return self.name.split()[0]

    @property
    def url(self) -> str | None:
        """Where one reads more of her; nowhere of somebody without a name (id 0) or who is gone."""
        return f"/people/{self.id}" if self.id and (self.here or self.remembered) else None


def somebody_gone() -> AuthorView:
    """How somebody is shown who has left and whose name did not stay, in the language of the page: like everybody else
    who has, so that nothing leads from one text of hers to another."""
    return AuthorView(0, _("A member who left"), "someone", None, "f", here=False)


def shown_as(
    id_: int,
    name: str,
    kind: str,
    avatar: str | None,
    colour: str,
    *,
    here: bool,
    remembered: bool,
    portrait: str | None = None,
) -> AuthorView:
    """How somebody is shown, by what her row and her period say; whoever has no name any more has left. A picture of
    herself stands only while she is here or remembered."""
    stands = portrait if here or remembered else None
    return AuthorView(id_, name, kind, avatar, colour, here, remembered, stands) if name else somebody_gone()


@dataclass(frozen=True)
class PersonFacts:
    """What rules about groups of people need: kind, house and age band, nothing that shows a person."""

    id: int
    kind: str
    house_id: int
    find_age_band: Callable[[], str]

    @cached_property
    def age_band(self) -> str:
        """Asked for only where a rule needs it: it is kept sealed."""
        return self.find_age_band()


@dataclass(frozen=True)
class Named(PersonFacts):
    """A member who is here, with how she is shown."""

    author: AuthorView
    protected: bool
    since: date  # the first day of her present period, or of her last one

    @property
    def name(self) -> str:
        return self.author.name

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"

    @property
    def is_minor(self) -> bool:
        return self.age_band != ADULT


def kind_after(kind: str | None, *, gone: datetime | None, remembered: datetime | None) -> str:
    """What somebody is called who is not here any more: of whom we remember what she was, of whoever worked here that
    she did."""
    if remembered is not None and kind is not None:
        return kind
    return "ex_staff" if kind == "staff" and gone is None else "alumnus"


def badge_of(kind: str) -> str | None:
    """Those who live here carry no badge, and nobody does who wrote without her name."""
    return kind if kind in ("alumnus", "staff", "ex_staff") else None


def initials_of(name: str) -> str:
    """Two letters where there is no picture."""
    letters = [word[0] for word in name.split() if word[0].isalnum()]
    return ("".join(letters[:2]) if len(letters) > 1 else name[:2]).upper()


def age_band_on(day: date, birth_on: date | None, *, adult_checked: bool) -> str:
    """Under 16, 16-17 or adult on `day`. Unknown counts as under 16."""
    if birth_on is None:
        return ADULT if adult_checked else UNDER_16
    years = day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))
    return ADULT if years >= 18 else SIXTEEN_17 if years >= 16 else UNDER_16


def standing_of(sanctions: Sequence[tuple[str, int | None, datetime | None]]) -> Standing:
    """The strictest of those that hold now, as long as the last of its kind."""
    for kind in ("suspended", "paused", "break"):
        ends = [end for what, _space, end in sanctions if what == kind]
        if ends:
            return Standing(kind, last_of(ends))
    by_space: dict[int, list[datetime | None]] = defaultdict(list)
    for _what, space_id, end in sanctions:
        if space_id:
            by_space[space_id].append(end)
    return Standing(breaks=tuple((space_id, last_of(ends)) for space_id, ends in sorted(by_space.items())))


def last_of(ends: Sequence[datetime | None]) -> datetime | None:
    """The last of them; None where one has no end."""
    return None if None in ends else max(end for end in ends if end)


MEMBER_UNUSED = timedelta(days=365)
SHARED_IDLE = timedelta(minutes=20)
STAFF_IDLE, STAFF_WHOLE = timedelta(minutes=60), timedelta(hours=12)


TABLET_LOCKS = timedelta(minutes=10)
PRIVATE_IDLE = timedelta(minutes=5)


def lock_shut(*, locked_at: datetime | None, last_seen_at: datetime | None) -> bool:
    """Whether a house tablet is locked: by hand, or because nobody used it for ten minutes."""
    return locked_at is not None or last_seen_at is None or clock.now() - last_seen_at > TABLET_LOCKS


def session_over(
    *, staff: bool, kept: bool, created_at: datetime, last_seen_at: datetime, tablet: bool = False
) -> bool:
    """Whether a session has run out: staff 60 minutes idle and 12 hours in all, a house tablet 12 hours (it locks
    when idle), a shared device 20 minutes idle, a member's own device a year unused."""
    idle, age = clock.now() - last_seen_at, clock.now() - created_at
    if staff and tablet:
        return age > STAFF_WHOLE
    if staff:
        return age > STAFF_WHOLE or idle > (STAFF_IDLE if kept else SHARED_IDLE)
    return idle > (MEMBER_UNUSED if kept else SHARED_IDLE)
