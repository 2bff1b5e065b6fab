"""The landing page and the other pages that belong to no single room."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request, session, url_for
from sqlalchemy import text as sql

from community.channels.pinned import Pinned, in_channel, on_home
from community.chat import queries as chats
from community.concerns import views as concern_views
from community.core import answers, db, i18n, paging, web
from community.core.errors import Invalid, NotFound
from community.core.policy import can
from community.forum import feed as feeds
from community.forum import frozen as forum_frozen
from community.forum import helped as forum_helped
from community.forum import queries as forum
from community.forum.models import TAGS
from community.home import around, doors, help_card, help_numbers, profiles, queries
from community.home.above import NOTHING, above_for
from community.home.forms import OwnPageForm
from community.members import actions as members
from community.members import profile
from community.members import queries as people
from community.memories import looking_back
from community.photos import portraits
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.spaces.rules import MANAGE
from community.streams import gating

pages = Blueprint("home", __name__)

FIGURES_AT_MOST = 100  # threads one page asks about


@pages.get("/")
def feed() -> Any:
    """The group: what is new for me, newest activity first."""
    return _feed(None, None)


@pages.get("/c/<slug>")
def space(slug: str) -> Any:
    """One channel's threads; of a house one has moved out of, those up to that day."""
    viewer = web.viewer()
    past = spaces.past_by_slug(viewer, slug)
    if past is None:
        return _feed(spaces.space_by_slug(viewer, slug), _tag(request.args.get("tag")))
    threads, older = forum_frozen.threads_of(viewer, past, paging.read_cursor(request.args.get("before")))
    return render_template(
        "past.html",
        place=past,
        threads=threads,
        before=paging.cursor(*older) if older else None,
        chat_id=chats.past_room(viewer, past),
    )


@pages.get("/tags/<tag>")
def tagged(tag: str) -> Any:
    """Questions about one thing, from every channel the viewer reads."""
    if tag not in TAGS:
        raise NotFound
    return _feed(None, tag)


@pages.get("/feed/newer")
def newer() -> Any:
    """Threads with activity after a place in the feed, newest first; for open pages."""
    viewer = web.viewer()
    wanted = request.args.get("space", "")
    space_id = paging.whole_number(wanted)
    if wanted and space_id is None:
        raise Invalid
    place = spaces.space_for(viewer, space_id) if space_id is not None else None
    since = paging.read_cursor(request.args.get("since"))
    tag = _tag(request.args.get("tag"))
    threads = feeds.feed_for(viewer, place, since=since, followed=_followed(place) and not tag, tag=tag)
    words = render_template("parts/feed_items.html", threads=threads, space=place)
    response = current_app.make_response(words + render_template("parts/pinned.html", pinned=_pinned(place)))
    response.headers["X-Newest"] = _cursor(threads[0]) if threads else request.args.get("since", "")
    response.headers["X-Count"] = str(len(threads))
    return response


@pages.get("/feed/figures")
def figures() -> Any:
    """What is new in threads that stand on an open page, which asks when something was read elsewhere."""
    wanted = [paging.whole_number(part) for part in request.args.get("threads", "").split(",")]
    threads = [number for number in wanted if number is not None]
    if len(threads) < len(wanted) or len(threads) > FIGURES_AT_MOST:
        raise Invalid
    return render_template("parts/figures.html", threads=feeds.figures_for(web.viewer(), threads))


@pages.post("/hello/later")
def hello_later() -> Any:
    """Not now."""
    members.postpone_hello(web.viewer())
    return answers.go("/")


@pages.route("/me", methods=["GET", "POST"])
@web.behind_pin
@web.read_while_closed
def me() -> Any:
    """My name and picture here, my language, and the way out."""
    viewer = web.viewer()
    told = profile.profile_of(viewer, viewer.id)
    form = OwnPageForm(
        display_name=viewer.name,
        avatar=viewer.avatar or "",
        colour=viewer.colour,
        about=told.waiting or told.returned or told.about,
        tells_year="yes" if told.tells_year else "no",
    )
    context = {
        "waiting": bool(told.waiting),
        "returned": bool(told.returned),
        "moved_in": profiles.year_of_move(viewer),
        "sign_in_name": people.sign_in_name(viewer),
        "house_name": people.house_name(viewer, viewer.house_id),
        **doors.doors_of(viewer),
    }
    if request.method != "POST":
        return render_template("me.html", form=form, saved="saved" in request.args, **context)

    def work() -> Any:
        own = profile.Own(
            name=form.display_name.data,
            avatar=form.avatar.data or None,
            colour=form.colour.data or viewer.colour,
            about=form.about.data,
            tells_year=form.tells_year.data == "yes",
        )
        profile.change(viewer, own, gating.facts_for_all(viewer))
        if own.avatar != viewer.avatar:
            portraits.take_away(viewer)
        return answers.go(url_for("home.me", saved=1))

    return answers.form_answer(form, work, "me.html", "me.html", **context)


@pages.get("/help")
@web.without_database
def help() -> Any:
    """Whom to call. Works signed out and with the database down."""
    _choose_language()
    settings = current_app.config["SETTINGS"]
    if request.args.get("country") in help_numbers.countries(settings.help_file):
        session["country"] = request.args["country"]
    lang = i18n.language()
    return render_template(
        "help.html",
        numbers=help_numbers.by_country(settings.help_file, lang, help_card.country()),
        last_concern=session.get(concern_views.KEPT),
        house_numbers=help_numbers.of_houses(settings.help_file, lang),
    )


@pages.get("/about")
@web.without_database
def about() -> Any:
    """What this is, who reads what, how long it is kept, and what it is not."""
    _choose_language()
    return render_template("about.html", rows=queries.who_sees(), kept=queries.how_long())


@pages.route("/leave", methods=["POST"])
@web.always_open
@web.before_unlock
@web.needs_no_token
@web.shown_for_errors("left.html")
def leave() -> Any:
    """Leave fast: signs out on a shared device and shows a page that says nothing and goes elsewhere, whatever fails
    meanwhile. The cookie goes first: nobody waits here for a busy database."""
    viewer = web.someone()
    if viewer is not None and not viewer.session_kept:
        web.sign_out()
        members.sign_out(viewer, patience=0.5)
    return render_template("left.html")


@pages.get("/health")
@web.without_database
def health() -> Any:
    """Whether the server can do its work; 503 when the database does not answer."""
    try:
        db.session().execute(sql("SELECT 1"))
    except Exception:
        return jsonify(ok=False), 503
    return jsonify(ok=True)


@pages.get("/robots.txt")
@web.without_database
def robots() -> Any:
    """No machine reads here."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")


def _feed(place: Space | None, tag: str | None) -> Any:
    viewer = web.viewer()
    before = paging.read_cursor(request.args.get("before"))
    followed = _followed(place) and not tag
    threads = feeds.feed_for(viewer, place, before=before, followed=followed, tag=tag, limit=feeds.PAGE + 1)
    top = place is None and before is None and not followed and not tag
    above = above_for(viewer, cards=around.told().cards) if top else NOTHING
    pinned = _pinned(place) if before is None and not followed and not tag and not above.something else None
    has_older, threads = len(threads) > feeds.PAGE, threads[: feeds.PAGE]
    return answers.render(
        "feed.html",
        "parts/feed_items.html",
        threads=threads,
        space=spaces.view_of(viewer, place) if place else None,
        before=_cursor(threads[-1]) if has_older else None,
        newest=_cursor(threads[0]) if threads and before is None else "",
        first_page=before is None,
        followed=followed,
        tag=forum_helped.TagView(tag) if tag else None,
        tags=forum_helped.all_tags() if tag or (place is not None and place.kind == "questions") else [],
        hello=above.hello,
        asked=above.asked,
        moved=above.moved,
        waits=above.waits,
        pinned=pinned,
        house_id=place.house_id if place is not None else None,
        looking_back=looking_back.today_for(viewer) if top and not above.something else [],
        may_manage=place is not None and can(viewer, MANAGE, place),
    )


def _pinned(place: Space | None) -> Pinned:
    viewer = web.viewer()
    return in_channel(viewer, place) if place is not None else on_home(viewer)


def _followed(place: Space | None) -> bool:
    """Whether only what the viewer follows is asked for; in a channel everything is."""
    return place is None and request.args.get("sort") == "followed"


def _tag(wanted: str | None) -> str | None:
    """One of the six, from the address. Raises NotFound for another."""
    if not wanted:
        return None
    if wanted not in TAGS:
        raise NotFound
    return wanted


def _cursor(thread: forum.ThreadView) -> str:
    return paging.cursor(thread.active_at, thread.id)


def _choose_language() -> None:
    if request.args.get("lang") in i18n.LANGUAGES:
        session["lang"] = request.args["lang"]
