"""Deciding: what is done to the piece, the act with its reason, what its author is told, the notices and the closed
case are one transaction. A crash loses all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from community.acts.models import Act
from community.acts.record import record
from community.core import audit, clock
from community.core.db import session, transaction
from community.core.errors import Conflict, Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members import queries as members
from community.members.models import Profile
from community.members.people import Viewer
from community.members.profile import let_stand, send_back, target_of
from community.moderation import queries, rules, words
from community.moving import letter_writing, letters
from community.moving.prepared_models import FarewellLetter
from community.notices import actions as notices
from community.notices.models import Notice
from community.photos import asking
from community.safety import cases
from community.safety.models import Case, CaseStep
from community.safety.reasons import REASONS
from community.streams import gating, mentions, moderating, waiting_edits
from community.streams.models import Piece, Stream

NEEDS_NO_REASON = ("publish", "show", "fine", "unlock")
ELSEWHERE = ("appeal:", "unmask:")
"""Cases that are answered on a page of their own."""
STAYS_OPEN = ("member-note",)
OUTCOME = {
    "publish": "published",
    "show": "shown_again",
    "back": "returned",
    "hide": "hidden",
    "remove": "removed",
    "rewrite": "rewrite",
    "heads-up": "heads_up",
    "cool": "cooled",
    "lock": "locked",
    "unlock": "lifted",
    "member-note": "noted",
    "fine": "fine",
}


@dataclass(frozen=True)
class Decision:
    """What a host wants: `reason` a word of our list, or her own `words`, which its author reads; for a heads-up the
    words are the heads-up, for a thread they say why, to everybody who reads it."""

    do: str
    version: int
    reason: str | None = None
    words: str = ""
    hours: int | None = None


def offered(
    case: Case, piece: Piece | None, stream: Stream | None = None, *, change: bool = False, waits: bool = True
) -> tuple[str, ...]:
    """What can be done about a case just now, what is most likely first. `change`: its author wants it to say something
    else, and that waits; `waits`: of words about oneself, that they do not stand yet."""
    if is_profile(case):
        return ("publish", "back") if waits else ("fine", "back")
    if is_letter(case) and waits:
        return ("publish", "back")
    if case.target.startswith(ELSEWHERE):
        return ()
    person = () if case.member_id is None else ("member-note",)
    if piece is None:
        return ("fine", *person)
    person = () if piece.unnamed else person
    if change:
        return ("publish", "back", *person)
    shut = stream is not None and moderating.is_locked(stream)
    thread: tuple[str, ...] = ("unlock",) if shut else ("cool", "lock")
    if stream is not None and stream.kind == "talk":
        thread = ()  # those in it see to who writes there
    by_state: dict[str, tuple[str, ...]] = {
        "held": ("publish", "back", "heads-up", "remove", *person),
        "delayed": ("publish", "back", "remove", *person),
        "published": ("fine", "hide", "back", "rewrite", "heads-up", *thread, "remove", *person),
        "hidden": ("hide", "show", "back", "remove", *thread, *person),
    }
    return by_state.get(piece.state, ("fine", *person))


def is_profile(case: Case) -> bool:
    """Whether a case is about what somebody says of herself."""
    return case.member_id is not None and case.target == target_of(case.member_id)


def is_letter(case: Case) -> bool:
    """Whether a case is about a letter for somebody's day."""
    return case.target.startswith("letter:")


def decide(actor: Viewer, case_id: int, wish: Decision) -> CaseStep:
    """Decide about a case, and return the step. Raises NotFound; NotAllowed about what is her own; Conflict, with what
    was done and by whom, for an old version or what somebody else has taken; Invalid without a reason."""
    with transaction() as s:
        piece, stream = _piece_of(queries.case_for(actor, case_id))  # before the case, as its author's changes do
        case = queries.case_for(actor, case_id, lock=True)
        steps = queries.steps_of(actor, [case])[case.id]
        require(actor, rules.DECIDE, queries.matter_of(actor, case, steps))
        held_by = queries.holder_of(case)
        if case.state != "open" or case.version != wish.version or held_by not in (None, actor.id):
            raise overtaken(actor, case)
        change = piece is not None and bool(waiting_edits.waiting_on([piece]))
        profile, letter = _profile_of(case), _letter_of(case)
        waits = (profile is not None and bool(profile.waiting)) or (letter is not None and letter.state == "held")
        if wish.do not in offered(case, piece, stream, change=change, waits=waits):
            raise Conflict(_l("It is not as it was: its author or somebody else was faster. Look once more."))
        _check_reason(wish)
        facts: dict[str, Any] = {"do": wish.do}
        if piece is not None:
            facts |= {"was": piece.state, "by": piece.decided_by, "version": piece.version}
        if profile is not None and wish.do != "fine":
            act: Act | None = _about_profile(actor, case, profile, wish)
        elif letter is not None and wish.do in ("publish", "back"):
            act = _about_letter(actor, case, letter, wish)
        else:
            act = _carry_out(actor, case, piece, stream, wish, change=change)
        if act is not None:
            facts["act"] = act.id
        if wish.do == "fine":
            audit.append(actor.id, "review.fine", f"case:{case.id}", piece=case.piece_id)
        if change or profile is not None or letter is not None:
            facts["final"] = 1
        what = OUTCOME[wish.do]
        if wish.do in STAYS_OPEN or (wish.do == "heads-up" and piece is not None and piece.state == "held"):
            step = cases.note_step(case, actor.id, what, **facts)
        else:
            step = cases.close_case(case, actor.id, what, **facts)
        s.flush()
        return step


def overtaken(viewer: Viewer, case: Case) -> Conflict:
    """Somebody was faster: the sentence says who and what, the facts carry the case as it is now."""
    steps = queries.steps_of(viewer, [case])[case.id]
    last = next((step for step in reversed(steps) if step.by_id and step.what in words.DONE), None)
    holder = queries.holder_of(case)
    if case.state == "open" and holder is not None and holder != viewer.id:
        sentence = _l("%(name)s has taken this.", name=members.authors([holder])[holder].name)
    elif last is not None and last.by_id is not None and last.by_id != viewer.id:
        name = members.authors([last.by_id])[last.by_id].name
        sentence = _l("%(name)s was first: %(what)s.", name=name, what=words.DONE[last.what])
    else:
        sentence = _l("Something came in meanwhile. Look once more, then decide.")
    return Conflict(sentence, facts={"case": case.id, "version": case.version})


def reverse(actor: Viewer, piece: Piece, facts: Mapping[str, Any]) -> None:
    """Undoing: the piece is as it was before a step. Raises Conflict where its author has changed it meanwhile."""
    do, was = facts["do"], facts["was"]
    stream = session().get_one(Stream, piece.stream_id)
    if do in ("publish", "back", "remove") and was in ("held", "delayed"):
        moderating.wait_again(actor, piece)
        session().execute(delete(Notice).where(Notice.piece_id == piece.id, Notice.kind.in_(("published", "mention"))))
    elif do == "show":
        moderating.hide(actor, piece)
    elif do in ("hide", "back", "remove") and was == "published":
        moderating.show_again(actor, piece)
    elif do in ("back", "remove") and was == "hidden":
        moderating.show_again(actor, piece)
        moderating.hide(actor, piece)
    elif do == "hide":  # a rule had hidden it before, and nobody has decided
        moderating.forget_told(piece)
        gating.own_changed(piece)
    elif do == "rewrite":
        piece.rewrite_until = None
        moderating.forget_told(piece)
        gating.own_changed(piece)
    elif do == "heads-up":
        moderating.take_note_off(actor, piece)
    elif do in ("lock", "cool"):
        moderating.unlock(actor, stream)
    piece.decided_by = facts.get("by")


def _check_reason(wish: Decision) -> None:
    if wish.reason and wish.reason not in REASONS:
        raise Invalid(_l("Choose one of these."), field="reason")
    if wish.do in NEEDS_NO_REASON or wish.words.strip():
        return
    if wish.do in ("heads-up", "lock", "cool", "member-note"):
        raise Invalid(_l("Write something here first."), field="words")
    if not wish.reason:
        raise Invalid(_l("Say why. Whoever it concerns reads it."), field="reason")


def _carry_out(
    actor: Viewer, case: Case, piece: Piece | None, stream: Stream | None, wish: Decision, *, change: bool
) -> Act | None:
    """Do it, write the act, and tell its author."""
    if wish.do == "fine":
        return None
    about = piece.author_id if piece is not None else case.member_id
    assert about is not None  # what is about nobody offers nothing but "fine"
    until = clock.now() + timedelta(hours=wish.hours or 1) if wish.do == "cool" else None
    if piece is not None and change and wish.do in ("publish", "back"):
        _decide_change(actor, piece, wish)
    elif piece is not None and stream is not None:
        _CHANGES.get(wish.do, _nothing)(actor, piece, stream, wish)
        if wish.do == "cool":
            moderating.lock(actor, stream, wish.words, until)
    act = record(
        actor,
        OUTCOME[wish.do],
        about,
        reason=wish.reason or None,
        words=wish.words,
        case_id=case.id,
        piece_id=piece.id if piece is not None else None,
        space_id=case.space_id,
        until=until,
        version=piece.version if piece is not None else None,
    )
    if piece is not None and wish.do in ("back", "hide", "rewrite"):
        moderating.tell_author(actor, piece, act_id=act.id, reason=wish.reason or None, words=wish.words)
    if piece is not None and wish.do == "publish" and not change:
        notices.tell_published(piece, actor.id)
    return act


def _decide_change(actor: Viewer, piece: Piece, wish: Decision) -> None:
    """What its author wants it to say stands, and whom the new words name is told; or it goes back to her."""
    if wish.do == "back":
        waiting_edits.return_waiting_edit(piece)
        return
    waiting_edits.publish_waiting_edit(piece, actor)
    moderating.forget_told(piece)
    notices.tell_mentioned(piece, mentions.ids_for(piece))


def _publish(actor: Viewer, piece: Piece) -> None:
    """It stands; who is in its pictures is confirmed by whoever had them before her, and they are asked."""
    moderating.publish(actor, piece)
    asking.confirm_all(actor, piece)


def _hide(actor: Viewer, piece: Piece) -> None:
    """What is hidden until somebody looks (a rule did it) stays so, and is a host's decision from now."""
    if piece.state == "published":
        moderating.hide(actor, piece)
    piece.decided_by = actor.id


def _nothing(_actor: Viewer, _piece: Piece, _stream: Stream, _wish: Decision) -> None:
    return


_CHANGES: dict[str, Callable[[Viewer, Piece, Stream, Decision], None]] = {
    "publish": lambda actor, piece, _stream, _wish: _publish(actor, piece),
    "show": lambda actor, piece, _stream, _wish: moderating.show_again(actor, piece),
    "back": lambda actor, piece, _stream, _wish: moderating.send_back(actor, piece),
    "hide": lambda actor, piece, _stream, _wish: _hide(actor, piece),
    "remove": lambda actor, piece, _stream, _wish: moderating.remove(actor, piece),
    "rewrite": lambda actor, piece, _stream, _wish: moderating.ask_to_rewrite(actor, piece),
    "heads-up": lambda actor, piece, _stream, wish: moderating.give_note(actor, piece, wish.words),
    "lock": lambda actor, _piece, stream, wish: moderating.lock(actor, stream, wish.words),
    "unlock": lambda actor, _piece, stream, _wish: moderating.unlock(actor, stream),
}


def _profile_of(case: Case) -> Profile | None:
    """What somebody says of herself, kept from others until the transaction ends, where a case is about that."""
    if not is_profile(case):
        return None
    return session().get(Profile, case.member_id, with_for_update=True, populate_existing=True)


def _about_profile(actor: Viewer, case: Case, profile: Profile, wish: Decision) -> Act:
    """Words about oneself stand, or go back to her; then what stood before goes on standing."""
    let_stand(profile) if wish.do == "publish" else send_back(profile)
    reason = wish.reason or None
    return record(actor, OUTCOME[wish.do], profile.member_id, reason=reason, words=wish.words, case_id=case.id)


def _letter_of(case: Case) -> FarewellLetter | None:
    """The letter a case is about, kept from others until the transaction ends; None where it was taken back."""
    found = letters.letter_of_target(case.target)
    return session().get(FarewellLetter, found.id, with_for_update=True, populate_existing=True) if found else None


def _about_letter(actor: Viewer, case: Case, letter: FarewellLetter, wish: Decision) -> Act:
    """A letter lies there for her day, or goes back to whoever wrote it."""
    letter_writing.let_stand(letter) if wish.do == "publish" else letter_writing.send_back(letter)
    reason = wish.reason or None
    return record(actor, OUTCOME[wish.do], letter.by_id, reason=reason, words=wish.words, case_id=case.id)


def _piece_of(case: Case) -> tuple[Piece | None, Stream | None]:
    """The piece, kept from others until the transaction ends, and its stream."""
    if case.piece_id is None:
        return None, None
    piece = session().get(Piece, case.piece_id, with_for_update={"key_share": True}, populate_existing=True)
    if piece is None:
        raise NotFound
    return piece, session().get_one(Stream, piece.stream_id, populate_existing=True)
