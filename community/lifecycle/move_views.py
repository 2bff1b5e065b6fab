"""My move, and the page on which a house manager plans one together with whoever moves."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.core import answers, clock, i18n, web
from community.core.errors import Conflict, Invalid, NotFound
from community.core.forms import offered
from community.core.i18n import _
from community.core.i18n import lazy as _l
from community.core.policy import can, require
from community.lifecycle import forms, moving_in, moving_out, on_the_day, own_move
from community.lifecycle.moving_out import Wish
from community.members import named, staying
from community.members import queries as people
from community.members.people import Named, Viewer
from community.moving import queries as moves
from community.moving import rules
from community.moving.models import Move
from community.moving.preparing_views import page_parts
from community.safety import card
from community.spaces import queries as spaces
from community.streams.actions import Said

pages = Blueprint("moving", __name__)


@pages.get("/me/move")
@web.private_side
@web.while_closed
def mine() -> Any:
    """My move: the day, what happens on it, and what I prepare, which stays mine after. Without one there is nothing
    here."""
    viewer = web.viewer()
    move = moves.own_move(viewer) or moves.last_move(viewer)
    if move is None:
        return answers.go(url_for("home.me"))
    return render_template("move.html", **_own_page(viewer, move))


@pages.post("/me/move/contact")
@web.private_side
@web.while_closed
def contact() -> Any:
    """Whether my contact stays mine."""
    viewer, form = web.viewer(), forms.ContactForm()

    def work() -> Any:
        own_move.keep_contact(viewer, form.keeps.data == "yes")
        return answers.go(url_for("moving.mine"))

    return _given_back(viewer, form, work)


@pages.post("/me/move/farewell")
@web.private_side
@web.waits_for_room
def farewell() -> Any:
    """Begin my farewell."""
    viewer = web.viewer()
    form = _farewell_form(viewer)

    def work() -> Any:
        said = Said(form.text.data, form.client_id.data, _("Goodbye"))
        piece = own_move.begin_farewell(viewer, form.whom.data, said)
        return answers.go(card.leading(url_for("forum.thread", stream_id=piece.stream_id)))

    return _given_back(viewer, form, work, farewell_form=form)


@pages.post("/me/move/name")
@web.while_closed
def by_name() -> Any:
    """What is to stand by my name, asked on the day."""
    form = forms.ByNameForm()
    if not form.validate():
        raise Invalid
    own_move.say_by_name(web.viewer(), form.year.data == "yes")
    return answers.go(url_for("home.feed"))


@pages.route("/people/<int:member_id>/move", methods=["GET", "POST"])
def plan(member_id: int) -> Any:
    """Plan somebody's move, or see it. Whoever may not know of it finds nothing."""
    viewer = web.viewer()
    person, move = _theirs(viewer, member_id)
    if request.method != "POST":
        form = _move_form(viewer, person, forms.ChangeMoveForm if move else forms.MoveForm, move)
        return render_template("move_plan.html", **_plan_page(viewer, person, move), form=form)
    form = _move_form(viewer, person, forms.MoveForm)

    def work() -> Any:
        try:
            planned = moving_out.plan(viewer, member_id, _wish(form))
        except Conflict as conflict:
            return _fresh(viewer, member_id, conflict)
        return answers.go(_after(planned))

    return answers.form_answer(
        form, work, "move_plan.html", "move_plan.html", **_plan_page(viewer, person, move, asked=True)
    )


@pages.post("/people/<int:member_id>/move/change")
def change(member_id: int) -> Any:
    """Another day, or another place."""
    viewer = web.viewer()
    person, move = _theirs(viewer, member_id)
    form = _move_form(viewer, person, forms.ChangeMoveForm)

    def work() -> Any:
        try:
            changed = moving_out.change_day(viewer, _there(move).id, _wish(form), version=form.version.data)
        except Conflict as conflict:
            return _fresh(viewer, member_id, conflict)
        return answers.go(_after(changed))

    return answers.form_answer(form, work, "move_plan.html", "move_plan.html", **_plan_page(viewer, person, move))


@pages.post("/people/<int:member_id>/move/cancel")
def cancel(member_id: int) -> Any:
    """They stay."""
    viewer = web.viewer()
    person, move = _theirs(viewer, member_id)
    form = forms.CancelMoveForm()

    def work() -> Any:
        try:
            moving_out.cancel(viewer, _there(move).id, version=form.version.data)
        except Conflict as conflict:
            return _fresh(viewer, member_id, conflict)
        return answers.go(url_for("moving.plan", member_id=member_id))

    page = {**_plan_page(viewer, person, move), "form": _move_form(viewer, person, forms.ChangeMoveForm, move)}
    return work() if form.validate() else (render_template("move_plan.html", **page), 422)


@pages.route("/people/<int:member_id>/move-in", methods=["GET", "POST"])
def move_in(member_id: int) -> Any:
    """Somebody who has lived here moves in again."""
    viewer = web.viewer()
    require(viewer, rules.MOVE_IN, moving_in.Into(viewer.house_id))
    person = named.person_for(viewer, member_id)
    form = forms.MoveInForm() if request.method == "POST" else forms.MoveInForm(formdata=None, from_on=clock.today())
    page = {
        "person": person,
        "house": people.house_name(viewer, viewer.house_id),
        "may": person.kind == "alumnus" and not staying.begins_later(member_id, clock.today()),
    }
    if request.method != "POST":
        return render_template("move_in.html", form=form, **page)

    def work() -> Any:
        moving_in.move_in(viewer, member_id, form.from_on.data)
        return answers.go(url_for("home.person", member_id=member_id))

    return answers.form_answer(form, work, "move_in.html", "move_in.html", **page)


def _own_move(viewer: Viewer) -> Move:
    """Her move, also after it as long as she can still say goodbye. Raises Conflict."""
    move = moves.own_move(viewer) or moves.may_say_goodbye(viewer)
    if move is None:
        raise Conflict(_l("You have no day on which you move."))
    return move


def _there(move: Move | None) -> Move:
    if move is None:
        raise Conflict(moving_out.CHANGED)
    return move


def _theirs(viewer: Viewer, member_id: int) -> tuple[Named, Move | None]:
    person = named.person_for(viewer, member_id)
    if person.id == viewer.id:
        raise NotFound
    return person, moves.open_move_of(viewer, person)


def _after(move: Move) -> str:
    """Where whoever planned it goes on: after a sudden move that is done, to say who is there for her."""
    if move.done_at is None:
        return url_for("moving.plan", member_id=move.member_id)
    if move.kind == "sudden":
        return url_for("preparing.adult", move_id=move.id)
    return url_for("home.person", member_id=move.member_id)


def _fresh(viewer: Viewer, member_id: int, conflict: Conflict) -> Any:
    """What holds now, for whoever was too late."""
    person, move = _theirs(viewer, member_id)
    form = _move_form(viewer, person, forms.ChangeMoveForm if move else forms.MoveForm, move)
    form.add_error(conflict)
    return render_template("move_plan.html", **_plan_page(viewer, person, move), form=form), 409


def _wish(form: Any) -> Wish:
    return Wish(form.kind.data, form.moves_on.data, form.to_house_id.data or None)


def _move_form(viewer: Viewer, person: Named, kind: type[forms.MoveForm], move: Move | None = None) -> Any:
    """As sent; or for a page, as the move stands."""
    if request.method == "POST" and move is None:
        form = kind()
    elif move is None:
        begins = clock.today() + timedelta(days=30)
        form = kind(formdata=None, moves_on=begins, kind="planned", to_house_id=forms.ELSEWHERE)
    else:
        given = {"moves_on": move.moves_on, "kind": move.kind, "to_house_id": move.to_house_id or forms.ELSEWHERE}
        form = kind(formdata=None, version=move.version, **given)
    others = [(house.id, house.name) for house in people.houses(viewer) if house.id != person.house_id]
    form.to_house_id.choices = offered([(forms.ELSEWHERE, _l("Not one of our homes")), *others])
    return form


def _plan_page(viewer: Viewer, person: Named, move: Move | None, *, asked: bool = False) -> dict[str, Any]:
    return {
        "person": person,
        "move": None if asked and move is None else move,
        "lives_here": person.kind == "resident",
        "may_plan": can(viewer, rules.PLAN_MOVE, person),
        "to_house": on_the_day.where_to(viewer, move) if move is not None else None,
        "day": _day_words(move.moves_on) if move is not None else "",
        "lines": on_the_day.lines_for(people.as_viewer(person.id), move) if move is not None else [],
    }


def _own_page(viewer: Viewer, move: Move) -> dict[str, Any]:
    form = _farewell_form(viewer, fresh=True)
    lately = move.is_open or moves.may_say_goodbye(viewer) is not None
    return {
        **page_parts(viewer, move),
        "day": _day_words(move.moves_on),
        "moved_at": clock.start_of(move.moves_on),
        "days": (move.moves_on - clock.today()).days,
        "to_house": on_the_day.where_to(viewer, move),
        "lines": on_the_day.lines_for(viewer, move) if move.is_open else [],
        "contacts": _contacts(viewer, move),
        "may_begin": lately
        and move.farewell_id is None
        and can(viewer, rules.FAREWELL, move)
        and bool(form.whom.choices),
        "farewell_form": form,
        "readers": _readers(viewer),
    }


def _contacts(viewer: Viewer, move: Move) -> list[str]:
    """The first names of those who are her contact until the day."""
    if not move.is_open:
        return []
    ids = staying.contacts_of(viewer.id, min(clock.today(), move.moves_on - timedelta(days=1)))
    return sorted(view.first_name for id_, view in people.authors(ids).items() if id_ not in viewer.excluded_ids)


def _farewell_form(viewer: Viewer, *, fresh: bool = False) -> forms.FarewellForm:
    given = {"formdata": None, "client_id": str(uuid.uuid4())} if fresh else {}
    form = forms.FarewellForm(**given)
    lang = i18n.language()
    form.whom.choices = offered([(whom, place.name(lang)) for whom, place in own_move.farewell_places(viewer)])
    return form


def _readers(viewer: Viewer) -> dict[str, str]:
    readers = spaces.Readers(viewer)
    return {whom: readers.sentence(place) for whom, place in own_move.farewell_places(viewer)}


def _given_back(viewer: Viewer, form: Any, work: Any, **more: Any) -> Any:
    page = {**_own_page(viewer, _own_move(viewer)), **more}
    return answers.form_answer(form, work, "move.html", "move.html", **page)


def _day_words(day: date) -> str:
    """'Thursday 3 December 2026', at the beginning of a sentence."""
    words = f"{i18n.weekday(clock.start_of(day))} {i18n.long_day(day)}"
    return words[:1].upper() + words[1:]
