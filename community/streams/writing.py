"""How words become a piece: tidied and within limits, said once, heard by the gate, and in their place if nobody has to
read them first. For `actions` alone; whoever says something asks its rule before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select

from community.core import clock, ratelimit, text
from community.core.db import new_id, session, step
from community.core.errors import Invalid
from community.core.i18n import lazy as _l
from community.core.i18n import number
from community.members.actions import has_spoken
from community.members.models import Member
from community.members.people import Viewer
from community.safety.gate import Outcome, Surface, Verdict
from community.spaces.models import Space
from community.streams import gating, mentions, placing, quotes, unnamed
from community.streams.models import Piece, Stream

TWICE = timedelta(seconds=10)
LONGEST = {"opening": text.LONGEST_PIECE, "reply": text.LONGEST_PIECE, "message": text.LONGEST_MESSAGE}


@dataclass(frozen=True)
class Said:
    """What somebody sends: `client_id` names this one try, so that sending twice stores once. `unnamed`: without her
    name; an opening then takes its place some time later, unless she wants it `at_once`. `picked`: whom she chose for
    the names in it, for where several go by one. `note` folds it; a reply may quote a piece of its stream, from its
    beginning or the words chosen in it (`excerpt`). `pictures`: how many come with it."""

    text: str
    client_id: str
    title: str | None = None
    note: str | None = None
    unnamed: bool = False
    at_once: bool = False
    picked: frozenset[int] = frozenset()
    quote_id: int | None = None
    excerpt: str = ""
    pictures: int = 0


def checked(
    actor: Viewer, kind: str, said: Said, space: Space, stream: Stream | None, house_id: int | None = None
) -> tuple[Said, str]:
    """Tidied, within limits, with marks for names, and as HTML; done before the transaction, because cleaning may take
    a while. What comes with pictures needs no words."""
    body = text.tidy(said.text)
    if not text.says_something(body):
        if not said.pictures:
            raise Invalid(_l("Write something here first."), field="text")
        body = ""
    if len(body) > LONGEST[kind]:
        longest = number(LONGEST[kind])
        raise Invalid(_l("That is too long. At most %(max)s characters fit here.", max=longest), field="text")
    if said.pictures and said.unnamed:
        raise Invalid(_l("Without a name there are no pictures: they tell who you are."), field="photos")
    title, note = line_of(said.title, text.LONGEST_TITLE, "title"), line_of(said.note, text.LONGEST_NOTE, "note")
    body = mentions.with_marks(actor, body, said.picked, space, stream, house_id)
    return replace(said, text=body, title=title, note=note), text.to_html(body)


def line_of(raw: str | None, longest: int, field: str) -> str | None:
    """A line that may be left out, tidied; None where it says nothing."""
    line = text.tidy_line(raw) if raw else ""
    if len(line) > longest:
        sentence = _l("That is too long. At most %(max)s characters fit here.", max=number(longest))
        raise Invalid(sentence, field=field)
    return line if text.says_something(line) else None


def verdict_of(actor: Viewer, kind: str, said: Said, space: Space, stream: Stream) -> Verdict:
    """What becomes of it. Raises Invalid for what the lists refuse, or can't let stand in a chat, and for a link in a
    talk where somebody is under 18."""
    chats = kind == "message"
    facts = gating.facts_in_chat(actor, space, stream) if chats else gating.facts_at(actor, space, stream.house_id)
    surface = gating.surface_of(kind, stream)
    if surface is Surface.TALK and not facts.adults_only and text.has_link(said.text):
        raise Invalid(_l("No links here: somebody under 18 reads this. Leave it out and send again."), field="text")
    verdict = gating.verdict_on(actor, surface, facts, title=said.title, note=said.note, stored=said.text)
    if chats:
        return gating.given_back(verdict)  # pictures in it wait by themselves, the words stand at once
    return gating.with_pictures(verdict, facts) if said.pictures else verdict


def already_said(actor: Viewer, said: Said, *where: object) -> Piece | None:
    """The same try, or the same words in the same place within ten seconds. The member's row keeps two tries apart; it
    is locked as an update would, so that rows of hers written meanwhile, which only point at her, need not wait."""
    s = session()
    s.execute(select(Member.id).where(Member.id == actor.id).with_for_update(key_share=True))
    known = s.scalar(select(Piece).where(Piece.author_id == actor.id, Piece.client_id == said.client_id))
    if known is not None or ratelimit.lifted() or said.pictures:
        return known  # what comes with pictures says more than its words
    statement = select(Piece).join(Stream, Stream.id == Piece.stream_id).where(Piece.author_id == actor.id, *where)  # type: ignore[arg-type]
    recent = statement.where(Piece.written_at > clock.now() - TWICE, Piece.state.in_(("published", "held", "delayed")))
    same = (said.text, said.title, said.quote_id)
    return next((piece for piece in s.scalars(recent) if (piece.text, piece.title, piece.quote_id) == same), None)


def write(
    actor: Viewer,
    stream: Stream,
    space: Space,
    kind: str,
    said: Said,
    html: str,
    quoted: quotes.Quoted | None = None,
    *,
    asks: bool = False,
) -> Piece:
    """Let the gate hear it and write it down, in its place if nobody has to read it first. Inside the caller's
    transaction, after her right to write there was asked. Raises Invalid."""
    verdict = verdict_of(actor, kind, said, space, stream)
    delayed = said.unnamed and kind == "opening" and not said.at_once
    piece = Piece(
        id=new_id(),
        stream_id=stream.id,
        author_id=actor.id,
        kind=kind,
        state="held" if verdict.outcome is Outcome.HOLD else "delayed" if delayed else "published",
        title=said.title or None,
        text=said.text,
        html=html,
        lang=text.language_of(f"{said.title or ''} {said.text}", unnamed.LANGUAGE if said.unnamed else actor.language),
        note=said.note,
        client_id=said.client_id,
        written_at=clock.now(),
        unnamed=said.unnamed,
        due_at=unnamed.moment_after(clock.now()) if delayed else None,
        pictures=said.pictures,
    )
    if quoted is not None:
        quotes.keep(piece, quoted)
    with step() as s:
        if piece.state == "published":
            placing.take_place(piece, stream, actor.id)
        else:
            s.add(piece)
            s.flush()
        if mentions.named_in([piece.text]):
            mentions.note(piece)
        gating.follow(piece, stream, space, gating.surface_of(kind, stream), verdict, asks=asks)
        has_spoken(actor)
    return piece
