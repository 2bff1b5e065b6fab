"""Pages of the house rules' versions: what changed when, and a new version by a house manager."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, render_template, session, url_for

from community.core import answers, i18n, web
from community.core.errors import Conflict
from community.core.policy import can, require
from community.members import forms, house_rules, rules, rules_changing
from community.members.house_rules import SEVEN

pages = Blueprint("house_rules", __name__)


@pages.get("/rules/history")
@web.open_to_all
@web.before_rules
def history() -> Any:
    """Every version of the house rules, and what each changed; open to whoever may read the rules themselves."""
    if g.viewer is None and "invitation" not in session:
        return redirect(url_for("members.login", next="/rules/history"))
    lang = i18n.language()
    return render_template(
        "rules_history.html",
        versions=house_rules.what_changed(house_rules.history(), lang),
        names=g.viewer is not None,
        may_change=g.viewer is not None and can(g.viewer, rules.CHANGE_RULES),
    )


@pages.route("/rules/change", methods=["GET", "POST"])
def change() -> Any:
    """Write a new version, look at it as everybody will read it, and put it in force."""
    viewer = web.viewer()
    require(viewer, rules.CHANGE_RULES)
    edition = house_rules.in_force()
    now = {f"{lang}_{number}": sentence[lang] for number, sentence in enumerate(edition.rules, 1) for lang in sentence}
    form = forms.ChangeRulesForm(version=edition.version, **now)
    context: dict[str, Any] = {"numbers": range(1, SEVEN + 1), "edition": edition, "preview": None}

    def work() -> Any:
        if form.do.data == "publish":
            try:
                rules_changing.publish(viewer, form.sentences, form.why, version=form.version.data)
            except Conflict as conflict:
                form.add_error(conflict)
                form.version.data, form.version.raw_data = conflict.facts["version"], None  # publishing now is a choice
                return answers.render("rules_change.html", "rules_change.html", 409, form=form, **context)
            return answers.go(url_for("house_rules.history"))
        if form.do.data == "preview":
            rules_changing.check(viewer, form.sentences, form.why)
            context["preview"] = house_rules.Edition(edition.version + 1, form.sentences, form.why)
        return render_template("rules_change.html", form=form, **context)

    if not form.is_submitted():
        return render_template("rules_change.html", form=form, **context)
    return answers.form_answer(form, work, "rules_change.html", "rules_change.html", **context)
