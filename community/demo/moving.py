"""Samir is on his way: his list with Olof, people he wants to keep, and letters. Rasmus and Ali, who moved before, are
asked how it goes. By the actions themselves; moves of before there were any rows of them are rows."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from community.core import clock, ratelimit
from community.core.db import new_id, session, transaction
from community.core.i18n import in_language
from community.members.models import MembershipPeriod
from community.members.people import Viewer
from community.members.queries import as_viewer
from community.moving import check_ins, checklist, letter_writing, listing, preparing
from community.moving.models import Move
from community.moving.prepared_models import CheckIn
from community.notices import laying

BEGAN: dict[str, tuple[str, str, bool]] = {  # what they made of the five lines every list begins with
    "home": ("Kontrakt på lägenheten", "", True),
    "bank": ("Eget bankkonto och BankID", "", True),
    "doctor": ("Vårdcentral nära nya stället", "Olof ringer med dig på tisdag", False),
    "money": ("Räkna på hyran", "", True),
    "people": ("Bestämma en dag i veckan med Elias", "", False),
}
ADDED: tuple[tuple[str, str, bool], ...] = (
    ("Anmäla flytten till Skatteverket", "", True),
    ("Elavtal", "Callum säger: vänta inte till sista veckan", True),
    ("Hemförsäkring", "", False),
    ("Gardiner eller lakan", "", False),
)
KEEPS = ("sara", "callum", "daniel")
LETTERS: tuple[tuple[str, str], ...] = (
    (
        "olof",
        "Samir. Du kom med en kasse och en mening, och båda var tunga. Nu går du med fler av båda. Cykeln är lagad.",
    ),
    ("callum", "Samir, the first week is the loudest and the quietest. Put the kettle on. It passes."),
    ("daniel", "Första natten i min egen lägenhet sov jag med skorna på. Det går över. Ring på om du ser min buss."),
    ("petra", "Om du måste ringa någon du inte vill ringa: stå upp. Rösten blir längre då. Lycka till."),
)
ASKED = ("rasmus", "ali")  # one to answer, one to look at


def write(anchor: datetime, people: dict[str, int], rent_id: int) -> None:
    """What Samir prepares, and what Rasmus is asked. `rent_id`: the thread about the first rent."""
    with clock.at(anchor - timedelta(days=9)), ratelimit.ignored():
        samir, olof = as_viewer(people["samir"]), as_viewer(people["olof"])
        his = session().scalars(select(Move).where(Move.member_id == samir.id, Move.is_open.is_(True))).one()
        preparing.wish(samir, his, letters=True)
        _fill_list(samir, olof, rent_id)
        for name in KEEPS:
            preparing.keep(samir, people[name])
    for days, (name, words) in enumerate(LETTERS, 2):
        with clock.at(anchor - timedelta(days=days)), ratelimit.ignored():
            letter_writing.write(as_viewer(people[name]), people["samir"], words)
    with clock.at(anchor - timedelta(days=1)), transaction():
        for name in ASKED:
            _has_moved(people[name], people["birgitta"])


def _fill_list(samir: Viewer, olof: Viewer, rent_id: int) -> None:
    begun = {row.start: row.id for row in checklist.rows_for(samir, samir.id)}
    lines = [(begun[start], line) for start, line in BEGAN.items()]
    lines += [(listing.add(samir, samir.id, line[0]).id, line) for line in ADDED]
    for number, (line_id, (words, note, done)) in enumerate(lines):
        link = rent_id if words == "Hemförsäkring" else None
        by = olof if note.startswith("Olof") else samir
        with in_language("sv"):
            listing.change(by, line_id, words=words, note=note, stream_id=link, version=1)
        if done:
            listing.tick(samir if number % 2 else olof, line_id, done=True)


def _has_moved(member_id: int, by_id: int) -> None:
    """A move of before there were any rows of them, and the question of the year."""
    s = session()
    left = s.scalars(select(MembershipPeriod).where(MembershipPeriod.member_id == member_id)).all()[-1]
    row = Move(id=new_id(), member_id=member_id, house_id=left.house_id, kind="planned", moves_on=left.from_on)
    row.made_by, row.made_at, row.done_at, row.version = by_id, clock.now(), clock.now(), 1
    asked = CheckIn(id=new_id(), move_id=row.id, member_id=member_id, step="year", asked_at=clock.now())
    asked.due_on = check_ins.due_on(left.from_on, "year")
    s.add_all((row, asked))
    s.flush()
    laying.lay(member_id, "check_in", asked.id, "year")
