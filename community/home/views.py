"""The landing page and the other pages that belong to no single room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, render_template, request, session, url_for
from sqlalchemy import text as sql
from werkzeug.local import LocalProxy

from community.acts import queries as acts
from community.acts import steps
from community.acts.rules import LOOK, decides
from community.channels.pinned import Pinned, in_channel, on_home
from community.chat import queries as chats
from community.concerns import views as concern_views
from community.concerns import waiting
from community.core import answers, db, i18n, paging, web
from community.core.errors import Invalid, NotFound
from community.core.policy import can
from community.forum import feed as feeds
from community.forum import helped as forum_helped
from community.forum import queries as forum
from community.forum import rules as forum_rules
from community.forum import unanswered as forum_unanswered
from community.forum.models import TAGS
from community.home import help_card, help_numbers, profiles, queries
from community.home.above import NOTHING, above_for
from community.home.forms import OwnPageForm
from community.home.unanswered import waits_after
from community.inbox import waiting as inbox_waiting
from community.members import actions as members
from community.members import connections, profile, rules
from community.members import queries as people
from community.members.forms import Press
from community.members.people import Look
from community.moderation.waiting import waiting_for
from community.moving import queries as moving
from community.notices import queries as notices
from community.recovery import queries as recovery
from community.recovery import rules as recovery_rules
from community.recovery import waiting as recovery_waiting
from community.reports import queries as reports
from community.rota import working
from community.spaces import queries as spaces
from community.spaces.models import Space
from community.spaces.rules import MANAGE
from community.streams import gating
from community.wordlists.rules import READ as READ_LISTS

pages = Blueprint("home", __name__)

SLOW_LINES = ("slow-2g", "2g", "3g")  # as browsers call what they measured (Network Information API)

NOBODY_ASKED = (None, "home.help", "home.about", "openness.asked")
"""Pages answered without asking who it is (None: addresses that do not exist). The way back stands there all the same,
for whoever has a session in her cookie, good or not."""

FIGURES_AT_MOST = 100  # threads one page asks about


@pages.get("/")
def feed() -> Any:
    """The group: what is new for me, newest activity first."""
    return _feed(None, None)


@pages.get("/c/<slug>")
def space(slug: str) -> Any:
    """One channel's threads."""
    return _feed(spaces.space_by_slug(web.viewer(), slug), _tag(request.args.get("tag")))


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
        "may_invite": can(viewer, rules.INVITE),
        "may_manage": can(viewer, MANAGE),
        "may_read_lists": can(viewer, READ_LISTS),
        "may_limit": can(viewer, LOOK),
        "second_yes": steps.waiting_for(viewer),
        "oversees": rules.oversees(viewer),
        "unmasks": decides(viewer),
        "may_help_in": can(viewer, recovery_rules.SEE_REQUESTS),
        "helps_waiting": recovery_waiting.waiting_for(viewer),
        "told_done": reports.count_done(viewer),
        "asked_of": connections.asked_of(viewer),
        "my_move": moving.has_one(viewer),
        "may_connect": can(viewer, rules.DECIDE_CONNECTION),
        "connections_wait": connections.waiting_for(viewer),
        "unanswered": forum_unanswered.count_waiting(viewer, waits_after()) if forum_rules.is_host(viewer) else 0,
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
    """What this is, who reads what, and what it is not."""
    _choose_language()
    return render_template("about.html", rows=queries.who_sees())


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


def page_context() -> dict[str, Any]:
    """What every full page needs beside the viewer."""
    settings = current_app.config["SETTINGS"]
    return {
        "community_name": settings.community_name,
        "quick_exit_url": settings.quick_exit_url,
        "lang": i18n.language(),
        "nav_spaces": LocalProxy(_nav_spaces),
        "told": LocalProxy(_told),
        "has_chat": LocalProxy(_has_chat),
        "readers_table": queries.who_sees(),
        "press": Press,
        "looks_signed_in": request.endpoint in NOBODY_ASKED and web.session_token() is not None,
        "look": _look(),
        "way_in_notice": LocalProxy(_way_in_notice),
        "stop_offer": LocalProxy(_stop_offer),
        "working": LocalProxy(_working),
        "mails": settings.mails,
        "help_card": lambda: help_card.for_page(web.someone()),
        "is_host": forum_rules.is_host(web.someone()),
        "reviews": decides(web.someone()),
        "to_review": LocalProxy(_to_review),
        "team_waits": LocalProxy(_team_waits),
        "limit_here": lambda space_id=None: acts.limit_for(web.someone(), space_id),
        "urgent_calls": lambda: help_card.calls_for(web.someone()),
        "needed": LocalProxy(_needed),
    }


def _look() -> Look:
    """How this page is to look: as the member wants; a visitor gets what her device says. A device that saves data, or
    says that its line is slow (core/web.py asks), downloads less."""
    viewer = web.someone()
    look = viewer.look if viewer is not None else Look.of(session.get("look", {}))
    saves = request.headers.get("Save-Data", "").lower() == "on" or request.headers.get("ECT") in SLOW_LINES
    return replace(look, saver=True) if saves else look


def _nav_spaces() -> list[spaces.SpaceView]:
    """The viewer's channels, asked for once a page and only by pages that show them; none while she is closed out."""
    if "nav_spaces" not in g:
        viewer = g.get("viewer")
        g.nav_spaces = spaces.views_for(viewer) if viewer is not None and not viewer.suspended else []
    return list(g.nav_spaces)


def _has_chat() -> bool:
    """Whether the way to the chats stands in the navigation: from the channels that are shown anyway, no query. On
    pages answered without asking who it is, it stands there, as the rest of the way does."""
    viewer = g.get("viewer")
    if viewer is None:
        return True
    return not viewer.suspended and (bool(_nav_spaces()) and chats.any_for(viewer))


def _told() -> notices.Unread:
    """What the badge says, asked for once a page and only by pages that show it."""
    if "told" not in g:
        viewer = g.get("viewer")
        inside = viewer is not None and not viewer.suspended
        g.told = notices.unread_for(viewer, [space.id for space in _nav_spaces()]) if inside else notices.Unread()
    told: notices.Unread = g.told
    return told


def _working() -> working.Working | None:
    """Who works now, as the viewer is told it; nothing before she is in, and nothing on a page about a failure of the
    database."""
    viewer = g.get("viewer")
    if viewer is None or viewer.second_step or viewer.locked:
        return None
    if "working" not in g:
        g.working = working.working_now(viewer)
    return g.working


def _to_review() -> int:
    """How many cases wait for the viewer; asked by pages of those who have a queue, and kept for a while."""
    return waiting_for(g.get("viewer")) or 0


def _team_waits() -> int:
    """How many members wait for the viewer's answer; asked by pages of those who work here, and kept for a while."""
    return inbox_waiting.waiting_for(g.get("viewer")) or 0


def _needed() -> waiting.Needed | None:
    """What waits for whoever works here; nothing before she is in."""
    viewer = g.get("viewer")
    if viewer is None or viewer.second_step or viewer.locked or viewer.suspended:
        return None
    if "needed" not in g:
        g.needed = waiting.needed(viewer)
    return g.needed


def _way_in_notice() -> recovery.Notice | None:
    """What this device is told at the top of every page: somebody made a way in for its owner."""
    viewer = g.get("viewer")
    if viewer is None or viewer.way_in_id is None:
        return None
    if "way_in_notice" not in g:
        g.way_in_notice = recovery.notice_for(viewer)
    return g.way_in_notice


def _stop_offer() -> bool:
    """Whether this browser was signed in before somebody else came in, and may say that it wasn't its owner."""
    return recovery.holder_by_session(web.session_token()) is not None


def _feed(place: Space | None, tag: str | None) -> Any:
    viewer = web.viewer()
    before = paging.read_cursor(request.args.get("before"))
    followed = _followed(place) and not tag
    threads = feeds.feed_for(viewer, place, before=before, followed=followed, tag=tag, limit=feeds.PAGE + 1)
    top = place is None and before is None and not followed and not tag
    above = above_for(viewer, cards=_told().cards) if top else NOTHING
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
        waits=above.waits,
        pinned=pinned,
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
