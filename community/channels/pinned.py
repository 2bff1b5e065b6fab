"""What stands at the top of Home and of a channel. A pin ends with its day; nothing has to run for that."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Select, select

from community.channels.models import Pin, PutAway
from community.core import clock, i18n, text
from community.core.db import session
from community.members.people import Viewer
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.streams import kept
from community.streams import queries as streams
from community.streams.models import Piece, Stream
from community.streams.wordless import words_or_picture

MOST_SHOWN = 3
MOST_LISTED = 20


@dataclass(frozen=True)
class PinView:
    """A pin as its card shows it."""

    stream_id: int
    title: str
    lang: str
    until_on: date

    @property
    def url(self) -> str:
        return f"/t/{self.stream_id}"

    @property
    def until(self) -> str:
        """'Fri 27 Nov', in the language of the page."""
        return i18n.short_day(self.until_on)


@dataclass(frozen=True)
class Pinned:
    """What is shown in a place, and in a channel what the viewer has put away there. `home`: this is Home."""

    shown: list[PinView]
    away: list[PinView] = field(default_factory=list)
    home: bool = False


def on_home(viewer: Viewer) -> Pinned:
    """The newest pins for Home that the viewer reads, has not put away, and whose thread she has not muted."""
    mine = (PutAway.member_id == viewer.id) & (PutAway.stream_id == Pin.stream_id)
    statement = _pins(viewer, spaces.readable(viewer), kept.not_muted_by(viewer)).where(
        Pin.on_home, ~select(PutAway.stream_id).where(mine).correlate(Pin).exists()
    )
    rows = session().execute(statement.limit(MOST_SHOWN))
    return Pinned([_view(pin, piece) for pin, piece in rows], home=True)


def in_channel(viewer: Viewer, space: Space) -> Pinned:
    """The newest pins of a channel, and those the viewer has put away, Home's too. Two queries."""
    rows = session().execute(_pins(viewer, [space]).limit(MOST_LISTED)).all()
    hers = select(PutAway.stream_id).where(
        PutAway.member_id == viewer.id, PutAway.stream_id.in_([pin.stream_id for pin, _piece in rows])
    )
    away = set(session().scalars(hers)) if rows else set()
    shown = [(pin, piece) for pin, piece in rows if pin.in_channel and pin.stream_id not in away]
    return Pinned(
        [_view(pin, piece) for pin, piece in shown[:MOST_SHOWN]],
        [_view(pin, piece) for pin, piece in rows if pin.stream_id in away],
    )


def pin_of(viewer: Viewer, stream_id: int) -> Pin | None:
    """The pin on a thread the viewer reads, while it holds. Raises NotFound for another thread."""
    streams.stream_for(viewer, stream_id)
    pin = session().get(Pin, stream_id)
    return pin if pin is not None and pin.until_on >= clock.today() else None


def _pins(viewer: Viewer, places: list[Space], *also: ColumnElement[bool]) -> Select[Pin, Piece]:
    # Begun from the few pins: left to choose, the database looks for them among all threads.
    opening = select(Stream.opening_id).where(Stream.id == Pin.stream_id, streams.readable_in(viewer, places), *also)
    return (
        select(Pin, Piece)
        .join(Piece, Piece.id == opening.correlate(Pin).scalar_subquery())
        .where(Pin.until_on >= clock.today(), Piece.state == "published", *streams.shown_to(viewer))
        .order_by(Pin.pinned_at.desc(), Pin.stream_id.desc())
    )


def _view(pin: Pin, opening: Piece) -> PinView:
    title = opening.title or words_or_picture(text.first_line(opening.html), opening.pictures)
    return PinView(pin.stream_id, title, opening.lang, pin.until_on)
