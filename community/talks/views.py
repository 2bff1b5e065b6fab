"""The list of one's talks, beginning one, a talk, and writing in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from community.core import answers, clock, paging, web
from community.core.errors import Invalid, NotFound
from community.core.i18n import lazy as _l
from community.core.policy import Refusal, can, refusal
from community.members.contact import REFUSAL
from community.members.people import AuthorView, Viewer
from community.streams import by_name, message_pages, own, pairs
from community.streams import rules as stream_rules
from community.talks import actions, forms, queries, rules
from community.talks.models import LONGEST_NAME
from community.talks.queries import Found

pages = Blueprint("talks", __name__)

FEW = 8  # people one looks over without a field to search in


@pages.get("/messages")
@web.private_side
def index() -> Any:
    """My talks, and who wants to write to me."""
    viewer = web.viewer()
    found = queries.talks_for(viewer, paging.read_cursor(request.args.get("before")))
    talks = [one for one in found if not one.asked]
    older, talks = len(talks) > queries.PAGE, talks[: queries.PAGE]
    return render_template(
        "talks.html",
        asks=[one for one in found if one.asked],
        talks=talks,
        before=paging.cursor(talks[-1].active_at, talks[-1].id) if older else None,
        may_begin=can(viewer, rules.BEGIN, rules.Together(True)),
    )


@pages.route("/messages/new", methods=["GET", "POST"])
@web.private_side
def new() -> Any:
    """Choose one person, or several, of those one may write to."""
    viewer = web.viewer()
    to = paging.whole_number(request.args.get("to", ""))
    context = _choosing(queries.choices_for(viewer, also=to), None)
    if request.method != "POST":
        chosen = {f"with_{to}": True} if to is not None else {}
        form = forms.with_form(context["people"], formdata=None, **chosen)
        return render_template("talk_new.html", form=form, to=to, **context)
    form = forms.with_form(context["people"])

    def work() -> Any:
        stream = actions.begin(viewer, form.ids, form.name.data or "")
        return answers.go(url_for("talks.talk", stream_id=stream.id))

    return answers.form_answer(form, work, "talk_new.html", "talk_new.html", to=to, **context)


@pages.route("/messages/<int:stream_id>/add", methods=["GET", "POST"])
@web.private_side
def add(stream_id: int) -> Any:
    """Bring others into a group."""
    viewer = web.viewer()
    found = queries.talk_for(viewer, stream_id)
    if not found.talk.is_group:
        raise NotFound
    there = [row.member_id for row in found.rows if row.state in ("in", "asked")]
    context = _choosing(queries.choices_for(viewer, there), found)
    if request.method != "POST":
        return render_template("talk_new.html", form=forms.with_form(context["people"], formdata=None), **context)
    form = forms.with_form(context["people"])

    def work() -> Any:
        actions.add(viewer, stream_id, form.ids)
        return answers.go(url_for("talks.talk", stream_id=stream_id))

    return answers.form_answer(form, work, "talk_new.html", "talk_new.html", **context)


@pages.get("/messages/<int:stream_id>")
@web.private_side
def talk(stream_id: int) -> Any:
    """A talk: a stretch of messages, the newest at the end, and one's own field. Whoever was asked reads who asks."""
    viewer = web.viewer()
    try:
        found = queries.talk_for(viewer, stream_id)
    except NotFound:
        asked = queries.ask_for(viewer, stream_id)
        return render_template("talk_ask.html", talk=asked, asker=queries.asker_of(viewer, asked))
    place = own.place_in(viewer, stream_id)
    form = message_pages.fresh_form(place, forms.TalkForm)
    return render_template("talk.html", **_page(viewer, found, place), form=form, draft_saved=bool(place.draft))


@pages.post("/messages/<int:stream_id>/answer")
@web.private_side
def answer(stream_id: int) -> Any:
    """Yes, or no thanks."""
    form = forms.AnswerForm()
    if not form.validate():
        raise Invalid(_l("Choose one of these."))
    yes = form.answer.data == "yes"
    actions.answer(web.viewer(), stream_id, yes=yes)
    return answers.go(url_for("talks.talk", stream_id=stream_id) if yes else url_for("talks.index"))


@pages.get("/messages/<int:stream_id>/state")
@web.private_side
def state(stream_id: int) -> Any:
    """Whether one may write there just now; for an open page, when that changes."""
    viewer = web.viewer()
    return render_template("parts/talk_state.html", **_state(viewer, queries.talk_for(viewer, stream_id)))


@pages.get("/messages/<int:stream_id>/waiting")
@web.private_side
def waiting(stream_id: int) -> Any:
    """What is the viewer's own there and waits; for her open page, when something became of it."""
    viewer = web.viewer()
    found = queries.talk_for(viewer, stream_id)
    return message_pages.waiting(viewer, found.stream, found.space)


@pages.get("/messages/<int:stream_id>/card")
@web.private_side
def help_card(stream_id: int) -> Any:
    """The help card for what the viewer has just written there, when it did not go by a form."""
    viewer = web.viewer()
    queries.talk_for(viewer, stream_id)
    return message_pages.help_card(viewer, url_for("talks.talk", stream_id=stream_id))


@pages.post("/messages/<int:stream_id>/messages")
@web.private_side
@web.waits_for_room
def send(stream_id: int) -> Any:
    """Say something. A module gets what the socket would answer; a page goes to the end of the talk."""
    viewer = web.viewer()
    found = queries.talk_for(viewer, stream_id)
    form, here = forms.TalkForm(), url_for("talks.talk", stream_id=stream_id)

    def again(work: Any) -> Any:
        return answers.form_answer(form, work, "talk.html", "talk.html", **_page(viewer, found), draft_saved=False)

    return message_pages.sent(form, lambda said: actions.send(viewer, stream_id, said)[0], here, again)


@pages.post("/messages/<int:stream_id>/leave")
@web.private_side
def leave(stream_id: int) -> Any:
    """Leave it."""
    actions.leave(web.viewer(), stream_id)
    return answers.go(url_for("talks.index"))


@pages.route("/messages/<int:stream_id>/name", methods=["GET", "POST"])
@web.private_side
def name(stream_id: int) -> Any:
    """What a group is called."""
    viewer = web.viewer()
    found = queries.talk_for(viewer, stream_id)
    if not found.talk.is_group:
        raise NotFound
    if request.method != "POST":
        form = forms.NameForm(formdata=None, name=found.given_name)
        return render_template("talk_name.html", form=form, talk=found, names_team=_names_team)
    form = forms.NameForm()

    def work() -> Any:
        actions.name_group(viewer, stream_id, form.name.data or "")
        return answers.go(url_for("talks.talk", stream_id=stream_id))

    context = {"talk": found, "names_team": _names_team}
    return answers.form_answer(form, work, "talk_name.html", "talk_name.html", **context)


def _page(viewer: Viewer, found: Found, place: own.Place | None = None) -> dict[str, Any]:
    stream_id = found.stream.id
    place = place or own.place_in(viewer, stream_id)
    here = url_for("talks.talk", stream_id=stream_id)
    return {
        **message_pages.stretch(viewer, found.stream, found.space, place, here),
        **_state(viewer, found),
    }


def _choosing(people: list[AuthorView], group: Found | None) -> dict[str, Any]:
    """Whom one may choose; where they are many, those alone are shown who are called what was typed."""
    typed, many = request.args.get("q", "")[:LONGEST_NAME], len(people) > FEW
    shown = queries.called_so(people, typed) if many else frozenset(person.id for person in people)
    return {
        "people": people,
        "group": group,
        "many": many,
        "typed": typed,
        "shown": shown,
        "names_team": _names_team,
    }


def _names_team(form: Any) -> bool:
    """Whether what a form was refused with sends one to those who work here."""
    return any(sentence in (rules.TO_TEAM, REFUSAL) for sentence in form.form_errors)


def _waiting_for(asked: list[AuthorView]) -> Refusal:
    names = queries.name_of(asked)
    if len(asked) > 1:
        return _l("They are asked whether you may write: %(names)s. You can write when somebody says yes.", names=names)
    return _l("%(name)s is asked whether you may write. You can write when there is a yes.", name=names)


def _state(viewer: Viewer, found: Found) -> dict[str, Any]:
    """What holds just now. It is looked at again when the day ends, because a birthday changes it."""
    opened, now = queries.opened_of(viewer, found), clock.now()
    judged = pairs.judged(found.stream.id, by_name.parties_in(viewer, found.stream.id), viewer.excluded_ids)
    refused = refusal(viewer, stream_rules.SAY_BY_NAME, True)
    if refused is None and found.waits:
        refused = _waiting_for(found.others("asked", "refused"))
    elif refused is None:
        refused = refusal(viewer, stream_rules.TALK_ON, judged.lawful)
    midnight = clock.start_of(clock.today() + timedelta(days=1))
    return {
        "talk": found,
        "refusal": refused,
        "to_team": refused == REFUSAL,
        "waits": found.waits,
        "opened": opened,
        "opened_lately": [one for one in opened if now - one.at < queries.TOLD_FOR],
        "grown": judged.crossed,
        "again_in": int((midnight - now).total_seconds()) + 1,
    }
