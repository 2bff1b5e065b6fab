"""Saying, changing, taking back, reacting: the only door for change to what people say."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select, update

from community.core import clock, crypto, ratelimit, text
from community.core.announcements import announce
from community.core.db import add_once, new_id, session, step, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.policy import require
from community.members.people import Viewer
from community.safety.gate import Outcome
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import (
    by_name,
    gating,
    mentions,
    moderating,
    pairs,
    past,
    placing,
    queries,
    quotes,
    rules,
    unnamed,
    waiting_edits,
)
from community.streams.models import (
    REACTIONS,
    Draft,
    Mention,
    Piece,
    PieceRevision,
    Reaction,
    ReadMark,
    Stream,
    WaitingEdit,
)
from community.streams.writing import Said, already_said, checked, verdict_of, write

LONGEST_DRAFT = 40_000


def open_stream(
    actor: Viewer,
    space: Space,
    said: Said,
    *,
    kind: str,
    gentle: bool,
    house_id: int | None = None,
    asks: bool = False,
) -> tuple[Piece, bool]:
    """Start a stream with its opening, for all who read the space or for one house. `asks`: somebody asks for support.
    Returns the piece and whether it is new (False: it was there already).

    Raises NotAllowed, Invalid by field, TooMany.
    """
    require(actor, rules.WRITE_UNNAMED if said.unnamed else space_rules.WRITE, space)
    said, html = checked(actor, "opening", said, space, None, house_id)
    with transaction() as s:
        known = already_said(actor, said, Piece.kind == "opening", Stream.space_id == space.id, _same_house(house_id))
        if known is not None:
            return known, False
        ratelimit.hit("post", actor.id)
        stream = Stream(id=new_id(), kind=kind, space_id=space.id, house_id=house_id, active_at=clock.now())
        stream.gentle = gentle or bool(said.note)
        s.add(stream)
        s.flush()
        piece = write(actor, stream, space, "opening", said, html, asks=asks)
        stream.opening_id = piece.id
        s.flush()
        _clear_draft(actor, "new")
        return piece, True


def reply(actor: Viewer, stream: Stream, said: Said) -> tuple[Piece, bool]:
    """Answer in a stream the actor found through a query. Returns the piece and whether it is new.

    Raises NotAllowed, Invalid by field, TooMany.
    """
    with transaction() as s:
        space = s.get_one(Space, stream.space_id)
        require(actor, rules.SAY_IN, past.place_of(actor, stream, space))
        if said.unnamed:
            require(actor, rules.ANSWER_AS_ASKER, s.get_one(Piece, stream.opening_id))
        return _say(actor, stream, space, said, "reply")


def send_message(actor: Viewer, stream: Stream, said: Said) -> tuple[Piece, bool]:
    """Say something in a chat or a talk the actor found through a query: it stands there at once, or is given back at
    once. What makes us afraid for her is kept for a person to read first. Returns the piece and whether it is new.

    Raises NotAllowed, Invalid by field, TooMany.
    """
    with step() as s:
        space = s.get_one(Space, stream.space_id)
        if space_rules.is_by_name(space):
            require(actor, rules.SAY_BY_NAME, by_name.opens(actor, stream, space))
            require(actor, rules.TALK_ON, pairs.may_go_on(stream))
        else:
            require(actor, rules.SAY_IN, past.place_of(actor, stream, space))
        return _say(actor, stream, space, replace(said, title=None, note=None, unnamed=False), "message")


def say_to_team(actor: Viewer, stream: Stream, said: Said) -> tuple[Piece, bool]:
    """Say something in a team's inbox the actor found through a query: it is heard, and never refused, held or counted.
    Returns the piece and whether it is new. Raises NotAllowed, Invalid by field."""
    with transaction() as s:
        space = s.get_one(Space, stream.space_id)
        require(actor, rules.SAY_TO_TEAM, by_name.opens(actor, stream, space))
        plain = replace(said, title=None, note=None, unnamed=False)
        return _say(actor, stream, space, plain, "message", counted=False)


def sent_before(actor: Viewer, stream: Stream, client_id: str) -> Piece | None:
    """What the actor sent there with this try's name already: stored once, it is answered the same for ever."""
    require(actor, rules.KEEP_OWN, actor.id)
    mine = (Piece.author_id == actor.id) & (Piece.client_id == client_id) & (Piece.stream_id == stream.id)
    return session().scalar(select(Piece).where(mine))


def _say(
    actor: Viewer, stream: Stream, space: Space, said: Said, kind: str, *, counted: bool = True
) -> tuple[Piece, bool]:
    said, html = checked(actor, kind, said, space, stream)
    with step():
        known = already_said(actor, said, Piece.kind == kind, Piece.stream_id == stream.id)
        if known is not None:
            return known, False
        if counted:
            ratelimit.hit("chat" if kind == "message" else "post", actor.id)
        quoted = quotes.asked_for(actor, stream, said.quote_id, said.excerpt)
        piece = write(actor, stream, space, kind, said, html, quoted)
        _clear_draft(actor, f"reply:{stream.id}")
        if piece.nr:
            mark_read(actor, stream, piece.nr, own=1)
        return piece, True


def edit_piece(
    actor: Viewer,
    piece_id: int,
    *,
    version: int,
    body: str,
    title: str | None,
    note: str | None = None,
    picked: frozenset[int] = frozenset(),
) -> Piece:
    """Change what one wrote, for 15 minutes, or while it waits for her; the earlier version is kept for staff. The gate
    is passed again: a change somebody has to read first waits, and what stood goes on standing (`waiting_edits`); what
    nobody has seen yet is changed where it waits, and what was sent back is sent again.

    Raises Conflict with both texts when it was changed in the meantime, NotAllowed, Invalid by field.
    """
    piece = queries.piece_for(actor, piece_id)
    found = queries.found_for(actor, piece.stream_id)
    named = picked.union(mentions.ids_for(piece))
    waits_with = 0 if piece.state == "published" else piece.pictures
    wanted = Said(body, "edit", title, note, picked=named, pictures=piece.pictures)
    said, html = checked(actor, piece.kind, wanted, found.space, found.stream)
    said = replace(said, pictures=waits_with)
    with transaction() as s:
        piece = _locked(actor, piece_id)
        require(actor, rules.EDIT_PIECE, piece)
        _require_open(actor, piece)
        sent_back, waits = piece.state == "returned", s.get(WaitingEdit, piece.id, populate_existing=True)
        said = replace(said, note=piece.note) if piece.note_by else said  # a host's heads-up stays
        if piece.version != version:
            theirs = queries.views(actor, [piece])[0]
            raise Conflict(facts={name: getattr(theirs, name) for name in ("text", "title", "note", "version")})
        stands = waits or piece
        same = (stands.text, stands.title, stands.note) == (said.text, said.title, said.note)
        if same and not sent_back:
            return piece
        stream, space = found.stream, found.space
        verdict = verdict_of(actor, piece.kind, said, space, stream)
        held, new = verdict.outcome is Outcome.HOLD, waiting_edits.Words(said.title, said.text, html, said.note)
        if held and piece.state == "published":
            waiting_edits.keep(piece, new, verdict.why)
        else:
            if waiting_edits.forget(piece):
                gating.taken_back(piece)
            if not same:
                waiting_edits.apply(piece, actor, new)
            moderating.sent_again(actor, piece, held=held or same)
        if same and not held:
            gating.wait(piece, stream, space)  # sent again as it was: a host looks once more
        else:
            gating.follow(piece, stream, space, gating.surface_of(piece.kind, stream), verdict)
        if not same:
            gating.changed(piece)
        return piece


def remove_piece(actor: Viewer, piece_id: int) -> Piece:
    """Take back what one wrote; a tombstone stays, and 30 days to put it back. Taking back twice changes nothing."""
    with transaction():
        piece = _locked(actor, piece_id)
        if piece.author_id == actor.id and piece.state == "removed":
            return piece
        require(actor, rules.REMOVE_PIECE, piece)
        if piece.state == "held" or waiting_edits.forget(piece):
            gating.taken_back(piece)
        piece.state, piece.removed_at = "removed", clock.now()
        _list_stream(piece, listed=False)
        placing.changed(piece, actor)
        return piece


def restore_piece(actor: Viewer, piece_id: int) -> Piece:
    """Put back what one took back. It passes the gate again; what is held then waits like any held piece."""
    with transaction():
        piece = _locked(actor, piece_id)
        if piece.author_id == actor.id and piece.state in ("published", "held", "delayed"):
            return piece
        require(actor, rules.RESTORE_PIECE, piece)
        stream = session().get_one(Stream, piece.stream_id)
        space = session().get_one(Space, stream.space_id)
        require(actor, rules.GO_ON, past.place_of(actor, stream, space))
        again = Said(piece.text, "", piece.title, piece.note, pictures=0 if piece.nr is not None else piece.pictures)
        require(actor, rules.TALK_ON, pairs.may_go_on(stream))
        verdict = verdict_of(actor, piece.kind, again, space, stream)
        piece.state, piece.removed_at = _state_again(piece, verdict.outcome is Outcome.HOLD), None
        if piece.state == "held" and verdict.outcome is not Outcome.HOLD:  # it goes on waiting as before
            verdict = replace(verdict, outcome=Outcome.HOLD, why=piece.held_why)
        gating.follow(piece, stream, space, gating.surface_of(piece.kind, stream), verdict)
        if piece.state == "published":
            _list_stream(piece, listed=True)
        placing.changed(piece, actor)
        return piece


def _state_again(piece: Piece, held: bool) -> str:
    """What somebody's piece is when she puts it back: one that never had a place goes on waiting for it."""
    if not held and piece.due_at is not None and piece.nr is None:
        piece.due_at = unnamed.moment_after(clock.now())
        return "delayed"
    return "held" if held or piece.nr is None else "published"


def react(actor: Viewer, piece_id: int, kind: str) -> Piece:
    """Turn one's own reaction of a kind on or off. Raises Invalid for a kind that is not offered here."""
    with transaction() as s:
        piece = _locked(actor, piece_id)
        require(actor, rules.REACT, piece)
        _require_open(actor, piece)
        if kind not in offered(s.get_one(Stream, piece.stream_id), piece):
            raise Invalid(_l("That reaction isn't offered here."), field="kind")
        key = (piece.id, actor.id, kind)
        mine = s.get(Reaction, key)
        if mine is not None:
            s.delete(mine)
        else:
            s.add(Reaction(piece_id=piece.id, member_id=actor.id, kind=kind, made_at=clock.now()))
        s.flush()
        placing.changed(piece, actor, kind="reacted")
        return piece


def offered(stream: Stream, piece: Piece) -> tuple[str, ...]:
    """The reactions offered at a piece: no laughing where somebody only wants to be heard, or gave a heads-up."""
    return tuple(kind for kind in REACTIONS if not ((stream.gentle or piece.note) and kind == "haha"))


def mark_read(actor: Viewer, stream: Stream, nr: int, *, own: int = 0) -> None:
    """Note that the actor has read up to place `nr`; it never goes back. Her own open pages hear of it, unless the last
    `own` places, which she has just written, are all there was to read. Of what is past for her nothing is noted."""
    require(actor, rules.KEEP_OWN, actor.id)
    if past.ended_at(actor, stream.id) is not None:
        return  # how far it has gone on is not hers to find out
    nr = max(0, min(nr, stream.last_nr))
    mine = (ReadMark.member_id == actor.id) & (ReadMark.stream_id == stream.id)
    with step() as s:
        went_on = update(ReadMark).values(nr=nr, marked_at=clock.now())
        if own and s.execute(went_on.where(mine, ReadMark.nr.between(nr - own, nr - 1))).rowcount:  # type: ignore[attr-defined]
            return
        before = s.scalar(select(ReadMark.nr).where(mine))
        if before is None or before < nr - own:
            announce(f"member:{actor.id}", "reading:changed", member=actor.id, stream=stream.id, nr=nr)
        if before is None:
            add_once(ReadMark(member_id=actor.id, stream_id=stream.id, nr=nr, marked_at=clock.now()))
        s.execute(went_on.where(mine, ReadMark.nr < nr))


def save_draft(actor: Viewer, place: str, fields: dict[str, str]) -> None:
    """Keep an unsent text, sealed. Empty fields throw the draft away. Raises Invalid when it is too long."""
    require(actor, rules.KEEP_OWN, actor.id)
    content = json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False)
    if len(content) > LONGEST_DRAFT:
        raise Invalid(_l("That is too long to be kept."), field="fields")
    if any("\ud800" <= char <= "\udfff" for char in content):  # half a character: JSON can say it, nothing can store it
        raise Invalid(field="fields")
    with transaction() as s:
        # Locked, because sending throws it away, perhaps just now.
        draft = s.scalar(select(Draft).where(Draft.member_id == actor.id, Draft.place == place).with_for_update())
        if not text.says_something("".join(fields.get(name, "") for name in ("text", "title", "photos"))):
            _clear_draft(actor, place)
            return
        if draft is None:
            draft = Draft(id=new_id(), member_id=actor.id, place=place, updated_at=clock.now(), sealed="")
            draft.sealed = crypto.seal(content, f"draft:{draft.id}:sealed")
            add_once(draft)
        else:
            draft.sealed, draft.updated_at = crypto.seal(content, f"draft:{draft.id}:sealed"), clock.now()


def _list_stream(piece: Piece, *, listed: bool) -> None:
    if piece.kind == "opening":
        session().execute(update(Stream).where(Stream.opening_id == piece.id).values(listed=listed))


def _same_house(house_id: int | None) -> ColumnElement[bool]:
    return Stream.house_id.is_(None) if house_id is None else Stream.house_id == house_id


def _require_open(actor: Viewer, piece: Piece) -> None:
    stream = session().get_one(Stream, piece.stream_id)
    space = session().get_one(Space, stream.space_id)
    require(actor, rules.GO_ON, past.place_of(actor, stream, space))
    require(actor, space_rules.CHANGE_IN, space)
    require(actor, rules.TALK_ON, pairs.may_go_on(stream))


def _locked(actor: Viewer, piece_id: int) -> Piece:
    """A piece the actor sees, kept from others until the transaction ends."""
    session().execute(select(Piece.id).where(Piece.id == piece_id).with_for_update(key_share=True))
    return queries.piece_for(actor, piece_id)


def _clear_draft(actor: Viewer, place: str) -> None:
    session().execute(delete(Draft).where(Draft.member_id == actor.id, Draft.place == place))


def clear_out_removed(now: datetime) -> int:
    """Empty pieces taken back more than 30 days ago; the tombstone stays. What was said in a team's inbox is kept for
    staff: nobody takes it away alone. A job; returns how many."""
    full = or_(Piece.text != "", Piece.title.is_not(None), Piece.note.is_not(None), Piece.pictures > 0)
    old = (Piece.state == "removed") & (Piece.removed_at < now - rules.UNDO_TIME) & full
    old &= Piece.stream_id.not_in(select(Stream.id).where(Stream.kind == "inbox"))
    with transaction() as s:
        ids = list(s.scalars(select(Piece.id).where(old).limit(500)))
        s.execute(update(Piece).where(Piece.id.in_(ids)).values(text="", html="", title=None, note=None, **quotes.NONE))
        s.execute(delete(PieceRevision).where(PieceRevision.piece_id.in_(ids)))
        s.execute(delete(Reaction).where(Reaction.piece_id.in_(ids)))
        s.execute(delete(Mention).where(Mention.piece_id.in_(ids)))
    return len(ids)
