"""Commands: thin, over actions. They run unpatched, beside a running server or without one."""

from __future__ import annotations

import json
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import OperationalError

from community.chat import actions as chats
from community.core import clock, compaction, db, fanout, outbox, schema
from community.core.errors import AppError
from community.core.i18n import in_language
from community.core.jobs import run_due
from community.core.policy import as_table
from community.core.snapshots import Impossible
from community.demo import bulk, seed
from community.demo.people import PEOPLE, at_anchor, duties_at_anchor
from community.lifecycle import leaving, leftovers
from community.members import actions, authenticator, codes, incident, invitations
from community.members.rules import COMMAND_LINE
from community.recovery import links
from community.spaces import actions as spaces

member = AppGroup("member", help="Close Hearth to somebody, open it again, sign somebody out.")
invite = AppGroup("invite", help="The way in for the first house manager.")
demo = AppGroup("demo", help="The demo's people.")
surface = AppGroup("surface", help="Every way in: routes and socket events.")
jobs = AppGroup("jobs", help="Work that is due.")
clock_commands = AppGroup("clock", help="Move time (demo and test only).")
database = AppGroup("database", help="The schema.")
policy = AppGroup("policy", help="The rules.")
incidents = AppGroup("incident", help="Make everything read-only, with words for everybody; let it be written again.")

GROUPS = (member, invite, demo, surface, jobs, clock_commands, database, policy, incidents)


def _say(work: Any) -> Any:
    """Do it; an expected refusal is one sentence and a failing exit code, never a trace."""
    try:
        with in_language("en"):
            return work()
    except OperationalError as error:
        raise click.ClickException(
            "The database can't be read: check HEARTH_DATA or DATABASE_URL, and run `flask database upgrade`."
        ) from error
    except AppError as error:
        with in_language("en"):
            raise click.ClickException(str(error.sentence)) from error


@member.command("suspend")
@click.argument("name")
@with_appcontext
def suspend(name: str) -> None:
    """Close Hearth to NAME until restored; her open pages go quiet within two seconds."""
    _say(lambda: actions.suspend(COMMAND_LINE, name))
    click.echo(f"{name} is suspended.")


@member.command("restore")
@click.argument("name")
@with_appcontext
def restore(name: str) -> None:
    """Open Hearth to NAME again."""
    _say(lambda: actions.restore(COMMAND_LINE, name))
    click.echo(f"{name} is restored.")


@member.command("sign-out")
@click.argument("name")
@with_appcontext
def sign_out(name: str) -> None:
    """End all sessions of NAME."""
    count = _say(lambda: actions.sign_out_everywhere(COMMAND_LINE, name))
    click.echo(f"{name} is signed out of {count} browsers.")


@member.command("reset-second-step")
@click.argument("name")
@with_appcontext
def reset_second_step(name: str) -> None:
    """Forget the app, the passkeys and the recovery codes of NAME, and end all sessions: at her next sign-in she sets
    a second step up anew. Look her in the eyes first."""
    _say(lambda: authenticator.reset(COMMAND_LINE, name))
    click.echo(f"{name} sets up a new second step at the next sign-in.")


@member.command("way-in")
@click.argument("name")
@with_appcontext
def way_in(name: str) -> None:
    """Print a link with which NAME chooses a new password, once, within 30 minutes."""
    made = _say(lambda: links.make_on_server(COMMAND_LINE, name))
    click.echo(f"{current_app.config['SETTINGS'].root}/back/{made.secret}")
    click.echo(f"Good for one person until {clock.local(made.expires_at):%Y-%m-%d %H:%M}.")


@member.command("carry-out", hidden=True)
@click.argument("departure_id", type=int)
@with_appcontext
def carry_out(departure_id: int) -> None:
    """What the server does at night for somebody whose thirty days are over; before that it does nothing."""
    clock.reread(db.session())
    _say(lambda: leaving.carry_out(departure_id))


@incidents.command("on")
@click.option("--sv", required=True, help="What everybody reads, in Swedish.")
@click.option("--en", required=True, help="The same in English.")
@click.option("--why", required=True, help="For the list of what staff did. No names.")
@with_appcontext
def incident_on(sv: str, en: str, why: str) -> None:
    """Make everything read-only; open pages say so within two seconds."""
    _say(lambda: incident.start(COMMAND_LINE, sv, en, why))
    click.echo("Everything is read-only.")


@incidents.command("off")
@click.option("--why", required=True, help="For the list of what staff did. No names.")
@with_appcontext
def incident_off(why: str) -> None:
    """Let everybody write again."""
    _say(lambda: incident.end(COMMAND_LINE, why))
    click.echo("Everybody can write again.")


@invite.command("manager")
@click.option("--house", default="Our house", show_default=True, help="The first house's name.")
@with_appcontext
def invite_manager(house: str) -> None:
    """Print the single-use link for the first house manager of a fresh installation."""
    settings = current_app.config["SETTINGS"]
    schema.upgrade(settings.database_url)
    made = _say(lambda: invitations.invite_first_manager(COMMAND_LINE, house))
    _say(lambda: spaces.open_first_spaces(COMMAND_LINE))
    chats.open_standing()
    root = settings.root
    click.echo(f"{root}/i/{made.link}")
    click.echo(f"Or type this code at {root}/join/code: {codes.spaced(made.code)}")
    click.echo(f"Good for one person until {clock.local(made.expires_at):%Y-%m-%d %H:%M}.")


@demo.command("people")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def demo_people(as_json: bool) -> None:
    """List the demo's people: sign-in name, kind, house, duties."""
    rows = [
        {
            "name": person["sign_in"],
            "display_name": person["name"],
            "kind": at_anchor(person)[0],
            "house": at_anchor(person)[1],
            "duties": duties_at_anchor(person),
            "language": person["language"],
        }
        for person in PEOPLE
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['name']:10} {row['kind']:9} {row['house']:11} {', '.join(row['duties'])}")
    click.echo(f"Every password is {seed.PASSWORD}")


@demo.command("bulk")
@click.option("--posts", default=1_000_000, show_default=True, type=click.IntRange(100, 20_000_000))
@click.option("--seed", "number", default=seed.SEED, show_default=True, help="Another one gives other words.")
@with_appcontext
def demo_bulk(posts: int, number: int) -> None:
    """Fill a demo folder with generated people and posts. Stopped in the middle, it goes on where it was."""
    settings = current_app.config["SETTINGS"]
    if settings.production:
        raise click.ClickException("Generated posts are for demo folders, never for production.")
    schema.upgrade(settings.database_url)
    if not seed.fill(settings) and not settings.demo:
        raise click.ClickException("People who are not the demo's are in here: generated posts go into a demo folder.")
    try:
        order = bulk.order_for(settings, posts, number)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    _say(lambda: bulk.fill(order, lambda done, whole: click.echo(f"{done} of {whole} posts")))
    click.echo(f"{posts} generated posts are in {settings.data}.")


@surface.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@with_appcontext
def surface_list(as_json: bool) -> None:
    """List every route with its methods, and every socket event."""
    rows = surface_rows()
    if as_json:
        click.echo(json.dumps(rows))
        return
    for row in rows:
        click.echo(f"{row['kind']:7} {row['method']:8} {row['path']:40} {row['name']}")


def surface_rows() -> list[dict[str, str]]:
    """Every (route, method) and every socket event of the running program, read off the program itself."""
    rows = [
        {"kind": "route", "name": rule.endpoint, "method": method, "path": rule.rule}
        for rule in current_app.url_map.iter_rules()
        for method in sorted(rule.methods or ())
    ]
    handlers = fanout.socketio.server.handlers
    rows += [
        {"kind": "socket", "name": event, "method": "event", "path": namespace}
        for namespace, events in handlers.items()
        for event in events
    ]
    return sorted(rows, key=lambda row: (row["kind"], row["path"], row["name"], row["method"]))


@jobs.command("run")
@click.option("--now", "now", default=None, help="Do it as if it were this moment (ISO, demo and test only).")
@with_appcontext
def jobs_run(now: str | None) -> None:
    """Do everything that is due, once."""
    clock.reread(db.session())
    if now is None:
        click.echo(_done())
        return
    _only_for_trials()
    with clock.at(clock.parsed(now)):
        click.echo(_done())


def _done() -> str:
    done = run_due(current_app.config["JOBS"])
    sent = outbox.deliver()
    return f"{done} done." + (f" {sent} letters sent." if sent else "")


@clock_commands.command("set", context_settings={"ignore_unknown_options": True})  # a step back begins with a minus
@click.argument("wish")
@with_appcontext
def clock_set(wish: str) -> None:
    """Move time to an ISO moment, by a step like +90d, or back to `real`. Every process follows within a second."""
    _only_for_trials()
    clock.reread(db.session())
    try:
        with db.transaction() as s:
            moment = clock.store(s, wish)
    except ValueError as error:
        raise click.ClickException("Write an ISO moment, a step like +90d, -2h or +15m, or real.") from error
    click.echo(f"It is {clock.local(moment):%Y-%m-%d %H:%M} now.")


@database.command("upgrade")
@with_appcontext
def database_upgrade() -> None:
    """Bring the database to the present schema."""
    schema.upgrade(current_app.config["SETTINGS"].database_url)
    click.echo("The schema is up to date.")


@database.command("compact")
@with_appcontext
def database_compact() -> None:
    """Write the database's files anew, so that nothing that was deleted is in them (the server does it at night)."""
    try:
        took = compaction.compact(current_app.config["SETTINGS"].database_url, leftovers.TABLES)
    except Impossible as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Written anew in {sum(took.values()):.1f} s; nobody waited longer than {max(took.values()):.1f} s.")


@policy.command("table")
@with_appcontext
def policy_table() -> None:
    """Print the rules as a table."""
    click.echo(as_table(current_app.config["RULES"]), nl=False)


def _only_for_trials() -> None:
    settings = current_app.config["SETTINGS"]
    if settings.production or not (settings.demo or settings.testing):
        raise click.ClickException("Time can be moved in demo and test mode only.")
