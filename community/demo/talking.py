"""Two talks of the demo and one ask that waits, by the actions themselves: minutes before the anchor, who, what."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.core import clock, ratelimit
from community.members.queries import as_viewer
from community.notices import actions as notices
from community.streams import by_name
from community.streams.actions import Said
from community.streams.queries import stream_for
from community.talks import actions as talks

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
    one, other, minutes = ASKS
    with clock.at(anchor - timedelta(minutes=minutes)), ratelimit.ignored():
        talks.begin(as_viewer(people[one]), [people[other]])
