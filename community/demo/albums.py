"""The demo's albums, and when things happened that posts tell of: through the actions, after the pictures are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from community.core import clock, ratelimit
from community.core.db import session
from community.demo.pictures import Drawn, photo_of, told
from community.members.queries import as_viewer
from community.memories import actions
from community.memories.actions import Wish
from community.memories.happened import Happened, on
from community.photos import asking
from community.spaces.models import Space
from community.streams import moderating
from community.streams.actions import Said
from community.streams.models import Piece


class Put(NamedTuple):
    """What somebody puts into an album: words, one drawing, what it shows, when it was."""

    who: str
    words: str
    drawing: str
    alt: str
    happened: Happened


class OneAlbum(NamedTuple):
    """An album: where, whose, what it is called, of what, when, and how many days ago it was made."""

    space: str
    who: str
    title: str
    words: str
    kind: str
    happened: Happened | None
    days_ago: int
    puts: tuple[Put, ...]


YEAR_2023 = Happened(date(2023, 1, 1), date(2023, 12, 31), "year")
DECEMBER_2015 = Happened(date(2015, 12, 1), date(2015, 12, 31), "month")
DECEMBER_2008 = Happened(date(2008, 12, 1), date(2008, 12, 31), "month")
SUMMER_2014 = Happened(date(2014, 6, 1), date(2014, 8, 31), "season")
TOLD: dict[str, Happened] = {
    "wrong-fence": SUMMER_2014,
    "snowball-war": DECEMBER_2008,
}
"""When it happened, of posts that tell of long ago."""


def albums(today: date) -> tuple[OneAlbum, ...]:
    """The albums; in one is something of this day three years ago."""

    three_years_ago = on(
        today.replace(year=today.year - 3, day=28 if (today.month, today.day) == (2, 29) else today.day)
    )
    return (
        OneAlbum(
            "minnen", "sara", "Sommarveckan vid sjön", "Sex tält, en kanot och fyrtio smörgåsar om dagen.", "trip",
            Happened(date(2019, 6, 1), date(2019, 8, 31), "season"), 34,
            (
                Put("sara", "Första kvällen. Någon ställde ifrån sig en kopp och glömde den i två dygn.", "lake",
                    "En brygga ut i en sjö i kvällsljus. På bryggan står en kopp.", on(date(2019, 7, 8))),
                Put("daniel", "Den här vände jag två gånger. Med mig i.", "canoe",
                    "En röd kanot uppdragen på en strand.", on(date(2019, 7, 10))),
                Put("callum", "I was visiting. The marshmallow on the left is mine. There is no left one.", "fire",
                    "A tent and a fire under stars, and one marshmallow on a stick.", on(date(2019, 7, 12))),
            ),
        ),
        OneAlbum(
            "koket", "birgitta", "Vid spisen", "Det som hann fotograferas innan det var slut.", "other", None, 20,
            (
                Put("birgitta", "Åtta stycken. Jag räknade, för hand.", "pancakes",
                    "En trave pannkakor med sylt på en rutig duk.", three_years_ago),
                Put("johanna", "Tomaterna i fönstret hos oss. De kom från en planta i det här köket.", "sill",
                    "Tre tomatplantor i ett fönster, och en blå kopp.", YEAR_2023),
                Put("birgitta", "Den lutar åt samma håll varje år. Strumpan är min.", "tree",
                    "En julgran som lutar, med stjärnor av halm och en strumpa.", DECEMBER_2015),
            ),
        ),
    )  # fmt: skip


def write(anchor: datetime, people: dict[str, int], pieces: Mapping[str, int], files: Drawn) -> None:
    """In the present transaction; nothing where no pictures were drawn."""
    if not files:
        return
    for name, happened in TOLD.items():
        piece = session().get_one(Piece, pieces[name])
        actions.say_when(as_viewer(piece.author_id), piece.id, happened)
    with ratelimit.ignored():
        for one in albums(clock.today()):
            _make(anchor, people, one, files)


def _make(anchor: datetime, people: dict[str, int], one: OneAlbum, files: Drawn) -> None:
    at = anchor - timedelta(days=one.days_ago)
    space = session().scalars(select(Space.id).where(Space.slug == one.space)).one()
    host = as_viewer(people["jonna"])
    with clock.at(at):
        wish = Wish(space, one.kind, one.happened, "all")
        said = Said(one.words, f"demo-album-{one.space}", one.title)
        stream_id = actions.make_album(as_viewer(people[one.who]), wish, said).stream_id
    for nr, put in enumerate(one.puts):
        with clock.at(at + timedelta(hours=5 * nr + 1)):
            photo = photo_of(people[put.who], put.drawing, clock.now(), files)
            said = Said(put.words, f"demo-put-{put.drawing}")
            piece = actions.contribute(as_viewer(people[put.who]), stream_id, said, [photo.id], put.happened)
            if piece.state == "held":
                moderating.publish(host, piece)
                asking.confirm_all(host, piece)
            told(piece, [photo], [put.alt], host=host.id)
