"""What happens on the day somebody moves, in sentences made from what the code does: who she is on that day is asked of
the same rules as today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from community.core import clock, i18n
from community.core.i18n import _
from community.lifecycle.moving_out import FAREWELL_FOR
from community.members import staying
from community.members.people import Past, Viewer, badge_of
from community.members.queries import authors, band_on, house_name
from community.moving.models import Move
from community.spaces import queries as spaces
from community.spaces import rules
from community.spaces.models import Space


@dataclass(frozen=True)
class Line:
    """One thing that happens. `badge`: the kind whose badge stands beside the sentence."""

    words: str
    mark: str
    badge: str | None = None


def lines_for(viewer: Viewer, move: Move) -> list[Line]:
    """What changes for whoever moves on her day, and what stays. A few queries beside her channels'."""
    after = _on_the_day(viewer, move)
    places = _places(viewer)
    return [
        *_badge(after),
        *_kept(viewer, after, places),
        *_farewell(move),
        *_new(viewer, after, places),
        *_contacts(viewer, move),
        Line(_("Everything you have written stays, and so do your messages."), "bookmark"),
        Line(_("You sign in as you always do."), "key-round"),
    ]


def _on_the_day(viewer: Viewer, move: Move) -> Viewer:
    """The viewer as she will be, as far as what she is decides something."""
    past = (*(one for one in viewer.past if one.house_id != move.house_id),)
    past += (Past(move.house_id, clock.start_of(move.moves_on)),)
    past = tuple(one for one in past if one.house_id != move.to_house_id)
    kind = "alumnus" if move.to_house_id is None else "resident"
    band = band_on(viewer, move.moves_on)
    return replace(viewer, kind=kind, house_id=move.to_house_id or move.house_id, age_band=band, past=past, known={})


def _places(viewer: Viewer) -> list[Space]:
    spaces.readable(viewer)
    return [place for place in viewer.known["places"] if place.closed_at is None and not rules.is_by_name(place)]


def _badge(after: Viewer) -> list[Line]:
    kind = badge_of(after.kind)
    return [Line(_("By your name it says"), "circle-user-round", kind)] if kind else []


def _kept(viewer: Viewer, after: Viewer, places: list[Space]) -> list[Line]:
    """The channels she reads today and no more then: hers up to the day."""
    lost = [place for place in places if rules.reads(viewer, place) and rules.read_until(after, place) is not None]
    lang = i18n.language()
    return [
        Line(
            _(
                "%(name)s: what was written there before that day stays yours to read, the chat as well. What is new "
                "there you don't see.",
                name=place.name(lang),
            ),
            "book-open",
        )
        for place in lost
    ]


def _farewell(move: Move) -> list[Line]:
    if move.farewell_id is None:
        return []
    last = move.moves_on + FAREWELL_FOR - timedelta(days=1)
    day = i18n.long_day(last)
    return [Line(_("In your farewell you read and write up to and with %(day)s.", day=day), "messages-square")]


def _new(viewer: Viewer, after: Viewer, places: list[Space]) -> list[Line]:
    opened = [place for place in places if rules.reads(after, place) and not rules.reads(viewer, place)]
    lang = i18n.language()
    return [Line(_("%(name)s opens for you.", name=place.name(lang)), "lock-keyhole") for place in opened]


def _contacts(viewer: Viewer, move: Move) -> list[Line]:
    ids = staying.contacts_of(viewer.id, move.moves_on - timedelta(days=1))
    names = [view.first_name for id_, view in authors(ids).items() if id_ not in viewer.excluded_ids]
    if move.keeps_contact:
        return [Line(_("%(name)s stays your contact.", name=name), "users-round") for name in sorted(names)]
    return [Line(_("%(name)s is not your contact any more.", name=name), "users-round") for name in sorted(names)]


def where_to(viewer: Viewer, move: Move) -> str | None:
    """The name of the house of ours she moves to."""
    return house_name(viewer, move.to_house_id) if move.to_house_id is not None else None
