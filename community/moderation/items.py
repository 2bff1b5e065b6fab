"""What the queue shows of a case: what, where, by whom, what was heard, who told, who has it, and what was done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape
from sqlalchemy import select

from community.core import audit, clock, i18n
from community.core import mentions as marks
from community.core.db import session
from community.core.policy import refusal
from community.members import named
from community.members import queries as members
from community.members.models import House, Profile
from community.members.people import AuthorView, Viewer
from community.moderation import deciding, queries, rules, words
from community.moving import letters
from community.moving.prepared_models import FarewellLetter
from community.safety import word_lists
from community.safety.models import HARM, Case, CaseStep
from community.spaces.models import Space
from community.streams import moderating, waiting_edits
from community.streams import queries as streams
from community.streams.models import Piece, Stream

CHANGE = "change"
PRIVATE = ("talk", "inbox")  # kinds of streams that nobody reads but those in them
KNOWN_BY_ALL = ("held", "published", "delayed")  # their words stand in the list; all others are opened one by one


@dataclass(frozen=True)
class StepView:
    """One step: who (None: a rule, or somebody who is not named here), what, when, and a note."""

    who: str | None
    what: str
    at: datetime
    note: str | None


@dataclass(frozen=True)
class Item:
    """One case as the queue shows it. `closed_words`: it is opened before its words are read, and that is noted.
    `private`: it was said where nobody reads but those who stand there."""

    case: Case
    kind: str
    piece: streams.PieceView | None
    own_words: str
    author: AuthorView | None
    age: str | None
    where: str
    state: str | None
    told: int
    holder_id: int | None
    holder: str | None
    refused: Any
    dos: tuple[str, ...]
    closed_words: bool
    locked: bool
    private: bool = False

    @property
    def id(self) -> int:
        return self.case.id

    @property
    def hard(self) -> bool:
        return self.case.harm >= HARM

    @property
    def why(self) -> list[str]:
        return [str(words.WHY.get(reason, reason)) for reason in self.case.reasons]

    @property
    def chip(self) -> str:
        return str(words.CHIPS[self.kind])

    @property
    def marked(self) -> Markup:
        """Its words, what the lists hear in them marked."""
        return marked(self.text)

    @property
    def text(self) -> str:
        return self.piece.text if self.piece is not None else self.own_words

    @property
    def main(self) -> tuple[str, ...]:
        """The two that are likeliest."""
        return self.dos[:2]

    @property
    def more(self) -> tuple[str, ...]:
        return self.dos[2:]


@dataclass(frozen=True)
class Group:
    """One card: a case, or several first posts of one author."""

    items: tuple[Item, ...]


def items_for(viewer: Viewer, found: Sequence[Case]) -> list[Item]:
    """Cases a query has found, as the viewer sees them; what is closed to her opens on its own page. At most ten
    queries, however many cases."""
    s = session()
    steps = queries.steps_of(viewer, found)
    ids = [case.piece_id for case in found if case.piece_id is not None]
    pieces = {row.id: row for row in s.scalars(select(Piece).where(Piece.id.in_(ids)))} if ids else {}
    changes = waiting_edits.waiting_on(pieces.values())
    to_read = [waiting_edits.as_wanted(row, changes[id_]) if id_ in changes else row for id_, row in pieces.items()]
    shown = {view.id: view for view in streams.views_for_hosts(viewer, to_read)}
    stream_ids = {piece.stream_id for piece in pieces.values()}
    threads = {row.id: row for row in s.scalars(select(Stream).where(Stream.id.in_(stream_ids)))} if ids else {}
    held = {case.id: letter for case in found if (letter := _held_letter(case)) is not None}
    where = _places()
    own = [case.member_id for case in found if deciding.is_profile(case)]
    profiles = {row.member_id: row for row in s.scalars(select(Profile).where(Profile.member_id.in_(own)))}
    about = {case.member_id for case in found if case.member_id is not None}
    people = named.called_now(about)
    called = members.authors(about | {case.claimed_by for case in found if case.claimed_by is not None})
    told = queries.tellings(viewer, found)
    hers = {id_ for id_, one in told.items() if one.hers}
    made = []
    for case in found:
        piece = pieces.get(case.piece_id or 0)
        view = shown.get(piece.id) if piece is not None else None
        nameless = piece is not None and piece.unnamed
        person = people.get(case.member_id or 0)
        profile = profiles.get(case.member_id or 0) if deciding.is_profile(case) else None
        stream = threads.get(piece.stream_id) if piece is not None else None
        holder_id = queries.holder_of(case)
        age = words.AGES.get(person.age_band) if person is not None and not person.is_staff else None
        made.append(
            Item(
                case=case,
                kind=queries.kind_of(case),
                piece=view,
                own_words=_own_words(profile, held.get(case.id)),
                author=view.author if view is not None else called.get(case.member_id or 0),
                age=(i18n._("under 18") if nameless else str(age)) if age is not None else None,
                where=where(case),
                state=str(words.STATES[CHANGE if piece.id in changes else piece.state]) if piece is not None else None,
                told=told[case.id].members if case.id in told else 0,
                holder_id=holder_id,
                holder=called[holder_id].name if holder_id is not None else None,
                refused=refusal(viewer, rules.DECIDE, queries.matter_of(viewer, case, steps[case.id], hers)),
                dos=deciding.offered(
                    case,
                    piece,
                    stream,
                    change=case.piece_id in changes,
                    waits=(profile is not None and bool(profile.waiting)) or case.id in held,
                ),
                closed_words=_is_closed(viewer, case, piece) or (stream is not None and stream.kind in PRIVATE),
                private=stream is not None and stream.kind in PRIVATE,
                locked=stream is not None and moderating.is_locked(stream),
            )
        )
    return made


def _held_letter(case: Case) -> FarewellLetter | None:
    """A letter that waits to be read; a query for each, because there are never many."""
    letter = letters.letter_of_target(case.target)
    return letter if letter is not None and letter.state == "held" else None


def _own_words(profile: Profile | None, letter: FarewellLetter | None) -> str:
    """What there is to read that is no piece."""
    if letter is not None:
        return letters.words_of(letter)
    return profile.waiting or profile.about if profile is not None else ""


def groups_of(items: Iterable[Item]) -> list[Group]:
    """Several first posts of one author are one card, where the first of them stands. What has no name stands alone,
    or the card would tell that two are by the same person."""
    groups: list[list[Item]] = []
    by_author: dict[int, list[Item]] = {}
    for item in items:
        plain = item.kind == words.FIRST and not item.closed_words and item.author is not None and item.author.id
        if plain and item.case.member_id in by_author:
            by_author[item.case.member_id].append(item)
            continue
        group = [item]
        groups.append(group)
        if plain and item.case.member_id is not None:
            by_author[item.case.member_id] = group
    return [Group(tuple(group)) for group in groups]


def opened(viewer: Viewer, item: Item) -> None:
    """That somebody opens what nobody else sees is a line in the audit chain."""
    if item.closed_words:
        audit.append(viewer.id, "review.opened", f"case:{item.id}", piece=item.case.piece_id)


def story_of(viewer: Viewer, case: Case) -> list[StepView]:
    """What happened with a case. Staff are named; who told staff and whose words it is about are not."""
    steps = queries.steps_of(viewer, [case])[case.id]
    notes = queries.notes_of(viewer, steps)
    ours = [step for step in steps if step.what in words.DONE]
    people = members.authors(step.by_id for step in ours if step.by_id is not None)
    return [_step(step, people, notes.get(step.id)) for step in steps]


def _step(step: CaseStep, people: dict[int, AuthorView], note: str | None) -> StepView:
    if step.what in words.DONE and step.by_id in people:
        return StepView(people[step.by_id].name, str(words.DONE[step.what]), step.at, note)
    return StepView(None, str(words.WHY.get(step.what, step.what)), step.at, note)


def marked(text: str) -> Markup:
    """A text as HTML, each word the lists hear marked. Where its words can't be counted nothing is."""
    spans = list(re.finditer(r"\S+", text))
    heard = [one for one in word_lists.current().hear(text) if one.entry.action != "idiom"]
    if any(one.end >= len(spans) for one in heard):
        return escape(text)
    met = {place for one in heard for place in range(one.start, one.end + 1)}
    parts, last = [], 0
    for place in sorted(met):
        if place - 1 in met:
            continue
        end = next(after for after in range(place, len(spans) + 1) if after not in met) - 1
        words_met = text[spans[place].start() : spans[end].end()]
        parts += [escape(text[last : spans[place].start()]), Markup("<mark>{}</mark>").format(words_met)]
        last = spans[end].end()
    return Markup("").join([*parts, escape(text[last:])])


def heard_in(text: str) -> list[str]:
    """Which lists hear something in a text, in words; what is personal has no place to mark."""
    lists = word_lists.current()
    bare = marks.without_names(text)
    heard = [*lists.hear(bare), *lists.hear_personal(bare)]
    found = dict.fromkeys(one.entry.action for one in heard if one.entry.action != "idiom")
    return [str(words.LIST_NAMES[action]) for action in found]


def oldest(items: Sequence[Item]) -> str | None:
    """For how long the longest has waited, in words; None where nothing waits."""
    longest = max((clock.now() - item.case.since for item in items), default=None)
    return None if longest is None else i18n.span(longest)


def _is_closed(viewer: Viewer, case: Case, piece: Piece | None) -> bool:
    if case.house_id not in (None, viewer.house_id):
        return True
    if piece is None:
        return not deciding.is_profile(case)
    return piece.unnamed or piece.state not in KNOWN_BY_ALL or case.lane == "leads"


def _places() -> Any:
    """Says where a case belongs: its channel, and the house it was said to."""
    s = session()
    spaces = {row.id: row.name(i18n.language()) for row in s.scalars(select(Space))}
    houses = {row.id: row.name for row in s.scalars(select(House))}

    def where(case: Case) -> str:
        here = [spaces.get(case.space_id or 0), houses.get(case.house_id or 0)]
        return " · ".join(dict.fromkeys(name for name in here if name))

    return where
