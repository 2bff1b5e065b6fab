"""Pages that show what staff do: the audit list, numbers for everybody, who read what of mine, who answers for it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, g, render_template, request, session, url_for

from community.core import answers, clock, i18n, web
from community.core.policy import can, require
from community.members import readings
from community.members.rules import CHANGE_RULES
from community.openness import actions, forms, numbers, papers, queries, questions, rules, words

pages = Blueprint("openness", __name__)

MIME = {"csv": "text/csv", "json": "application/json"}


@pages.get("/audit")
def audit() -> Any:
    """What staff did: who, what, whom, why, on duty or not, and when."""
    viewer = web.viewer()
    require(viewer, rules.READ_AUDIT)
    form = forms.FilterForm(formdata=request.args)
    sound = form.validate()
    lines, before = queries.page_for(viewer, form.filters, request.args.get("before", "")) if sound else ([], "")
    asked: dict[str, Any] = {name: value for name, value in request.args.items() if name in form.data and value}
    page = render_template(
        "audit.html",
        form=form,
        people=queries.people_for(viewer),
        lines=lines,
        groups=words.GROUPS,
        duty=actions.duty_words,
        older=url_for("openness.audit", **asked, before=before) if before else None,
        export=url_for("openness.export", **asked),
        asked=asked,
    )
    return page, 200 if sound else 422


@pages.route("/audit/export", methods=["GET", "POST"])
def export() -> Any:
    """The same list as a file, with a reason."""
    viewer = web.viewer()
    require(viewer, rules.EXPORT_AUDIT)
    context = {"people": dict(queries.people_for(viewer)), "groups": words.GROUPS}
    if request.method != "POST":
        form = forms.ExportForm(formdata=request.args)
        form.form.data, form.reason.data = "csv", ""
        return render_template("audit_export.html", form=form, **context)
    form = forms.ExportForm()

    def work() -> Any:
        made = actions.export(viewer, form.filters, form.form.data, form.reason.data)
        name = f"audit-{clock.today()}.{form.form.data}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(made, content_type=f"{MIME[form.form.data]}; charset=utf-8", headers=headers)

    return answers.form_answer(form, work, "audit_export.html", "audit_export.html", **context)


@pages.get("/numbers")
def figures() -> Any:
    """How often staff stepped in, for everybody."""
    return render_template("numbers.html", stretches=numbers.numbers_for(web.viewer()))


@pages.get("/me/read")
@web.before_rules
@web.private_side
def read() -> Any:
    """Who read what of mine, and why. Open also to whom Hearth is closed."""
    return render_template("my_readings.html", readings=readings.of_mine(web.viewer()))


@pages.get("/about/safety")
@web.open_to_all
@web.before_rules
def safety() -> Any:
    """Who answers for this place, and where the assessments are. House managers read what is missing."""
    path, lang = current_app.config["SETTINGS"].safety_file, i18n.language()
    found = papers.of_all_kinds(path, lang)
    manages = g.viewer is not None and can(g.viewer, CHANGE_RULES)
    return render_template(
        "safety.html",
        accountable=papers.accountable(path, lang),
        papers=found if manages else [paper for paper in found if paper.name],
        manages=manages,
    )


@pages.get("/about/questions")
@web.without_database
def asked() -> Any:
    """The questions people ask before they write, and true answers. Works signed out and with the database down."""
    if request.args.get("lang") in i18n.LANGUAGES:
        session["lang"] = request.args["lang"]
    return render_template("questions.html", questions=questions.answered())
