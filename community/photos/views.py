"""Pages of photos: sending one, each of its files, who is in it, everybody's answer, and the photos of oneself."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, session, url_for

from community.core import answers, clock, crypto, paging, web
from community.core.errors import Invalid, NotFound
from community.core.forms import offered
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.core.picture_sizes import MOVING, VEILED, part, sizes_of
from community.core.policy import can, require
from community.members import readings
from community.members.people import Viewer
from community.members.queries import authors
from community.photos import actions, asking, blurring, consent, portrait_queries, queries, rules, showing
from community.photos.actions import Told
from community.photos.forms import AnswerForm, PhotoForm, PlaceForm, StaffForm
from community.photos.models import PhotoPerson
from community.photos.rules import Sight
from community.streams import queries as streams
from community.streams.forms import ONE_TRY
from community.streams.models import Piece
from community.streams.views import page_of

pages = Blueprint("photos", __name__)

TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
OPEN_FOR = 600  # seconds a picture somebody told staff of stays open to the one who opened it


@pages.post("/photos")
@web.waits_for_room
@web.takes_pictures(1)
def add() -> Any:
    """Send one picture: it is the sender's alone until it hangs on something."""
    viewer = web.viewer()
    sent, client_id = request.files.get("picture"), request.form.get("client_id", "")
    if sent is None or not re.match(ONE_TRY, client_id) or len(request.files) != 1:
        raise Invalid(_l("There is no picture in this file. Choose another one."), field="picture")
    photo = actions.add(viewer, sent.stream, client_id)  # type: ignore[arg-type]
    if answers.wants_json():
        return jsonify(ok=True, id=str(photo.id), url=showing.url_of(photo, part(320, "webp"))), 201
    return answers.go(url_for("photos.photo", photo_id=photo.id))


@pages.get("/photos/<int:photo_id>/<name>")
@web.gives_a_file
@web.beside_pages
def file(photo_id: int, name: str) -> Any:
    """One file of a photo, if the viewer may see it at this moment."""
    viewer = web.viewer()
    sight = queries.photo_for(viewer, photo_id)
    if name not in _parts_of(sight):
        raise NotFound
    if sight.veiled and not _is_open(viewer, sight):
        name = part(VEILED, name.rpartition(".")[2])
    form, whose = name.rpartition(".")[2], f"{viewer.id}:{sight.photo.shown_name}:{name}"
    tag = crypto.keyed_hash(whose, "photo")[:32]
    known = request.if_none_match.contains(tag)
    answer = Response(b"" if known else blurring.file_of(sight.photo, name), 304 if known else 200)
    answer.content_type = TYPES[form]
    answer.set_etag(tag)
    answer.headers["Content-Disposition"] = f'inline; filename="picture.{form}"'
    return answer


@pages.get("/photos/<int:photo_id>")
def photo(photo_id: int) -> Any:
    """A photo on a page of its own: who is in it, and what the viewer may say about it."""
    viewer = web.viewer()
    sight = queries.photo_for(viewer, photo_id)
    return render_template("photo.html", **_page(viewer, sight), form=_form_for(viewer, sight))


@pages.get("/photos/of/<int:piece_id>")
def of_piece(piece_id: int) -> Any:
    """The photos on a piece that the viewer may see, and what each waits for."""
    viewer = web.viewer()
    piece = streams.piece_for(viewer, piece_id)
    pictures = [showing.picture_of(one.photo, one.state, veiled=one.veiled) for one in queries.of_piece(viewer, piece)]
    if not pictures:
        raise NotFound
    unsaid = sum(one.state == consent.UNSAID for one in pictures) if piece.author_id == viewer.id else 0
    return render_template("photos_of.html", pictures=pictures, piece_id=piece.id, unsaid=unsaid, **_place_of(piece))


@pages.post("/photos/of/<int:piece_id>/nobody")
def nobody(piece_id: int) -> Any:
    """Whoever put them up says of all of them at once that nobody is in them."""
    piece = actions.say_nobody(web.viewer(), piece_id)
    return answers.go(url_for("photos.of_piece", piece_id=piece.id))


@pages.post("/photos/<int:photo_id>/who")
def who(photo_id: int) -> Any:
    """The uploader says what it shows and who is in it."""
    viewer = web.viewer()
    sight = queries.photo_for(viewer, photo_id)
    form = _offered(viewer, sight, PhotoForm())

    def work() -> Any:
        more = (form.person.data,) if form.person.data else ()
        told = Told(
            form.alt.data,
            form.who.data,
            (*(one.member_id for one in sight.people), *more),
            cells=form.chosen_cells(),
            blur_unanswered=form.blur_unanswered.data,
        )
        actions.say_who(viewer, photo_id, told)
        return _back(photo_id)

    return answers.form_answer(form, work, "photo.html", "photo.html", **_page(viewer, sight))


@pages.post("/photos/<int:photo_id>/place")
def place(photo_id: int) -> Any:
    """Where somebody is in it, or that she was named by mistake."""
    viewer, form = web.viewer(), PlaceForm()
    queries.photo_for(viewer, photo_id)
    _check(form)
    member_id = paging.whole_number(form.member_id.data or "") or 0
    actions.place(viewer, photo_id, member_id, form.chosen_cells(), away=form.away.data)
    return _back(photo_id)


@pages.post("/photos/<int:photo_id>/answer")
@web.while_closed
def answer(photo_id: int) -> Any:
    """Whoever is in it says yes, blur or no, at any time, also where she may not see it any more."""
    viewer, form = web.viewer(), AnswerForm()
    queries.asked_for(viewer, photo_id)
    _check(form)
    asking.answer(viewer, photo_id, form.answer.data, form.chosen_cells())
    return answers.go(url_for("photos.mine", _anchor=f"photo-{photo_id}"))


@pages.post("/photos/<int:photo_id>/staff")
def staff(photo_id: int) -> Any:
    """Staff say yes or no for somebody under 18, that somebody is not in it, or confirm who is."""
    viewer, form = web.viewer(), StaffForm()
    queries.photo_for(viewer, photo_id)
    _check(form)
    if form.said.data == "confirm":
        asking.confirm(viewer, photo_id)
    else:
        member_id = paging.whole_number(form.member_id.data or "") or 0
        asking.answer_for(viewer, photo_id, member_id, form.said.data)
    return _back(photo_id)


@pages.post("/photos/<int:photo_id>/claim")
def claim(photo_id: int) -> Any:
    """ "I am in this": it is hidden at once, and asked about afterwards."""
    asking.claim(web.viewer(), photo_id)
    return answers.go(url_for("photos.photo", photo_id=photo_id))


@pages.post("/photos/<int:photo_id>/open")
def unveil(photo_id: int) -> Any:
    """A picture somebody told staff of is opened on purpose, and that is written down."""
    viewer = web.viewer()
    sight = queries.photo_for(viewer, photo_id)
    if not sight.veiled:
        raise NotFound
    readings.opened(viewer, "photo", f"photo:{photo_id}", sight.photo.uploader_id, lambda: None, reason="decide")
    session["photo_open"] = [photo_id, clock.now().timestamp()]
    return answers.go(url_for("photos.photo", photo_id=photo_id))


@pages.post("/photos/<int:photo_id>/remove")
def remove(photo_id: int) -> Any:
    """The uploader takes it away."""
    piece = actions.remove(web.viewer(), photo_id)
    return answers.go(_place_of(piece)["back_url"] or url_for("photos.mine"))


@pages.get("/me/photos")
@web.behind_pin
@web.read_while_closed
def mine() -> Any:
    """The photos I am in, and what I said about each."""
    viewer = web.viewer()
    rows = []
    sights = queries.mine_in(viewer)
    people = authors({sight.photo.uploader_id for sight in sights})
    for sight in sights:
        seen = can(viewer, rules.SEE, sight)
        rows.append(
            {
                "photo": sight.photo,
                "mine": sight.person(viewer.id),
                "picture": showing.picture_of(sight.photo, sight.state, veiled=sight.veiled) if seen else None,
                "name": people[sight.photo.uploader_id].name if seen else None,
            }
        )
    return render_template("photos_mine.html", rows=rows)


@pages.get("/photos/waiting")
def waiting() -> Any:
    """For staff: photos that wait for them."""
    viewer = web.viewer()
    require(viewer, rules.WATCH)
    pictures = [showing.picture_of(one.photo, one.state, veiled=one.veiled) for one in queries.for_staff(viewer)]
    return render_template("photos_waiting.html", pictures=pictures, portraits=portrait_queries.waiting_for(viewer))


def _page(viewer: Viewer, sight: Sight) -> dict[str, Any]:
    shown = sight.people if viewer.is_staff or viewer.id == sight.photo.uploader_id else ()
    return {
        "sight": sight,
        "mine": sight.person(viewer.id),
        "picture": showing.picture_of(sight.photo, sight.state, veiled=sight.veiled and not _is_open(viewer, sight)),
        "people": authors({sight.photo.uploader_id, *(person.member_id for person in shown)}),
        "named": shown,
        "may": {
            "own": can(viewer, rules.OWN, sight.photo),
            "answer_for": can(viewer, rules.ANSWER_FOR, sight),
            "claim": sight.person(viewer.id) is None and can(viewer, rules.CLAIM, sight),
        },
        **_place_of(queries.piece_of(viewer, sight)),
        "piece_id": sight.photo.piece_id if sight.there else None,
        "mine_cells": _cells(sight.person(viewer.id)),
        "cells_of": _cells,
    }


def _place_of(piece: Piece | None) -> dict[str, str | None]:
    """The page on which a piece is read, and what kind of page that is; none of what hangs on nothing."""
    if piece is None:
        return {"back_url": None, "stands_at": None}
    kind = streams.stream_for(web.viewer(), piece.stream_id).kind
    return {"back_url": page_of(piece.stream_id, kind, piece), "stands_at": kind}


def _cells(person: PhotoPerson | None) -> PlaceForm:
    """The squares where somebody is, as boxes."""
    ticked = {f"cell_{cell}": True for cell in person.cells} if person is not None else {}
    return PlaceForm(formdata=None, **ticked)


def _form_for(viewer: Viewer, sight: Sight) -> PhotoForm | None:
    """What the uploader has said, to be said anew; nothing for anybody else."""
    photo = sight.photo
    if not can(viewer, rules.OWN, photo) or photo.piece_id is None:
        return None
    cells = {f"cell_{cell}": True for cell in photo.cells}
    said = {"alt": actions.alt_of(photo), "who": photo.who, "blur_unanswered": photo.blur_unanswered}
    return _offered(viewer, sight, PhotoForm(formdata=None, **said, **cells))


def _offered(viewer: Viewer, sight: Sight, form: PhotoForm) -> PhotoForm:
    there = {person.member_id for person in sight.people}
    names = [(one.id, one.name) for one in queries.may_be_named(viewer, sight.photo) if one.id not in there]
    form.person.choices = offered([(0, _("Choose a name")), *names])
    return form


def _check(form: Any) -> None:
    """Raises Invalid for a press that is none of the page's."""
    if not form.validate():
        raise Invalid(_l("The form came with fields it does not have. Load the page and try again."))


def _back(photo_id: int) -> Any:
    return answers.go(url_for("photos.photo", photo_id=photo_id, saved=1))


def _parts_of(sight: Sight) -> set[str]:
    sides: list[int | str] = [size.side for size in sizes_of(sight.photo.width, sight.photo.height)]
    names = {part(side, form) for side in [*sides, VEILED] for form in TYPES}
    return names | ({MOVING} if sight.photo.moves else set())


def _is_open(viewer: Viewer, sight: Sight) -> bool:
    """Whether she has just opened it, in this browser; `unveil` wrote that down."""
    photo_id, at = session.get("photo_open", [0, 0.0])
    return bool(viewer.is_staff and photo_id == sight.photo.id and 0 <= clock.now().timestamp() - at <= OPEN_FOR)
