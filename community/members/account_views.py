"""A member's own account: settings, where she is signed in, her password, the PINs. All of it behind the app lock."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for

from community.core import answers, carry, web
from community.core.errors import NotSignedIn
from community.core.policy import can, require
from community.members import actions, app_lock, entry, forms, own_password, queries, rules, sessions, tablet
from community.members.look import be_shown_here, change_look
from community.members.people import Look, Viewer

pages = Blueprint("account", __name__)


@pages.route("/me/settings", methods=["GET", "POST"])
@web.behind_pin
@web.while_closed
def settings() -> Any:
    """How every page looks and speaks for me."""
    viewer = web.viewer()
    look = viewer.look
    form = forms.SettingsForm(lang=viewer.language, shown_here=viewer.shown_here, **asdict(look))
    if request.method != "POST":
        return render_template("settings.html", form=form, saved="saved" in request.args)

    def work() -> Any:
        wanted = Look(form.text_size.data, form.theme.data, form.calm.data, form.saver.data, form.notes_open.data)
        change_look(viewer, wanted)
        if not viewer.protected:  # she is never shown, so nothing is asked
            be_shown_here(viewer, form.shown_here.data)
        actions.choose_language(viewer, form.lang.data)
        session["lang"] = form.lang.data
        return answers.go(url_for("account.settings", saved=1))

    return answers.form_answer(form, work, "settings.html", "settings.html")


@pages.get("/me/sessions", endpoint="sessions")
@web.behind_pin
@web.while_closed
def session_list() -> Any:
    """Where I am signed in."""
    viewer = web.viewer()
    return render_template(
        "sessions.html",
        sessions=sessions.open_for(viewer),
        form=forms.Press(),
        done=request.args.get("done", ""),
        may_tablet=can(viewer, rules.TABLET),
    )


@pages.post("/me/sessions/<int:session_id>/end")
@web.behind_pin
@web.while_closed
def end_session(session_id: int) -> Any:
    """Sign out somewhere else."""
    sessions.end_one(web.viewer(), session_id)
    return answers.go(url_for("account.sessions", done="one"))


@pages.post("/me/sessions/end-others")
@web.behind_pin
@web.while_closed
def end_others() -> Any:
    """Sign out everywhere but here."""
    sessions.end_others(web.viewer())
    return answers.go(url_for("account.sessions", done="others"))


@pages.post("/me/sessions/own")
@web.behind_pin
@web.while_closed
def own_device() -> Any:
    """This is my own device: stay signed in on it."""
    sessions.make_own(web.viewer())
    return answers.go(url_for("account.sessions", done="own"))


@pages.post("/me/sessions/shared")
@web.behind_pin
@web.while_closed
def shared_device() -> Any:
    """Others use this device, too."""
    sessions.make_shared(web.viewer())
    return answers.go(url_for("account.sessions", done="shared"))


@pages.route("/me/password", methods=["GET", "POST"])
@web.behind_pin
@web.while_closed
def password() -> Any:
    """Another password; everywhere else I am signed out."""
    form = forms.PasswordForm()
    if request.method != "POST":
        return render_template("password.html", form=form, saved="saved" in request.args)

    def work() -> Any:
        changed = own_password.change_password(
            web.viewer(), entry.visitor(), form.old_password.data, form.password.data
        )
        web.change_token(changed[0])
        return answers.go(url_for("account.password", saved=1))

    return answers.form_answer(form, work, "password.html", "password.html")


@pages.route("/me/pin", methods=["GET", "POST"])
@web.behind_pin
@web.while_closed
def pin() -> Any:
    """A PIN on my own pages."""
    form = forms.PinForm()
    if request.method != "POST":
        return render_template("pin.html", form=form, saved="saved" in request.args)

    def work() -> Any:
        app_lock.set_pin(web.viewer(), form.pin.data)
        return answers.go(url_for("account.pin", saved=1))

    return answers.form_answer(form, work, "pin.html", "pin.html")


@pages.post("/me/pin/remove")
@web.behind_pin
@web.while_closed
def remove_pin() -> Any:
    """No PIN on my own pages any more."""
    app_lock.remove_pin(web.viewer())
    return answers.go(url_for("account.pin", saved=1))


@pages.post("/me/pin/shut")
@web.while_closed
def shut_private() -> Any:
    """Shut my own pages now, and go to the start page."""
    app_lock.leave(web.viewer(), patience=5)
    return answers.go(url_for("home.feed"))


@pages.route("/me/open", methods=["GET", "POST"])
@web.beside_pages
@web.while_closed
def open_private() -> Any:
    """The PIN before my own pages; what I was sending there rides along."""
    viewer, carrying = web.viewer(), g.get("carry")
    context = _on_the_way(carrying, "home.me")
    if viewer.private_open:
        return entry.after_sign_in(viewer, context["carried"], context["next"])
    form = forms.PinForm(formdata=None if carrying else request.form)
    context.update(pin_form=form, password_form=forms.ConfirmForm(formdata=None))
    if carrying or request.method != "POST":
        return answers.render("open.html", "open.html", 403 if carrying else 200, **context)

    def work() -> Any:
        app_lock.open_with_pin(viewer, form.pin.data)
        return entry.after_sign_in(_read_anew(), context["carried"], context["next"])

    return answers.form_answer(form, work, "open.html", "open.html", **context)


@pages.post("/me/open/password")
@web.beside_pages
@web.while_closed
def open_with_password() -> Any:
    """The same for whoever has forgotten the PIN."""
    viewer = web.viewer()
    context = _on_the_way(None, "home.me")
    if viewer.private_open:
        return entry.after_sign_in(viewer, context["carried"], context["next"])
    form = forms.ConfirmForm()
    context.update(pin_form=forms.PinForm(formdata=None), password_form=form)

    def work() -> Any:
        app_lock.open_with_password(viewer, entry.visitor(), form.password.data)
        return entry.after_sign_in(_read_anew(), context["carried"], context["next"])

    return answers.form_answer(form, work, "open.html", "open.html", **context)


@pages.route("/me/tablet", methods=["GET", "POST"], endpoint="tablet")
@web.behind_pin
def house_tablet() -> Any:
    """This is the house's tablet: it locks when nobody uses it, and my PIN opens it again."""
    viewer = web.viewer()
    require(viewer, rules.TABLET)
    form = forms.TabletForm()
    context = {"has_pin": tablet.has_pin(viewer)}
    if request.method != "POST":
        return render_template("tablet.html", form=form, saved="saved" in request.args, **context)

    def work() -> Any:
        tablet.make_tablet(viewer, form.pin.data)
        return answers.go(url_for("account.tablet", saved=1))

    return answers.form_answer(form, work, "tablet.html", "tablet.html", **context)


@pages.post("/lock")
@web.never_carried
def lock() -> Any:
    """Lock the house's tablet now."""
    tablet.lock(web.viewer())
    return answers.go(url_for("account.unlock"))


@pages.route("/unlock", methods=["GET", "POST"])
@web.before_rules
@web.before_unlock
def unlock() -> Any:
    """The house's tablet after a pause: the PIN of whoever is signed in, or somebody else signs in."""
    viewer, carrying = web.viewer(), g.get("carry")
    context = {**_on_the_way(carrying, "home.feed"), "person": viewer, "viewer": None}
    if not viewer.locked:
        return entry.after_sign_in(viewer, context["carried"], context["next"])
    form = forms.PinForm(formdata=None if carrying else request.form)
    if carrying or request.method != "POST":
        return answers.render("unlock.html", "unlock.html", 401 if carrying else 200, form=form, **context)

    def work() -> Any:
        tablet.unlock(viewer, form.pin.data)
        return entry.after_sign_in(_read_anew(), context["carried"], context["next"])

    try:
        return answers.form_answer(form, work, "unlock.html", "unlock.html", **context)
    except NotSignedIn:
        return _sign_in_in_full(context["carried"])


@pages.get("/here")
@web.beside_pages
@web.while_closed
def here() -> Any:
    """An open page says that somebody is there, or asks whether it may stay."""
    web.viewer()
    return "", 204


def _on_the_way(carrying: str | None, otherwise: str) -> dict[str, Any]:
    """Where to after this page, and the form that rides along."""
    wanted = request.values.get("next")
    carried = carrying or request.form.get("carried", "")
    return {
        "next": web.safe_next(wanted) if wanted else url_for(otherwise),
        "carried": carried,
        "carried_text": carry.words_in(carry.fields_in(carried)),
    }


def _read_anew() -> Viewer:
    """The viewer as her session stands after a change to it."""
    anew = queries.viewer_for(str(web.session_token()))
    if anew is None:
        raise NotSignedIn
    web.read_anew(anew)
    return anew


def _sign_in_in_full(carried: str) -> Any:
    """After too many wrong PINs; what was being written rides on."""
    web.sign_out()
    if not carried:
        return redirect(url_for("members.login", was="pin"), 303)
    g.carry = carried
    return current_app.view_functions["members.login"]()
