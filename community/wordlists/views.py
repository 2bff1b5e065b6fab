"""Pages for the word lists: testing a text, looking through them, changing them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.core import answers, web
from community.core.errors import Conflict, NotFound
from community.core.policy import can, require
from community.members.people import Viewer
from community.wordlists import actions, forms, kept, queries, rules, words

pages = Blueprint("lists", __name__)


@pages.get("/lists")
def index() -> Any:
    """Test a text, what waits for review, all lists, and what was changed."""
    viewer = web.viewer()
    return render_template("word_lists.html", form=forms.TryForm(formdata=None), **_page(viewer))


@pages.post("/lists/test")
def test() -> Any:
    """What would be heard in a text. The answer is the page itself: nothing is kept, so there is nowhere to go."""
    viewer = web.viewer()
    require(viewer, rules.READ)
    form, context = forms.TryForm(), _page(viewer)

    def work() -> Any:
        found = queries.tried(viewer, form.text.data, age_band=form.age_band.data)
        return answers.render("word_lists.html", "parts/tried.html", form=form, tried=found, **context)

    return answers.form_answer(form, work, "word_lists.html", "word_lists.html", **context)


@pages.get("/lists/<name>")
def one(name: str) -> Any:
    """One list with everything in it."""
    viewer = web.viewer()
    return _list(viewer, name)


@pages.route("/lists/add", methods=["GET", "POST"])
def add() -> Any:
    """Add a phrase of the house's own."""
    viewer = web.viewer()
    require(viewer, rules.CHANGE)
    version = queries.version_of(viewer)
    if request.method != "POST":
        wanted = request.args.get("list")
        begins = {"action": wanted} if wanted in words.LISTS else {}
        return render_template("word_list_add.html", form=forms.PhraseForm(formdata=None, version=version, **begins))
    form = forms.PhraseForm()

    def work() -> Any:
        said = {name: form[name].data for name in ("action", "language", "reason", "version")}
        try:
            actions.add_phrase(viewer, form.phrase.data, **said)
        except Conflict as conflict:
            form.version.data, form.version.raw_data = conflict.facts["version"], None  # saving now is a choice
            raise
        return answers.go(url_for("lists.one", name=form.action.data, saved=1))

    return answers.form_answer(form, work, "word_list_add.html", "word_list_add.html")


@pages.route("/lists/change", methods=["GET", "POST"])
def change() -> Any:
    """Switch an entry off or on, take one of the house's own away, or keep what was put up for review."""
    viewer = web.viewer()
    require(viewer, rules.CHANGE)
    version = queries.version_of(viewer)
    asked = {name: request.args.get(name, "") for name in ("key", "do")}
    form = (
        forms.ChangeForm(**asked, version=version)
        if request.method == "POST"
        else forms.ChangeForm(formdata=None, **asked, version=version)
    )
    context = {"entry": _entry(viewer, form.key.data or "", form.do.data or "")}
    if request.method != "POST":
        return render_template("word_list_change.html", form=form, **context)

    def work() -> Any:
        key, why = form.key.data, {"reason": form.reason.data, "version": form.version.data}
        try:
            if form.do.data == "remove":
                actions.remove_phrase(viewer, key, **why)
            elif form.do.data == "keep":
                actions.keep_hearing(viewer, key, **why)
            else:
                actions.switch(viewer, key, off=form.do.data == "off", **why)
        except Conflict as conflict:
            form.version.data, form.version.raw_data = conflict.facts["version"], None
            raise
        return answers.go(url_for("lists.one", name=key.partition(":")[0], saved=1))

    return answers.form_answer(form, work, "word_list_change.html", "word_list_change.html", **context)


def _page(viewer: Viewer) -> dict[str, Any]:
    return {
        "lists": queries.lists_for(viewer),
        "review": queries.review_for(viewer),
        "history": queries.history_for(viewer),
        "may_change": can(viewer, rules.CHANGE),
        "words": words,
    }


def _list(viewer: Viewer, name: str) -> Any:
    return render_template(
        "word_list.html",
        name=name,
        entries=queries.entries_for(viewer, name),
        may_change=can(viewer, rules.CHANGE),
        saved="saved" in request.args,
        words=words,
    )


def _entry(viewer: Viewer, key: str, do: str) -> dict[str, Any]:
    """What is about to be changed, in words. Raises NotFound for what is no entry, or can't be changed so."""
    own = queries.is_own(viewer, key)
    known = own or key in kept.shipped_keys()
    if not known or do not in ("off", "on", "remove", "keep") or ((do == "remove") != own and do != "keep"):
        raise NotFound
    action, _colon, phrase = key.partition(":")
    return {"action": action, "list": words.LISTS[action], "phrase": words.phrase_of(action, phrase), "do": do}
