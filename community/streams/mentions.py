"""Mentions: whom one may name with `@`, and how names come back into stored texts when they are shown.

A mention is not private contact: it leads to the thread and nowhere else. Whoever may not be named is not hinted at:
her name stays plain text, and is not offered. A child's name leads nowhere from a mention; only from what she wrote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import delete, exists, insert, select

from community.core import mentions as marks
from community.core.db import session, transaction
from community.core.errors import Invalid
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.core.policy import can
from community.members import named
from community.members.models import Member
from community.members.people import Named, Viewer
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import past, rules
from community.streams.models import Mention, Piece, Stream

MOST = 20
OFFERED = 8


@dataclass(frozen=True)
class Names:
    """What people named in some texts are called for one reader: who is gone, or kept apart from her, is somebody."""

    people: Mapping[int, Named]
    hidden: Collection[int]

    def name_of(self, member_id: int) -> str:
        """The name alone, for texts that are edited or read as they were typed."""
        person = None if member_id in self.hidden else self.people.get(member_id)
        return person.name if person else _("somebody")

    def in_html(self, html: str) -> Markup:
        """Stored HTML with its names, as this reader may know them."""
        return Markup(marks.with_names_shown(html, self._shown))

    def in_text(self, stored: str) -> str:
        """The same for a text as it was typed."""
        return marks.with_names(stored, self.name_of)

    def _shown(self, member_id: int, may_link: bool) -> Markup:
        person = None if member_id in self.hidden else self.people.get(member_id)
        if person is None:
            return Markup('<span class="mention">{}</span>').format(_("somebody"))
        if not may_link or person.protected or person.is_minor or person.author.url is None:
            return Markup('<strong class="mention">@{}</strong>').format(person.name)
        return Markup('<a class="mention" href="{}">@{}</a>').format(person.author.url, person.name)


def named_in(texts: Iterable[str]) -> set[int]:
    """Whom stored texts name."""
    return {member_id for text in texts for member_id in marks.named_in(text)}


def names_in(texts: Iterable[str], hidden: Collection[int]) -> Names:
    """The names that stand in stored texts, for a reader for whom some people are hidden. One query, none where nobody
    is named."""
    return Names(named.called_ever(named_in(texts)), hidden)


def names_for(viewer: Viewer, prefix: str, space: Space, stream: Stream | None) -> list[Named]:
    """At most eight people whose name, or a part of it, begins so: who wrote in the thread first, then by name. Before
    there is a thread, those who read the space: whom a text for one house may name is asked when it is sent."""
    wanted = marks.folded(prefix)
    if not wanted or (stream is not None and past.ended_at(viewer, stream.id) is not None):
        return []
    wrote = _wrote_in(stream)
    house_id = stream.house_id if stream is not None else None
    found = [person for person in _mentionable(viewer, space, house_id, wrote) if _begins(person.name, wanted)]
    return sorted(found, key=lambda person: (person.id not in wrote, person.name.casefold(), person.id))[:OFFERED]


def nameable(viewer: Viewer, space: Space, stream: Stream) -> list[Named]:
    """Everybody the viewer may name in a conversation. Two queries."""
    return _mentionable(viewer, space, stream.house_id, _wrote_in(stream))


def ids_for(piece: Piece) -> list[int]:
    """Whom a piece mentions; whether each of them may read it is asked when she is told."""
    return list(session().scalars(select(Mention.member_id).where(Mention.piece_id == piece.id)))


def with_marks(
    actor: Viewer,
    typed: str,
    picked: Collection[int],
    space: Space,
    stream: Stream | None,
    house_id: int | None = None,
) -> str:
    """A typed text as it is stored: the names of those who may be mentioned become marks, everything else stays as it
    was typed. Raises Invalid where more than twenty are named."""
    if "@" not in typed:
        return typed
    people: dict[str, list[int]] = defaultdict(list)
    for person in _mentionable(actor, space, stream.house_id if stream else house_id, _wrote_in(stream)):
        people[marks.folded(person.name)].append(person.id)
    stored = marks.with_marks(typed, people, picked)
    count = len(marks.named_in(stored))
    if count > MOST:
        raise Invalid(
            _l(
                "At most %(max)s people can be mentioned in one text, and there are %(num)s. Take some of the @ away.",
                max=MOST,
                num=count,
            ),
            field="text",
        )
    return stored


def note(piece: Piece) -> None:
    """Keep whom a piece names, inside the transaction that writes it."""
    with transaction() as s:
        s.execute(delete(Mention).where(Mention.piece_id == piece.id))
        rows = [{"piece_id": piece.id, "member_id": id_} for id_ in dict.fromkeys(marks.named_in(piece.text))]
        if rows:
            s.execute(insert(Mention), rows)


def _mentionable(actor: Viewer, space: Space, house_id: int | None, wrote: Collection[int]) -> list[Named]:
    return [
        person
        for person in named.others(actor)
        if can(actor, rules.MENTION, (person, space_rules.reads(person, space, house_id), person.id in wrote))
    ]


def _wrote_in(stream: Stream | None) -> set[int]:
    """Who has something standing in a conversation under her name. Of everybody, because whose it is decides later;
    asked of each member, because a chat has many more messages than there are people."""
    if stream is None:
        return set()
    hers = exists().where(
        Piece.stream_id == stream.id, Piece.author_id == Member.id, Piece.state == "published", Piece.by_name()
    )
    return set(session().scalars(select(Member.id).where(hers)))


def _begins(name: str, wanted: str) -> bool:
    whole = marks.folded(name)
    words: Sequence[str] = whole.replace("-", " ").split()
    return whole.startswith(wanted) or any(word.startswith(wanted) for word in words)
