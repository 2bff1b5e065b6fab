"""What is said in the demo's chats as it begins, by the actions themselves: minutes before the anchor, who, what."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from community.chat import actions as chats
from community.chat.models import Room
from community.core import clock, ratelimit
from community.core.db import session
from community.members.queries import as_viewer
from community.spaces.models import Space
from community.streams import actions as streams
from community.streams.actions import Said

SAID: dict[str, list[tuple[int, str, str]]] = {
    "vardagsrummet": [
        (58, "callum", "who remembers what went into the Sunday pancakes"),
        (57, "callum", "asking for a friend. the friend is hungry"),
        (55, "birgitta", "3 ägg, 6 dl mjölk, 3 dl mjöl. Hemligheten är tålamod."),
        (54, "callum", "patience was not on the shopping list"),
        (49, "amina", "vi gör dem ikväll, asså på riktigt, kom förbi"),
        (48, "elias", "amina lovade samma sak förra lördan"),
        (47, "amina", "elias åt nio stycken förra lördan"),
        (46, "elias", "sju"),
        (44, "daniel", "På bussen redan. Alltså jag kör den, men ändå."),
        (31, "sofia", "åh jag saknar det köket"),
        (30, "sofia", "hälsa spisen"),
        (18, "tuva", "Spisen hälsar tillbaka. Platta två är fortfarande lögn."),
        (6, "isla", "my gran says you have to turn them with feeling"),
        (4, "dawit", "I turned one once. it is still on the ceiling"),
    ],
    "solglantan": [
        (92, "wilma", "Hörrni, vem har tagit min blå mugg"),
        (90, "elias", "inte jag"),
        (89, "wilma", "Jag frågade inte dig än"),
        (61, "amina", "den står i fönstret i tvättstugan. fråga inte"),
        (33, "sara", "Filmen börjar åtta. Filtar finns i korgen."),
        (12, "tuva", "1. Jag kommer. 2. Jag väljer inte film. 3. Jag klagar inte heller."),
    ],
    "linden": [
        (74, "samir", "allihopa. jag har packat EN låda. det tog tre timmar. be for me"),
        (71, "isla", "what was in it"),
        (70, "samir", "memories. and the waffle iron"),
        (40, "jonna", "Våffeljärnet är husets, Samir."),
        (39, "samir", "the memories are mine, the waffle iron is a memory"),
    ],
    "utflyttat": [
        (1460, "petra", "Någon mer som sitter hemma med deklarationen?"),
        (1452, "marcus", "Brukar lösa sig. Har inte öppnat brevet."),
        (1448, "petra", "Öppna brevet, Marcus."),
        (180, "ali", "bror öppnade du det"),
        (171, "marcus", "Öppnade. Fick pengar tillbaka. Som sagt."),
    ],
}
LIKED = (("vardagsrummet", 13, "amina", "haha"), ("vardagsrummet", 2, "johanna", "heart"))


def write(anchor: datetime, people: dict[str, int]) -> None:
    """The chats of the last evening, and what somebody laughed at."""
    rooms = dict(session().execute(select(Space.slug, Room.stream_id).join(Room, Room.standing_in == Space.id)).all())
    said: dict[tuple[str, int], int] = {}
    for slug, lines in SAID.items():
        for number, (minutes, who, words) in enumerate(lines):
            with clock.at(anchor - timedelta(minutes=minutes)), ratelimit.ignored():
                piece, _new = chats.send(as_viewer(people[who]), rooms[slug], Said(words, f"demo-{slug}-{number}"[:36]))
            said[slug, number] = piece.id
    for slug, number, who, kind in LIKED:
        with clock.at(anchor - timedelta(minutes=2)):
            streams.react(as_viewer(people[who]), said[slug, number], kind)
