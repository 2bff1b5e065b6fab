"""What `/design` shows of memories: the timeline, albums, when it was, and what was on this day, in their states."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from community.core import i18n
from community.home.design_pictures import TUVA, VERA
from community.home.design_pictures import picture as _picture
from community.members.people import AuthorView
from community.memories.forms import WhenForm
from community.memories.looking_back import Back
from community.memories.queries import AlbumView, Entry
from community.memories.timeline import Memory
from community.spaces.queries import SpaceView
from community.streams.queries import PieceView

LONG = "Midsommarfirandet på Kalvholmen med hela Solgläntan"
THEN = datetime(2014, 6, 20, tzinfo=UTC)
SPACE = SpaceView(2, "two", "Minnen", "honey", "memories", True)


def samples() -> dict[str, Any]:
    """Made-up ones, in their states."""
    wrong = WhenForm(formdata=None, prefix="drawn-", year="2030", part="summer")
    wrong.offer_parts()
    wrong.year.errors = [i18n.lazy("That has not happened yet. Choose a time that has been.")]
    memories = [
        _memory(1, TUVA, "Alla i samma båt", "20 juni 2014", pictures=3, title=LONG),
        _memory(2, VERA, "Första snön", "vintern 2013/14", pictures=1),
        _memory(3, TUVA, "Två bilder", "omkring 2014", pictures=2),
        _memory(4, VERA, "Om hunden", "2014", note="om ett djur som dör"),
        _memory(5, TUVA, "", "2013", title="Gotland", album=True),
    ]
    return {
        "drawn_memories": memories,
        "drawn_backs": [Back(memories[0], "för tre år sedan"), Back(memories[1], "för tio år sedan")],
        "drawn_when": wrong,
        "drawn_albums": [
            AlbumView(1, LONG, "sv", "En resa", "sommaren 2014", SPACE, 12, _picture(1, "shown"), (THEN, 1)),
            AlbumView(2, "2009", "sv", "Ett år", "", SPACE, 0, None, (THEN, 2)),
        ],
        "drawn_entries": [
            Entry(_piece(6, TUVA, "Färjan hem", pictures=2), "20 juni 2014", 1, None),
            Entry(_piece(7, VERA, "Jag minns mest regnet."), "", 0, None),
            Entry(_piece(8, VERA, "Något annat", pictures=1), "", 0, "person"),
        ],
        "drawn_mine": SimpleNamespace(reactions={}, pieces=[], folded={"908": "person"}, pictures={}),
    }


def _piece(
    nr: int, author: AuthorView, words: str, pictures: int = 0, title: str | None = None, note: str | None = None
) -> PieceView:
    return PieceView(
        id=900 + nr,
        stream_id=900,
        nr=nr,
        seq=nr,
        version=1,
        kind="reply",
        state="published",
        title=title,
        text=words,
        html=Markup("<p>{}</p>").format(words) if words else Markup(""),
        lang="sv",
        author=author,
        posted_at=THEN,
        edited_at=None,
        reactions=(),
        note=note,
        pictures=tuple(_picture(number, "shown") for number in range(pictures)),
        with_pictures=bool(pictures),
    )


def _memory(nr: int, author: AuthorView, words: str, when: str, album: bool = False, **what: Any) -> Memory:
    return Memory(_piece(nr, author, words, **what), when, True, 2014, when, "#", (THEN, nr), album)
