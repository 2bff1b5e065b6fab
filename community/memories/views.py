"""The timeline, albums, when something was, and what was on this day."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.core import answers, paging, web
from community.core.errors import Invalid, NotAllowed, NotFound
from community.core.forms import offered
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.core.policy import can, refusal, require
from community.members import queries as people
from community.members.people import Viewer
from community.members.rules import writing_refused
from community.memories import actions, forms, looking_back, places, queries, rules, timeline
from community.memories.happened import FIRST_YEAR
from community.memories.queries import Found
from community.memories.rules import MOST_IN_ALBUM
from community.memories.timeline import Scope
from community.photos.sending import received, still_there
from community.safety import card
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.spaces.rules import choices_of_whom
from community.streams import own, past
from community.streams import queries as streams
from community.streams.actions import Said
from community.streams.views import following_at, page_of

pages = Blueprint("memories", __name__)


@pages.get("/memories")
def index() -> Any:
    """Everything the viewer reads that is a memory, what happened last first."""
    return _timeline(web.viewer(), Scope(), {})


@pages.get("/memories/house/<int:house_id>")
def house(house_id: int) -> Any:
    """What was said in one house."""
    viewer = web.viewer()
    scope = timeline.of_house(viewer, house_id)
    return _timeline(viewer, scope, {"house_name": people.house_name(viewer, house_id)})


@pages.get("/memories/person/<int:member_id>")
def person(member_id: int) -> Any:
    """What somebody posted, and where she is in the picture, as the viewer may know it."""
    viewer = web.viewer()
    scope = timeline.of_person(viewer, member_id)
    return _timeline(viewer, scope, {"person": scope.person})


@pages.get("/memories/today")
def today() -> Any:
    """What was on this day some years ago."""
    viewer = web.viewer()
    wanted = looking_back.wants(viewer)
    return render_template("memories_today.html", backs=looking_back.today_for(viewer), wanted=wanted)


@pages.post("/memories/today/<int:piece_id>/away")
def put_away(piece_id: int) -> Any:
    """Not this one again."""
    viewer, form = web.viewer(), forms.BackForm()
    streams.piece_for(viewer, piece_id)
    actions.put_away(viewer, piece_id)
    there = form.validate() and form.back.data == "today"
    return answers.go(url_for("memories.today") if there else url_for("home.feed"))


@pages.post("/memories/look-back")
def look_back() -> Any:
    """No such looks back, or again."""
    form = forms.LookBackForm()
    if not form.validate():
        raise Invalid
    actions.look_back(web.viewer(), form.wanted.data == "yes")
    return answers.go(url_for("memories.today"))


@pages.get("/albums")
def albums() -> Any:
    """The albums the viewer reads."""
    viewer = web.viewer()
    before = places.read_cursor(request.args.get("before"))
    found = queries.albums_for(viewer, before, queries.ALBUMS + 1)
    further, found = len(found) > queries.ALBUMS, found[: queries.ALBUMS]
    return render_template(
        "albums.html",
        albums=found,
        before=places.cursor(found[-1].place) if further else None,
        may_make=any(can(viewer, rules.MAKE_ALBUM, space) for space in spaces.readable(viewer)),
    )


@pages.route("/albums/new", methods=["GET", "POST"])
@web.waits_for_room
def new_album() -> Any:
    """Make an album."""
    viewer = web.viewer()
    offers = _places(viewer)
    form = forms.AlbumForm() if request.method == "POST" else forms.AlbumForm(formdata=None, **_fresh("kind", "other"))
    form.place.choices = offered(offers)
    form.offer_parts()
    if request.method != "POST":
        wanted = next((str(s.id) for s in spaces.readable(viewer) if s.kind == "memories"), "")
        form.place.data = next((value for value, _words in offers if value.startswith(f"{wanted}:")), offers[0][0])
        return render_template("album_new.html", form=form)

    def work() -> Any:
        space_id, _colon, whom = form.place.data.partition(":")
        wish = actions.Wish(int(space_id), form.kind.data, form.happened(), whom)
        said = Said(form.text.data, form.client_id.data, form.title.data, picked=form.picked.ids)
        piece = actions.make_album(viewer, wish, said)
        return answers.go(card.leading(url_for("memories.album", stream_id=piece.stream_id)))

    return answers.form_answer(form, work, "album_new.html", "album_new.html")


@pages.get("/albums/<int:stream_id>")
def album(stream_id: int) -> Any:
    """An album: its pictures in the order in which they happened."""
    viewer = web.viewer()
    spaces.readable(viewer)  # the page shows them all: asked for once, the album's own is among them
    found = queries.album_for(viewer, stream_id)
    place = own.place_in(viewer, stream_id)
    after, around = request.args.get("after"), paging.place(request.args.get("around"))
    return render_template(
        "album.html",
        **_about(viewer, found),
        page=queries.page_for(viewer, found, place, after=after, around=around),
        first=not after and around is None,
        **following_at(stream_id, place),
    )


@pages.route("/albums/<int:stream_id>/add", methods=["GET", "POST"])
@web.waits_for_room
@web.takes_pictures(MOST_IN_ALBUM)
def add(stream_id: int) -> Any:
    """Put pictures into an album, or words."""
    viewer = web.viewer()
    found = queries.album_for(viewer, stream_id)
    require(viewer, rules.ADD_TO_ALBUM, found)
    form = forms.AddForm() if request.method == "POST" else forms.AddForm(formdata=None, **_kept(viewer, stream_id))
    form.offer_parts()
    context = {**_about(viewer, found), "most": MOST_IN_ALBUM, "readers": _readers(viewer, found)}
    context["title"] = streams.views(viewer, [found.opening])[0].shown_title
    if request.method != "POST":
        return render_template("album_add.html", form=form, **context)

    def work() -> Any:
        when = form.happened()
        photos = received(viewer, form, MOST_IN_ALBUM)
        said = Said(form.text.data, form.client_id.data, note=form.note.data or None, picked=form.picked.ids)
        piece = actions.contribute(viewer, stream_id, said, photos, when)
        if photos:
            return answers.go(card.leading(url_for("photos.of_piece", piece_id=piece.id)))
        return answers.go(card.leading(url_for("memories.album", stream_id=stream_id)))

    return answers.form_answer(form, work, "album_add.html", "album_add.html", **context)


@pages.route("/pieces/<int:piece_id>/when", methods=["GET", "POST"])
def when(piece_id: int) -> Any:
    """When what somebody told happened."""
    viewer = web.viewer()
    dating = queries.dating_for(viewer, piece_id)
    require(viewer, rules.SAY_WHEN, dating)
    said = queries.when_of(viewer, [piece_id]).get(piece_id)
    kept = forms.as_fields(said)
    form = forms.WhenForm() if request.method == "POST" else forms.WhenForm(formdata=None, **kept)
    form.offer_parts()
    context: dict[str, Any] = {
        "piece": streams.views(viewer, [dating.piece])[0],
        "said": said is not None,
        "back_url": page_of(dating.stream.id, dating.stream.kind, dating.piece),
    }
    if request.method != "POST":
        return render_template("memory_when.html", form=form, **context)

    def work() -> Any:
        actions.say_when(viewer, piece_id, form.happened())
        return answers.go(context["back_url"])

    return answers.form_answer(form, work, "memory_when.html", "memory_when.html", **context)


def _timeline(viewer: Viewer, scope: Scope, about: dict[str, Any]) -> Any:
    before = places.read_cursor(request.args.get("before"))
    year = paging.whole_number(request.args.get("year", ""))
    if year is not None and not FIRST_YEAR - 1 <= year <= 9998:
        raise NotFound
    page = timeline.page_for(viewer, scope, before, year)
    return render_template(
        "memories.html",
        page=page,
        years=timeline.years_for(viewer, scope),
        year=year,
        after=places.cursor(page.after) if page.after else None,
        first=before is None and year is None,
        houses=_houses(viewer),
        here_house=scope.house_id,
        **about,
    )


def _houses(viewer: Viewer) -> list[tuple[int, str]]:
    """The houses of which the viewer reads something, or did."""
    here = [space.house_id for space in spaces.readable(viewer) if space.house_id is not None]
    known: dict[int, str] = viewer.known.get("houses", {})
    ids = dict.fromkeys([*here, *(place.house_id for place in spaces.past_places(viewer))])
    return [(id_, known[id_]) for id_ in ids if id_ in known]


def _places(viewer: Viewer) -> list[tuple[str, str]]:
    """Where the viewer may make an album, and for whom there. Raises NotAllowed where that is nowhere."""
    found: list[tuple[str, str]] = []
    for space in spaces.readable(viewer):
        if refusal(viewer, rules.MAKE_ALBUM, space) is None:
            found += _choices(viewer, space)
    if not found:
        none = _l("There is no channel you can write in just now. Ask staff if you want one.")
        raise NotAllowed(writing_refused(viewer) or none)
    return found


def _choices(viewer: Viewer, space: Space) -> list[tuple[str, str]]:
    name, choices = spaces.view_of(viewer, space).name, choices_of_whom(viewer, space)
    if len(choices) < 2:
        return [(f"{space.id}:all", name)]
    words = {"all": _("%(name)s: everyone", name=name), "house": _("%(name)s: my house alone", name=name)}
    return [(f"{space.id}:{whom}", words[whom]) for whom in choices]


def _about(viewer: Viewer, found: Found) -> dict[str, Any]:
    """What every page of an album says of it."""
    ended = past.ended_at(viewer, found.stream.id)
    named = spaces.named_for(viewer).get(found.space.id)
    return {
        "found": found,
        "space": named or spaces.view_of(viewer, found.space),
        "kind": queries.KIND_WORDS[found.album.kind],
        "ended": ended,
        "refused": refusal(viewer, rules.ADD_TO_ALBUM, found),
        "house_only": found.stream.house_id is not None,
    }


def _readers(viewer: Viewer, found: Found) -> str:
    return spaces.Readers(viewer).sentence(found.space, found.stream.house_id)


def _fresh(name: str, value: str) -> dict[str, str]:
    return {"client_id": str(uuid.uuid4()), name: value}


def _kept(viewer: Viewer, stream_id: int) -> dict[str, Any]:
    """What she has not sent: the draft of her contribution."""
    draft = own.draft_for(viewer, f"reply:{stream_id}") or {}
    names = ("text", "note", "picked", "year", "part", "day")
    kept = {name: draft.get(name, "") for name in names}
    return {**kept, "client_id": str(uuid.uuid4()), "photos": still_there(viewer, draft.get("photos", ""))}
