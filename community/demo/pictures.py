"""The demo's pictures: drawn before the database is filled, then hung on posts by the actions themselves."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta

from community.core import clock, picture_files
from community.core import pictures as drawing
from community.core.db import session
from community.demo.drawings import DRAWINGS
from community.demo.drawings_more import MORE
from community.members.queries import as_viewer
from community.photos import actions, asking, filing, hanging
from community.photos.actions import Told
from community.photos.filing import Files
from community.photos.models import Photo
from community.streams.models import Piece

Drawn = Mapping[str, Files]
DEMO = "demo"  # who waits for them to be drawn
ALL = {**DRAWINGS, **MORE}
ON_POSTS: dict[str, dict[str, str]] = {
    "wrong-fence": {
        "fence": "A red picket fence along a meadow. Far behind it stands the house it belongs to.",
        "paint": "Four tins of red paint in the grass, and a brush.",
    },
    "snowball-war": {"snow": "En mur av snö i mörkret. Bakom den ett hus med ljus i alla fönster."},
    "star-in-ceiling": {"star": "En meterbred stjärna av sugrör under taket i ett kök."},
    "bun-proof": {"buns": "Tolv kanelbullar på en plåt, och en vikt lapp bredvid."},
    "first-night": {"lamp": "En liten lampa med skärm av papper, vid ett fönster i natten."},
    "soda-bread": {"bread": "A round loaf on a board, with a deep cross cut into it."},
    "samir-eighteen": {"cake": "En tårta med arton ljus och vimplar ovanför."},
    "samir-eighteen/4": {"bicycle": "En grön cykel med korg, nylagad, mot en gul vägg."},
    "samir-eighteen/10": {"card": "En ritad karta med tolv kryss. Ramen hängde redan på väggen."},
    "shrunk-wool": {"jumper": "En blå ulltröja, stor som en hand, på ett klädstreck bredvid en strumpa."},
    "goalkeeper": {"goal": "A gravel pitch with a goal and a ball. There is nobody in the goal."},
    "rainy-leith": {"leith": "Rain from the side over a row of houses. Four gulls are walking."},
}


@contextmanager
def drawn() -> Iterator[Drawn]:
    """Their files, by name. They stay if the block succeeds; what it raises takes them away again."""
    with ExitStack() as files:
        yield {name: _files(name, files) for name in ALL}


def write(anchor: datetime, people: dict[str, int], pieces: Mapping[str, int], files: Drawn) -> None:
    """Hang them where they belong, in the present transaction. Nobody is in any of them, and a host has said so."""
    if not files:
        return
    for name, those in ON_POSTS.items():
        piece = session().get_one(Piece, pieces[name])
        photos = [photo_of(piece.author_id, drawing_name, piece.written_at, files) for drawing_name in those]
        hanging.attach(as_viewer(piece.author_id), piece, [photo.id for photo in photos])
        told(piece, photos, list(those.values()), host=people["jonna"])


def told(piece: Piece, photos: list[Photo], words: list[str], *, host: int) -> None:
    """Say what each of these shows, and that nobody is in it; a host has said so too."""
    author = as_viewer(piece.author_id)
    with clock.at(piece.written_at + timedelta(minutes=1)):
        for photo, alt in zip(photos, words, strict=True):
            actions.say_who(author, photo.id, Told(alt, "nobody"))
            if photo.needs_host and host != author.id:
                asking.confirm(as_viewer(host), photo.id)


def photo_of(whose: int, name: str, at: datetime, files: Drawn) -> Photo:
    with clock.at(at):
        photo = filing.row_of(as_viewer(whose), files[name], f"{DEMO}-{name}")
    session().add(photo)
    session().flush()
    return photo


def _files(name: str, files: ExitStack) -> Files:
    made = drawing.made(io.BytesIO(ALL[name]().jpeg()), whose=DEMO)
    shown = files.enter_context(picture_files.kept(made.parts))
    return Files(made, shown, files.enter_context(picture_files.kept(made.master)))
