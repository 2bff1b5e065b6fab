"""Writing a letter for the day of a move, taking it back, opening it, and what a host decides about one that waits.

Between two who may write to each other anyway the lists alone decide. A letter between a grown-up and a child who may
not is read by a host first, whatever it says: otherwise it would be the private line the contact rule shuts.
"""

from __future__ import annotations

from sqlalchemy import select

from community.core import clock, crypto, text
from community.core.db import add_once, new_id, session, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer
from community.members.queries import facts_for
from community.moving import letters
from community.moving import prepared_rules as rules
from community.moving.letters import Composer
from community.moving.prepared_models import FarewellLetter
from community.notices import laying
from community.safety import cases, heard
from community.safety.gate import Outcome, Surface, Verdict, screen
from community.safety.publishing import HOUSE

LETTER = "letter"  # why a case is opened
OPENED = _l("The letter has been opened, so it can't be changed or taken back any more.")


def write(actor: Viewer, to_id: int, words: str) -> FarewellLetter:
    """Write somebody a letter for her day, or change what one wrote. Raises NotFound, NotAllowed, Conflict after that
    day, Invalid by field: too long, or refused by a list (it says which word)."""
    require(actor, rules.WRITE_LETTER)
    text.at_most(words, letters.LONGEST_LETTER, "text")
    with transaction() as s:
        composer = letters.composer_for(actor, to_id)
        if composer.opens_on is None:
            raise Conflict(_l("The day has come, or no letters are wanted any more. You can still take yours back."))
        row = _row_of(actor, composer, words)
        if row.opened_at is not None:
            raise Conflict(OPENED)
        verdict = _verdict(actor, composer, words)
        heard.note(actor.id, Surface.LETTER, verdict)
        row.text_sealed = crypto.seal(words, f"farewell_letter:{row.id}:text")
        row.state = "held" if verdict.outcome is Outcome.HOLD else "sealed"
        row.changed_at, row.version = clock.now(), (row.version or 0) + 1
        s.flush()
        _follow(actor, row, verdict, composer.move.house_id)
        return row


def take_back(actor: Viewer, to_id: int) -> None:
    """It is gone, and nobody is told that it ever was there. Twice is once. Raises NotFound, Conflict once it is
    opened."""
    composer = letters.composer_for(actor, to_id)
    if composer.own is None:
        return
    require(actor, rules.TAKE_BACK_LETTER, composer.own.by_id)
    with transaction() as s:
        row = s.get(FarewellLetter, composer.own.id, with_for_update=True, populate_existing=True)
        if row is None:
            return
        if row.opened_at is not None:
            raise Conflict(OPENED)
        _close(actor.id, row, taken_back=True)
        s.delete(row)
        s.flush()


def open_letter(actor: Viewer, letter_id: int) -> FarewellLetter:
    """She opens one of hers, on her day or whenever she wants after it: she has found them, so the card that leads to
    them is gone. Twice is once. Raises NotFound."""
    require(actor, rules.OPEN_LETTER, letters.letter_for(actor, letter_id).to_id)
    with transaction() as s:
        row = s.get_one(FarewellLetter, letter_id, with_for_update=True, populate_existing=True)
        row.opened_at = row.opened_at or clock.now()
        s.flush()
        laying.end([actor.id], "letters")
        return row


def put_away(actor: Viewer, letter_id: int) -> None:
    """She told staff of it: it is not there for her any more. Inside the telling action. Raises NotFound."""
    require(actor, rules.OPEN_LETTER, letters.letter_for(actor, letter_id).to_id)
    with transaction() as s:
        row = s.get_one(FarewellLetter, letter_id, with_for_update=True, populate_existing=True)
        row.told_at = clock.now()
        s.flush()


def let_stand(row: FarewellLetter) -> None:
    """A letter that waited lies there for her day. Called by whoever decides, inside the deciding action."""
    row.state = "sealed"
    session().flush()


def send_back(row: FarewellLetter) -> None:
    """It goes back to whoever wrote it, who finds it in her field. Called by whoever decides."""
    row.state = "returned"
    session().flush()


def _row_of(actor: Viewer, composer: Composer, words: str) -> FarewellLetter:
    """Her letter, kept from others until the transaction ends; made where there is none."""
    mine = (FarewellLetter.move_id == composer.move.id) & (FarewellLetter.by_id == actor.id)
    found = session().scalar(select(FarewellLetter).where(mine))
    if found is None:
        given = {"move_id": composer.move.id, "to_id": composer.to.id, "by_id": actor.id, "state": "sealed"}
        fresh = FarewellLetter(id=new_id(), **given, written_at=clock.now(), changed_at=clock.now(), version=0)
        fresh.text_sealed = crypto.seal(words, f"farewell_letter:{fresh.id}:text")
        add_once(fresh)
    locked = select(FarewellLetter).where(mine).with_for_update().execution_options(populate_existing=True)
    return session().scalars(locked).one()


def _verdict(actor: Viewer, composer: Composer, words: str) -> Verdict:
    verdict = screen(words, Surface.LETTER, facts_for(actor, adults_only=composer.among_adults))
    if verdict.outcome is Outcome.REFUSE:
        said = ", ".join(verdict.words)
        raise Invalid(_l("This can't be sent with the word %(words)s in it.", words=said), field="text")
    if verdict.outcome is Outcome.PUBLISH and composer.read_first:
        return Verdict(Outcome.HOLD, grade=verdict.grade, alert=verdict.alert, hits=verdict.hits, why=HOUSE)
    return verdict


def _follow(actor: Viewer, row: FarewellLetter, verdict: Verdict, house_id: int) -> None:
    """What is held waits as a case of the house she moves from; of what is not, a case that stood is over."""
    if verdict.outcome is not Outcome.HOLD:
        _close(actor.id, row)
        return
    cases.open_case(
        letters.target_of(row.id),
        LETTER,
        harm=cases.harm_of(verdict),
        member_id=actor.id,
        house_id=house_id,
        alert=verdict.alert,
        why=verdict.why,
    )


def _close(by_id: int, row: FarewellLetter, *, taken_back: bool = False) -> None:
    """Unless it is about more than the waiting: what made us afraid for her, somebody still looks at."""
    case = cases.open_case_of(letters.target_of(row.id))
    if case is None:
        return
    if case.alert_at is None and set(case.reasons) == {LETTER}:
        cases.close_case(case, by_id, "withdrawn")
    elif taken_back:
        cases.note_step(case, by_id, "withdrawn")
