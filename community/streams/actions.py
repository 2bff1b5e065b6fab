"""Saying, changing, taking back, reacting: the only door for change to what people say."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update

from community.core import clock, crypto, ratelimit, text
from community.core import mentions as marks
from community.core.announcements import announce
from community.core.db import add_once, new_id, session, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import lazy as _l
from community.core.i18n import number
from community.core.policy import require
from community.members.actions import has_spoken
from community.members.models import Member
from community.members.people import Viewer
from community.members.queries import facts_for
from community.safety.gate import Outcome, Surface, screen
from community.spaces import rules as space_rules
from community.spaces.models import Space
from community.streams import mentions, placing, queries, quotes, rules, unnamed
from community.streams.models import (
    REACTIONS,
    Draft,
    Mention,
    Piece,
    PieceRevision,
    Reaction,
    ReadMark,
    Stream,
)

TWICE = timedelta(seconds=10)
LONGEST_DRAFT = 40_000


@dataclass(frozen=True)
class Said:
    """What somebody sends: `client_id` names this one try, so that sending twice stores once. `unnamed`: without her
    name; an opening then takes its place some time later, unless she wants it `at_once`. `picked`: whom she chose for
    the names in it, for where several go by one. `note` folds it; a reply may quote a piece of its stream, from its
    beginning or the words chosen in it (`excerpt`)."""

    text: str
    client_id: str
    title: str | None = None
    note: str | None = None
    unnamed: bool = False
    at_once: bool = False
    picked: frozenset[int] = frozenset()
    quote_id: int | None = None
    excerpt: str = ""


def open_stream(
    actor: Viewer, space: Space, said: Said, *, kind: str, gentle: bool, house_id: int | None = None
) -> tuple[Piece, bool]:
    """Start a stream with its opening, for all who read the space or for one house. Returns the piece and whether it is
    new (False: it was there already).

    Raises NotAllowed, Invalid by field, TooMany.
    """
    require(actor, rules.WRITE_UNNAMED if said.unnamed else space_rules.WRITE, space)
    said, html = _checked(actor, said, space, None, house_id)
    with transaction() as s:
        known = _already_said(actor, said, Piece.kind == "opening", Stream.space_id == space.id, _same_house(house_id))
        if known is not None:
            return known, False
        ratelimit.hit("post", actor.id)
        stream = Stream(id=new_id(), kind=kind, space_id=space.id, house_id=house_id, active_at=clock.now())
        stream.gentle = gentle or bool(said.note)
        s.add(stream)
        s.flush()
        piece = _write(actor, stream, "opening", Surface.THREAD, said, html)
        stream.opening_id = piece.id
        s.flush()
        _clear_draft(actor, "new")
        return piece, True


def reply(actor: Viewer, stream: Stream, said: Said) -> tuple[Piece, bool]:
    """Answer in a stream the actor found through a query. Returns the piece and whether it is new.

    Raises NotAllowed, Invalid by field, TooMany.
    """
    said, html = _checked(actor, said, session().get_one(Space, stream.space_id), stream)
    with transaction() as s:
        space = s.get_one(Space, stream.space_id)
        require(actor, space_rules.WRITE, space)
        if said.unnamed:
            require(actor, rules.ANSWER_AS_ASKER, s.get_one(Piece, stream.opening_id))
        known = _already_said(actor, said, Piece.kind == "reply", Piece.stream_id == stream.id)
        if known is not None:
            return known, False
        ratelimit.hit("post", actor.id)
        quoted = quotes.asked_for(actor, stream, said.quote_id, said.excerpt)
        piece = _write(actor, stream, "reply", Surface.REPLY, said, html, quoted)
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
    """Change what one wrote, for 15 minutes; the earlier version is kept for staff. The gate is passed again. A
    heads-up on an opening makes its stream gentle, and taken away again leaves it so.

    Raises Conflict with both texts when it was changed in the meantime, NotAllowed, Invalid by field.
    """
    piece = queries.piece_for(actor, piece_id)
    found = queries.found_for(actor, piece.stream_id)
    named = picked.union(mentions.ids_for(piece))
    said, html = _checked(actor, Said(body, "edit", title, note, picked=named), found.space, found.stream)
    with transaction() as s:
        piece = _locked(actor, piece_id)
        require(actor, rules.EDIT_PIECE, piece)
        _require_open(actor, piece)
        if piece.version != version:
            theirs = queries.views(actor, [piece])[0]
            raise Conflict(facts={name: getattr(theirs, name) for name in ("text", "title", "note", "version")})
        if (piece.text, piece.title, piece.note) == (said.text, said.title, said.note):
            return piece
        surface = Surface.THREAD if piece.kind == "opening" else Surface.REPLY
        if _verdict(actor, said, surface) is Outcome.HOLD:
            raise Invalid(
                _l("A host has to read that first, and nobody reads just now. What you had stays."), field="text"
            )
        s.add(
            PieceRevision(
                piece_id=piece.id,
                version=piece.version,
                title=piece.title,
                text=piece.text,
                note=piece.note,
                replaced_at=clock.now(),
                replaced_by=actor.id,
            )
        )
        piece.text, piece.title, piece.html, piece.note = said.text, said.title, html, said.note
        if said.note and piece.kind == "opening":
            s.get_one(Stream, piece.stream_id).gentle = True
        piece.version, piece.edited_at = piece.version + 1, clock.now()
        mentions.note(piece)
        placing.changed(piece, actor)
        return piece


def remove_piece(actor: Viewer, piece_id: int) -> Piece:
    """Take back what one wrote; a tombstone stays, and 30 days to put it back. Taking back twice changes nothing."""
    with transaction():
        piece = _locked(actor, piece_id)
        if piece.author_id == actor.id and piece.state == "removed":
            return piece
        require(actor, rules.REMOVE_PIECE, piece)
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
        surface = Surface.THREAD if piece.kind == "opening" else Surface.REPLY
        held = _verdict(actor, Said(piece.text, "", piece.title, piece.note), surface) is Outcome.HOLD
        piece.state, piece.removed_at = _state_again(piece, held), None
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
    `own` places, which she has just written, are all there was to read."""
    require(actor, rules.KEEP_OWN, actor.id)
    nr = max(0, min(nr, stream.last_nr))
    mine = (ReadMark.member_id == actor.id) & (ReadMark.stream_id == stream.id)
    with transaction() as s:
        before = s.scalar(select(ReadMark.nr).where(mine))
        if before is None or before < nr - own:
            announce(f"member:{actor.id}", "reading:changed", member=actor.id, stream=stream.id, nr=nr)
        if before is None:
            add_once(ReadMark(member_id=actor.id, stream_id=stream.id, nr=nr, marked_at=clock.now()))
        s.execute(update(ReadMark).where(mine, ReadMark.nr < nr).values(nr=nr, marked_at=clock.now()))


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
        if not text.says_something(fields.get("text", "") + fields.get("title", "")):
            _clear_draft(actor, place)
            return
        if draft is None:
            draft = Draft(id=new_id(), member_id=actor.id, place=place, updated_at=clock.now(), sealed="")
            draft.sealed = crypto.seal(content, f"draft:{draft.id}:sealed")
            add_once(draft)
        else:
            draft.sealed, draft.updated_at = crypto.seal(content, f"draft:{draft.id}:sealed"), clock.now()


def _write(
    actor: Viewer,
    stream: Stream,
    kind: str,
    surface: Surface,
    said: Said,
    html: str,
    quoted: quotes.Quoted | None = None,
) -> Piece:
    verdict = _verdict(actor, said, surface)
    delayed = said.unnamed and kind == "opening" and not said.at_once
    piece = Piece(
        id=new_id(),
        stream_id=stream.id,
        author_id=actor.id,
        kind=kind,
        state="held" if verdict is Outcome.HOLD else "delayed" if delayed else "published",
        title=said.title or None,
        text=said.text,
        html=html,
        lang=text.language_of(f"{said.title or ''} {said.text}", unnamed.LANGUAGE if said.unnamed else actor.language),
        note=said.note,
        client_id=said.client_id,
        written_at=clock.now(),
        unnamed=said.unnamed,
        due_at=unnamed.moment_after(clock.now()) if delayed else None,
    )
    if quoted is not None:
        quotes.keep(piece, quoted)
    with transaction() as s:
        s.add(piece)
        s.flush()
        mentions.note(piece)
        has_spoken(actor)
        if piece.state == "published":
            placing.give_place(piece, stream)
            placing.announce_place(piece, actor.id)
    return piece


def _list_stream(piece: Piece, *, listed: bool) -> None:
    if piece.kind == "opening":
        session().execute(update(Stream).where(Stream.opening_id == piece.id).values(listed=listed))


def _checked(
    actor: Viewer, said: Said, space: Space, stream: Stream | None, house_id: int | None = None
) -> tuple[Said, str]:
    """Tidied, within limits, with marks for names, and as HTML; done before the transaction, because cleaning may take
    a while."""
    body = text.tidy(said.text)
    if not text.says_something(body):
        raise Invalid(_l("Write something here first."), field="text")
    if len(body) > text.LONGEST_PIECE:
        raise Invalid(
            _l("That is too long. At most %(max)s characters fit here.", max=number(text.LONGEST_PIECE)), field="text"
        )
    title, note = _line(said.title, text.LONGEST_TITLE, "title"), _line(said.note, text.LONGEST_NOTE, "note")
    body = mentions.with_marks(actor, body, said.picked, space, stream, house_id)
    return replace(said, text=body, title=title, note=note), text.to_html(body)


def _line(raw: str | None, longest: int, field: str) -> str | None:
    """A line that may be left out, tidied; None where it says nothing."""
    line = text.tidy_line(raw) if raw else ""
    if len(line) > longest:
        sentence = _l("That is too long. At most %(max)s characters fit here.", max=number(longest))
        raise Invalid(sentence, field=field)
    return line if text.says_something(line) else None


def _verdict(actor: Viewer, said: Said, surface: Surface) -> Outcome:
    words = f"{said.title or ''}\n{said.note or ''}\n{marks.without_names(said.text)}"
    verdict = screen(words, surface, facts_for(actor))
    if verdict.outcome is Outcome.REFUSE:
        words = ", ".join(verdict.words)
        raise Invalid(_l("This can't be sent with the word %(words)s in it.", words=words), field="text")
    return verdict.outcome


def _already_said(actor: Viewer, said: Said, *where: object) -> Piece | None:
    """The same try, or the same words in the same place within ten seconds. The member's row keeps two tries apart; it
    is locked as an update would, so that rows of hers written meanwhile, which only point at her, need not wait."""
    s = session()
    s.execute(select(Member.id).where(Member.id == actor.id).with_for_update(key_share=True))
    known = s.scalar(select(Piece).where(Piece.author_id == actor.id, Piece.client_id == said.client_id))
    if known is not None or ratelimit.lifted():
        return known
    statement = select(Piece).join(Stream, Stream.id == Piece.stream_id).where(Piece.author_id == actor.id, *where)  # type: ignore[arg-type]
    recent = statement.where(Piece.written_at > clock.now() - TWICE, Piece.state.in_(("published", "held", "delayed")))
    same = (said.text, said.title, said.quote_id)
    return next((piece for piece in s.scalars(recent) if (piece.text, piece.title, piece.quote_id) == same), None)


def _same_house(house_id: int | None) -> ColumnElement[bool]:
    return Stream.house_id.is_(None) if house_id is None else Stream.house_id == house_id


def _require_open(actor: Viewer, piece: Piece) -> None:
    stream = session().get_one(Stream, piece.stream_id)
    require(actor, space_rules.CHANGE_IN, session().get_one(Space, stream.space_id))


def _locked(actor: Viewer, piece_id: int) -> Piece:
    """A piece the actor sees, kept from others until the transaction ends."""
    session().execute(select(Piece.id).where(Piece.id == piece_id).with_for_update(key_share=True))
    return queries.piece_for(actor, piece_id)


def _clear_draft(actor: Viewer, place: str) -> None:
    session().execute(delete(Draft).where(Draft.member_id == actor.id, Draft.place == place))


def clear_out_removed(now: datetime) -> int:
    """Empty pieces taken back more than 30 days ago; the tombstone stays. A job; returns how many."""
    old = (Piece.state == "removed") & (Piece.removed_at < now - rules.UNDO_TIME) & (Piece.text != "")
    with transaction() as s:
        ids = list(s.scalars(select(Piece.id).where(old).limit(500)))
        s.execute(update(Piece).where(Piece.id.in_(ids)).values(text="", html="", title=None, note=None, **quotes.NONE))
        s.execute(delete(PieceRevision).where(PieceRevision.piece_id.in_(ids)))
        s.execute(delete(Reaction).where(Reaction.piece_id.in_(ids)))
        s.execute(delete(Mention).where(Mention.piece_id.in_(ids)))
    return len(ids)
