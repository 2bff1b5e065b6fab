"""Three talks of the demo and one ask that waits, by the actions themselves: minutes before the anchor, who, what.

Samir and Isla wrote to each other before he turned 18, so they keep theirs; a safety lead was told of it beforehand."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.core import clock, ratelimit
from community.members.queries import as_viewer
from community.notices import actions as notices
from community.safety import cases
from community.safety.models import PLAIN
from community.streams import by_name
from community.streams.actions import Said
from community.streams.queries import stream_for
from community.talks import actions as talks
from community.talks import birthdays

TALKS: tuple[tuple[str, str, tuple[tuple[int, str, str], ...]], ...] = (
    (
        "amina",
        "elias",
        (
            (1510, "amina", "du vet linserna"),
            (1508, "elias", "jag vet alltid linserna"),
            (1507, "amina", "jag saltade två gånger"),
            (1504, "elias", "jag åt tre tallrikar. det är ett svar"),
            (95, "elias", "ska vi säga till tuva att plattan är lagad"),
            (93, "amina", "asså nej. låt henne upptäcka det själv"),
        ),
    ),
    (
        "samir",
        "isla",
        (
            (100_800, "samir", "isla. emergency. I burned the rice. THE RICE"),
            (100_790, "isla", "again?? my gran says burned rice is just rice with opinions"),
            (100_780, "samir", "your gran is the wisest woman in sweden"),
            (4300, "isla", "are you packing or are you making speeches about packing"),
            (4296, "samir", "both. act one is the boxes"),
        ),
    ),
    (
        "callum",
        "johanna",
        (
            (3010, "callum", "you asked about the wardrobe door"),
            (3004, "johanna", "Den går fortfarande inte att stänga. I mitt huvud alltså."),
            (2990, "callum", "longer screws. it was always longer screws"),
            (2988, "johanna", "Jag ska berätta det för mina barn."),
        ),
    ),
)
ASKS = ("marcus", "leyla", 400)
TOLD = timedelta(days=65)


def write(anchor: datetime, people: dict[str, int]) -> None:
    """The talks, read by both, and the ask."""
    for one, other, lines in TALKS:
        with clock.at(anchor - timedelta(minutes=lines[0][0] + 5)), ratelimit.ignored():
            stream_id = talks.begin(as_viewer(people[one]), [people[other]]).id
            asked = by_name.row_of(as_viewer(people[other]), stream_id)
            if asked is not None and asked.state == "asked":
                talks.answer(as_viewer(people[other]), stream_id, yes=True)
        for number, (minutes, who, words) in enumerate(lines):
            with clock.at(anchor - timedelta(minutes=minutes)), ratelimit.ignored():
                said = Said(words, f"demo-talk-{one}-{number}")
                piece, _new = talks.send(as_viewer(people[who]), stream_id, said)
                reader = as_viewer(people[other if who == one else one])
                notices.mark_read(reader, stream_for(reader, stream_id), piece.nr or 0)
    _told_beforehand(anchor, people)
    one, other, minutes = ASKS
    with clock.at(anchor - timedelta(minutes=minutes)), ratelimit.ignored():
        talks.begin(as_viewer(people[one]), [people[other]])


def _told_beforehand(anchor: datetime, people: dict[str, int]) -> None:
    """A month before the birthday; Karin has looked and let it be."""
    with clock.at(anchor - TOLD):
        for stream_id, (low, high), turns_on in list(birthdays.coming(clock.today())):
            talks.note_bridge(stream_id, low, high, turns_on)
            case = cases.open_case(f"bridge:{stream_id}", birthdays.REASON, harm=PLAIN, lane="leads")
            with clock.at(anchor - TOLD + timedelta(hours=20)):
                cases.close_case(case, people["karin"], "fine")
