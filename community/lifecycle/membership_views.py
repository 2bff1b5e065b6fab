"""Pages for house managers and safety leads: somebody's membership, and the turns of her life here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.core import answers, web
from community.core.errors import Conflict, Invalid, NotFound
from community.core.forms import offered
from community.core.i18n import _
from community.core.policy import can, refusal, require
from community.lifecycle import brought_back, leaving_work, membership, remembering, renaming, starting_work, two_people
from community.lifecycle import turn_forms as forms
from community.lifecycle import turn_rules as rules
from community.members import queries as members
from community.members.people import Viewer

pages = Blueprint("turns", __name__)
AGREES = {"start_work": starting_work.agree, "remember": remembering.agree, "bring_back": brought_back.agree}


@pages.get("/people/<int:member_id>/membership", endpoint="membership")
def overview(member_id: int) -> Any:
    """What she is here, since when, and what a house manager can do."""
    viewer = web.viewer()
    return render_template("membership.html", done=request.args.get("done"), **_about(viewer, member_id))


@pages.route("/people/<int:member_id>/membership/leave-work", methods=["GET", "POST"])
def leave_work(member_id: int) -> Any:
    """Somebody works here no more, from a day on or from this minute."""
    viewer = web.viewer()
    about = membership.membership_for(viewer, member_id)
    require(viewer, rules.END_WORK, about.person)
    form = forms.LeaveWorkForm()
    people = membership.successors_for(viewer, member_id)
    form.successor_id.choices = offered([(0, _("Choose somebody")), *people])
    for field in (form.next_manager, form.next_lead):
        field.choices = offered([(0, _("Nobody new")), *people])

    def work() -> Any:
        wish = leaving_work.Wish(
            form.successor_id.data or 0,
            form.leaves_on.data if form.when.data == "day" else None,
            form.next_manager.data or None,
            form.next_lead.data or None,
            form.note.data or "",
        )
        if form.when.data == "day" and form.leaves_on.data is None:
            raise Invalid(_("Choose a day."), field="leaves_on")
        row = leaving_work.plan(viewer, member_id, wish)
        if row.done_at is not None and member_id == viewer.id:
            return answers.go(url_for("members.login"))
        return answers.go(url_for("turns.membership", member_id=member_id, done="left" if row.done_at else "leaves"))

    return _answered(form, "membership_leave.html", work, about)


@pages.post("/people/<int:member_id>/membership/leave-work/cancel")
def stay(member_id: int) -> Any:
    """She stays."""
    viewer = web.viewer()
    require(viewer, rules.SEE_MEMBERSHIP)
    try:
        leaving_work.cancel(viewer, member_id)
    except Conflict as conflict:
        context = _about(viewer, member_id)
        return answers.render("membership.html", "membership.html", 409, conflict=conflict.sentence, **context)
    return answers.go(url_for("turns.membership", member_id=member_id, done="stays"))


@pages.route("/people/<int:member_id>/membership/start-work", methods=["GET", "POST"])
def start_work(member_id: int) -> Any:
    """Somebody who lives here, or has lived here, starts to work here."""
    viewer = web.viewer()
    about = membership.membership_for(viewer, member_id)
    if about.person.author.remembered:
        raise NotFound
    require(viewer, rules.START_WORK, about.person)
    form = forms.StartWorkForm(house_id=viewer.house_id)
    form.house_id.choices = offered((house.id, house.name) for house in members.houses(viewer))

    def work() -> Any:
        wish = (form.house_id.data, form.from_on.data, form.start_why.data or "")
        waits = starting_work.begin(viewer, member_id, *wish) is not None
        return answers.go(url_for("turns.membership", member_id=member_id, done="asked" if waits else "begins"))

    second = starting_work.has_contacts(viewer, member_id)
    return _answered(form, "membership_start.html", work, about, second=second)


@pages.route("/people/<int:member_id>/membership/remembrance", methods=["GET", "POST"])
def remember(member_id: int) -> Any:
    """Somebody has died."""
    viewer = web.viewer()
    about = membership.membership_for(viewer, member_id)
    if not about.here:
        raise NotFound
    require(viewer, rules.REMEMBER, about.person)
    form = forms.RememberForm()

    def work() -> Any:
        remembering.ask(viewer, member_id, form.remember_why.data)
        return answers.go(url_for("turns.membership", member_id=member_id, done="asked"))

    return _answered(form, "membership_remember.html", work, about)


@pages.route("/people/<int:member_id>/membership/remembrance/mistake", methods=["GET", "POST"])
def bring_back(member_id: int) -> Any:
    """The remembrance was a mistake."""
    viewer = web.viewer()
    about = membership.membership_for(viewer, member_id)
    require(viewer, rules.BRING_BACK, brought_back.remembered_for(viewer, member_id))
    form = forms.BringBackForm()

    def work() -> Any:
        brought_back.ask(viewer, member_id, form.back_why.data)
        return answers.go(url_for("turns.membership", member_id=member_id, done="asked"))

    return _answered(form, "membership_mistake.html", work, about)


@pages.route("/people/<int:member_id>/membership/name", methods=["GET", "POST"])
def rename(member_id: int) -> Any:
    """Somebody has another name."""
    viewer = web.viewer()
    about = membership.membership_for(viewer, member_id)
    if not about.here:
        raise NotFound
    require(viewer, rules.RENAME, about.person)
    form = forms.NewNameForm()

    def work() -> Any:
        renamed = renaming.rename(viewer, member_id, form.display_name.data, sign_in_too=form.sign_in_too.data)
        now = membership.membership_for(viewer, member_id)
        return render_template("membership_name.html", form=form, about=now, renamed=renamed, sign_in=None)

    sign_in = renaming.sign_in_name_of(viewer, member_id)
    return _answered(form, "membership_name.html", work, about, renamed=None, sign_in=sign_in)


@pages.get("/membership/waiting")
def waiting() -> Any:
    """What waits for a second person."""
    viewer = web.viewer()
    return render_template("turns_waiting.html", turns=two_people.waiting_for(viewer), form=forms.TurnForm(None))


@pages.post("/membership/turns/<int:turn_id>")
def answer(turn_id: int) -> Any:
    """The second person says yes or no; whoever asked takes it back."""
    viewer, form = web.viewer(), forms.TurnForm()
    require(viewer, rules.SEE_MEMBERSHIP)

    def work() -> Any:
        member_id, kind = two_people.about(viewer, turn_id)
        if form.do.data == "yes":
            AGREES[kind](viewer, turn_id)
        elif form.do.data == "no":
            two_people.refuse(viewer, turn_id, form.answer.data or "")
        else:
            two_people.withdraw(viewer, turn_id)
        return answers.go(url_for("turns.membership", member_id=member_id, done=f"turn-{form.do.data}"))

    waits = {"turns": two_people.waiting_for(viewer)}
    return answers.form_answer(form, work, "turns_waiting.html", "turns_waiting.html", **waits)


def _about(viewer: Viewer, member_id: int) -> dict[str, Any]:
    """What the page shows and offers; what waits for a second person already is not offered again."""
    about = membership.membership_for(viewer, member_id)
    turns = two_people.waiting_for(viewer, member_id)
    asked = {one.row.kind for one in turns}
    return {
        "about": about,
        "may_end_work": about.here and about.leaving is None and can(viewer, rules.END_WORK, about.person),
        "may_keep": about.leaving is not None and can(viewer, rules.END_WORK, about.person),
        "may_start": not about.person.author.remembered
        and about.leaving is None
        and "start_work" not in asked
        and can(viewer, rules.START_WORK, about.person),
        "may_rename": about.here and can(viewer, rules.RENAME, about.person),
        "may_remember": about.here and "remember" not in asked and can(viewer, rules.REMEMBER, about.person),
        "may_bring_back": about.person.author.remembered and not turns and can(viewer, rules.BRING_BACK, about.person),
        "turns": turns,
        "form": forms.TurnForm(None),
        "refused": refusal(viewer, rules.END_WORK, about.person) if about.person.is_staff else None,
    }


def _answered(form: Any, page: str, work: Callable[[], Any], about: membership.Membership, **more: Any) -> Any:
    """The form; what changed meanwhile is said above it, and pressing again is a choice."""
    if request.method != "POST":
        return render_template(page, form=form, about=about, **more)

    def tried() -> Any:
        try:
            return work()
        except Conflict as conflict:
            form.add_error(conflict)
            return answers.render(page, page, 409, form=form, about=about, **more)

    return answers.form_answer(form, tried, page, page, about=about, **more)
