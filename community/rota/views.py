"""Pages of the rota: the week of a house, one's own shifts, and making and changing them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.core import answers, clock, paging, web
from community.core.errors import Conflict, Invalid, NotFound
from community.core.forms import offered
from community.core.i18n import _
from community.core.policy import can, require
from community.members import queries as members
from community.members.people import Viewer
from community.rota import actions, forms, queries, rules, words
from community.rota.actions import Wish
from community.rota.cover import Gap
from community.rota.models import Shift

pages = Blueprint("rota", __name__)

USUAL = timedelta(hours=8)  # how long the shift is that an empty form offers


@pages.get("/rota")
def week() -> Any:
    """A week of a house, and what of it nobody covers."""
    viewer = web.viewer()
    require(viewer, rules.SEE)
    house_id = _house(viewer)
    monday = _monday(request.args.get("week"))
    return render_template(
        "rota.html",
        houses=members.houses(viewer),
        house_id=house_id,
        monday=monday,
        before=monday - queries.WEEK,
        after=monday + queries.WEEK,
        days=queries.week_for(viewer, house_id, monday),
        gaps=queries.gaps_for(viewer, house_id),
        today=clock.today(),
        may_change=can(viewer, rules.CHANGE),
        roles=words.SHORT,
        said=_said(),
    )


@pages.get("/rota/mine")
def mine() -> Any:
    """When I work."""
    viewer = web.viewer()
    houses = {house.id: house.name for house in members.houses(viewer)}
    return render_template(
        "my_shifts.html", shifts=queries.mine_for(viewer), houses=houses, roles=words.SHORT, now=clock.now()
    )


@pages.route("/rota/new", methods=["GET", "POST"])
def make() -> Any:
    """Put somebody on the rota."""
    viewer = web.viewer()
    require(viewer, rules.CHANGE)
    if request.method != "POST":
        return render_template("shift.html", form=_offering(viewer, _empty(viewer)), shift=None)
    form = _offering(viewer, forms.ShiftForm())

    def work() -> Any:
        shift = actions.make_shift(viewer, _wish(form))
        return answers.go(_week_of(viewer, shift, "saved"))

    return answers.form_answer(form, work, "shift.html", "shift.html", shift=None)


@pages.route("/rota/shifts/<int:shift_id>", methods=["GET", "POST"])
def change(shift_id: int) -> Any:
    """Change a shift."""
    viewer = web.viewer()
    shift = queries.shift_for(viewer, shift_id)
    context: dict[str, Any] = {"shift": shift, "begun": shift.starts_at <= clock.now(), "over": _is_over(shift)}
    if request.method != "POST":
        return render_template("shift.html", form=_offering(viewer, _filled(shift), shift), **context)
    form = _offering(viewer, forms.ShiftForm(), shift)

    def work() -> Any:
        try:
            changed = actions.change_shift(viewer, shift_id, _wish(form), version=form.version.data)
        except Conflict as conflict:
            form.add_error(conflict)
            form.version.data, form.version.raw_data = conflict.facts["version"], None  # saving now is a choice
            theirs = _in_words(conflict.facts["now"])
            return answers.render("shift.html", "shift.html", 409, form=form, theirs=theirs, **context)
        return answers.go(_week_of(viewer, changed, "saved"))

    return answers.form_answer(form, work, "shift.html", "shift.html", **context)


@pages.post("/rota/shifts/<int:shift_id>/off")
def take_off(shift_id: int) -> Any:
    """Take a shift off; one that runs ends now."""
    viewer = web.viewer()
    shift = queries.shift_for(viewer, shift_id)
    back = _week_of(viewer, shift, "off")
    actions.take_off(viewer, shift_id)
    return answers.go(back)


@pages.post("/rota/repeat")
def repeat() -> Any:
    """This week's shifts once more, a week later."""
    viewer = web.viewer()
    require(viewer, rules.CHANGE)
    form = forms.RepeatForm()
    if not form.validate():
        raise Invalid
    monday = _monday_of(form.week.data)
    done = actions.repeat_week(viewer, form.house_id.data, monday)
    later = {"house": form.house_id.data, "week": monday + queries.WEEK}
    return answers.go(url_for("rota.week", **later, repeated=done.made, left=done.left_out))


def _house(viewer: Viewer) -> int:
    """The house the address names, else the viewer's own. Raises NotFound for what is none."""
    wanted = request.args.get("house")
    if wanted is None:
        return viewer.house_id
    number = paging.whole_number(wanted)
    if number is None:
        raise NotFound
    return number


def _monday(wanted: str | None) -> date:
    """The Monday of the week a day names, else of this one. Raises NotFound for what is no day within reach."""
    if wanted is None:
        return _monday_of(clock.today())
    try:
        return _monday_of(date.fromisoformat(wanted))
    except ValueError as error:
        raise NotFound from error


def _monday_of(day: date) -> date:
    if not 2000 <= day.year <= 2200:
        raise NotFound
    return day - timedelta(days=day.weekday())


def _said() -> str:
    """What the last press did."""
    if "repeated" in request.args:
        made = paging.whole_number(request.args["repeated"]) or 0
        left = paging.whole_number(request.args.get("left", "")) or 0
        return _("Repeated: %(made)s made, %(left)s left out (there already, or not possible).", made=made, left=left)
    return {"saved": _("Saved."), "off": _("Taken off.")}.get(request.args.get("done", ""), "")


def _in_words(wish: Wish) -> str:
    """'Sara, Mon 16 Mar 14:00 – 23:00'."""
    return f"{members.authors([wish.member_id])[wish.member_id].name}, {Gap(wish.starts_at, wish.ends_at).words}"


def _is_over(shift: Shift) -> bool:
    return shift.ends_at <= clock.now()


def _wish(form: forms.ShiftForm) -> Wish:
    return Wish(
        member_id=form.member_id.data,
        house_id=form.house_id.data or None,
        role=form.role.data,
        starts_at=actions.at_home(form.starts_at.data),
        ends_at=actions.at_home(form.ends_at.data),
        back_up_id=form.back_up_id.data or None,
    )


def _empty(viewer: Viewer) -> forms.ShiftForm:
    """The next whole hour, at the house and on the day the address names."""
    begins = clock.local(clock.now()).replace(tzinfo=None, minute=0, second=0, microsecond=0) + timedelta(hours=1)
    day = request.args.get("day")
    if day is not None:
        wanted = _day(day)
        begins = begins if wanted == begins.date() else datetime(wanted.year, wanted.month, wanted.day, 7)
    return forms.ShiftForm(formdata=None, house_id=_house(viewer), starts_at=begins, ends_at=begins + USUAL)


def _day(wanted: str) -> date:
    """A day from the address. Raises NotFound for what is none within reach."""
    try:
        found = date.fromisoformat(wanted)
    except ValueError as error:
        raise NotFound from error
    _monday_of(found)
    return found


def _filled(shift: Shift) -> forms.ShiftForm:
    wall = {name: clock.local(getattr(shift, name)).replace(tzinfo=None) for name in ("starts_at", "ends_at")}
    ids = {"member_id": shift.member_id, "house_id": shift.house_id or 0, "back_up_id": shift.back_up_id or 0}
    return forms.ShiftForm(formdata=None, role=shift.role, version=shift.version, **ids, **wall)


def _offering(viewer: Viewer, form: forms.ShiftForm, shift: Shift | None = None) -> forms.ShiftForm:
    """Houses and people to choose from; whoever stands in the shift already is among them."""
    people = dict(members.staff_choices(viewer))
    there = [id_ for id_ in (shift.member_id, shift.back_up_id) if id_ is not None] if shift is not None else []
    people |= {id_: view.name for id_, view in members.authors(there).items()}
    everybody = sorted(people.items(), key=lambda pair: pair[1].casefold())
    form.house_id.choices = offered(
        [*((house.id, house.name) for house in members.houses(viewer)), (forms.EVERY_HOUSE, _("All houses"))]
    )
    form.member_id.choices = offered(everybody)
    form.back_up_id.choices = offered([(forms.NOBODY, _("Nobody")), *everybody])
    return form


def _week_of(viewer: Viewer, shift: Shift, done: str) -> str:
    """Where the shift stands: its house's week, the viewer's own house's for one for all."""
    monday = shift.day - timedelta(days=shift.day.weekday())
    house_id = shift.house_id or viewer.house_id
    return url_for("rota.week", house=house_id, week=monday, done=done, _anchor=f"d{shift.day.isoformat()}")
