"""Pages of what somebody on her way prepares, of her contact, of whoever writes her a letter, and of whoever names who
is there for her. What stands on her own page is put together by `page_parts`."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from community.core import answers, i18n, web
from community.core.errors import Conflict, Invalid
from community.core.forms import offered
from community.core.i18n import lazy as _l
from community.members import named
from community.members.forms import Press
from community.members.people import Viewer
from community.moving import (
    checklist,
    letter_writing,
    letters,
    listing,
    prepared,
    preparing,
    queries,
)
from community.moving import preparing_forms as forms
from community.moving.models import Move
from community.safety import card

pages = Blueprint("preparing", __name__)


def page_parts(viewer: Viewer, move: Move | None) -> dict[str, Any]:
    """What she has prepared, for her own page; `move`: the one under way, or the last. At most thirteen queries."""
    return {
        "move": move,
        "todo": checklist.list_for(viewer, viewer.id),
        "new_line": forms.NewLineForm(formdata=None),
        "kept": prepared.kept_for(viewer),
        "wish": prepared.wish_for(viewer, move) if move is not None else None,
        "sealed": letters.sealed_for(viewer, move) if move is not None and move.is_open else 0,
        "letters_here": letters.letters_for(viewer),
        "adult": prepared.adult_for(viewer),
        "calendar_day": i18n.long_day,
    }


@pages.route("/people/<int:member_id>/list", methods=["GET", "POST"])
@web.private_side
@web.while_closed
def shared(member_id: int) -> Any:
    """A list for her contact of the day, and a new line for both; she herself has it on her own page."""
    viewer = web.viewer()
    form = forms.NewLineForm()
    if not form.is_submitted() and member_id == viewer.id:
        checklist.rows_for(viewer, member_id)
        return answers.go(_back(viewer, member_id))
    context = {"todo": checklist.list_for(viewer, member_id), "new_line": form}
    if not form.is_submitted():
        return render_template("move_list.html", **context)

    def work() -> Any:
        listing.add(viewer, member_id, form.line.data)
        return answers.go(_back(viewer, member_id))

    return answers.form_answer(form, work, "move_list.html", "move_list.html", **context)


@pages.post("/people/<int:member_id>/list/start")
@web.private_side
@web.while_closed
def start(member_id: int) -> Any:
    """Begin with five lines."""
    viewer = web.viewer()
    listing.start(viewer, member_id)
    return answers.go(_back(viewer, member_id))


@pages.route("/list/<int:line_id>", methods=["GET", "POST"])
@web.private_side
@web.while_closed
def line(line_id: int) -> Any:
    """One line: its words, a note, a post that helps."""
    viewer = web.viewer()
    row = checklist.line_for(viewer, line_id)
    view, owner_id = checklist.shown(viewer, row), row.owner_id
    link = f"/t/{view.thread_id}" if view.thread_id else ""
    form = forms.LineForm(line=view.text, note=view.note, link=link, version=view.version)
    context = {"line": view, "owner_id": owner_id, "back_url": _back(viewer, owner_id)}
    if not form.is_submitted():
        return render_template("move_line.html", form=form, **context)

    def work() -> Any:
        given = {"words": form.line.data, "note": form.note.data or "", "version": form.version.data}
        listing.change(viewer, line_id, stream_id=form.stream_id, **given)
        return answers.go(_back(viewer, owner_id))

    return answers.form_answer(form, work, "move_line.html", "move_line.html", **context)


@pages.post("/list/<int:line_id>/tick")
@web.private_side
@web.while_closed
def tick(line_id: int) -> Any:
    """Done, or not done."""
    viewer, form = web.viewer(), forms.TickForm()
    owner_id = checklist.line_for(viewer, line_id).owner_id
    if not form.validate():
        raise Invalid
    listing.tick(viewer, line_id, done=form.do.data == "done")
    return answers.go(f"{_back(viewer, owner_id)}#line-{line_id}")


@pages.post("/list/<int:line_id>/remove")
@web.private_side
@web.while_closed
def remove(line_id: int) -> Any:
    """Take a line off."""
    viewer = web.viewer()
    return answers.go(_back(viewer, listing.remove(viewer, line_id)))


@pages.route("/me/move/people", methods=["GET", "POST"])
@web.private_side
def people() -> Any:
    """Whom I can keep."""
    viewer, form = web.viewer(), forms.KeepForm()
    if not form.is_submitted() and not queries.has_one(viewer):
        return answers.go(url_for("home.me"))
    if form.is_submitted():
        _own_move(viewer)
    context = {"people": prepared.offered_to(viewer), "kept": prepared.kept_for(viewer)}
    if not form.is_submitted():
        return render_template("move_people.html", form=form, **context)

    def work() -> Any:
        preparing.keep(viewer, form.to_id.data)
        return answers.go(f"{_back(viewer, viewer.id)}#keep")

    return answers.form_answer(form, work, "move_people.html", "move_people.html", **context)


@pages.post("/me/move/people/<int:member_id>/remove")
@web.private_side
@web.while_closed
def let_go(member_id: int) -> Any:
    """Take somebody off my page again."""
    viewer = web.viewer()
    preparing.let_go(viewer, member_id)
    return answers.go(f"{_back(viewer, viewer.id)}#keep")


@pages.post("/me/move/wishes")
@web.private_side
@web.while_closed
def wishes() -> Any:
    """Letters or none; asked how it goes or not."""
    viewer, form = web.viewer(), forms.MoveWishForm()
    move = _own_move(viewer)
    if not form.validate() or not (form.letters.data or form.asks.data):
        raise Invalid
    said = {"yes": True, "no": False}
    preparing.wish(viewer, move, letters=said.get(form.letters.data), asks=said.get(form.asks.data))
    return answers.go(f"{_back(viewer, viewer.id)}#wishes")


@pages.route("/people/<int:member_id>/letter", methods=["GET", "POST"])
def write_letter(member_id: int) -> Any:
    """Write somebody a letter for her day, or change mine."""
    viewer = web.viewer()
    composer = letters.composer_for(viewer, member_id)
    form = forms.LetterForm(text=composer.words)
    context = {"composer": composer, "press_form": Press(formdata=None), "calendar_day": i18n.long_day}
    if not form.is_submitted():
        return render_template("letter_write.html", form=form, **context)

    def work() -> Any:
        letter_writing.write(viewer, member_id, form.text.data)
        return answers.go(card.leading(url_for("preparing.write_letter", member_id=member_id, kept=1)))

    return answers.form_answer(form, work, "letter_write.html", "letter_write.html", **context)


@pages.post("/people/<int:member_id>/letter/take-back")
@web.while_closed
def take_back(member_id: int) -> Any:
    """Take my letter back."""
    letter_writing.take_back(web.viewer(), member_id)
    return answers.go(url_for("home.person", member_id=member_id))


@pages.get("/me/move/letters")
@web.private_side
@web.while_closed
def my_letters() -> Any:
    """My letters, once the day has come."""
    viewer = web.viewer()
    if not queries.has_one(viewer):
        return answers.go(url_for("home.me"))
    return render_template("letters.html", letters=letters.letters_for(viewer))


@pages.route("/me/move/letters/<int:letter_id>", methods=["GET", "POST"])
@web.private_side
@web.while_closed
def letter(letter_id: int) -> Any:
    """One letter: sealed until I open it, then its words."""
    viewer, form = web.viewer(), Press()
    row = letters.letter_for(viewer, letter_id)
    if form.is_submitted():
        if not form.validate():
            raise Invalid
        letter_writing.open_letter(viewer, letter_id)
        return answers.go(url_for("preparing.letter", letter_id=letter_id))
    return render_template("letter.html", letter=letters.view_of(viewer, row), form=form)


@pages.route("/moves/<int:move_id>/adult", methods=["GET", "POST"])
def adult(move_id: int) -> Any:
    """A house manager says who is there for somebody who had to move at once."""
    viewer = web.viewer()
    desk = prepared.adult_desk_for(viewer, move_id)
    form = forms.AdultForm(adult_id=desk.adult_id)
    form.adult_id.choices = offered((one.id, one.name) for one in desk.choices)
    context = {"desk": desk, "days": prepared.REACHABLE_DAYS}
    if not form.is_submitted():
        return render_template("move_adult.html", form=form, saved=False, **context)

    def work() -> Any:
        preparing.name_adult(viewer, move_id, form.adult_id.data)
        return answers.go(url_for("home.person", member_id=desk.member.id))

    return answers.form_answer(form, work, "move_adult.html", "move_adult.html", saved=False, **context)


def _own_move(viewer: Viewer) -> Move:
    """Her move under way, else the last. Raises Conflict where there is none."""
    move = queries.own_move(viewer) or queries.last_move(viewer)
    if move is None:
        raise Conflict(_l("You have no day on which you move."))
    return move


def _back(viewer: Viewer, owner_id: int) -> str:
    if viewer.id == owner_id:
        return url_for("moving.mine")
    named.person_for(viewer, owner_id)
    return url_for("preparing.shared", member_id=owner_id)
