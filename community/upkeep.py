"""Commands for whoever keeps the machine: is the audit chain whole, backing up, putting back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import DBAPIError

from community.book import building as book_building
from community.book import keeping as book_files
from community.core import anchors, backups, clock, db, sealed_files
from community.core.copy_checks import Unsound
from community.core.sealed_files import Unreadable
from community.core.snapshots import Impossible
from community.lifecycle import keeping, restored
from community.my_data import building
from community.my_data import keeping as export_files

A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

audit = AppGroup("audit", help="The audit chain.")


def _say(work: Any) -> Any:
    """Do it; what can't be done is one sentence and a failing exit code, never a trace."""
    try:
        return work()
    except (Impossible, Unreadable, Unsound, backups.Refused) as error:
        raise click.ClickException(str(error)) from error
    except DBAPIError as error:
        raise click.ClickException(
            "The database can't be read: check HEARTH_DATA or DATABASE_URL, and run `flask database upgrade`."
        ) from error
    except OSError as error:
        raise click.ClickException(f"{error.filename or 'A file'}: {error.strerror}.") from error


@audit.command("verify")
@with_appcontext
def audit_verify() -> None:
    """Say OK, or name the first bad line and fail."""
    verdict = _say(anchors.verify)
    if verdict.bad is not None:
        raise click.ClickException(
            f"Line {verdict.bad} {verdict.fault}. {verdict.count} lines before it are sound. See docs/operations.md."
        )
    if verdict.fault:
        raise click.ClickException(f"The {verdict.count} lines fit each other, but {verdict.fault}.")
    click.echo(f"OK: {verdict.count} lines, {verdict.anchors} anchors, head {verdict.hash}.")


@audit.command("anchor")
@with_appcontext
def audit_anchor() -> None:
    """Write down now where the chain ends (the server does it every night)."""
    if not _say(anchors.write):
        raise click.ClickException("Not anchored: the chain and its anchors do not fit. Run `flask audit verify`.")
    click.echo("Anchored.")


@click.group("backup", cls=AppGroup, invoke_without_command=True)
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Where; else BACKUP_DIR.")
@click.pass_context
@with_appcontext
def backup(context: click.Context, folder: Path | None) -> None:
    """Write one encrypted backup of database, files and secrets, beside a running server."""
    if context.invoked_subcommand is not None:
        return
    settings = current_app.config["SETTINGS"]
    if not settings.backup_key:
        raise click.ClickException("BACKUP_KEY is missing: `flask backup key` makes one. See docs/operations.md.")
    target = folder.absolute() if folder else settings.backup_dir
    if target is None:
        raise click.ClickException("Say where with --to, or set BACKUP_DIR.")
    # What is gone after seven days, and made anew at a press.
    passing = [settings.data / one.FOLDER for one in (export_files, book_files)]
    apart = tuple(place for place in (settings.anchors, settings.backup_dir, target, *passing) if place is not None)
    source = backups.Source(settings.data, settings.database_url, settings.secret_key, settings.encryption_keys, apart)
    made = _say(lambda: backups.make(source, target, settings.backup_key))
    click.echo(f"{made.file} ({made.file.stat().st_size} bytes, {sum(made.facts['counts'].values())} rows)")
    if made.fault:
        raise click.ClickException(f"The backup was written, but is not sound. {made.fault} Older ones are kept.")
    if folder is None:
        backups.keep_newest(target, settings.backup_keep)


@backup.command("key")
def backup_key() -> None:
    """Make a pair of keys: the public half seals backups, the secret half opens them."""
    public, secret = sealed_files.new_key()
    click.echo(f"# Into the settings of the server: BACKUP_KEY={public}")
    click.echo("# Keep this file away from the server, in two places. Without it no backup can be opened.")
    click.echo(secret)


@click.command("restore")
@click.argument("file", type=A_FILE)
@click.option("--key", "key_file", type=A_FILE, required=True, envvar="BACKUP_KEY_FILE", help="The secret half.")
@click.option("--into", type=click.Path(path_type=Path), help="A new folder for database, files and secrets.")
@click.option("--database-url", help="An empty PostgreSQL database, for a backup of PostgreSQL.")
@click.option("--erased", type=A_FILE, help="The list of who was erased (erased.jsonl); else the one of this place.")
@click.option("--foreign", is_flag=True, help="Another installation's backup, or one made before SECRET_KEY changed.")
@with_appcontext
def restore(
    file: Path, key_file: Path, into: Path | None, database_url: str | None, erased: Path | None, foreign: bool
) -> None:
    """Put a backup into an empty place, check all of it there, and erase anew whoever was erased since."""
    anew = _say(lambda: restored.list_of(erased))

    def erase(house: Path) -> None:
        restored.erase_anew(anew, house=house if into is not None else None, url=database_url)

    made = _say(lambda: backups.restore(file, key_file, into=into, url=database_url, foreign=foreign, then=erase))
    facts = made.facts
    click.echo(
        f"Restored what was there at {facts['made_at']}: {sum(facts['counts'].values())} rows, schema "
        f"{facts['revision']}, every sealed column opened."
    )
    click.echo(f"{anew.erased} of {len(anew.known)} on the list of the erased were in it, and are erased there.")
    if anew.unknown:
        raise click.ClickException(
            f"{anew.unknown} lines of {anew.file} were written with another SECRET_KEY, or changed: whoever they name "
            "may be in it. Everything is in place; let nobody in before you know."
        )
    if made.fault:
        raise click.ClickException(f"Everything is in place, but note: {made.fault}")


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Say what would go, and leave all of it.")
@click.option("--table", "as_table", is_flag=True, help="Print the classes and how long they are kept.")
@with_appcontext
def retention(dry_run: bool, as_table: bool) -> None:
    """Clear out what was kept long enough, as every night; a line of the audit chain has the figures."""
    if as_table:
        click.echo(keeping.as_table(), nl=False)
        return
    clock.reread(db.session())
    work = keeping.dry_run if dry_run else keeping.run
    for key, count in _say(lambda: work(clock.now())).items():
        click.echo(f"{key:14} {count:7} {'would go' if dry_run else 'gone'}")


ASIDE = click.option("--aside", is_flag=True, help="As the server does: after everybody's requests, within bounds.")
my_data = AppGroup("my-data", help="Files of everything kept about a member.")


@my_data.command("make")
@click.argument("number", type=int)
@ASIDE
@with_appcontext
def my_data_make(number: int, aside: bool) -> None:
    """Make the file NUMBER that a member asked for; the server calls this by itself."""
    if aside:
        building.be_kind()
    _say(lambda: building.build(number))


book = AppGroup("book", help="Memory books as files.")


@book.command("make")
@click.argument("number", type=int)
@ASIDE
@with_appcontext
def book_make(number: int, aside: bool) -> None:
    """Make the file NUMBER that a member asked for; the server calls this by itself."""
    if aside:
        book_building.be_kind()
    _say(lambda: book_building.build(number))


COMMANDS: tuple[click.Command, ...] = (audit, backup, restore, retention, my_data, book)
