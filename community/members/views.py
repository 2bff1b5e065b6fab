"""Pages for coming in: signing in and out, invitations, joining, house rules, language."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from community.core import answers, carry, i18n, web
from community.core.errors import Conflict, NotFound, NotSignedIn
from community.core.forms import offered
from community.core.i18n import _
from community.core.policy import can, require
from community.members import (
    actions,
    codes,
    entry,
    forms,
    fresh,
    house_rules,
    invitations,
    invited,
    passkeys,
    passwords,
    qr,
    queries,
    rules,
)
from community.safety import card

pages = Blueprint("members", __name__)


# Why somebody stands here, as the address says it: words only, it decides nothing.
_REASONS = {"ended": "ended", "out": "signed_out", "pin": "pin"}


@pages.route("/login", methods=["GET", "POST"])
@web.open_to_all
def login() -> Any:
    """Sign in. A form that was under way when the session ended rides along and is sent by the same person."""
    if g.viewer is not None:  # in another tab, perhaps: what this one carries is sent all the same
        return entry.after_sign_in(g.viewer, request.form.get("carried", ""), web.safe_next(request.values.get("next")))
    carrying = g.get("carry")
    form = forms.SignInForm(formdata=None if carrying else request.form)
    context: dict[str, Any] = {
        "next": web.safe_next(request.values.get("next")),
        "carried": carrying or request.form.get("carried", ""),
        "passkeys_at": passkeys.site().host,
        "reason": "ended" if carrying else _REASONS.get(request.args.get("was", "")),
    }
    context["carried_text"] = carry.words_in(carry.fields_in(context["carried"]))
    context["sent_by_itself"] = carry.sent_by_itself(context["carried"])
    context["came_back"] = session.get("came_back")
    if context["came_back"] and request.method != "POST":
        form.name.data = context["came_back"]
    if carrying or request.method != "POST":
        return answers.render("login.html", "login.html", 401 if carrying else 200, form=form, **context)

    def work() -> Any:
        token = actions.sign_in(
            entry.visitor(), form.name.data, form.password.data, keep=form.keep.data, device=entry.device()
        )
        return entry.come_in(token, keep=form.keep.data, carried=context["carried"], next_path=context["next"])

    return answers.form_answer(form, work, "login.html", "login.html", **context)


@pages.route("/confirm", methods=["GET", "POST"])
@web.before_rules
@web.before_second_step
def confirm() -> Any:
    """The password once more, before something that must not be done by whoever found an open session. A form that
    was under way rides along."""
    viewer, carrying = web.viewer(), g.get("carry")
    carried, next_path = request.form.get("carried", ""), web.safe_next(request.values.get("next"))
    if carrying is None and fresh.is_fresh(viewer):
        return entry.after_sign_in(viewer, carried, next_path)
    form = forms.ConfirmForm(formdata=None if carrying else request.form)
    context = {"next": next_path, "carried": carrying or carried}
    context["carried_text"] = carry.words_in(carry.fields_in(context["carried"]))
    if carrying or request.method != "POST":
        return answers.render("confirm.html", "confirm.html", 403 if carrying else 200, form=form, **context)

    def work() -> Any:
        fresh.confirm(viewer, entry.visitor(), form.password.data)
        anew = queries.viewer_for(str(web.session_token()))
        if anew is None:
            raise NotSignedIn
        web.read_anew(anew)
        return entry.after_sign_in(anew, carried, next_path)

    return answers.form_answer(form, work, "confirm.html", "confirm.html", **context)


@pages.post("/logout")
@web.never_carried
@web.before_rules
@web.before_second_step
@web.before_unlock
def logout() -> Any:
    """Sign out in this browser; what the browser kept of these pages goes too."""
    actions.sign_out(web.viewer())
    web.sign_out()
    response = current_app.make_response(answers.go(url_for("members.login", was="out")))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@pages.get("/i/<link>")
@web.open_to_all
def follow_link(link: str) -> Response:
    """An invitation's link. Its secret leaves the address at once; the signed cookie remembers the invitation."""
    if g.viewer is not None:
        return redirect("/", 303)
    _hold(invitations.redeem_link(entry.visitor(), link))
    return redirect(url_for("members.join"), 303)


@pages.route("/join/code", methods=["GET", "POST"])
@web.open_to_all
def code() -> Any:
    """The same with a code to type."""
    if g.viewer is not None:
        return redirect("/", 303)
    form = forms.CodeForm()
    if request.method != "POST":
        return render_template("code.html", form=form)

    def work() -> Any:
        _hold(invitations.redeem_code(entry.visitor(), form.code.data))
        return answers.go(url_for("members.join"))

    return answers.form_answer(form, work, "code.html", "code.html")


@pages.route("/join", methods=["GET", "POST"])
@web.open_to_all
def join() -> Any:
    """Come in: a name, a picture, a password, the house rules, and who can see what."""
    if g.viewer is not None:
        return redirect("/", 303)
    if "invitation" not in session:
        return redirect(url_for("members.code"), 303)
    welcome = invited.welcome_for(entry.visitor(), session["invitation"])
    read_in = request.form.get("read_in")
    if read_in in i18n.LANGUAGES:
        session["lang"] = read_in
    lang = i18n.language()
    edition = house_rules.in_force()
    form = forms.JoinForm(language=lang, display_name=welcome.preset_name or "", rules_seen=edition.version)
    context = {
        "invitation": welcome,
        "suggestion": passwords.suggestion(lang),
        "rules": edition.sentences(lang),
    }
    if request.method != "POST":
        return render_template("join.html", form=form, **context)
    if read_in in i18n.LANGUAGES:  # the page in the other language, with what is filled in so far
        form.language.data = lang
        return render_template("join.html", form=form, **context)

    def work() -> Any:
        member_id, sign_in_name = actions.join(
            entry.visitor(),
            session["invitation"],
            display_name=form.display_name.data,
            password=form.password.data,
            language=form.language.data,
            avatar=form.avatar.data or None,
            colour=form.colour.data or "a",
            rules_seen=form.rules_seen.data,
        )
        token = actions.open_session(member_id, kept=form.keep.data, device=entry.device())
        viewer = queries.viewer_for(token)
        assert viewer is not None
        help_for = card.take()  # a visitor's cookie ends here; the card for what she called herself does not
        web.sign_in(token, viewer, keep=form.keep.data)
        if help_for is not None:
            card.put(help_for)
        session["welcome_name"] = sign_in_name
        return answers.go(url_for("members.joined"))

    return answers.form_answer(form, work, "join.html", "join.html", **context)


@pages.get("/joined")
@web.before_second_step
def joined() -> Any:
    """The sign-in name, shown once."""
    if "welcome_name" not in session:
        return redirect("/", 303)
    return render_template("joined.html", sign_in_name=session["welcome_name"])


@pages.route("/rules", endpoint="rules", methods=["GET", "POST"])
@web.open_to_all
@web.before_rules
def rules_page() -> Any:
    """The house rules: for members, for somebody about to join, and again whenever they change."""
    if g.viewer is None and "invitation" not in session:
        return redirect(url_for("members.login", next="/rules"))
    edition = house_rules.in_force()
    form = forms.RulesForm(version=edition.version)
    context = {
        "rules": edition.sentences(i18n.language()),
        "edition": edition,
        "must_accept": g.viewer is not None and g.viewer.owes_rules,
        "may_change": g.viewer is not None and can(g.viewer, rules.CHANGE_RULES),
    }
    if request.method != "POST":
        return render_template("rules.html", form=form, **context)

    def work() -> Any:
        try:
            actions.accept_rules(web.viewer(), form.version.data)
        except Conflict:
            form.version.data, form.version.raw_data = edition.version, None  # the page shows these now
            raise
        return answers.go("/")

    return answers.form_answer(form, work, "rules.html", "rules.html", **context)


@pages.post("/language")
@web.always_open
@web.before_unlock
def language() -> Any:
    """Read everything in the other language from now on."""
    form = forms.LanguageForm()
    if not form.validate() or form.lang.data not in i18n.LANGUAGES:
        raise NotFound
    session["lang"] = form.lang.data
    if g.viewer is not None:
        actions.choose_language(web.viewer(), form.lang.data)
    return answers.go(web.safe_next(request.form.get("next")))


@pages.get("/invitations", endpoint="invitations")
def invitation_list() -> Any:
    """Invitations made, for staff."""
    viewer = web.viewer()
    require(viewer, rules.INVITE)
    return render_template("invitations.html", invitations=invited.invitations_for(viewer), form=forms.Press())


@pages.route("/invitations/new", methods=["GET", "POST"])
def invite() -> Any:
    """Make an invitation; its link, QR picture and code are shown once, as the answer."""
    viewer = web.viewer()
    require(viewer, rules.INVITE)
    form = forms.InviteForm(house_id=viewer.house_id)
    form.house_id.choices = offered((house.id, house.name) for house in queries.houses(viewer))
    form.key_worker_id.choices = offered([(0, _("nobody yet")), *queries.staff_choices(viewer)])
    if request.method != "POST":
        return render_template("invite.html", form=form)

    def work() -> Any:
        made = invitations.make_invitation(viewer, _wish(form))
        link = _absolute("members.follow_link", link=made.link)
        return render_template(
            "invited.html",
            link=link,
            qr=qr.picture(link),
            code=codes.spaced(made.code),
            address=urlsplit(link).netloc,
            expires_at=made.expires_at,
            name=form.display_name.data,
        )

    return answers.form_answer(form, work, "invite.html", "invite.html")


@pages.post("/invitations/<int:invitation_id>/cancel")
def cancel_invitation(invitation_id: int) -> Any:
    """Take an invitation back."""
    invitations.cancel_invitation(web.viewer(), invitation_id)
    return answers.go(url_for("members.invitations"))


def _hold(invitation_id: int) -> None:
    """Remember an invitation in this browser; its language is spoken unless the person chose one."""
    session["invitation"] = invitation_id
    session.setdefault("lang", invited.welcome_for(entry.visitor(), invitation_id).language)


def _wish(form: forms.InviteForm) -> invitations.Wish:
    return invitations.Wish(
        kind=form.kind.data,
        house_id=form.house_id.data,
        preset_name=form.display_name.data,
        birth_on=form.birth_date.data,
        adult_checked=form.adult_checked.data,
        known=form.known.data,
        key_worker_id=form.key_worker_id.data or None,
        language=form.language.data,
    )


def _absolute(endpoint: str, **values: Any) -> str:
    """A link people carry away: built on the configured address, never on what a request claims."""
    return f"{current_app.config['SETTINGS'].root}{url_for(endpoint, **values)}"
