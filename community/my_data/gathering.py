"""Reading everything that is a member's, chapter by chapter, as she may read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from community.core.own_rows import Row
from community.inbox import for_owner as inbox
from community.members.people import Viewer
from community.my_data import queries
from community.my_data.chapters import CHAPTERS, Chapter
from community.my_data.tables import TABLES
from community.talks import for_owner as talks


@dataclass(frozen=True)
class Conversation:
    """What stands in one talk or inbox."""

    kind: str
    name: str
    messages: list[Row]


@dataclass
class Gathered:
    """Everything, by table. `elsewhere`: how often her number stands in what is somebody else's."""

    name: str
    made_at: datetime
    tables: dict[str, list[Row]] = field(default_factory=dict)
    conversations: list[Conversation] = field(default_factory=list)
    elsewhere: dict[str, int] = field(default_factory=dict)


def gather(viewer: Viewer, found: Gathered) -> Iterator[int]:
    """Read it into `found`, and say after each chapter how many have been read."""
    for done, chapter in enumerate(CHAPTERS, 1):
        _read(viewer, chapter, found)
        yield done


def _read(viewer: Viewer, chapter: Chapter, found: Gathered) -> None:
    for table in chapter.tables:
        gives = TABLES[table].gives
        assert gives is not None, table
        found.tables[table] = gives(viewer)
    if chapter.conversations:
        for kind, told in (("talk", talks.conversations(viewer)), ("inbox", inbox.conversations(viewer))):
            found.conversations += [Conversation(kind, name, list(messages)) for name, messages in told]
    if chapter is CHAPTERS[-1]:
        found.elsewhere = queries.elsewhere(viewer)
