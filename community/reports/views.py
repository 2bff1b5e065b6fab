"""Pages for telling staff. Those about a piece or a person are in home/telling.py, which knows who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for

from community.core import answers, web
from community.core.policy import require
from community.members import named
from community.members.people import Named, Viewer
from community.reports import actions, forms, queries, rules, words
from community.reports.actions import Sealed, Wish
from community.safety import outside
from community.streams.models import Piece

pages = Blueprint("told", __name__)


@dataclass(frozen=True)
class About:
    """What a page tells of: a piece, sealed words or a person the viewer has found, or none of them. `name`: who is
    shown as its author, or who it is; `may_block`: blocking is offered in the same step."""

    url: str
    back_url: str
    piece: Piece | None = None
    shown: Any = None
    person: Named | None = None
    name: str = ""
    may_block: bool = False
    asks_support: bool = False
    past_staff: bool = False
    sealed: Sealed | None = None

    @property
    def about_id(self) -> int | None:
        return self.wish("").about_id

    def wish(self, reason: str, **more: Any) -> Wish:
        """What somebody tells of it."""
        return Wish(
            reason=reason,
            piece=self.piece,
            person=self.person,
            sealed=self.sealed,
            asks_support=self.asks_support,
            **more,
        )


@pages.route("/tell", methods=["GET", "POST"])
@web.before_rules
def tell() -> Any:
    """Tell staff without a thing. Open to whoever is paused or closed out, too."""
    return telling(web.viewer(), About(url_for("told.tell"), url_for("home.help")))


def telling(viewer: Viewer, about: About) -> Any:
    """The six reasons; one press sends. Of somebody who works here the name is asked, so that it goes past her."""
    require(viewer, rules.TELL, about.about_id)
    form = forms.TellForm()
    context = {"about": about, "reasons": words.REASONS, "longest": actions.LONGEST_WORDS}
    if not form.is_submitted():
        return render_template("tell.html", form=form, **context)

    def work() -> Any:
        if form.reason.data == "staff" and form.staff_id.data is None and not about.past_staff:
            return render_template("tell_who.html", form=form, staff=_staff(viewer), **_who_reads(), **context)
        report = actions.tell(viewer, _wish(form, about))
        return answers.go(url_for("told.sent", report_id=report.id))

    return answers.form_answer(form, work, "tell.html", "tell.html", **context)


@pages.route("/tell/sent/<int:report_id>", methods=["GET", "POST"])
@web.before_rules
def sent(report_id: int) -> Any:
    """It has come in: who reads it and until when, and a field to say more. It names nobody and nothing, because it
    stands outside her own pages."""
    viewer = web.viewer()
    receipt = queries.receipt_for(viewer, report_id)
    form = forms.MoreForm()
    context = {"receipt": receipt, "outside": outside.person(), "hour_of": words.hour_of}
    if not form.is_submitted():
        return render_template("tell_sent.html", form=form, more=False, **context)

    def work() -> Any:
        actions.add_words(viewer, report_id, form.words.data)
        return answers.go(url_for("told.sent", report_id=report_id, more=1))

    return answers.form_answer(form, work, "tell_sent.html", "tell_sent.html", more=False, **context)


@pages.get("/me/told")
@web.before_rules
@web.private_side
def own() -> Any:
    """What I told staff, and what became of it."""
    viewer = web.viewer()
    receipts = queries.receipts_for(viewer)
    actions.note_seen(viewer)
    return render_template("told.html", receipts=receipts, reasons=words.REASONS)


@pages.post("/me/told/<int:report_id>/show")
@web.private_side
def show_again(report_id: int) -> Any:
    """Let what I told of be there for me again."""
    actions.show_again(web.viewer(), report_id)
    return answers.go(url_for("told.own"))


def _wish(form: forms.TellForm, about: About) -> Wish:
    return about.wish(
        form.reason.data,
        words=form.words.data or "",
        staff_id=form.staff_id.data,
        block=bool(form.block.data) and about.may_block,
    )


def _staff(viewer: Viewer) -> list[Named]:
    """Whom it can be about: everybody who works here, by name."""
    staff = [person for person in named.others(viewer) if person.is_staff]
    return sorted(staff, key=lambda person: person.name.casefold())


def _who_reads() -> dict[str, Any]:
    return {"outside": outside.person()}
