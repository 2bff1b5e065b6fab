"""`screen(text, surface, facts)`: what happens to a text before anybody else sees it.

The lists in force say what its words call for, `publishing.py` what its writer, its place and the hour do.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from community.safety import publishing, word_lists
from community.safety.word_lists import WordLists


class Surface(StrEnum):
    """Every place a person can write to. A text field without one is a mistake (see tests/house)."""

    THREAD = "thread"
    REPLY = "reply"
    CHAT = "chat"
    TALK = "talk"
    LETTER = "letter"
    DISPLAY_NAME = "display_name"
    PROFILE = "profile"
    SPACE = "space"
    PHOTO = "photo"
    TO_STAFF = "to_staff"
    DRAFT = "draft"
    CHECKLIST = "checklist"


class Outcome(StrEnum):
    PUBLISH = "publish"
    HOLD = "hold"
    REFUSE = "refuse"


class Grade(StrEnum):
    """How a text speaks of harm to its writer. An idiom is nothing."""

    NONE = "none"
    HEAVY = "heavy"
    INTENT = "intent"


NEVER_SCREENED = frozenset({Surface.DRAFT, Surface.CHECKLIST})
"""For the writer (and, of the list before a move, her contact) alone: never screened, held, alerted or logged."""
NEVER_HELD = frozenset({Surface.TO_STAFF})
"""What is said to staff, told them, asked for in need or objected to: heard, but never held and never refused."""
BY_RULE = frozenset({Surface.THREAD, Surface.REPLY, Surface.PROFILE})
"""What the publishing rule decides. Names pass the lists alone: nothing of theirs waits."""
WORD = "word"
"""Why a text waits that a list holds."""


@dataclass(frozen=True)
class Facts:
    """What the gate may know of the writer and the place; plain values, no person. `posts_so_far`: of hers, let
    through; `trusted`, `known`: what staff have said of her (`publishing.Writer`); `own_house`: the place is her own
    house's; `table`: the publishing rule as it holds in this home."""

    age_band: str
    kind: str
    posts_so_far: int = 0
    adults_only: bool = False
    cover: str = "none"
    own_house: bool = False
    trusted: bool = False
    known: bool = False
    table: publishing.Table = field(default=publishing.START, hash=False)

    @property
    def writer(self) -> publishing.Writer:
        """What the publishing rule asks of whoever writes."""
        return publishing.Writer(self.kind, self.age_band, self.posts_so_far, self.trusted, self.known)

    @property
    def place(self) -> publishing.Place:
        """What it asks of where."""
        return publishing.Place(self.adults_only, self.own_house, self.cover)


class Hit(NamedTuple):
    """What was heard: the list's key for it, what the list says follows, and the words met as the list writes them."""

    key: str
    action: str
    said: str


@dataclass(frozen=True)
class Verdict:
    """What follows. `words` are those a list refused or held, for telling the writer which; `help`: she is shown the
    help card; `alert`: it cannot wait for the next reader; `check`: somebody reads it after it stands; `why`: what it
    waits for (a word, or as `publishing.decide` says), where it does."""

    outcome: Outcome
    words: tuple[str, ...] = ()
    grade: Grade = Grade.NONE
    alert: bool = False
    check: bool = False
    hits: tuple[Hit, ...] = ()
    why: str | None = None

    @property
    def help(self) -> bool:
        return self.grade is not Grade.NONE


def screen(text: str, surface: Surface, facts: Facts) -> Verdict:
    """Judge one text by the lists in force and the publishing rule. With the same lists the same words, place and facts
    give the same verdict. Raises nothing; takes time in proportion to the text."""
    # Staff ask what nobody else would; that is no cry for help of theirs.
    if surface in NEVER_SCREENED or (surface in NEVER_HELD and facts.kind == "staff"):
        return Verdict(Outcome.PUBLISH)
    verdict = judge(text, facts, word_lists.current())
    if surface in NEVER_HELD:
        return replace(verdict, outcome=Outcome.PUBLISH, words=(), check=False, why=None)
    if surface is Surface.TALK:
        return _in_talk(verdict, facts)
    return _by_rule(verdict, facts) if surface in BY_RULE else verdict


def _in_talk(verdict: Verdict, facts: Facts) -> Verdict:
    """Nobody reads a talk after it was said. Between adults the lists do one thing: they offer the help card."""
    if not facts.adults_only:
        return replace(verdict, check=False)
    offers = tuple(hit for hit in verdict.hits if hit.action in ("heavy", "intent"))
    return Verdict(Outcome.PUBLISH, grade=verdict.grade, hits=offers)


def _by_rule(verdict: Verdict, facts: Facts) -> Verdict:
    """The stricter of what the words call for and what the rule says."""
    if verdict.outcome is not Outcome.PUBLISH:
        return verdict
    step, why = publishing.decide(facts.writer, facts.place, facts.table)
    if step == publishing.HOLD:
        return replace(verdict, outcome=Outcome.HOLD, check=False, why=why)
    return replace(verdict, check=verdict.check or step == publishing.CHECK)


def judge(text: str, facts: Facts, lists: WordLists) -> Verdict:
    """What lists that are given say of a text, without the publishing rule. Nothing is refused for asking for help:
    a text that does is held, whatever else is in it; so is one that tells of violence or threatens it, because a person
    has to know. What staff write may carry a house's number and address; it is looked at after."""
    heard = [*lists.hear(text), *lists.hear_personal(text)]
    by_action: dict[str, list[str]] = {}
    for one in heard:
        by_action.setdefault(one.entry.action, []).append(one.said)
    grade = Grade.INTENT if "intent" in by_action else Grade.HEAVY if "heavy" in by_action else Grade.NONE
    alert = grade is Grade.INTENT or "alert" in by_action
    told = "personal" in by_action
    readers_grown_up = facts.kind == "staff" or (facts.adults_only and facts.age_band == "adult")
    outcome = Outcome.PUBLISH
    words: tuple[str, ...] = ()
    if "refuse" in by_action and grade is Grade.NONE and not alert:
        outcome, words = Outcome.REFUSE, _words(by_action["refuse"])
    elif alert or {"refuse", "hold"} & set(by_action) or (told and not readers_grown_up):
        outcome, words = Outcome.HOLD, _words([*by_action.get("refuse", ()), *by_action.get("hold", ())])
    check = outcome is Outcome.PUBLISH and (told or "check" in by_action or grade is Grade.HEAVY)
    hits = tuple(Hit(one.entry.key, one.entry.action, one.said) for one in heard if one.entry.action != "idiom")
    why = WORD if outcome is Outcome.HOLD else None
    return Verdict(outcome, words, grade, alert, check, tuple(dict.fromkeys(hits)), why)


def _words(said: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(said)))
