"""Pages of the second step: giving it, setting it up, recovery codes, and a new password by one of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for

from community.core import answers, clock, crypto, i18n, web
from community.core.policy import can
from community.members import (
    authenticator,
    entry,
    forms,
    fresh,
    passkeys,
    passwords,
    qr,
    queries,
    recovery_codes,
    rules,
)
from community.members.codes import spaced
from community.members.people import Viewer

pages = Blueprint("second_step", __name__)


@pages.route("/second-step", methods=["GET", "POST"])
@web.while_waiting_to("give")
def give() -> Any:
    """The code of the app, a recovery code, or a passkey, after the password. What was under way rides along."""
    viewer, along = web.viewer(), entry.taken_along()
    if not viewer.second_step:
        return entry.after_sign_in(viewer, along["carried"], along["next"])
    form = forms.SecondStepForm(formdata=None if entry.just_asked() else request.form)
    context: dict[str, Any] = {
        **along,
        "has_app": authenticator.is_on(viewer),
        "passkeys_at": passkeys.site().host if passkeys.passkeys_of(viewer) else None,
    }
    if request.method != "POST" or entry.just_asked():
        return render_template("second_step.html", form=form, **context)

    def work() -> Any:
        given = {"code": form.code.data, "recovery": form.recovery.data}
        authenticator.give(viewer, entry.visitor(), **given)
        return entry.second_step_done(viewer, along["carried"], along["next"])

    return answers.form_answer(form, work, "second_step.html", "second_step.html", **context)


@pages.get("/me/second-step")
@web.private_side
@web.while_closed
def own() -> Any:
    """Whether it is on, and what can be done about it."""
    viewer = web.viewer()
    return render_template(
        "second_step_own.html",
        on=authenticator.is_on(viewer),
        codes_left=recovery_codes.left(viewer),
        may_turn_off=can(viewer, rules.TURN_OFF_SECOND_STEP, viewer),
    )


@pages.route("/me/second-step/set-up", methods=["GET", "POST"])
@web.while_waiting_to("set up")
@web.private_side
@web.while_closed
def set_up() -> Any:
    """Show an app the secret, and see that it has it. The recovery codes are shown once, as the answer."""
    viewer, along = web.viewer(), entry.taken_along()
    fresh.require(viewer)
    form = forms.SetUpForm(formdata=None if entry.just_asked() else request.form)
    secret = _pending_secret(viewer)
    name, community = queries.sign_in_name(viewer), current_app.config["SETTINGS"].community_name
    context: dict[str, Any] = {
        **along,
        "qr": qr.picture(authenticator.address_of(secret, name, community)),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "replacing": authenticator.is_on(viewer),
        "must": viewer.second_step is not None,
        "passkeys_at": passkeys.site().host,
    }
    if request.method != "POST" or entry.just_asked():
        return render_template("second_step_set_up.html", form=form, **context)

    def work() -> Any:
        codes = authenticator.set_up(viewer, secret, form.code.data)
        entry.second_step_done(viewer)
        return codes_once(codes, along)

    return answers.form_answer(form, work, "second_step_set_up.html", "second_step_set_up.html", **context)


@pages.post("/me/second-step/off")
@web.private_side
@web.while_closed
def turn_off() -> Any:
    """Do without it again."""
    authenticator.turn_off(web.viewer())
    return answers.go(url_for("second_step.own"))


@pages.route("/me/recovery-codes", methods=["GET", "POST"])
@web.private_side
@web.while_closed
def codes() -> Any:
    """How many are left; new ones are shown once, as the answer."""
    viewer = web.viewer()
    if request.method != "POST":
        return render_template("recovery_codes.html", codes_left=recovery_codes.left(viewer), form=forms.Press())
    form = forms.Press()
    context = {"codes_left": recovery_codes.left(viewer)}

    def work() -> Any:
        return codes_once(recovery_codes.make_anew(viewer), {"carried": "", "next": url_for("home.me")})

    return answers.form_answer(form, work, "recovery_codes.html", "recovery_codes.html", **context)


@pages.route("/recover", methods=["GET", "POST"])
@web.open_to_all
def recover() -> Any:
    """Forgot the password, but has a recovery code."""
    if g.viewer is not None:
        return redirect("/", 303)
    form = forms.RecoverForm()
    if request.method != "POST":
        return render_template("recover.html", form=form)

    def work() -> Any:
        code_id = recovery_codes.redeem(entry.visitor(), form.name.data, form.code.data)
        session["recovering"] = [code_id, clock.now().isoformat()]
        return answers.go(url_for("second_step.new_password"))

    return answers.form_answer(form, work, "recover.html", "recover.html")


@pages.route("/recover/password", methods=["GET", "POST"])
@web.open_to_all
def new_password() -> Any:
    """Choose a new password; the code is used up by it, and every other session ends."""
    if g.viewer is not None:
        return redirect("/", 303)
    code_id = _recovering()
    if code_id is None:
        return redirect(url_for("second_step.recover"), 303)
    form = forms.NewPasswordForm()
    context: dict[str, Any] = {"sign_in_name": recovery_codes.name_behind(entry.visitor(), code_id)}
    context["suggestion"] = passwords.suggestion(i18n.language())
    if request.method != "POST":
        return render_template("new_password.html", form=form, **context)

    def work() -> Any:
        token = recovery_codes.set_password(entry.visitor(), code_id, form.password.data, device=entry.device())
        return entry.come_in(token, keep=False)

    return answers.form_answer(form, work, "new_password.html", "new_password.html", **context)


def codes_once(codes: list[str], along: dict[str, str]) -> Any:
    """Ten new recovery codes on a page to print; what was under way goes on from there."""
    name = queries.sign_in_name(g.viewer)
    on_paper = [spaced(code) for code in codes]
    return render_template("recovery_codes_new.html", codes=on_paper, sign_in_name=name, **along)


def _recovering() -> int | None:
    """The code this browser has shown, while there is time."""
    if "recovering" not in session:
        return None
    code_id, begun_at = session["recovering"]
    return int(code_id) if recovery_codes.in_time(datetime.fromisoformat(begun_at)) else None


def _pending_secret(viewer: Viewer) -> str:
    """The same picture for as long as this browser is setting up: kept sealed in its cookie, bound to the session."""
    place = authenticator.pending_place(viewer)
    try:
        return crypto.unseal(session["authenticator"], place)
    except (KeyError, crypto.Unsealable):
        secret = authenticator.new_secret()
        session["authenticator"] = crypto.seal(secret, place)
        return secret
