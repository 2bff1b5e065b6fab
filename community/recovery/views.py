"""Pages for coming back in, and for saying that it wasn't me."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, render_template, request, session, url_for
from werkzeug.wrappers import Response

from community.core import answers, clock, i18n, web
from community.core.errors import Gone
from community.members import passwords
from community.members.entry import visitor
from community.members.rules import private_side_open
from community.recovery import emails, forms, links, queries, requests, waiting

pages = Blueprint("recovery", __name__)


@pages.get("/lost")
@web.always_open
def lost() -> Any:
    """I can't get in: by letter, or be called."""
    return render_template("lost.html", by_mail=forms.ByMailForm(formdata=None), ask=forms.AskForm(formdata=None))


@pages.post("/lost/mail")
@web.always_open
def lost_mail() -> Any:
    """A link by letter. The same answer for every name."""
    form = forms.ByMailForm()

    def work() -> Any:
        emails.ask_by_mail(visitor(), form.said.data)
        return answers.go(url_for("recovery.lost_sent", by="mail"))

    ask = forms.AskForm(formdata=None)
    return answers.form_answer(form, work, "lost.html", "lost.html", by_mail=form, ask=ask)


@pages.post("/lost/call")
@web.always_open
def lost_call() -> Any:
    """Be called. The same answer for every name."""
    form = forms.AskForm()

    def work() -> Any:
        requests.ask(
            visitor(),
            name=form.name.data,
            years=form.years.data,
            phone=form.phone.data,
            words=form.words.data,
            language=i18n.language(),
        )
        return answers.go(url_for("recovery.lost_sent", by="call"))

    by_mail = forms.ByMailForm(formdata=None)
    return answers.form_answer(form, work, "lost.html", "lost.html", by_mail=by_mail, ask=form)


@pages.get("/lost/sent")
@web.always_open
def lost_sent() -> Any:
    """What happens now."""
    by_mail = request.args.get("by") == "mail"
    return render_template("lost_sent.html", by_mail=by_mail, due_at=requests.due_after(clock.now()))


@pages.get("/back/<secret>")
@web.always_open
@web.shown_when_gone("link_gone.html")
def follow(secret: str) -> Response:
    """A way in's link. Its secret leaves the address at once; the signed cookie remembers which it was."""
    session["way_in"] = links.redeem(visitor(), secret)
    return answers.go(url_for("recovery.new_password"))


@pages.route("/back", methods=["GET", "POST"])
@web.always_open
@web.shown_when_gone("link_gone.html")
def typed() -> Any:
    """The same, for what was read aloud."""
    form = forms.LinkForm()
    if request.method != "POST":
        return render_template("way_in_typed.html", form=form)

    def work() -> Any:
        session["way_in"] = links.redeem(visitor(), form.secret.data)
        return answers.go(url_for("recovery.new_password"))

    return answers.form_answer(form, work, "way_in_typed.html", "way_in_typed.html")


@pages.route("/back/password", methods=["GET", "POST"])
@web.always_open
@web.shown_when_gone("link_gone.html")
def new_password() -> Any:
    """Choose a new password; then sign in with it, second factor and all."""
    if "way_in" not in session:
        return answers.go(url_for("recovery.typed"))
    _id, sign_in_name, _shown = queries.whose(visitor(), session["way_in"])
    form = forms.NewPasswordForm()
    context = {"sign_in_name": sign_in_name, "suggestion": passwords.suggestion(i18n.language())}
    if request.method != "POST":
        return render_template("way_in_password.html", form=form, **context)

    def work() -> Any:
        name = links.choose_password(visitor(), session["way_in"], form.password.data)
        if g.viewer is not None:
            web.sign_out()
        session.pop("way_in", None)
        # The token of an ended session is what a stranger's stop would be known by: not in the browser that came in.
        session.pop("_user_id", None)
        session["came_back"] = name
        return answers.go(url_for("members.login"))

    return answers.form_answer(form, work, "way_in_password.html", "way_in_password.html", **context)


@pages.get("/stop/<secret>")
@web.always_open
@web.shown_when_gone("link_gone.html")
def follow_stop(secret: str) -> Response:
    """The letter's link. It only shows the button: looking at a link must stop nothing."""
    holder = queries.holder_by_letter(secret)
    if holder is None:
        raise Gone
    session["stop"] = holder.way_in_id
    return answers.go(url_for("recovery.stop"))


@pages.route("/stop", methods=["GET", "POST"])
@web.always_open
@web.shown_when_gone("link_gone.html")
def stop() -> Any:
    """It wasn't me, stop."""
    token = web.session_token()
    holder = queries.holder_of(session["stop"]) if "stop" in session else queries.holder_by_session(token)
    if holder is None:
        raise Gone
    if request.method != "POST":
        return render_template("stop.html")
    used = links.stop(holder)
    session.pop("stop", None)
    if used and g.viewer is not None and g.viewer.id == holder.member_id:  # somebody else here stays signed in
        web.sign_out()
    session["stopped"] = used
    return answers.go(url_for("recovery.stopped"))


@pages.get("/stopped")
@web.always_open
def stopped() -> Any:
    """What was done, and whom to ring."""
    if "stopped" not in session:
        return answers.go("/")
    return render_template("stopped.html", used=session["stopped"])


@pages.get("/email/<secret>")
@web.always_open
@web.shown_when_gone("link_gone.html")
def follow_email(secret: str) -> Response:
    """The link of the letter to a new address."""
    session["email"] = emails.redeem_email(visitor(), secret)
    return answers.go(url_for("recovery.confirm_email"))


@pages.route("/email", methods=["GET", "POST"])
@web.always_open
@web.shown_when_gone("link_gone.html")
def confirm_email() -> Any:
    """Yes, it is my address."""
    if "email" not in session:
        return answers.go("/")
    if request.method == "POST":
        emails.confirm_email(visitor(), session.pop("email"))
        session["email_done"] = True
        return answers.go(url_for("recovery.email_done"))
    return render_template("email_confirm.html")


@pages.get("/email-done")
@web.always_open
def email_done() -> Any:
    """The address counts now."""
    return render_template("email_done.html") if session.get("email_done") else answers.go("/")


@pages.get("/me/way-back")
@web.behind_pin
@web.while_closed
def way_back() -> Any:
    """How I get back in, and how I did."""
    return render_template("way_back.html", form=forms.EmailForm(formdata=None), **_way_back())


@pages.post("/me/email")
@web.private_side
@web.while_closed
def add_email() -> Any:
    """A new address: it is written to, and counts when the letter is answered."""
    form = forms.EmailForm()

    def work() -> Any:
        emails.add_email(web.viewer(), form.address.data)
        return answers.go(url_for("recovery.way_back", sent=1))

    return answers.form_answer(form, work, "way_back.html", "way_back.html", **_way_back())


@pages.post("/me/email/remove")
@web.private_side
@web.while_closed
def remove_email() -> Any:
    """No letters any more."""
    emails.remove_email(web.viewer())
    return answers.go(url_for("recovery.way_back"))


@pages.get("/me/notice")
@web.beside_pages
@web.while_closed
def notice() -> Any:
    """What open pages show when somebody has made a way in for their owner."""
    return render_template("parts/way_in_notice.html")


@pages.route("/vouch/<int:vouch_id>", methods=["GET", "POST"])
def vouch(vouch_id: int) -> Any:
    """Is it her?"""
    viewer = web.viewer()
    asked = waiting.vouch_for(viewer, vouch_id)
    form = forms.VouchForm()
    if request.method != "POST":
        return render_template("vouch.html", form=form, asked=asked)

    def work() -> Any:
        requests.vouch(viewer, vouch_id, yes=form.answer.data == "yes")
        return answers.go(url_for("home.feed"))

    return answers.form_answer(form, work, "vouch.html", "vouch.html", asked=asked)


def _way_back() -> dict[str, Any]:
    viewer = web.viewer()
    is_open = private_side_open(viewer)
    current, waiting = queries.email_of(viewer) if is_open else (None, None)
    return {
        "ways": queries.ways_in_of(viewer),
        "is_open": is_open,
        "current": current,
        "waiting": waiting,
        "sent": "sent" in request.args,
    }
