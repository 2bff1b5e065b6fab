"""The lists as staff see them, what a text would meet in them, and what waits for review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from community.core.db import session
from community.core.errors import NotFound
from community.core.policy import require
from community.members import queries as members
from community.members.people import Viewer
from community.safety import personal, word_lists
from community.safety.gate import Facts, Verdict
from community.safety.gate import judge as judge_text
from community.safety.models import Heard
from community.safety.word_lists import ACTIONS, Entry, shipped
from community.wordlists import rules
from community.wordlists.models import LANGUAGES, Judgement, ListChange, ListPhrase, ListSwitch, PhraseRecord

LINES = 30  # of history on the page
ALL_LISTS = (*ACTIONS, "personal")


@dataclass(frozen=True)
class EntryView:
    """An entry of a list. `own`: the house added it; `off`: it is not heard here."""

    key: str
    phrase: str
    language: str
    own: bool
    off: bool


@dataclass(frozen=True)
class ListView:
    """A list and how many of its entries are heard."""

    action: str
    heard: int
    own: int
    off: int


@dataclass(frozen=True)
class ReviewView:
    """An entry that is seldom right."""

    key: str
    action: str
    phrase: str
    own: bool
    right: int
    total: int


@dataclass(frozen=True)
class ChangeView:
    """A line of history."""

    version: int
    kind: str
    action: str
    phrase: str
    reason: str
    at: datetime
    who: str


@dataclass(frozen=True)
class MetView:
    """One entry a tried text meets: which list, its phrase, the words met, and where the phrase comes from."""

    action: str
    phrase: str
    said: str
    own: bool


@dataclass(frozen=True)
class HeardView:
    """One entry heard in a piece. `right`: what staff said of it; None: nobody has."""

    key: str
    action: str
    phrase: str
    right: bool | None


@dataclass(frozen=True)
class Tried:
    """What would follow for a tried text, and why."""

    verdict: Verdict
    met: list[MetView]


def version_of(viewer: Viewer) -> int:
    """How often the lists were changed here."""
    require(viewer, rules.READ)
    return session().scalar(select(func.max(ListChange.version))) or 0


def lists_for(viewer: Viewer) -> list[ListView]:
    """All lists, each with how much of it is heard."""
    require(viewer, rules.READ)
    entries = {action: entries_for(viewer, action) for action in ALL_LISTS}
    return [
        ListView(action, sum(not e.off for e in found), sum(e.own for e in found), sum(e.off for e in found))
        for action, found in entries.items()
    ]


def entries_for(viewer: Viewer, action: str) -> list[EntryView]:
    """One list: the house's own first, then what Hearth came with. Raises NotFound for a list there is not."""
    require(viewer, rules.READ)
    if action not in ALL_LISTS:
        raise NotFound
    off = set(session().scalars(select(ListSwitch.key)))
    own = session().scalars(select(ListPhrase).where(ListPhrase.action == action).order_by(ListPhrase.phrase))
    found = [EntryView(Entry(action, row.phrase).key, row.phrase, row.language, True, False) for row in own]
    for language in LANGUAGES:
        for phrase in sorted(getattr(shipped(language), action)):
            key = Entry(action, phrase).key
            found.append(EntryView(key, phrase, language, False, key in off))
    if action == "personal":
        keys = {kind: Entry(action, kind).key for kind in personal.KINDS}
        found = [EntryView(key, kind, "", False, key in off) for kind, key in keys.items()]
    return found


def review_for(viewer: Viewer) -> list[ReviewView]:
    """What waits for review, longest first."""
    require(viewer, rules.READ)
    waiting = select(PhraseRecord).where(PhraseRecord.put_up_at.is_not(None)).order_by(PhraseRecord.put_up_at)
    own = _own_keys()
    return [
        ReviewView(row.key, *_apart(row.key), row.key in own, row.right, row.right + row.wrong)
        for row in session().scalars(waiting)
    ]


def history_for(viewer: Viewer) -> list[ChangeView]:
    """What was changed, newest first."""
    require(viewer, rules.READ)
    rows = list(session().scalars(select(ListChange).order_by(ListChange.version.desc()).limit(LINES)))
    people = members.authors(row.by_id for row in rows)
    return [
        ChangeView(row.version, row.kind, *_apart(row.key), row.reason, row.at, people[row.by_id].name) for row in rows
    ]


def tried(viewer: Viewer, text: str, *, age_band: str) -> Tried:
    """What the lists in force would hear in a text by somebody of that age, where minors read too. Neither the text
    nor that it was tried is kept."""
    require(viewer, rules.READ)
    lists = word_lists.current()
    verdict = judge_text(text, Facts(age_band, "resident"), lists)
    own = _own_keys()
    heard = [*lists.hear(text), *lists.hear_personal(text)]
    met = [MetView(one.entry.action, one.entry.phrase, one.said, one.entry.key in own) for one in heard]
    return Tried(verdict, list(dict.fromkeys(met)))


def heard_for(viewer: Viewer, heard_id: int) -> Heard:
    """A row about what was heard, for deciding whether it was meant. Raises NotAllowed, NotFound."""
    require(viewer, rules.READ)
    row = session().get(Heard, heard_id)
    if row is None:
        raise NotFound
    return row


def heard_in(viewer: Viewer, piece_ids: Iterable[int]) -> dict[int, list[HeardView]]:
    """What was heard in each of these pieces, each entry once, with what staff said of it; pieces with nothing are
    left out. Whether the viewer may see the pieces is for the caller, who has them. Two questions."""
    require(viewer, rules.READ)
    rows = list(session().scalars(select(Heard).where(Heard.piece_id.in_(set(piece_ids))).order_by(Heard.at, Heard.id)))
    said_of = select(Judgement).where(Judgement.heard_id.in_([row.id for row in rows]))
    said = {(one.heard_id, one.key): one.right for one in session().scalars(said_of)}
    found: dict[int, dict[str, HeardView]] = defaultdict(dict)
    for row in rows:  # the newest of an entry is the one that is judged
        for key in row.keys:
            found[row.piece_id or 0][key] = HeardView(key, *_apart(key), said.get((row.id, key)))
    return {piece_id: list(entries.values()) for piece_id, entries in found.items()}


def is_own(viewer: Viewer, key: str) -> bool:
    """Whether the house added an entry."""
    require(viewer, rules.READ)
    return key in _own_keys()


def _own_keys() -> set[str]:
    rows = session().execute(select(ListPhrase.action, ListPhrase.phrase))
    return {Entry(row.action, row.phrase).key for row in rows}


def _apart(key: str) -> tuple[str, str]:
    action, _colon, phrase = key.partition(":")
    return action, phrase
