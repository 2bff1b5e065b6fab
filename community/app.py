"""`create_app()`: the rooms in their order, and what the ground floor must be told about them. Nothing clever.

These lists, and that of the pages beside it, are the only registration there is: a rule, job, socket event or page that
is not here does not exist.
"""

from __future__ import annotations

from typing import Any

from click import Command
from flask import Flask, session
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from community import cli, settings_check, upkeep
from community.acts import rules as act_rules
from community.acts import sockets as act_sockets
from community.book import keeping as book_keeping
from community.book import making as book_making
from community.book import rules as book_rules
from community.book import sockets as book_sockets
from community.channels import rules as channel_rules
from community.chat import presence as chat_presence
from community.chat import queries as chat_queries
from community.chat import rules as chat_rules
from community.chat import sockets as chat_sockets
from community.chat import standing as chat_standing
from community.concerns import alerts as concern_alerts
from community.concerns import driver as concern_driver
from community.concerns import letters as concern_letters
from community.concerns import providers
from community.concerns import rules as concern_rules
from community.concerns import sockets as concern_sockets
from community.core import (
    anchors,
    announcements,
    clock,
    db,
    erasures,
    i18n,
    live,
    logs,
    mail,
    outbox,
    page_cache,
    picture_files,
    ratelimit,
    web,
)
from community.core.jobs import Job
from community.core.policy import Rule
from community.core.web import someone
from community.directory import rules as directory_rules
from community.forum import queries as forum_queries
from community.forum import rules as forum_rules
from community.forum import sockets as forum_sockets
from community.home import (
    act_letters,
    around,
    data_letters,
    delayed,
    housekeeping,
    letting_through,
    notice_letters,
    waits,
)
from community.inbox import rules as inbox_rules
from community.inbox import sockets as inbox_sockets
from community.lifecycle import (
    growing,
    keeping,
    leaving,
    leaving_letters,
    leaving_rules,
    leaving_work,
    moving_out,
    turn_rules,
)
from community.lifecycle import sockets as lifecycle_sockets
from community.members import actions as member_actions
from community.members import (
    connecting,
    connection_sockets,
    open_sessions,
    passkeys,
    passwords,
    second_step,
    walls,
)
from community.members import queries as member_queries
from community.members import rules as member_rules
from community.members.people import Viewer
from community.memories import asked as memories_asked
from community.memories import rules as memory_rules
from community.moderation import rules as moderation_rules
from community.moderation import sockets as moderation_sockets
from community.moderation import unmask_rules, ways_in
from community.moving import check_ins, prepared_rules
from community.moving import rules as moving_rules
from community.my_data import how_long
from community.my_data import keeping as my_data_keeping
from community.my_data import making as my_data_making
from community.my_data import rules as my_data_rules
from community.my_data import sockets as my_data_sockets
from community.notices import places as notice_places
from community.notices import rules as notice_rules
from community.notices import sockets as notice_sockets
from community.openness import incident_views
from community.openness import rules as openness_rules
from community.pages import PAGES
from community.photos import portrait_rules
from community.photos import rules as photo_rules
from community.photos import showing as photo_showing
from community.photos import sockets as photo_sockets
from community.photos import words as photo_words
from community.photos import work as photo_work
from community.publishing import rules as publishing_rules
from community.recovery import emails, letters
from community.recovery import queries as recovery_queries
from community.recovery import rules as recovery_rules
from community.recovery import sockets as recovery_sockets
from community.reports import independent
from community.reports import rules as reports_rules
from community.reports import sockets as reports_sockets
from community.reports import standstill as reports_standstill
from community.rota import rules as rota_rules
from community.safety import cases, outside, word_lists
from community.safety.word_lists import WordLists
from community.separations import actions as separation_actions
from community.separations import rules as separation_rules
from community.spaces import rules as space_rules
from community.streams import beside as stream_beside
from community.streams import pairs, showing
from community.streams import rules as stream_rules
from community.streams import sockets as stream_sockets
from community.talks import birthdays as talk_birthdays
from community.talks import rules as talk_rules
from community.talks import sockets as talk_sockets
from community.wordlists import kept as wordlists_kept
from community.wordlists import rules as wordlists_rules

RULES: tuple[Rule, ...] = (
    *member_rules.ALL,
    *space_rules.ALL,
    *stream_rules.ALL,
    *notice_rules.ALL,
    *forum_rules.ALL,
    *recovery_rules.ALL,
    *channel_rules.ALL,
    *rota_rules.ALL,
    *wordlists_rules.ALL,
    *moderation_rules.ALL,
    *reports_rules.ALL,
    *act_rules.ALL,
    *concern_rules.ALL,
    *openness_rules.ALL,
    *unmask_rules.ALL,
    *publishing_rules.ALL,
    *(*chat_rules.ALL, *inbox_rules.ALL, *talk_rules.ALL),
    *(*prepared_rules.ALL, *turn_rules.ALL),
    *(*separation_rules.ALL, *directory_rules.ALL, *leaving_rules.ALL),
    *(*my_data_rules.ALL, *photo_rules.ALL, *portrait_rules.ALL, *memory_rules.ALL, *book_rules.ALL, *moving_rules.ALL),
)
JOBS: tuple[Job, ...] = (
    *housekeeping.JOBS,
    delayed.JOB,
    letting_through.JOB,
    Job("way-in-by-mail", emails.asks_due, emails.answer_ask),
    *notice_letters.JOBS,
    *reports_standstill.JOBS,
    *act_letters.JOBS,
    ways_in.JOB,
    *concern_driver.JOBS,
    chat_standing.JOB,
    connecting.JOB,
    talk_birthdays.JOB,
    *(*check_ins.JOBS, leaving_work.JOB, separation_actions.JOB, *leaving.JOBS),
    *(*my_data_making.JOBS, *book_making.JOBS, *data_letters.JOBS, *moving_out.JOBS),
    *(growing.JOB, *photo_work.JOBS),
)
WRITERS = {
    **letters.WRITERS,
    **notice_letters.WRITERS,
    **independent.WRITERS,
    **act_letters.WRITERS,
    **concern_letters.WRITERS,
    **leaving_letters.WRITERS,
    **data_letters.WRITERS,
}
EVENTS: tuple[live.LiveEvent, ...] = (*stream_sockets.EVENTS, *chat_sockets.EVENTS, *talk_sockets.EVENTS)


def _bring_connection(ids: dict[str, Any]) -> None:
    connection_sockets.bring_change(ids)
    stream_sockets.bring_connection(ids)


DELIVERIES = {
    "stream:piece": chat_sockets.bring_piece,
    "feed:hint": stream_sockets.bring_hint,
    "reading:changed": stream_sockets.bring_reading,
    "thread:helped": forum_sockets.bring_helped,
    "thread:locked": forum_sockets.bring_locked,
    "feed:gone": stream_sockets.bring_gone,
    "own:changed": stream_sockets.bring_own,
    "review:changed": moderation_sockets.bring_change,
    "space:narrowed": stream_sockets.bring_space,
    "stream:members": stream_sockets.bring_members,
    "way-in:notice": recovery_sockets.bring_notice,
    "notices:changed": notice_sockets.bring_change,
    "told:changed": reports_sockets.bring_told,
    "acts:changed": act_sockets.bring_act,
    "concern:changed": concern_sockets.bring_change,
    "incident:changed": incident_views.bring_change,
    "chat:state": chat_sockets.bring_state,
    "chat:here": chat_presence.changed,
    "chat:moved": chat_sockets.bring_moved,
    "connection:changed": _bring_connection,
    "separation:changed": stream_sockets.bring_connection,
    "inbox:changed": inbox_sockets.bring_change,
    "chat:listed": chat_sockets.bring_listed,
    "my-data:changed": my_data_sockets.bring_change,
    "book:changed": book_sockets.bring_change,
    "member:moved": lifecycle_sockets.bring_moved,
    "pictures:changed": photo_sockets.bring_waiting,
    "portrait:changed": photo_sockets.bring_portrait,
}
COMMANDS: tuple[Command, ...] = (*cli.GROUPS, *upkeep.COMMANDS)


def create_app(settings: config.Settings | None = None) -> Flask:
    """The whole application for one process: server, command or test."""
    settings = settings or config.load()
    app = Flask(
        __name__, template_folder="../templates", static_folder="../static/dist", static_url_path="/static/dist"
    )
    app.config["SETTINGS"] = settings
    app.config["JOBS"], app.config["RULES"] = JOBS, RULES
    word_lists.come_from(wordlists_kept.in_force)
    if settings.word_lists is not None:
        word_lists.keep(WordLists(**{name: frozenset(words) for name, words in settings.word_lists.items()}))
    if not settings.testing:
        logs.configure(settings.log_form)
    settings_check.check(settings)
    housekeeping.back_up_nightly(bool(settings.backup_dir and settings.backup_key))
    anchors.configure(settings.anchors)
    erasures.configure(settings.anchors)
    picture_files.configure(settings.data / "pictures")
    for files in (my_data_keeping, book_keeping):
        files.configure(settings.data)
    how_long.configure(keeping.said_of)
    clock.set_zone(settings.zone)
    db.configure(settings.database_url, synchronous=settings.sqlite_synchronous)
    passwords.configure(**settings.argon2)
    ratelimit.configure(settings.redis_url, off=settings.no_limits)
    pairs.configure(settings.peer_months)
    _reach_people_outside(settings)
    outbox.configure(mail.carrier(settings.smtp_url, settings.data / "outbox"), WRITERS, settings.mail_from)
    page_cache.init_app(app, settings.data)
    i18n.init_app(app, _chosen_language)
    logs.init_app(app)
    outside.configure(settings.independent_name, settings.independent_contact)
    second_step.configure(staff_exempt=settings.skip_totp)
    passkeys.configure(settings.root, settings.community_name)
    notice_places.configure(chat_queries.names_of)
    stream_beside.configure(photo_showing.beside, photo_showing.waiting)
    memories_asked.configure(forum_queries.asking_streams)
    web.init_app(
        app,
        viewer_for=member_queries.viewer_for,
        member_of_token=member_queries.member_of_token,
        behind_wall=walls.behind_wall,
        touched=_touched,
        context=around.page_context,
    )
    app.jinja_env.globals.update(shown=showing.shown, act_url=waits.act_url, hidden_words=waits.hidden_words)
    app.jinja_env.globals.update(picture_words=photo_words.picture_words, portrait_why=photo_words.portrait_why)
    for pages in PAGES:
        app.register_blueprint(pages)
    for commands in COMMANDS:
        app.cli.add_command(commands)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    live.start(
        app,
        origins=_origins(settings),
        path=settings.fanout,
        viewer_for=member_queries.live_viewer_for,
        still_open=open_sessions.open_sessions,
        events=EVENTS,
        deliveries=DELIVERIES,
    )
    announcements.configure(live.deliver)
    return app


def _reach_people_outside(settings: config.Settings) -> None:
    """Who carries calls for help out of the house, and what begins them. Raises SettingsError."""
    folder = settings.data / "calls"
    try:
        carriers = {
            "sms": providers.chosen(settings.sms_provider, "sms", folder),
            "voice": providers.chosen(settings.voice_provider, "voice", folder),
        }
    except ValueError as error:
        raise config.SettingsError(f"SMS_PROVIDER or VOICE_PROVIDER: {error}.") from error

    def address_of(member_id: int) -> providers.Address | None:
        found = recovery_queries.confirmed_address(member_id)
        return providers.Address(found.address, found.language) if found is not None else None

    providers.configure(carriers, address_of)
    cases.alerts_go_to(concern_alerts.at_once)


def _chosen_language() -> str | None:
    viewer = someone()
    return viewer.language if viewer is not None else session.get("lang")


def _touched(viewer: Viewer) -> None:
    """Note that the session is in use, beside the answer and at most once a minute."""
    if viewer.last_seen_at is not None and clock.now() - viewer.last_seen_at >= member_actions.TOUCH_EVERY:
        housekeeping.touch(viewer)


def _origins(settings: config.Settings) -> list[str]:
    """The addresses pages may open a socket from; never what a request claims about itself."""
    if settings.public_url:
        return [settings.public_url]
    return [f"http://{name}:{settings.port}" for name in ("localhost", "127.0.0.1", "[::1]")]
