"""Pages for channels and pins."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.channels import actions, forms, pinned, pinning, queries, rules, words
from community.channels.actions import Unconfirmed, Wish
from community.core import answers, clock, web
from community.core.errors import Conflict, Invalid
from community.core.policy import require
from community.members.people import Viewer
from community.members.queries import house_name
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.spaces.rules import MANAGE, Wanted
from community.streams import queries as streams
from community.streams.views import page_of

pages = Blueprint("channels", __name__)


@pages.get("/channels")
def index() -> Any:
    """All channels this manager sees, in their order, the closed ones below."""
    viewer = web.viewer()
    open_, closed = queries.channels_for(viewer)
    return render_template("channels.html", channels=open_, closed=closed, moved="moved" in request.args)


@pages.route("/channels/new", methods=["GET", "POST"])
def open_new() -> Any:
    """Open a channel."""
    viewer = web.viewer()
    require(viewer, MANAGE)
    form = forms.ChannelForm()
    if request.method != "POST":
        return render_template("channel.html", form=form, **_page(viewer, None))

    def work() -> Any:
        space = actions.open_channel(viewer, _wish(form))
        return answers.go(url_for("home.space", slug=space.slug))

    return answers.form_answer(form, work, "channel.html", "channel.html", **_page(viewer, None))


@pages.route("/channels/<int:space_id>", methods=["GET", "POST"])
def change(space_id: int) -> Any:
    """Change a channel; its history below."""
    viewer = web.viewer()
    space = queries.channel_for(viewer, space_id)
    require(viewer, MANAGE, space)
    context = _page(viewer, space)
    if request.method != "POST":
        form = forms.ChannelForm(formdata=None, **actions.values_of(space), version=space.version)
        return render_template("channel.html", form=form, saved="saved" in request.args, **context)
    form = forms.ChannelForm()

    def work() -> Any:
        try:
            actions.change_channel(viewer, space_id, _wish(form), version=form.version.data, sure=form.sure.data or "")
        except Unconfirmed as error:
            house_id = viewer.house_id if form.audience.data == "house" else None
            context["narrowing"] = queries.narrowing_for(viewer, space, Wanted(form.audience.data, house_id))
            form.add_error(error)
            return answers.render("channel.html", "channel.html", 422, form=form, **context)
        except Conflict as conflict:
            context["theirs"] = _theirs(form, conflict.facts["now"])
            form.version.data, form.version.raw_data = conflict.facts["version"], None  # saving now is a choice
            return answers.render("channel.html", "channel.html", 409, form=form, **context)
        return answers.go(url_for("channels.change", space_id=space_id, saved=1))

    return answers.form_answer(form, work, "channel.html", "channel.html", **context)


@pages.post("/channels/<int:space_id>/move")
def move(space_id: int) -> Any:
    """One place up or down."""
    form = forms.MoveForm()
    viewer = web.viewer()
    require(viewer, MANAGE)
    if not form.validate():
        raise Invalid
    actions.move_channel(viewer, space_id, form.way.data)
    return answers.go(url_for("channels.index", moved=1, _anchor=f"c{space_id}"))


@pages.post("/channels/<int:space_id>/close")
def close(space_id: int) -> Any:
    """Read-only from now on."""
    actions.close_channel(web.viewer(), space_id)
    return answers.go(url_for("channels.change", space_id=space_id, saved=1))


@pages.post("/channels/<int:space_id>/reopen")
def reopen(space_id: int) -> Any:
    """Open for writing again."""
    actions.reopen_channel(web.viewer(), space_id)
    return answers.go(url_for("channels.change", space_id=space_id, saved=1))


@pages.route("/t/<int:stream_id>/pin", methods=["GET", "POST"])
def pin(stream_id: int) -> Any:
    """Pin a post, or change how it is pinned."""
    viewer = web.viewer()
    found = streams.found_for(viewer, stream_id)
    now = pinned.pin_of(viewer, stream_id)
    require(viewer, rules.PIN, found.opening)
    context = {
        "piece": streams.views(viewer, [found.opening])[0],
        "space": spaces.view_of(viewer, found.space),
        "pinned_now": now is not None,
        "back_url": page_of(stream_id, found.stream.kind),
        "last_day": clock.today() + pinning.LONGEST,
    }
    if request.method != "POST":
        begins = {"in_channel": True, "on_home": False, "until_on": clock.today() + pinning.USUAL}
        if now is not None:
            begins = {name: getattr(now, name) for name in begins}
        return render_template("pin_post.html", form=forms.PinPostForm(formdata=None, **begins), **context)
    form = forms.PinPostForm()

    def work() -> Any:
        pinning.pin(
            viewer,
            stream_id,
            in_channel=form.in_channel.data,
            on_home=form.on_home.data,
            until_on=form.until_on.data,
        )
        return answers.go(url_for("home.space", slug=found.space.slug))

    return answers.form_answer(form, work, "pin_post.html", "pin_post.html", **context)


@pages.post("/t/<int:stream_id>/unpin")
def unpin(stream_id: int) -> Any:
    """Take it down."""
    viewer = web.viewer()
    found = streams.found_for(viewer, stream_id)
    pinning.unpin(viewer, stream_id)
    return answers.go(page_of(stream_id, found.stream.kind))


@pages.post("/t/<int:stream_id>/pin/away")
def put_away(stream_id: int) -> Any:
    """I have read it."""
    return _kept(stream_id, pinning.put_away)


@pages.post("/t/<int:stream_id>/pin/back")
def bring_back(stream_id: int) -> Any:
    """Show it to me again."""
    return _kept(stream_id, pinning.bring_back)


def _kept(stream_id: int, act: Any) -> Any:
    form = forms.BackForm()
    if not form.validate():
        raise Invalid
    viewer = web.viewer()
    found = streams.found_for(viewer, stream_id)
    act(viewer, stream_id)
    home = form.back.data == "home"
    return answers.go(url_for("home.feed") if home else url_for("home.space", slug=found.space.slug))


def _wish(form: forms.ChannelForm) -> Wish:
    return Wish(**{name: form[name].data for name in Wish.__dataclass_fields__})


def _page(viewer: Viewer, space: Space | None) -> dict[str, Any]:
    place = None if space is None else spaces.view_of(viewer, space)
    return {
        "house_name": house_name(viewer, viewer.house_id),
        "narrowing": None,
        "theirs": None,
        "channel": place,
        "history": queries.history_of(viewer, space) if space is not None else [],
        "has_posts": space is not None and queries.has_posts(viewer, space),
        "readers": spaces.Readers(viewer).sentence(space) if space is not None else "",
    }


def _theirs(form: forms.ChannelForm, now: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Where the two differ: the field, what it says now, what stands in the form."""
    mine = asdict(_wish(form))
    return [
        (str(words.FIELDS[name]), words.said(name, value), words.said(name, mine[name]))
        for name, value in now.items()
        if value != mine[name]
    ]
