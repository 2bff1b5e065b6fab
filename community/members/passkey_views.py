"""Pages of passkeys: the viewer's own, and signing in with one. The browser's part is static/src/js/passkeys.js."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, render_template, request, session, url_for

from community.core import answers, web
from community.core.errors import Invalid
from community.members import actions, entry, forms, passkeys, recovery_codes
from community.members.passkeys import Question
from community.members.people import Viewer
from community.members.second_step import TO_SET_UP
from community.members.second_step_views import codes_once

pages = Blueprint("passkeys", __name__)


@pages.route("/me/passkeys", methods=["GET", "POST"])
@web.while_waiting_to("set up")
@web.private_side
@web.while_closed
def own() -> Any:
    """The viewer's passkeys; sent by the page's own module, the one just made is kept."""
    viewer, along = web.viewer(), entry.taken_along()
    form = forms.PasskeyForm()
    if request.method != "POST":
        if viewer.second_step:
            return entry.second_step_first(viewer)
        return render_template("passkeys.html", form=form, **_shown(viewer))

    def work() -> Any:
        passkeys.add(viewer, passkeys.site(), _question(), form.credential.data, form.name.data)
        if viewer.second_step != TO_SET_UP:
            return answers.go(url_for("passkeys.own"))
        codes = recovery_codes.write_new(viewer)
        entry.second_step_done(viewer)
        return codes_once(codes, along)

    return answers.form_answer(form, work, "passkeys.html", "passkeys.html", **_shown(viewer))


@pages.post("/me/passkeys/options")
@web.while_waiting_to("set up")
@web.private_side
@web.while_closed
def options_to_make() -> Any:
    """What the browser is told to make a passkey from."""
    question = Question.fresh()
    options = passkeys.options_to_make(web.viewer(), passkeys.site(), question)
    session["question"] = question.to_keep()
    return jsonify(options)


@pages.post("/me/passkeys/<int:passkey_id>/rename")
@web.private_side
@web.while_closed
def rename(passkey_id: int) -> Any:
    """Another name for one of her own."""
    viewer, form = web.viewer(), forms.RenameForm()

    def work() -> Any:
        passkeys.rename(viewer, passkey_id, form.name.data)
        return answers.go(url_for("passkeys.own"))

    context = {**_shown(viewer), "renaming": passkey_id}
    return answers.form_answer(form, work, "passkeys.html", "passkeys.html", **context)


@pages.post("/me/passkeys/<int:passkey_id>/remove")
@web.private_side
@web.while_closed
def remove(passkey_id: int) -> Any:
    """It opens nothing from now on."""
    passkeys.remove(web.viewer(), passkey_id)
    return answers.go(url_for("passkeys.own"))


@pages.post("/login/passkey/options")
@web.open_to_all
@web.while_waiting_to("give")
def options_to_sign_in() -> Any:
    """What the browser asks its passkeys; the same for everybody."""
    question = Question.fresh()
    session["question"] = question.to_keep()
    return jsonify(passkeys.options_to_sign_in(passkeys.site(), question))


@pages.post("/login/passkey")
@web.open_to_all
@web.while_waiting_to("give")
def sign_in() -> Any:
    """Come in by a passkey alone, or give it as the second step of a session that waits for one."""
    viewer, along = web.someone(), entry.taken_along()
    if viewer is not None and not viewer.second_step:
        return entry.after_sign_in(viewer, along["carried"], along["next"])
    form = forms.PasskeySignInForm()
    if not form.validate():
        raise Invalid(form.form_errors[0] if form.form_errors else passkeys.NO_MATCH)
    member_id = passkeys.proved(entry.visitor(), passkeys.site(), _question(), form.credential.data)
    if viewer is not None:
        if viewer.id != member_id:
            raise Invalid(passkeys.NO_MATCH)
        return entry.second_step_done(viewer, along["carried"], along["next"])
    token = actions.open_session(
        member_id, kept=form.keep.data, device=entry.device(), password=False, second_step=True
    )
    return entry.come_in(token, keep=form.keep.data, carried=along["carried"], next_path=along["next"])


def _question() -> Question | None:
    """What this browser was asked; asked once."""
    return Question.kept(session.pop("question", None))


def _shown(viewer: Viewer) -> dict[str, Any]:
    return {"passkeys": passkeys.passkeys_of(viewer), "passkeys_at": passkeys.site().host}
