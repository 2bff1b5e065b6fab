"""A picture of oneself instead of the drawn one: putting it up, its files, and what others may say about it.

Whoever may see somebody's page may see the picture on it, so the page is asked at every read.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from community.core import answers, crypto, paging, web
from community.core.errors import Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.pictures import Refused
from community.core.policy import can, require
from community.home import profiles
from community.members import named
from community.members.people import Named, Viewer
from community.photos import portrait_queries as queries
from community.photos import portrait_rules as rules
from community.photos import portraits
from community.photos.forms import LookForm, PortraitForm
from community.photos.models import Portrait

pages = Blueprint("portraits", __name__)

TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}


@pages.route("/me/picture", methods=["GET", "POST"])
@web.behind_pin
@web.waits_for_room
@web.takes_pictures(1)
def own() -> Any:
    """Put up a picture of oneself, or look at the one there is."""
    viewer, form = web.viewer(), PortraitForm()
    context = {"portrait": queries.own(viewer), "may": can(viewer, rules.PUT_UP)}
    if request.method != "POST":
        return render_template("portrait_own.html", form=form, saved="saved" in request.args, **context)

    def work() -> Any:
        require(viewer, rules.PUT_UP)
        sent = request.files.get("picture")
        if sent is None or not sent.filename:
            raise Invalid(_l("Choose a picture first."))
        try:
            portraits.put_up(viewer, sent.stream, form.cut.data)  # type: ignore[arg-type]
        except Refused as refused:
            raise Invalid(refused.sentence) from refused
        return answers.go(url_for("portraits.own", saved=1))

    return answers.form_answer(form, work, "portrait_own.html", "portrait_own.html", **context)


@pages.post("/me/picture/remove")
@web.behind_pin
def remove() -> Any:
    """The drawn one again, for everybody and at once."""
    portraits.take_away(web.viewer())
    return answers.go(url_for("portraits.own"))


@pages.get("/people/<int:member_id>/picture/<name>")
@web.gives_a_file
@web.beside_pages
def file(member_id: int, name: str) -> Any:
    """One file of somebody's picture, if the viewer may see it at this moment."""
    viewer = web.viewer()
    _person, portrait = _found(viewer, member_id)
    if name not in queries.PARTS:
        raise NotFound
    tag = crypto.keyed_hash(f"{viewer.id}:{portrait.name}:{name}", "portrait")[:32]
    known = request.if_none_match.contains(tag)
    answer = Response(b"" if known else queries.file_of(portrait, name), 304 if known else 200)
    answer.content_type = TYPES[name.rpartition(".")[2]]
    answer.set_etag(tag)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@pages.get("/people/<int:member_id>/picture")
def portrait(member_id: int) -> Any:
    """Somebody's picture on a page of its own, and what the viewer may say about it."""
    viewer = web.viewer()
    person, found = _found(viewer, member_id)
    return render_template(
        "portrait.html",
        person=person,
        portrait=found,
        may={"claim": can(viewer, rules.CLAIM, found), "decide": can(viewer, rules.DECIDE, found)},
    )


@pages.post("/people/<int:member_id>/picture/claim")
def claim(member_id: int) -> Any:
    """ "I am in this": hidden at once, and a host looks at it."""
    viewer = web.viewer()
    portraits.claim(viewer, profiles.person_for(viewer, member_id).named)
    return answers.go(url_for("home.person", member_id=member_id))


@pages.post("/people/<int:member_id>/picture/look")
def look(member_id: int) -> Any:
    """A host lets it stand, or takes it away."""
    viewer, form = web.viewer(), LookForm()
    _found(viewer, member_id)
    if not form.validate():
        raise Invalid(_l("The form came with fields it does not have. Load the page and try again."))
    portrait_id, stands = paging.whole_number(form.portrait_id.data or "") or 0, form.said.data == "yes"
    portraits.decide(viewer, member_id, portrait_id, stands=stands, why=form.why.data or "")
    return answers.go(url_for("photos.waiting"))


def _found(viewer: Viewer, member_id: int) -> tuple[Named, Portrait]:
    """Somebody and the picture of her, as far as the viewer may see both. Raises NotFound."""
    try:
        person, there = profiles.person_for(viewer, member_id).named, True
    except NotFound:
        person, there = named.person_or_remembered(viewer, member_id), False
    return person, queries.portrait_for(viewer, person, there=there)
