"""Pages with which staff let somebody back in."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, request, url_for

from community.core import answers, web
from community.core.forms import Form
from community.core.policy import require
from community.members import codes, fresh, qr
from community.members import queries as members
from community.recovery import forms, links, queries, requests, rules, waiting
from community.recovery.links import Made
from community.recovery.views import pages


@pages.get("/ways-in", endpoint="requests")
def request_list() -> Any:
    """Who asks to be called, what waits and what was stopped."""
    viewer = web.viewer()
    require(viewer, rules.SEE_REQUESTS)
    return render_template(
        "ways_in.html",
        requests=waiting.requests_for(viewer),
        links=queries.waiting_links(viewer),
        stopped=queries.stopped_lately(viewer),
    )


@pages.route("/ways-in/new", methods=["GET", "POST"])
def make() -> Any:
    """A link for somebody who stands here; shown once, as the answer."""
    viewer = web.viewer()
    require(viewer, rules.SEE_REQUESTS)
    fresh.require(viewer)
    form = forms.PersonForm()
    form.member_id.choices = forms.people(queries.choices_for(viewer))
    if request.method != "POST":
        return render_template("way_in_new.html", form=form)

    def work() -> Any:
        made = links.make_for(viewer, form.member_id.data)
        return _made_page(made, members.authors([form.member_id.data])[form.member_id.data].name)

    return answers.form_answer(form, work, "way_in_new.html", "way_in_new.html")


@pages.post("/ways-in/links/<int:way_in_id>/withdraw")
def withdraw_link(way_in_id: int) -> Any:
    """Take a link back."""
    links.withdraw(web.viewer(), way_in_id)
    return answers.go(url_for("recovery.requests"))


@pages.get("/ways-in/<int:request_id>", endpoint="request")
def one_request(request_id: int) -> Any:
    """One request, step by step."""
    return render_template("way_in_request.html", **_page(request_id))


@pages.post("/ways-in/<int:request_id>/person")
def person(request_id: int) -> Any:
    """It is her."""
    page = _page(request_id, person=forms.PersonForm)
    form = page["person"]
    return _answer(
        page, form, request_id, lambda: requests.choose_person(web.viewer(), request_id, form.member_id.data)
    )


@pages.post("/ways-in/<int:request_id>/check")
def check(request_id: int) -> Any:
    """I asked somebody who knew her."""
    page = _page(request_id, check=forms.CheckForm)
    form = page["check"]
    return _answer(page, form, request_id, lambda: requests.check(web.viewer(), request_id, form.spoke_with.data))


@pages.post("/ways-in/<int:request_id>/members")
def ask_members(request_id: int) -> Any:
    """Ask two members."""
    page = _page(request_id, members=forms.AskMembersForm)
    form = page["members"]
    return _answer(
        page,
        form,
        request_id,
        lambda: requests.ask_members(web.viewer(), request_id, form.first_id.data, form.second_id.data),
    )


@pages.post("/ways-in/<int:request_id>/confirm")
def confirm(request_id: int) -> Any:
    """The second person's yes; the link is shown once, or sent."""
    fresh.require(web.viewer())
    page = _page(request_id, confirm=forms.ConfirmForm)
    form = page["confirm"]

    def work() -> Any:
        made = requests.confirm(web.viewer(), request_id, by_mail=form.by_mail.data)
        if made is None:
            return answers.go(url_for("recovery.request", request_id=request_id))
        return _made_page(made, page["view"].who)

    return answers.form_answer(form, work, "way_in_request.html", "way_in_request.html", **page)


@pages.post("/ways-in/<int:request_id>/refuse")
def refuse(request_id: int) -> Any:
    """It was not her, or nobody could be reached."""
    page = _page(request_id, refuse=forms.RefuseForm)
    form = page["refuse"]
    return _answer(page, form, None, lambda: requests.refuse(web.viewer(), request_id, form.reason.data))


@pages.post("/ways-in/<int:request_id>/withdraw")
def withdraw(request_id: int) -> Any:
    """She found her way, or does not want it any more."""
    requests.withdraw(web.viewer(), request_id)
    return answers.go(url_for("recovery.requests"))


def _page(request_id: int, **sent: type[Form]) -> dict[str, Any]:
    """Everything the page of a request shows; `sent` names the one form that was sent."""
    viewer = web.viewer()
    view = requests.open_request(viewer, request_id)
    made = {
        name: kind() if name in sent else kind(formdata=None)
        for name, kind in {
            "person": forms.PersonForm,
            "check": forms.CheckForm,
            "members": forms.AskMembersForm,
            "confirm": forms.ConfirmForm,
            "refuse": forms.RefuseForm,
        }.items()
    }
    choices = queries.choices_for(viewer)
    made["person"].member_id.choices = forms.people(choices)
    if "person" not in sent:
        made["person"].member_id.data = (
            view.row.member_id or waiting.likely_person(viewer, view.row, choices) or forms.NOBODY
        )
    able = forms.people(waiting.voucher_choices(viewer, view.row))
    made["members"].first_id.choices = made["members"].second_id.choices = able
    return {"view": view, "checked_by_me": view.row.checked_by == viewer.id, **made}


def _answer(page: dict[str, Any], form: Form, request_id: int | None, act: Any) -> Any:
    def work() -> Any:
        act()
        if request_id is None:
            return answers.go(url_for("recovery.requests"))
        return answers.go(url_for("recovery.request", request_id=request_id))

    return answers.form_answer(form, work, "way_in_request.html", "way_in_request.html", **page)


def _made_page(made: Made, name: str | None) -> Any:
    root = current_app.config["SETTINGS"].root
    link = f"{root}{url_for('recovery.follow', secret=made.secret)}"
    return render_template(
        "way_in_made.html",
        link=link,
        qr=qr.picture(link),
        secret=codes.spaced(made.secret, group=4),
        address=f"{root.split('://', 1)[1]}{url_for('recovery.typed')}",
        expires_at=made.expires_at,
        name=name,
    )
