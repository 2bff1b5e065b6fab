"""The gate as streams pass it: what is known of the writer and the place, and what follows where somebody must read.

Who works now is asked of the rota at this moment, by the house a stream is said to, or its space is of; what belongs to
all houses has any cover. What is held waits as a case; what was heard is kept without words.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from community.core import clock
from community.core import mentions as marks
from community.core.announcements import announce
from community.core.db import session, transaction
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.members import trust
from community.members.people import ADULT, SIXTEEN_17, Viewer
from community.members.queries import facts_for
from community.rota.queries import cover_at
from community.safety import cases, heard, house_table, publishing
from community.safety.gate import WORD, Facts, Grade, Outcome, Surface, Verdict, screen
from community.safety.models import HARM, Case
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import pairs
from community.streams.models import Piece, Stream

HELD, CHECK = "held", "check"
PICTURES = "photo"
"""Why a text waits that came with pictures."""
OURS = frozenset({HELD, WORD})
"""The reasons of a case that are over when its text is taken back."""
OF_PIECES = {"opening": Surface.THREAD, "reply": Surface.REPLY, "message": Surface.CHAT}
OF_STREAMS = {"talk": Surface.TALK, "inbox": Surface.TO_STAFF}


def house_of_place(space: Space, house_id: int | None) -> int | None:
    """Whose cover a place has: the house it is said to alone, or the space's; None: what belongs to all houses."""
    return house_id if house_id is not None else space.house_id


def facts_at(actor: Viewer, space: Space, house_id: int | None) -> Facts:
    """What the gate may know of a writer in a place. At most two queries; none for staff."""
    return _facts(actor, among_adults=space_rules.adults_only(space), house=house_of_place(space, house_id))


def _facts(actor: Viewer, *, among_adults: bool, house: int | None) -> Facts:
    if actor.is_staff:
        return facts_for(actor)
    writer, table = writer_of(actor), house_table.as_of(actor.table_mark)
    alike = among_adults and actor.age_band == ADULT and not table.adults_need_cover
    return facts_for(
        actor,
        posts_so_far=writer.passed,
        adults_only=among_adults,
        cover="none" if alike else cover_at(house).kind,
        own_house=is_own(actor, house),
        trusted=writer.trusted,
        known=writer.known,
    )


def surface_of(kind: str, stream: Stream | None) -> Surface:
    """Where a piece of a kind is said, as the gate knows it."""
    named = OF_STREAMS.get(stream.kind) if stream is not None else None
    return named or OF_PIECES[kind]


def facts_in_chat(actor: Viewer, space: Space, stream: Stream) -> Facts:
    """What the gate may know of whoever writes in a chat or a talk: the lists alone decide there, and who reads it. Two
    queries where it is read by name."""
    alone = space_rules.is_by_name(space) and pairs.only_adults(stream.id)
    return facts_for(actor, adults_only=alone or space_rules.adults_only(space))


def given_back(verdict: Verdict) -> Verdict:
    """In a chat nothing waits to be read: what would have to is given back at once, with what stands in its way. Only
    what makes us afraid for somebody is kept, so that a person sees it. Raises Invalid."""
    if verdict.outcome is not Outcome.HOLD or verdict.alert:
        return verdict
    if verdict.words:
        raise Invalid(
            _l("This can't be sent with the word %(words)s in it.", words=", ".join(verdict.words)), field="text"
        )
    raise Invalid(
        _l("Phone numbers, addresses and the like can't stand in the chat. Leave that out and send again."),
        field="text",
    )


def facts_for_all(actor: Viewer) -> Facts:
    """What the gate may know of a writer where everybody reads: words about herself."""
    return _facts(actor, among_adults=False, house=None)


def is_own(actor: Viewer, house: int | None) -> bool:
    """Whether a place is of the actor's own house; what belongs to all houses is nobody's own."""
    return house is not None and house == space_rules.house_of(actor)


def writer_of(actor: Viewer) -> publishing.Writer:
    """What the publishing rule asks of whoever writes: how many posts of hers stand (at most as many as are asked
    about), and what staff have said of her. One query; none for staff and those of 16 and 17, of whom it asks none of
    this."""
    if actor.is_staff or actor.age_band == SIXTEEN_17:
        return publishing.Writer(actor.kind, actor.age_band)
    most = house_table.as_of(actor.table_mark).most_counted
    some = select(Piece.id).where(Piece.author_id == actor.id, Piece.state == "published")
    posts = select(func.count()).select_from(some.limit(most).subquery()).scalar_subquery()
    row = session().execute(select(posts, trust.holds(actor.id, trust.YOUNG), trust.holds(actor.id, trust.KNOWN)))
    passed, trusted, known = row.one()
    return publishing.Writer(actor.kind, actor.age_band, passed, bool(trusted), bool(known))


def verdict_on(
    actor: Viewer, surface: Surface, facts: Facts, *, title: str | None, note: str | None, stored: str
) -> Verdict:
    """What becomes of a text. Raises Invalid where a list refuses it, and says which word."""
    verdict = screen(words_of(title, note, stored), surface, facts)
    if verdict.outcome is Outcome.REFUSE:
        words = ", ".join(verdict.words)
        raise Invalid(_l("This can't be sent with the word %(words)s in it.", words=words), field="text")
    return verdict


def with_pictures(verdict: Verdict, facts: Facts) -> Verdict:
    """The same for what comes with pictures: where children read, a host looks first, whoever put them up; what those
    who work here put up their own rule decides."""
    if facts.adults_only or facts.kind == "staff" or verdict.outcome is Outcome.HOLD:
        return verdict
    return replace(verdict, outcome=Outcome.HOLD, check=False, why=PICTURES)


def words_of(title: str | None, note: str | None, stored: str) -> str:
    """What somebody says in a piece, as the gate hears it: names of others are not hers."""
    return f"{title or ''}\n{note or ''}\n{marks.without_names(stored)}"


def follow(
    piece: Piece, stream: Stream, space: Space, surface: Surface, verdict: Verdict, *, asks: bool = False
) -> None:
    """Do what a verdict on a piece (or on a change of it) calls for beside its state: keep what was heard, let what is
    held wait as a case, leave a quiet line for what is heavy, and note what is to be read after. Inside the caller's
    transaction. `asks`: somebody asks for support in it, so it comes before others that wait."""
    heard.note(piece.author_id, surface, verdict, piece_id=piece.id)
    held = verdict.outcome is Outcome.HOLD
    # Staff read their inbox anyway: there only what can't wait for that is a case.
    heavy = verdict.grade is Grade.HEAVY and surface not in (Surface.TALK, Surface.TO_STAFF)
    if held or heavy or (verdict.alert and surface is Surface.TO_STAFF):
        cases.open_case(
            target_of(piece),
            (WORD if verdict.why == WORD else HELD) if held else WORD if verdict.alert else CHECK,
            harm=cases.harm_of(verdict, asks=asks),
            # Of what is written without a name no case, note or list knows whose it is.
            member_id=None if piece.unnamed else piece.author_id,
            piece_id=piece.id,
            space_id=space.id,
            house_id=house_of_place(space, stream.house_id),
            alert=verdict.alert,
            why=verdict.why,
        )
    if held:
        if piece.state == "held":
            piece.held_why = verdict.why
        own_changed(piece)
    elif verdict.check:
        piece.check_at = clock.now()


def wait(piece: Piece, stream: Stream, space: Space) -> None:
    """Let a piece wait that no verdict holds. Inside the caller's transaction."""
    piece.state = "held"
    follow(piece, stream, space, Surface.THREAD, Verdict(Outcome.HOLD))


def changed(piece: Piece) -> None:
    """Its author has changed what it says. Whoever is about to decide on what stood there before learns so: every open
    case about it gets a new version. Inside the caller's transaction."""
    about = select(Case).where(Case.piece_id == piece.id, Case.state == "open").with_for_update()
    for case in session().scalars(about.execution_options(populate_existing=True)).all():
        cases.note_step(case, None, "changed")


def target_of(piece: Piece) -> str:
    """What a case about a piece is named by."""
    return f"piece:{piece.id}"


def taken_back(piece: Piece) -> None:
    """Its author took back what waited. The case ends, unless it is about more than the waiting: what made us afraid
    for her, or was reported, somebody still looks at."""
    with transaction():
        case = cases.open_case_of(target_of(piece))
        if case is not None:
            by_id = None if piece.unnamed else piece.author_id
            if OURS.issuperset(case.reasons) and case.alert_at is None and case.harm < HARM:
                cases.close_case(case, by_id, "withdrawn")
            else:
                cases.note_step(case, by_id, "withdrawn")
        own_changed(piece)


def own_changed(piece: Piece) -> None:
    """What is its author's own and waits, or is told to her alone, has changed: her own open pages look again. Inside
    the caller's transaction."""
    announce(f"member:{piece.author_id}", "own:changed", member=piece.author_id, stream=piece.stream_id)
